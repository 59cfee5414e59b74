"""Shares that can be worked out by hand: three passages, every term equally rare."""

from __future__ import annotations

import pytest

from assistant.coverage import OFFICIAL, Coverage
from assistant.question import Word

PASSAGES = [frozenset({"kuraattori", "määrä"}), frozenset({"mitoitus"}), frozenset({"kuraattorimitoitus"})]
IDF = dict.fromkeys(["kuraattori", "mitoitus", "kuraattorimitoitus", "määrä"], 2.0)
COVERAGE = Coverage(PASSAGES, IDF, rarest=4.0)


def word(**given: object) -> Word:
    """The compound kuraattori + mitoitus."""
    parts = frozenset({"kuraattori", "mitoitus"})
    return Word("kuraattorimitoitus", frozenset({"kuraattorimitoitus"}), parts, **given)  # type: ignore[arg-type]


def test_a_compound_by_its_parts() -> None:
    """One of two parts of equal rarity: 0.8 of the squared half; the word itself: all."""
    assert COVERAGE.of(word()) == pytest.approx([0.8 * 0.5**2, 0.8 * 0.5**2, 1.0])


def test_an_official_word_for_a_part_stands_for_the_part_alone() -> None:
    """ "määrä" for "mitoitus": the first passage has both parts now, and none counts for the whole word."""
    assert COVERAGE.of(word(official_of=(("mitoitus", frozenset({"määrä"})),))) == pytest.approx([0.8, 0.2, 1.0])


def test_an_official_word_for_the_whole() -> None:
    """Nearly as good as the word."""
    assert COVERAGE.of(word(official=frozenset({"määrä"}))) == pytest.approx([OFFICIAL, 0.2, 1.0])


def test_a_common_word_beside_a_rare_one_in_an_official_phrase() -> None:
    """ "määrä" of "kuraattorin määrä" says as much less as it is commoner: 0.9 of 1 / 4."""
    idf = {**IDF, "kuraattori": 4.0, "määrä": 1.0}
    passages = [frozenset({"määrä"}), frozenset({"kuraattori", "määrä"})]
    asked = Word("kuraattorimäärä", frozenset(), frozenset(), frozenset({"kuraattori", "määrä"}))
    assert Coverage(passages, idf, rarest=5.0).of(asked) == pytest.approx([0.9 / 4, 0.9])


def test_what_is_derived_from_the_same_word() -> None:
    """Says as much as all parts of a compound, and less than the word itself."""
    asked = Word("mitoittaa", frozenset({"mitoittaa"}), frozenset(), kin=frozenset({"mitoitus"}))
    assert COVERAGE.of(asked) == pytest.approx([0.0, 0.8, 0.0])
