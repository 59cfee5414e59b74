"""Words that extraction broke, put together again, and whole words left alone."""

from __future__ import annotations

import pytest

from corpus.repair import readable


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("tilinpäätök- \nsessä", "tilinpäätöksessä"),
        ("joh-\n\ntamista", "johtamista"),
        ("tasa-\narvo", "tasa-arvo"),  # the same vowel on both sides: a real hyphen
        ("opinto-\nohjaus", "opinto-ohjaus"),
        ("taide- \nja musiikki", "taide- ja musiikki"),
        ("Pori-\nTampere", "Pori-Tampere"),
        ("hyte-\nkoordinaattori", "hyte-koordinaattori"),  # an abbreviation before a word
        ("li ikkuvan kuvan", "liikkuvan kuvan"),
        ("Seurafoor\numi", "Seurafoorumi"),
        ("positi ivisten", "positiivisten"),
        ("kou lu verkko", "koulu verkko"),
        ("kirja\u00adsto", "kirjasto"),
        ("koulu\u200bissa", "kouluissa"),
        ("2020 -\n2021", "2020 - 2021"),
        ("1–\n6/2030", "1–6/2030"),
        ("kunto  ja\n\n mieli ", "kunto ja mieli"),
        ("", ""),
    ],
)
def test_mended(raw: str, expected: str) -> None:
    """What a reader would read."""
    assert readable(raw) == expected


@pytest.mark.parametrize(
    "text",
    [
        "jo ka päivä",
        "Olen hyvä työkaveri",
        "ei saa ajaa",
        "EU tukee kuntia",
        "Kirjasto on auki 7 päivää",
        "opettaja-oppilassuhde",
        "0,03 henkilöä",
        "Lammin Lukko",
    ],
)
def test_left_alone(text: str) -> None:
    """Whole words are never joined."""
    assert readable(text) == text


def test_letters_of_a_list_stay_apart() -> None:
    """One-letter names are no pieces of a word."""
    assert readable("ryhmät a b ja c") == "ryhmät a b ja c"


def test_mending_twice_changes_nothing() -> None:
    """A mended text is whole."""
    raw = "Henkilös-\ntöstra- \ntegia li ikkuu"
    assert readable(readable(raw)) == readable(raw)
