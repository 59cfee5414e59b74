"""Spoken Finnish is read as what is written for it, and never at the price of a right word."""

from __future__ import annotations

import pytest

from assistant.spelling import Spelling
from assistant.spoken import written
from corpus.finnish import lemmas

SPELLING = Spelling(["annis", "nups", "kuraattori", "pitäisi"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("pitäis", "pitäisi"),
        ("pitäs", "pitäisi"),
        ("pitas", "pitäisi"),  # its dots left out, too
        ("käyny", "käynyt"),
        ("saaks", "saako"),
        ("valmiiks", "valmiiksi"),
        ("kouluis", "kouluissa"),
        ("päiväkodis", "päiväkodissa"),
        ("kemis", "kemissä"),
        ("lukiol", "lukiolla"),
        ("kaikkee", "kaikkea"),
        ("useemmin", "useammin"),
        ("tarkotus", "tarkoitus"),
        ("sähkösesti", "sähköisesti"),
        ("millanen", "millainen"),
        ("kemisa", "kemissä"),
        ("ainaki", "ainakin"),
        ("sillon", "silloin"),
    ],
)
def test_spoken_words(said: str, meant: str) -> None:
    """Dropped vowels, t and i, long vowels for pairs."""
    assert SPELLING.repaired(said) == meant


@pytest.mark.parametrize("word", ["talous", "annis", "nups", "kuraattori", "kokous", "määrät", "move", "samk", "opas"])
def test_right_words_stay(word: str) -> None:
    """What is a word, or a name that the documents have, is left alone though it ends like a spoken one."""
    assert SPELLING.repaired(word) == word


def test_vowel_harmony() -> None:
    """The ending takes the vowel that the word's other vowels ask for."""
    assert "lukiossa" in set(written("lukios"))
    assert "kirjastossa" in set(written("kirjastos"))
    assert "pöydässä" in set(written("pöydäs"))


def test_a_repaired_word_is_known_by_its_lemma() -> None:
    """What is searched is the lemma of the written form."""
    assert "koulu" in lemmas(SPELLING.repaired("kouluist"))
