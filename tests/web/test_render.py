"""HTML of the web app: nothing of documents or users becomes markup, and markers lead to their sources."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Status
from assistant.web.conversations import Turn
from assistant.web.places import marked, parse_spans, spans_text
from assistant.web.render import action_button, error_html, markdown, options
from assistant.web.render_answer import conversation, turn_html
from assistant.web.render_chat import welcome_html
from assistant.web.render_documents import documents_html, reader_html
from assistant.web.render_goals import SHOWN, filters_html, goal_html, goals_html
from assistant.writer import inert
from corpus.model import Span
from tests.web.fake import EVIL, FakeAssistant

_VOID = {"input", "br", "img"}


class _Reader(HTMLParser):
    """Collects tags, ids and text, and complains of tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.targets += [value or "" for name, value in attrs if name == "data-goto"]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    assert reader._open == []
    return reader


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Yksi kappale.", "<p>Yksi kappale.</p>"),
        ("Yksi.\n\nKaksi.", "<p>Yksi.</p><p>Kaksi.</p>"),
        ("Lista:\n- a\n- b\nperässä", "<p>Lista:</p><ul><li>a</li><li>b</li></ul><p>perässä</p>"),
        ("Taso **670**.", "<p>Taso <strong>670</strong>.</p>"),
        ("2 * 3 ** 4", "<p>2 * 3 ** 4</p>"),
        (r"\*tähti\*", "<p>*tähti*</p>"),
        ("<b>", "<p>&lt;b&gt;</p>"),
        ("[nimi](javascript:x)", "<p>[nimi](javascript:x)</p>"),
        ("# otsikko", "<p># otsikko</p>"),
        ("Lähde [9].", "<p>Lähde [9].</p>"),
        ("", ""),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert markdown(text, "t1-lahde", {1}) == html


@given(st.text("[]()<>!`\\/a1 "))
def test_words_of_documents_are_inert(words: str) -> None:
    """Shown as they are: no element but the paragraph, no link, and no marker of a source that is there."""
    page = read(markdown(f"Mittari: {inert(words)} loppu", "t1-lahde", {1, 11, 111}))
    assert page.tags == ["p"]
    assert page.text.split() == f"Mittari: {words} loppu".split()


def test_markdown_elsewhere_finds_no_markup_in_words_of_documents() -> None:
    """Another chat client has its own Markdown (CommonMark): neither picture nor link nor HTML comes of a document."""
    words = '<img src=x onerror="f()"> ![kuva](http://x.fi/a.png) [nimi](javascript:x) [a][b] <!-- x --> `koodi` <b>'
    shown = MarkdownIt("commonmark").render(inert(words))
    assert read(shown).tags == ["p"]
    assert read(shown).text.strip() == words


def test_markers_become_links_to_known_sources() -> None:
    page = read(markdown("**Taso [1]** ja [2].", "t1-lahde", {1}))
    assert page.targets == ["t1-lahde-1"]
    assert page.text == "Taso [Lähde 1] ja [2]."


@pytest.mark.parametrize("question", ["kuraattori", "mitoitus", "runo", "sää", "paha"])
def test_a_turn_is_well_formed_and_its_markers_have_sources(question: str) -> None:
    page = read(turn_html(Turn(question, FakeAssistant().ask(question)), 3))
    assert set(page.targets) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "t3" in page.ids


@pytest.mark.parametrize(
    ("question", "status"),
    [("mitoitus", "Useita vaihtoehtoja"), ("sää", "Ei löytynyt asiakirjoista"), ("runo", "Rajattu")],
)
def test_a_status_shows_where_the_answer_is_not_plain(question: str, status: str) -> None:
    fake = FakeAssistant()
    assert status in turn_html(Turn(question, fake.ask(question)), 1)
    assert "status-" not in turn_html(Turn("kuraattori", fake.ask("kuraattori")), 1)


def test_only_the_newest_turn_offers_follow_ups() -> None:
    turn = Turn("kuraattori", FakeAssistant().ask("kuraattori"))
    html = conversation([turn, turn])
    assert html.count("Jatkokysymyksiä") == 1
    assert html.index("Jatkokysymyksiä") > html.index('id="t2"')


def test_the_question_as_understood_shows_only_where_it_differs() -> None:
    def shown(understood: str | None) -> bool:
        return "ymmärrettiin" in turn_html(Turn("a", Answer("a", Status.NOT_FOUND, "Ei.", understood=understood)), 1)

    assert [shown("b"), shown("a"), shown(None)] == [True, False, False]


