"""Words to terms: every reading, compound parts, what Voikko does not know."""

from __future__ import annotations

import pytest

from corpus.finnish import (
    can_be_verb,
    compound_parts,
    derived,
    is_first_person,
    is_past,
    is_plural,
    is_word,
    lemmas,
    nested_compounds,
    readings,
    terms,
    word_terms,
    words,
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hevosen", {"hevonen"}),
        ("kuusi", {"kuusi", "kuu"}),  # a tree or a number; a moon of yours
        ("uintikertojen", {"uintikerto", "uintikerta"}),
        ("KUURAATTORIEN", {"kuuraattorien"}),  # misspelt: stands for itself
        ("Kuraattorien", {"kuraattori"}),
        ("Porin", {"pori", "pora"}),
        ("opinto-ohjaajien", {"opinto-ohjaaja"}),
        ("S2-tukiopintojaksojen", {"s2-tukiopintojaksojen", "tukiopintojakso"}),
        ("OPH:n", {"oph:n", "oph"}),
        ("blorbistajalla", {"blorbistajalla"}),
    ],
)
def test_lemmas(word: str, expected: set[str]) -> None:
    """The lemmas of all readings."""
    assert lemmas(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kuraattorimitoituksen", {"kuraattori", "mitoitus"}),
        ("päiväkodeista", {"päivä", "koti"}),
        ("nuorisotyöttömyys", {"nuoriso", "työttömyys"}),  # an ending stays glued to its stem
        ("hevosen", set()),
        ("opinto-ohjaajien", {"opinto", "ohjaaja"}),
    ],
)
def test_compound_parts(word: str, expected: set[str]) -> None:
    """The lemmas of the parts; none for a simple word."""
    assert compound_parts(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("painopistealueen", {"painopiste", "pistealue"}),
        ("varhaiskasvatuspalvelut", {"varhaiskasvatus", "kasvatuspalvelu"}),
        ("mielenterveyspoissaolojen", {"mielenterveys", "terveyspoissaolo"}),
        ("tukiopintojaksojen", {"opintojakso"}),
        ("kuraattorimitoituksen", set()),  # two parts hold no other compound
        ("hevosen", set()),
    ],
)
def test_nested_compounds(word: str, expected: set[str]) -> None:
    """The lemmas of neighbouring parts that are a word together, and are not the whole."""
    assert nested_compounds(word) == expected
    assert expected <= set(word_terms(word))


def test_word_terms_lemma_first() -> None:
    """Whole lemmas come before parts, and no term twice."""
    assert word_terms("kuraattorimitoituksen") == ("kuraattorimitoitus", "kuraattori", "mitoitus")
    found = word_terms("S2-tukiopintojaksojen")
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0,03 oppilasta", ["0,03"]),
        ("1.234,5 e", ["1.234,5"]),
        ("vuonna 2026", ["2026"]),
        ("20.9.22", ["20.9.22"]),
        ("n. 9 844 pv", ["9", "844"]),
    ],
)
def test_numbers_stand_as_written(text: str, expected: list[str]) -> None:
    """Numbers are terms of their own."""
    assert [term for term in terms(text) if term[0].isdigit()] == expected


def test_terms_repeat_and_keep_order() -> None:
    """BM25 counts repetitions."""
    assert terms("hevosen hevonen 7 hevosen") == ["hevonen", "hevonen", "7", "hevonen"]


def test_words_keep_inner_signs() -> None:
    """Hyphen, apostrophe and colon inside a word belong to it; around it they do not."""
    assert words("OPH:n vaa'an S2-opetus, (-kyky) 3 %") == ["OPH:n", "vaa'an", "S2-opetus", "kyky", "3"]


def test_proper_names_are_told() -> None:
    """A reading says whether it is a name."""
    assert {reading.lemma: reading.proper for reading in readings("Porin")} == {"pori": True, "pora": False}


@pytest.mark.parametrize(("word", "known"), [("koulu", True), ("kouluissa", True), ("kouulu", False), ("", False)])
def test_is_word(word: str, known: bool) -> None:
    """Voikko's verdict."""
    assert is_word(word) is known


@pytest.mark.parametrize(
    ("word", "plural", "verb"),
    [("lähteistä", True, False), ("lähteestä", False, False), ("keinoja", True, False), ("karsitaan", False, True)],
)
def test_plurals_and_verbs(word: str, plural: bool, verb: bool) -> None:
    """Any reading counts."""
    assert is_plural(word) is plural
    assert can_be_verb(word) is verb


@pytest.mark.parametrize(
    ("word", "past"),
    [("muutettiin", True), ("oli", True), ("vastasi", True), ("voi", False), ("vuosi", False), ("kirjasto", False)],
)
def test_the_past_tense(word: str, past: bool) -> None:
    """What can be the present or a noun, too, tells nothing; a noun of "yours" is not meant."""
    assert is_past(word) is past


@pytest.mark.parametrize(
    ("word", "pairs"),
    [
        ("kartoituksen", {("kartoitus", "kartoittaa")}),
        ("palkkakartoitus", {("kartoitus", "kartoittaa")}),
        ("porilainen", {("porilainen", "pori")}),
        ("kirjasto", set()),
    ],
)
def test_derived(word: str, pairs: set[tuple[str, str]]) -> None:
    """What Voikko derives from another word, the parts of compounds too."""
    assert derived(word) >= pairs
    assert pairs or not derived(word)


@pytest.mark.parametrize(("word", "first"), [("olen", True), ("tyttäreni", True), ("on", False), ("putki", False)])
def test_first_person(word: str, first: bool) -> None:
    """Verbs and nouns that speak of oneself."""
    assert is_first_person(word) is first
