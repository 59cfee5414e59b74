"""Which two questions a sentence asks."""

from __future__ import annotations

import pytest

from assistant.parts import parts
from assistant.question import Understanding

VOCABULARY = ["kuraattori", "psykologi", "kirjasto", "museo", "kävijä", "tavoite", "kustannus"]
PLACES = ["Pori", "Kemi"]


@pytest.mark.parametrize(
    ("text", "municipalities"),
    [
        ("Mikä on kirjaston tavoite Porissa ja miten museota seurataan Kemissä?", [{"Pori"}, {"Kemi"}]),
        ("Miten kirjastoa mitataan Porissa ja Kemissä?", [{"Pori"}, {"Kemi"}]),
        ("Kuka vastaa kirjastosta Kemissä ja kuka museosta?", [{"Kemi"}, {"Kemi"}]),
        ("Vad är målet för biblioteket i Björneborg och vad i Kemi?", [{"Pori"}, {"Kemi"}]),
        ("Mikä on kirjaston tavoite ja paljonko se oli lähtötilanteessa?", []),  # two values of one row
        ("Kuinka usein kirjasto avataan Kemissä ja kuinka usein Porissa?", [{"Kemi"}, {"Pori"}]),
        ("Mikä on kirjaston ja museon tavoite?", []),
        ("Paljonko kirjastossa käytiin vuonna 2021 ja paljonko vuonna 2023?", [set(), set()]),
        ("Kuka vastaa kirjastosta ja milloin sen pitää olla valmis?", []),
        ("mikä on kuraattorimitoituksen tavoite?", []),
    ],
)
def test_parts(text: str, municipalities: list[set[str]]) -> None:
    """Two where places or things differ."""
    found = parts(text, (), Understanding(VOCABULARY, PLACES))
    assert [set(turn.question.municipalities) for turn in found] == municipalities


def test_the_second_follows_the_first() -> None:
    """What it leaves out is taken from the first, the place that it names from itself."""
    text = "Mikä on kuraattorien tavoite perusopetuksessa ja mikä lukiossa?"
    first, second = parts(text, (), Understanding(VOCABULARY, PLACES))
    assert first.question.units == frozenset({"perusopetus"})
    assert second.question.units == frozenset({"lukio"})
    assert "kuraattorien" in second.question.plain
    assert "perusopetuksessa" not in second.question.plain