def test_quotes_keep_their_words_and_fold_white_space() -> None:
    assert "<blockquote>Kuraattorimitoitus, oppilasta kuraattoria kohden … 670</blockquote>" in turn_html(
        Turn("kuraattori", FakeAssistant().ask("kuraattori")), 1
    )


def test_the_announcement_holds_the_answer_without_markers() -> None:
    html = turn_html(Turn("kuraattori", FakeAssistant().ask("kuraattori")), 1)
    assert "data-announce>Vastaus: Tavoitetaso on 670 . 1 lähde.</p>" in html.replace("670.", "670 .")


def test_text_of_documents_and_users_never_becomes_markup() -> None:
    fake = FakeAssistant()
    bad_row = fake.targets(document="paha")[0]
    pages = [
        turn_html(Turn(EVIL + "paha", fake.ask(EVIL + "paha")), 1),
        turn_html(Turn(EVIL, error=EVIL), 1),
        goals_html(fake.targets()),
        goal_html(bad_row),
        filters_html(fake.targets()),
        documents_html(fake.documents()),
        reader_html(fake.document("paha"), [Span(3, 30)]),
        error_html(EVIL),  # type: ignore[arg-type]
        options([(EVIL, EVIL)], EVIL),
        action_button("ask", EVIL, question=EVIL),
        welcome_html(fake),  # type: ignore[arg-type]
    ]
    for html in pages:
        page = read(html)
        assert not {"img", "script"} & set(page.tags)
        assert "onerror" not in page.attributes
    assert EVIL in read(pages[0]).text


def test_goal_table_counts_rows_and_says_where_it_stops() -> None:
    row = FakeAssistant().targets()[0]
    assert "1 tavoiterivi." in goals_html([row])
    assert f"näistä näkyy {SHOWN} ensimmäistä" in goals_html([row] * (SHOWN + 1))
    assert "Yksikään tavoiterivi" in goals_html([])


def test_a_goal_shows_every_field_that_the_document_gives() -> None:
    page = read(goal_html(FakeAssistant().targets()[0]))
    for words in ("Jokainen oppilas saa tukea ajoissa", "780", "670", "mitoitus on nyt 705.", "Oppilan kaupunki"):
        assert words in page.text
    assert "Vastuu" not in page.text  # the document is silent


def test_documents_show_what_was_left_unread() -> None:
    assert "3,0 % tekstistä jäi lukematta" in documents_html(FakeAssistant().documents())  # type: ignore[arg-type]


def test_marks_stand_around_the_spans() -> None:
    html = marked("ab<c>defgh", [Span(5, 7), Span(2, 5), Span(9, 99)])
    assert html == 'ab<mark tabindex="-1" data-focus>&lt;c&gt;de</mark>fg<mark>h</mark>'
    assert marked("a\n \n\n\nb", []) == "a\n\nb"


def test_spans_survive_the_browser_and_rubbish_does_not() -> None:
    spans = [Span(1, 20), Span(30, 40)]
    assert parse_spans(spans_text(spans)) == spans
    assert parse_spans("x,-3,5-,7-9999999999999999,<b>,²-³") == []


@pytest.mark.parametrize(
    ("marked_words", "shown"),
    [
        (["Yks"], "<mark>Yks</mark>i kaksi …"),
        (["i kak", "kolme"], "Yks<mark>i kak</mark>si <mark>kolme</mark> neljä …"),
        (["Yksi", "<seitsemä"], "<mark>Yksi</mark> kaksi … kuusi <mark>&lt;seitsemä</mark>n&gt;"),
        (["seitsemän>"], "… kuusi &lt;<mark>seitsemän&gt;</mark>"),
        (["kaksi kolme\n\nneljä"], "Yksi <mark>kaksi kolme neljä</mark> viisi …"),
    ],
)
def test_an_excerpt_shows_the_spans_among_their_words(
    marked_words: list[str], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.web import places

    monkeypatch.setattr(places, "_AROUND", 8)
    text = "Yksi kaksi kolme\n\nneljä  viisi kuusi <seitsemän>"
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in marked_words]
    assert places.excerpt(text, spans) == shown


def test_a_source_is_shown_in_its_place() -> None:
    fake = FakeAssistant()
    html = turn_html(Turn("kuraattori", fake.ask("kuraattori")), 1, fake.document)
    assert "<mark>Kuraattorimitoitus, oppilasta kuraattoria kohden</mark> LÄHTÖTASO: 780 TAVOITETASO: <mark>670" in html
