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
        ("opetetaaks", "opetetaanko"),
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
        ("ois", "olisi"),
        ("sais", "saisi"),
        ("haluis", "haluaisi"),
        ("poris", "porissa"),  # not the verb's "porisi"
    ],
)
def test_spoken_words(said: str, meant: str) -> None:
    """Dropped vowels, t and i, long vowels for pairs."""
    assert SPELLING.repaired(said) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("kaupungila", "kaupungilla"), ("lautakunasta", "lautakunasta"), ("ryhmmässä", "ryhmässä"), ("millo", "millo")],
)
def test_a_letter_too_few_or_too_many(written: str, meant: str) -> None:
    """Where one word alone can be meant, and not in a short one: "lautakunnasta" and "lautakuna" are as near."""
    assert SPELLING.repaired(written) == meant


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


@pytest.mark.parametrize(
    ("written_apart", "joined"),
    [
        ("mikä on lähtö taso", "mikä on lähtötaso"),
        ("tyo hyvinvoinnin lahto taso", "työhyvinvoinnin lähtötaso"),
        ("kansalais opisto vanhus neuvosto", "kansalaisopisto vanhusneuvosto"),
        ("terveyden edistämisen taso", "terveyden edistämisen taso"),  # a genitive
        ("lähtö, taso", "lähtö, taso"),
        ("oppi laitos", "oppi laitos"),  # no compound of the documents
    ],
)
def test_compounds_written_as_two_words(written_apart: str, joined: str) -> None:
    """One word where the documents have it as one; dots aside."""
    known = ["lähtötaso", "työhyvinvoinnin", "kansalaisopisto", "vanhusneuvosto", "terveydenedistämisen"]
    assert Spelling(known).joined(written_apart) == joined


@pytest.mark.parametrize("inflected", ["Anniksessa", "annikses", "anniksella"])
def test_a_name_in_s_is_known_by_its_nominative(inflected: str) -> None:
    """The stem of its other cases ends in -kse."""
    assert SPELLING.relatives(inflected) == {"annis"}
