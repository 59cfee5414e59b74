"""Goals told in running text: numbered, with labels for indicators and progress."""

from __future__ import annotations

from corpus.marks import Draft
from corpus.model import BlockKind, Document, Facts, Parsed
from corpus.parse import parse, uncovered
from index.passages import coverage, make_passages


def parsed(*paragraphs: str) -> Parsed:
    """What is made of paragraphs; "# " begins a heading."""
    draft = Draft()
    for text in paragraphs:
        if text.startswith("# "):
            draft.heading(text[2:], 2)
        else:
            draft.paragraph(text)
    text = draft.text()
    found = parse(text)
    assert uncovered(text, found) == []
    document = Document(Facts("koe", "Koe"), text)
    assert coverage(document, found, make_passages(document, found))[1] == 0
    return found


def rows(found: Parsed) -> list[tuple[str, str, str]]:
    """Goal, indicator and progress."""
    return [(goal.goal.text, goal.indicator.text, goal.progress.text) for goal in found.goals]


def test_indicators_then_progress() -> None:
    """All indicators share what is told of the goal; the heading above names the unit."""
    found = parsed(
        "# Tekninen lautakunta",
        "1. Ehjä verkko",
        "Mittarit ja tavoitetaso:",
        "• Putkia uusitaan 4 km",
        "• Vuotoja enintään 12",
        "Toteutuminen: Putkia uusittiin 3 km.\n− Kaivuu jatkuu.",
        "Lautakunta kokoontui kuusi kertaa.",
    )
    told = "Putkia uusittiin 3 km. Kaivuu jatkuu."
    assert rows(found) == [
        ("1. Ehjä verkko", "Putkia uusitaan 4 km", told),
        ("1. Ehjä verkko", "Vuotoja enintään 12", told),
    ]
    assert {goal.unit.text for goal in found.goals} == {"Tekninen lautakunta"}
    assert {goal.form for goal in found.goals} == {0}
    assert "Lautakunta kokoontui kuusi kertaa." in [
        block.content.text for block in found.blocks if block.kind is BlockKind.PARAGRAPH
    ]


def test_progress_after_each_indicator() -> None:
    """Each note belongs to the indicator before it; a new number is a new goal."""
    found = parsed(
        "# Tavoitteet",
        "1. Ehjä verkko",
        "• Putkia 4 km\nToteutuminen: toteutui",
        "• Vuotoja 12\nToteutuminen: ei toteutunut",
        "2. Puhdas vesi",
        "• Näytteitä 30\nToteutuminen: toteutui osin",
    )
    assert rows(found) == [
        ("1. Ehjä verkko", "Putkia 4 km", "toteutui"),
        ("1. Ehjä verkko", "Vuotoja 12", "ei toteutunut"),
        ("2. Puhdas vesi", "Näytteitä 30", "toteutui osin"),
    ]


def test_bullets_below_the_last_note_are_more_of_it() -> None:
    """Without another label they tell how it went."""
    found = parsed(
        "# Tavoitteet", "1. Talous", "Mittarit:\nTulos ylijäämäinen", "Toteutuminen:", "Toteutui.", "• Tulos 2 Me"
    )
    assert rows(found) == [("1. Talous", "Tulos ylijäämäinen", "Toteutui. Tulos 2 Me")]


def test_numbered_lines_without_labels_are_text() -> None:
    """A list is no goal."""
    found = parsed("# Asiat", "1. Avaus", "• Todettiin läsnäolijat", "2. Päätös")
    assert found.goals == ()


def test_label_of_a_chapter_is_no_goal() -> None:
    """A label without a numbered goal above it stays text."""
    assert parsed("# Katsaus", "Toteutuminen: kaikki meni hyvin.").goals == ()
