"""BM25 over Finnish terms of a few made-up texts."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from corpus.finnish import terms
from index.passages import Kind, Passage
from index.words import Words, write_words

TEXTS = ["hevonen hevonen koira", "koira kissa", "päiväkodin kuraattorimitoitus", "hevonen kissa kissa"]


@pytest.fixture
def index(tmp_path: Path) -> Words:
    """The texts, indexed."""
    write_words([passage(text) for text in TEXTS], tmp_path)
    return Words(tmp_path)


def passage(text: str, context: str = "") -> Passage:
    """A passage of the text under a context line."""
    return Passage("koe#0", "koe", Kind.TEXT, "paragraph", text, context, ())


def test_context_is_searched_and_told_apart(tmp_path: Path) -> None:
    """A term of the context line finds the passage, and is none of its own."""
    write_words([passage("koira", "kissa"), passage("hevonen")], tmp_path)
    words = Words(tmp_path)
    assert words.scores(["kissa"]).tolist()[0] > 0 == words.scores(["kissa"]).tolist()[1]
    assert (words.own, words.all) == (
        [frozenset({"koira"}), frozenset({"hevonen"})],
        [frozenset({"koira", "kissa"}), frozenset({"hevonen"})],
    )


def test_arithmetic(index: Words) -> None:
    """Lucene's BM25: ln(1 + (n - df + .5) / (df + .5)) x tf / (tf + 1.5 (1 - .75 + .75 length / mean length))."""
    lengths = [3, 2, 8, 3]  # päiväkoti or päiväkota, päivä, koti, kota; kuraattorimitoitus, kuraattori, mitoitus
    assert [len(terms(text)) for text in TEXTS] == lengths
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))

    def score(tf: int, length: int) -> float:
        return idf * tf / (tf + 1.5 * (1 - 0.75 + 0.75 * length / (sum(lengths) / 4)))

    assert index.scores(["hevonen"]).tolist() == pytest.approx([score(2, 3), 0, 0, score(1, 3)], abs=1e-5)


def test_compound_part_finds_the_compound(index: Words) -> None:
    """A part of a compound is a term of its own."""
    for term in ("kuraattori", "mitoitus", "koti", "päiväkoti"):
        scores = index.scores([term]).tolist()
        assert scores[2] > 0
        assert scores[:2] + scores[3:] == [0, 0, 0]


def test_unknown_terms(index: Words) -> None:
    """What no text holds scores nothing, alone or beside a known term."""
    assert index.scores(["traktori"]).tolist() == [0, 0, 0, 0]
    assert index.scores([]).tolist() == [0, 0, 0, 0]
    assert index.scores(["traktori", "kissa"]).tolist() == index.scores(["kissa"]).tolist()


def test_more_terms_score_more(index: Words) -> None:
    """Scores add up."""
    both = index.scores(["koira", "kissa"])
    assert both.tolist() == pytest.approx((index.scores(["koira"]) + index.scores(["kissa"])).tolist())
    assert int(both.argmax()) == 1
