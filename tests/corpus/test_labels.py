"""The heading words: fields, units, offices."""

from __future__ import annotations

import re

import pytest

from corpus import labels


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("MITTARI", "indicator"),
        ("Mittari,  seuranta", "indicator"),
        ("Tavoitetaso", "target"),
        ("tavoite", "goal"),
        ("Strateginen\npäämäärä", "focus_area"),
        ("Vastuuhenkilöt", "responsible"),
        ("Nykytila", "baseline"),
        ("kuu", None),
        ("", None),
    ],
)
def test_field_of(word: str, field: str | None) -> None:
    """A heading word names its field in any case of letters."""
    assert labels.field_of(word) == field


def test_no_word_heads_two_fields() -> None:
    """A heading is never ambiguous."""
    every = [word for name in labels.field_names() for word in labels.heading_words(name)]
    assert len(every) == len(set(every))
    assert len(every) > len(labels.field_names()) > 5


def test_loose_heading_may_be_broken() -> None:
    """A narrow cell breaks a heading anywhere, another word does not match."""
    pattern = re.compile(labels.heading("target"), re.IGNORECASE)
    assert pattern.fullmatch("Tavoiteta\nso")
    assert pattern.fullmatch("Tavoite") is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Puistopalvelut", True),
        ("Liikuntapalvelut ja nuorisotyö", True),
        ("Ruokapalvelut (Keittiöt)", True),
        ("Tekninen toimiala", True),
        ("Palvelu on hyvää.", False),
        ("Kirjasto avataan", False),
        ("puistopalvelut", False),
        ("Vesi, palvelu,", False),
        ("", False),
    ],
)
def test_names_unit(text: str, unit: bool) -> None:
    """A part of the organisation, not a sentence."""
    assert labels.names_unit(text) is unit


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Johtava rehtori\n2023", True),
        ("Kirjastopäällikkö", True),
        ("Rehtorit, opettajat", True),
        ("Kaupungin johtaja", False),
        ("kirjastopäällikkö", False),
        ("Vuosikello", False),
        ("", False),
    ],
)
def test_names_office(text: str, office: bool) -> None:
    """Who does something, at the beginning of a cell."""
    assert labels.names_office(text) is office
