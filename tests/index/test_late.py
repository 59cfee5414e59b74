"""Late interaction worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedder import Encoded
from index.late import Stored, TokenVectors, stored, write_tokens


def packed(*tokens: tuple[float, float]) -> Stored:
    """A passage of two-dimensional token vectors; its own vector is the first of them."""
    vectors = np.array(tokens, dtype=np.float32)
    return stored(Encoded(vectors[0], vectors))


@pytest.fixture
def kept(tmp_path: Path) -> TokenVectors:
    """Three passages: of four tokens, of one, of two."""
    write_tokens(
        tmp_path,
        [
            packed((1, 0), (0.6, 0.8), (0, 1), (-1, 0)),
            packed((0, 1)),
            packed((0.8, 0.6), (0, -1)),
        ],
    )
    return TokenVectors(tmp_path)


def test_best_over_the_passage_and_over_its_own_text(kept: TokenVectors) -> None:
    """For each question token the greatest cosine; the first half of the tokens is the passage's own text."""
    question = np.array([[1, 0], [0, 1]], dtype=np.float32)
    whole, own = kept.best(question, [0, 1, 2], [0.5, 0.5, 0.5])
    assert whole.tolist() == [
        pytest.approx([1.0, 1.0], abs=4e-3),  # (1, 0) meets the first token, (0, 1) the third
        pytest.approx([0.0, 1.0], abs=4e-3),
        pytest.approx([0.8, 0.6], abs=4e-3),
    ]
    assert own.tolist() == [
        pytest.approx([1.0, 0.8], abs=4e-3),  # of the first two tokens alone
        pytest.approx([0.0, 1.0], abs=4e-3),
        pytest.approx([0.8, 0.6], abs=4e-3),
    ]


def test_order_of_the_numbers_is_kept(kept: TokenVectors) -> None:
    """Passages come out as they were asked for."""
    question = np.array([[1, 0]], dtype=np.float32)
    assert kept.best(question, [2, 0], [1.0, 1.0])[0].ravel().tolist() == pytest.approx([0.8, 1.0], abs=4e-3)


def test_cosines(kept: TokenVectors) -> None:
    """The passages' own vectors with the question's."""
    assert kept.cosines(np.array([1, 0], dtype=np.float32), [1, 2, 0]).tolist() == pytest.approx([0.0, 0.8, 1.0])


def test_what_was_stored_comes_back(kept: TokenVectors) -> None:
    """A build takes vectors over from the old index."""
    assert len(kept) == 3
    back = kept.encoded(2)
    assert back.vector.tolist() == pytest.approx([0.8, 0.6])
    assert back.tokens.ravel().tolist() == pytest.approx([0.8, 0.6, 0.0, -1.0], abs=4e-3)


def test_stored_again_is_the_same(kept: TokenVectors, tmp_path: Path) -> None:
    """What one index takes over from another is not changed by it."""
    before = kept.stored(0)
    write_tokens(tmp_path, [before, stored(kept.encoded(0))])
    after = TokenVectors(tmp_path)
    assert after.stored(0).tokens.tolist() == after.stored(1).tokens.tolist() == before.tokens.tolist()
    assert after.stored(1).scales.tolist() == pytest.approx(before.scales.tolist())


def test_no_passages(tmp_path: Path) -> None:
    """An index of nothing can be written and read."""
    write_tokens(tmp_path, [])
    assert len(TokenVectors(tmp_path)) == 0
