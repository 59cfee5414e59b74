"""Documents of the same forms with other words and figures: parsers know forms, not documents."""

from __future__ import annotations

import pytest

from corpus.model import BlockKind, Goal
from corpus.parse import parse
from tests import made


def row(goal: Goal) -> tuple[str, str, str]:
    """Indicator, baseline and target."""
    return goal.indicator.text, goal.baseline.text, goal.target.text


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("form", "form"),
        ("flattened", "form"),
        ("brochure", "brochure"),
        ("numbered", "numbered"),
        ("columns", "columns"),
        ("prose", "prose"),
    ],
)
def test_layout_is_recognised(name: str, layout: str) -> None:
    """By its form alone."""
    assert parse(made.EVERY[name]).layout == layout


def test_form() -> None:
    """Upper fields, two indicators under one action, shared progress, a footnote for the row that bears its mark."""
    first, second, third = parse(made.FORM).goals
    assert [row(goal) for goal in (first, second, third)] == [
        ("Uusittujen putkien pituus vuodessa*", "4,2 km (2021)", "6,5 km"),
        ("Vuotovesien osuus", "18 % (2021)", "Enintään 12 %"),
        ("Tarkastettujen leikkipaikkojen osuus", "Ei", "Kyllä"),
    ]
    assert first.form == second.form != third.form
    assert (first.unit.text, third.unit.text) == ("Vesipalvelut", "Puistopalvelut")
    assert (first.focus_area.text, first.goal.text) == ("Puhdas Lammi", "Vesijohtoverkko on kunnossa")
    assert (first.initiative.text, first.action.text) == ("Verkoston saneeraus", "Uusitaan vanhimmat putket")
    assert first.progress == second.progress
    assert first.progress.text == "Putkia on uusittu 1,7 km. Kaivuu jatkuu toukokuussa."
    assert [note.text for note in first.notes] == ["*Ei sisällä tonttijohtoja"]
    assert second.notes == third.notes == ()
    assert [heading.text for heading in first.section] == [
        "Toiminnallisten tavoitteiden seuranta, tekninen toimiala",
        "Vesipalvelut",
    ]


def test_flattened_columns() -> None:
    """All indicators, all baselines, all targets; a missing baseline is not made up."""
    goals = parse(made.FLATTENED).goals
    assert [row(goal) for goal in goals] == [
        ("Lautashävikki annosta kohden (koulut ja päiväkodit)", "37 g", "29 g"),
        ("Kotimaisten raaka-aineiden osuus", "61 %", "70 %"),
        ("Ohjelma valmis", "Kesken", "Valmis"),
        ("Opas valmis", "Kesken", "Valmis"),
        ("Koulutettujen määrä", "3", "45 kokkia"),
        ("Säästynyt työaika", "", "6 htv"),
    ]
    assert [part.text for part in goals[0].partial_goals] == [
        "Vaa'at on hankittu keväällä",
        "Hävikki punnitaan kaikissa keittiöissä",
    ]
    assert goals[0].responsible.text == "ruokapalvelupäällikkö"
    assert goals[5].responsible.text == "ruokapalvelupäällikkö ja keittiömestari"
    assert not goals[5].partial_goals


def test_columns_of_two_lines_each() -> None:
    """Two indicators parted by an empty line, two baselines in one block, two targets in the next: two rows."""
    text = "TAVOITE Hyvä\n\nMITTARI\nEnsimmäinen\n\nToinen\n\nLähtötaso Tavoitetaso\n\n37 g\n61 %\n\n29 g\n70 %\n"
    assert [row(goal) for goal in parse(text).goals] == [("Ensimmäinen", "37 g", "29 g"), ("Toinen", "61 %", "70 %")]


def test_brochure() -> None:
    """Bulleted indicators with targets by year, actions and goals of the spread."""
    parsed = parse(made.BROCHURE)
    first, second, third = parsed.goals
    assert row(first) == ("Tiedotteiden luettavuus paranee.", "(ka) 2,7", "v. 2025 3,1 ja v. 2027 3,4")
    assert [(year, value.text) for year, value in first.targets] == [(2025, "3,1"), (2027, "3,4")]
    assert row(second) == ("Kuntalaiskyselyn vastausten määrä.", "410 kpl", "enintään vuodessa 600 kpl")
    assert second.targets == ()
    assert row(third) == ("Seurataan verkkosivujen käyntejä.", "", "")
    assert {goal.focus_area.text for goal in parsed.goals} == {"Selkeä viestintä"}
    assert {goal.goal.text for goal in parsed.goals} == {"Jokainen ymmärtää kaupungin viestit."}
    items = {
        heading.text: [
            block.content.text for block in parsed.blocks if block.kind is BlockKind.ITEM and heading in block.section
        ]
        for heading in {block.section[-1] for block in parsed.blocks if block.kind is BlockKind.ITEM}
    }
    assert items == {
        "Toimenpiteet, eli näin etenemme.": ["Koulutamme kirjoittajia selkeään kieleen.", "Uudistamme verkkosivut."],
        "Tavoite, eli tähän pyrimme.": ["Jokainen ymmärtää kaupungin viestit."],
        "PAINOPISTEET": ["Selkeä viestintä"],
    }


def test_numbered_table() -> None:
    """Goal, measure and progress that bear the same number; a goal goes on over its measures."""
    goals = parse(made.NUMBERED).goals
    assert [(goal.number, goal.goal.text[:14], goal.action.text[:14], goal.progress.text) for goal in goals] == [
        ("1", "1. Katuverkon ", "1. Päällystetä", "1. Katuja on päällystetty kolme kilometriä."),
        ("2", "1. Katuverkon ", "2. Uusitaan ka", "2. Valoista on uusittu viisi aluetta."),
        ("1", "1. Rakennusten", "1. Asennetaan ", "1. Mittarit on asennettu yhdeksään."),
    ]


def test_column_table() -> None:
    """The responsible cell is the anchor; an indicator stuck to it is parted; a page number is furniture."""
    parsed = parse(made.COLUMNS)
    assert [(goal.form, goal.responsible.text, goal.deadline.text, goal.indicator.text) for goal in parsed.goals] == [
        (0, "Kirjastopäällikkö 2027", "2027", "Aukiolotunnit 74 viikossa."),
        (0, "Kirjastopäällikkö 2027", "2027", "Kävijät 9 200 vuodessa."),
        (1, "Liikuntasihteeri", "", "Uimakouluja 13 kesässä."),
    ]
    assert [goal.goal.text for goal in parsed.goals[1:]] == [
        "Kirjasto on kaikkien olohuone.",
        "Uimataito kuuluu kaikille.",
    ]
    assert parsed.goals[0].action.text == "Aukioloa laajennetaan omatoimiaukiololla"
    furniture = [block.content.text for block in parsed.blocks if block.kind is BlockKind.FURNITURE]
    assert furniture == ["Tavoite Toimenpiteet Vastuu ja aikataulu Mittarit, arviointi", "2"]


def test_prose() -> None:
    """A heading and the paragraphs under it; no row is made up."""
    parsed = parse(made.PROSE)
    assert parsed.goals == ()
    assert [(block.kind, block.section[0].text) for block in parsed.blocks] == [
        (BlockKind.HEADING, "Kokouskutsu"),
        (BlockKind.PARAGRAPH, "Kokouskutsu"),
        (BlockKind.PARAGRAPH, "Kokouskutsu"),
    ]


def test_empty_text() -> None:
    """Nothing in, nothing out."""
    assert not parse("").goals
    assert not parse("").blocks
