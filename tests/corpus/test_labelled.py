"""Labelled forms in lines, as people write them by hand: every value under its own label."""

from __future__ import annotations

import pytest

from corpus.model import Goal
from corpus.parse import parse, uncovered

_HAND_MADE = """Rauman kaupunki
Liikuntapalvelut
Tavoitteet 2024

Painopiste: Hyvinvoiva kuntalainen
Tavoite: Liikkumisen lisääminen
Toimenpide: Rakennetaan kuntoportaat
Mittari: Portaiden kävijämäärä
Lähtötaso: 0 (2023)
Tavoitetaso: 5 000 kävijää
Vastuuhenkilö: liikuntapäällikkö
Aikataulu: syksy 2024
Toteuma: Portaat avattiin toukokuussa.
Kävijöitä on ollut 2 300.

Näin jatketaan ensi vuonna.

Tavoite: Uimataito
- Mittari: Uimakoulujen määrä
- Lähtötaso: 12
- Tavoitetaso: 18
"""


def _told(goal: Goal) -> dict[str, str]:
    return {name: value.text for name, value in goal.named_fields() if value}


def test_fields_stand_under_their_labels() -> None:
    """Upper fields hold until they are given again; what belongs to no label is a paragraph."""
    parsed = parse(_HAND_MADE)
    assert [_told(goal) for goal in parsed.goals] == [
        {
            "unit": "Liikuntapalvelut",
            "focus_area": "Hyvinvoiva kuntalainen",
            "goal": "Liikkumisen lisääminen",
            "action": "Rakennetaan kuntoportaat",
            "indicator": "Portaiden kävijämäärä",
            "baseline": "0 (2023)",
            "target": "5 000 kävijää",
            "responsible": "liikuntapäällikkö",
            "deadline": "syksy 2024",
            "progress": "Portaat avattiin toukokuussa. Kävijöitä on ollut 2 300.",
        },
        {
            "unit": "Liikuntapalvelut",
            "focus_area": "Hyvinvoiva kuntalainen",
            "goal": "Uimataito",
            "indicator": "Uimakoulujen määrä",
            "baseline": "12",
            "target": "18",
        },
    ]
    assert "Näin jatketaan ensi vuonna." in [block.content.text for block in parsed.blocks]
    assert uncovered(_HAND_MADE, parsed) == []


def test_capitals_and_values_below_their_labels() -> None:
    """ "Lähtötaso" alone on its line heads the next one; what is told after two indicators is told of both."""
    text = (
        "TAVOITE: Ehjät kadut\n\nMITTARI 1: Päällystetyt kadut\nLähtötaso\n12 km\nTavoitetaso\n20 km\n\n"
        "MITTARI 2: Korjatut sillat\nLähtötaso: 1\nTavoitetaso: 3\n\nToteuma/selvitys: Työ etenee.\n"
    )
    streets, bridges = map(_told, parse(text).goals)
    assert (streets["baseline"], streets["target"], streets["progress"]) == ("12 km", "20 km", "Työ etenee.")
    assert (bridges["baseline"], bridges["target"], bridges["progress"]) == ("1", "3", "Työ etenee.")
    assert {streets["goal"], bridges["goal"]} == {"Ehjät kadut"}


def test_targets_of_several_years() -> None:
    """Each label's year is its target's; "Tavoite 2026" below an indicator is no goal."""
    text = "Tavoite: Tyytyväiset\nMittari: Keskiarvo\nNykytila (2024): 3,4\nTavoite 2026: 3,5\nTavoitetaso 2028: 3,6"
    (goal,) = parse(text).goals
    assert [(year, value.text) for year, value in goal.targets] == [(2026, "3,5"), (2028, "3,6")]
    assert goal.target.text == "Tavoite 2026 3,5 Tavoitetaso 2028 3,6"
    assert (goal.goal.text, goal.baseline.text) == ("Tyytyväiset", "3,4")


def test_an_action_told_after_its_indicator() -> None:
    """It is the action of that indicator, and the next responsible the next one's."""
    text = (
        "Tavoite: A\nMittari: a\nTavoitetaso: 1\nToimenpide: tehdään a\nVastuu: rehtori\n\n"
        "Tavoite: B\nMittari: b\nTavoitetaso: 2\nToimenpide: tehdään b\nVastuu: johtaja\n"
    )
    found = [(goal.indicator.text, goal.action.text, goal.responsible.text) for goal in parse(text).goals]
    assert found == [("a", "tehdään a", "rehtori"), ("b", "tehdään b", "johtaja")]


@pytest.mark.parametrize(
    "text",
    [
        "Huomio: Tavoite on tärkeä.\n\nTavoite: kasvu.\n\nKerromme siitä lisää.\n",
        "Tavoite\nMittari\nLähtötaso\nTavoitetaso\nKatujen kunto paranee, kun niitä päällystetään.\n",
    ],
)
def test_prose_is_no_form(text: str) -> None:
    """One label among sentences, or headings of columns alone, make no rows."""
    assert parse(text).goals == ()
