"""Citations cut from spans, and the answer as JSON."""

from __future__ import annotations

import json

import pytest

from assistant.answer import Answer, Status, cite
from assistant.guard import figures, uncited
from corpus.model import Document, Facts, Span

TEXT = "Putkien pituus\n\nLähtötaso Tavoitetaso\n\n4,2 km 6,5 km\n"
DOCUMENT = Document(Facts("lammi", "Lammin tavoitteet", "Lammin kaupunki", "Lammi", None, "Q1/2031"), TEXT)


def span(part: str) -> Span:
    """Where the part stands."""
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


def test_quote_is_cut_from_the_document() -> None:
    """Several spans, joined by an ellipsis, each exactly as it stands."""
    found = cite(3, DOCUMENT, ("Vesipalvelut",), (span("Putkien pituus"), span("6,5 km")))
    assert found.quote == "Putkien pituus … 6,5 km"
    assert (found.number, found.document, found.municipality, found.period) == (3, "lammi", "Lammi", "Q1/2031")
    assert found.page is None


@pytest.mark.parametrize(
    "spans",
    [(), (Span(-1, 4),), (Span(3, 3),), (Span(5, 4),), (Span(0, len(TEXT) + 1),), (Span(0, 4), Span(900, 910))],
)
def test_no_such_place(spans: tuple[Span, ...]) -> None:
    """There is no empty source and none outside the text."""
    with pytest.raises(ValueError, match="no such place"):
        cite(1, DOCUMENT, (), spans)


def test_the_whole_text_can_be_cited() -> None:
    """The ends belong to the text."""
    assert cite(1, DOCUMENT, (), (Span(0, len(TEXT)),)).quote == TEXT


def test_as_json() -> None:
    """The contract's fields, in JSON."""
    answer = Answer(
        "mikä?",
        Status.ANSWERED,
        "6,5 km [1]",
        (cite(1, DOCUMENT, ("A",), (span("6,5 km"),)),),
        ("Entä?",),
        seconds=0.02134,
    )
    body = json.loads(json.dumps(answer.as_dict()))
    assert (body["status"], body["text"], body["language"], body["suggestions"]) == (
        "answered",
        "6,5 km [1]",
        "fi",
        ["Entä?"],
    )
    assert body["seconds"] == pytest.approx(0.0213)
    (citation,) = body["citations"]
    start = TEXT.index("6,5 km")
    assert citation["spans"] == [[start, start + 6]]
    assert citation["quote"] == "6,5 km"
    assert set(citation) >= {
        "number",
        "document",
        "title",
        "municipality",
        "period",
        "section",
        "page",
        "spans",
        "quote",
    }


def test_figures() -> None:
    """Every figure but the citations' markers."""
    assert figures("9 844 pv ja 4,2 km (8/2022) [1] [12]") == ["9", "844", "4,2", "8", "2022"]


@pytest.mark.parametrize(
    ("text", "question", "left"),
    [
        ("Tavoite on 6,5 km [1]", "", []),
        ("Tavoite on 7 km [1]", "", ["7"]),
        ("Vuonna 2031 tavoite on 6,5 km [1]", "", []),  # the period tells the year
        ("Vuodelle 2044 ei ole tavoitetta", "entä 2044?", []),  # the question's own figure
        ("Vuodelle 2044 ei ole tavoitetta", "", ["2044"]),
        ("6.5 km [1]", "", ["6.5"]),  # another way to write it is another figure
        ("66,5 km [1]", "", ["66,5"]),
    ],
)
def test_guard(text: str, question: str, left: list[str]) -> None:
    """A figure stands in a quote, its metadata or the question, whole."""
    citations = [cite(1, DOCUMENT, (), (span("4,2 km 6,5 km"),))]
    assert uncited(text, citations, question) == left


def test_nothing_cited_nothing_known() -> None:
    """Without a citation every figure is uncited."""
    assert uncited("6,5 km ja 4 [1]", [], "") == ["6,5", "4"]
