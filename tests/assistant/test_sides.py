"""Which two questions a comparison asks."""

from __future__ import annotations

import pytest

from assistant.question import Understanding
from assistant.sides import sides

VOCABULARY = ["kuraattori", "psykologi", "vanhusneuvosto", "nuorisovaltuusto", "kirjasto", "museo", "kävijä"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            "Kumpi kokoontuu useammin, vanhusneuvosto vai nuorisovaltuusto?",
            ["Kumpi kokoontuu useammin vanhusneuvosto", "Kumpi kokoontuu useammin nuorisovaltuusto"],
        ),
        (
            "kummassa kävi enemmän väkeä kirjastossa vai museossa",
            ["kummassa kävi enemmän väkeä kirjastossa", "kummassa kävi enemmän väkeä museossa"],
        ),
        (
            "Kummalla on enemmän tunteja, alakoulun vai yläkoulun erityisopettajalla keväällä?",
            [
                "Kummalla on enemmän tunteja erityisopettajalla keväällä alakoulun",
                "Kummalla on enemmän tunteja erityisopettajalla keväällä yläkoulun",
            ],
        ),
        (
            "Kumpi arvioidaan paremmaksi, kirjaston aukiolo vai kävijöiden tyytyväisyys museon opastukseen?",
            [
                "Kumpi arvioidaan paremmaksi kirjaston aukiolo",
                "Kumpi arvioidaan paremmaksi kävijöiden tyytyväisyys museon opastukseen",
            ],
        ),
        (
            "Vertaa kuraattorien määrää perusopetuksessa ja lukiossa.",
            ["Vertaa kuraattorien määrää perusopetuksessa", "Vertaa kuraattorien määrää lukiossa"],
        ),
        (
            "Onko lukiossa enemmän oppilaita kuraattoria kohden kuin perusopetuksessa?",  # the places are far apart
            [
                "Onko lukiossa enemmän oppilaita kuraattoria kohden",
                "Onko enemmän oppilaita kuraattoria kohden kuin perusopetuksessa",
            ],
        ),
        (
            "Jämför bibliotekets besökare 2021 med 2023",
            ["Jämför bibliotekets besökare 2021", "Jämför bibliotekets besökare 2023"],
        ),
        (
            "kirjasto vs taidemuseo kävijät 2021 pori",  # the end is of both
            ["kävijät 2021 pori kirjasto", "kävijät 2021 pori taidemuseo"],
        ),
        ("mikä on kuraattorimitoituksen tavoite?", []),
        ("Kuka vastaa kirjastosta ja museosta?", []),  # "ja" parts only what compares
    ],
)
def test_sides(asked: str, expected: list[str]) -> None:
    """Frame and one side each."""
    understanding = Understanding(VOCABULARY, ["Pori", "Kemi"])
    assert [side.plain for side in sides(understanding.understand(asked), understanding)] == expected


def test_a_side_is_narrowed_as_the_whole_question() -> None:
    """The municipality that the frame names holds for both."""
    understanding = Understanding(VOCABULARY, ["Pori", "Kemi"])
    question = understanding.understand("Kummassa kävi Porissa enemmän väkeä, kirjastossa vai museossa?")
    found = sides(question, understanding)
    assert [side.municipalities for side in found] == [frozenset({"Pori"})] * 2


def test_what_one_side_names_does_not_narrow_the_other() -> None:
    """Only day care is a unit here: the schools are asked about everywhere."""
    understanding = Understanding([*VOCABULARY, "auditointi"], ["Pori", "Kemi"])
    question = understanding.understand("Onko Kemin päiväkotien ja koulujen auditointi yhtä kattava?")
    found = sides(question, understanding)
    assert [side.units for side in found] == [frozenset({"varhaiskasvatus"}), frozenset()]
    assert [side.municipalities for side in found] == [frozenset({"Kemi"})] * 2


@pytest.mark.parametrize(
    "asked",
    [
        "Onko kuraattorin tavoite sama henkilöstöstrategiassa ja konsernipalveluissa?",
        "henkilöstöstrategia vai konsernipalvelu, kuraattorin tavoite",
    ],
)
def test_two_documents_are_two_sides(asked: str) -> None:
    """Each asked alone and without the documents' names."""
    titles = {"a": "Porin kaupungin henkilöstöstrategia 2026", "b": "Konsernipalvelujen tavoitteet 2026"}
    understanding = Understanding(VOCABULARY, ["Pori", "Kemi"], titles)
    found = sides(understanding.understand(asked), understanding)
    assert [side.document for side in found] == ["a", "b"]
    assert all("kuraattorin" in side.plain for side in found)
    assert not any("strategia" in side.plain or "konserni" in side.plain for side in found)


def test_a_document_that_another_ones_unit_is_told_of() -> None:
    """Nothing joins the two: one thing is asked for."""
    titles = {"a": "Porin kaupungin henkilöstöstrategia 2026", "b": "Sivistystoimialan tavoitteet"}
    understanding = Understanding(VOCABULARY, ["Pori", "Kemi"], titles)
    question = understanding.understand("Milloin henkilöstöstrategia esitellään kirjaston väelle sivistystoimialalla?")
    assert question.documents == {"a", "b"}
    assert sides(question, understanding) == []


def test_two_documents_and_nothing_else() -> None:
    """There is nothing to ask of each alone."""
    titles = {"a": "Porin kaupungin henkilöstöstrategia 2026", "b": "Konsernipalvelujen tavoitteet 2026"}
    understanding = Understanding(VOCABULARY, ["Pori", "Kemi"], titles)
    found = sides(understanding.understand("Vertaa henkilöstöstrategiaa ja konsernipalveluita"), understanding)
    assert not any(side.document for side in found)


def test_a_word_of_two_titles_names_no_document() -> None:
    """Nor does a word that is no compound."""
    titles = {"a": "Sivistystoimialan talous", "b": "Sivistystoimialan tavoitteet"}
    understanding = Understanding(VOCABULARY, ["Pori", "Kemi"], titles)
    assert understanding.understand("sivistystoimialan talous ja tavoitteet").documents == frozenset()
