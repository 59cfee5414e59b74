"""Passages of a made document: what is searched, and where it stands."""

from __future__ import annotations

import pytest

from corpus.model import Document, Facts, Field, Span
from corpus.parse import parse
from index.passages import Kind, Passage, make_passages, merged
from tests import made

FACTS = Facts("lammi", "Lammin tavoitteet", "Lammin kaupunki", "Lammi", "Tekninen toimiala", "Q1/2031")
FIGURES = """
PAINOPISTE Elävä Lammi

TAVOITE Palveluja käytetään

TOIMENPIDE Seurataan käyntejä

MITTARI
Käynnit toimipisteittäin vuodessa
Uimahalli 41 200
Jäähalli 18 350
Kirjasto 77 900
Museo 6 040

Lähtötaso Tavoitetaso

Ei Kyllä
"""


def passages(text: str) -> list[Passage]:
    """The passages of a text as a document of the made-up municipality."""
    return make_passages(Document(FACTS, text), parse(text))


def of_kind(found: list[Passage], kind: Kind) -> list[Passage]:
    """The passages of one kind."""
    return [passage for passage in found if passage.kind is kind]


@pytest.fixture(scope="module")
def form() -> list[Passage]:
    """The passages of the made form."""
    return passages(made.FORM)


def test_row(form: list[Passage]) -> None:
    """Indicator, baseline and target in one passage, with the row it is of."""
    first, second, third = of_kind(form, Kind.ROW)
    assert first.text == "Uusittujen putkien pituus vuodessa*. Lähtötaso: 4,2 km (2021). Tavoitetaso: 6,5 km"
    assert second.text == "Vuotovesien osuus. Lähtötaso: 18 % (2021). Tavoitetaso: Enintään 12 %"
    assert [passage.rows for passage in (first, second, third)] == [(0,), (1,), (2,)]
    assert (first.unit, third.unit) == ("Vesipalvelut", "Puistopalvelut")


def test_context_line(form: list[Passage]) -> None:
    """Publisher, period, unit, goal and action stand in what is searched, after the passage's own words."""
    row = of_kind(form, Kind.ROW)[0]
    assert row.searched == f"{row.text}\n{row.context}"
    for part in (
        "Lammin kaupunki",
        "Q1/2031",
        "Vesipalvelut",
        "Vesijohtoverkko on kunnossa",
        "Uusitaan vanhimmat putket",
    ):
        assert part in row.context
    assert "Leikkipaikat" not in row.context


def test_what_is_quoted_is_the_document(form: list[Passage]) -> None:
    """A row's spans hold its cells and none of the context."""
    document = Document(FACTS, made.FORM)
    quote = document.quote(of_kind(form, Kind.ROW)[0].spans)
    assert all(cell in quote for cell in ("Uusittujen putkien pituus", "4,2 km (2021)", "6,5 km"))
    assert "Vesipalvelut" not in quote


def test_progress(form: list[Passage]) -> None:
    """A note shared by two rows is said once, sentence by sentence, and once whole."""
    found = of_kind(form, Kind.PROGRESS)
    assert [passage.text for passage in found] == [
        "Putkia on uusittu 1,7 km.",
        "Kaivuu jatkuu toukokuussa.",
        "Tarkastukset alkavat huhtikuussa.",
    ]
    assert [passage.rows for passage in found] == [(0, 1), (0, 1), (2,)]


def test_lists(form: list[Passage]) -> None:
    """Indicators under one action and the sentences of a note are lists, with their items."""
    found = {passage.field: [item.text for item in passage.items] for passage in of_kind(form, Kind.LIST)}
    assert found == {
        "indicator": ["Uusittujen putkien pituus vuodessa*", "Vuotovesien osuus"],
        "progress": ["Putkia on uusittu 1,7 km.", "Kaivuu jatkuu toukokuussa."],
    }


def test_partial_goals_and_responsible() -> None:
    """Each partial goal, all of them, and who is responsible."""
    found = passages(made.FLATTENED)
    assert [passage.text for passage in of_kind(found, Kind.PARTIAL)] == [
        "Vaa'at on hankittu keväällä",
        "Hävikki punnitaan kaikissa keittiöissä",
    ]
    responsible = [passage.text for passage in found if passage.field == "responsible"]
    assert responsible == ["ruokapalvelupäällikkö", "ruokapalvelupäällikkö ja keittiömestari"]


def test_figures_of_a_cell_are_items() -> None:
    """A cell that lists figures line by line: one passage for each, quoted with the cell's own heading."""
    found = passages(FIGURES)
    items = of_kind(found, Kind.ITEM)
    assert [passage.text for passage in items] == [
        f"Käynnit toimipisteittäin vuodessa: {line}"
        for line in ("Uimahalli 41 200", "Jäähalli 18 350", "Kirjasto 77 900", "Museo 6 040")
    ]
    quote = Document(FACTS, FIGURES).quote(items[2].spans)
    assert "Kirjasto 77 900" in quote
    assert "Uimahalli" not in quote


def test_prose() -> None:
    """A paragraph stands under its heading."""
    found = passages(made.PROSE)
    assert [(passage.field, passage.section) for passage in found] == [
        ("heading", ("Kokouskutsu",)),
        ("paragraph", ("Kokouskutsu",)),
        ("paragraph", ("Kokouskutsu",)),
    ]
    assert found[2].text == "Päätökset luetaan ääneen. Yleisö on tervetullut."


def test_long_paragraph_is_parted_at_sentences() -> None:
    """Pieces stay short and lose nothing."""
    sentences = [f"Kohta numero {number} koskee katuja, puistoja ja muita yleisiä alueita." for number in range(20)]
    found = of_kind(passages(" ".join(sentences)), Kind.TEXT)
    assert len(found) > 3
    assert max(len(passage.text) for passage in found) < 400
    assert " ".join(passage.text for passage in found) == " ".join(sentences)


@pytest.mark.parametrize("name", sorted(made.EVERY))
def test_ids(name: str) -> None:
    """Ids are numbered in order and the same each time."""
    found = passages(made.EVERY[name])
    assert [passage.id for passage in found] == [f"lammi#{number:04}" for number in range(len(found))]
    assert passages(made.EVERY[name]) == found


def test_merged() -> None:
    """Neighbours become one where only white space, labels and signs stand between them; words keep them apart."""
    text = "Osuus\n\nLähtötaso Tavoitetaso\n\n7 % \n 9 % ja muuta"

    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    assert merged(text, [span("9 %"), span("Osuus"), span("7 %")]) == (Span(0, text.index("9 %") + 3),)
    assert merged(text, [span("7 %"), span("muuta")]) == (span("7 %"), span("muuta"))


def test_an_empty_field_makes_no_passage() -> None:
    """What the document does not say is no passage."""
    assert Field.cut("  \n", 0, 3) == Field()
    assert passages("  \n") == []
