"""Reciprocal rank fusion with its arithmetic shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import reciprocal_rank_fusion


def test_arithmetic() -> None:
    """1 / (60 + rank), summed over the lists."""
    found = reciprocal_rank_fusion([[7, 8], [8, 9]])
    assert [number for number, _ in found] == [8, 7, 9]
    assert dict(found) == pytest.approx({8: 1 / 62 + 1 / 61, 7: 1 / 61, 9: 1 / 62})


def test_own_constant() -> None:
    """A small k gives the first ranks more weight."""
    assert reciprocal_rank_fusion([[1, 2]], k=0) == [(1, 1.0), (2, 0.5)]


def test_ties_keep_first_seen_order() -> None:
    """Two lists that disagree tie."""
    assert [number for number, _ in reciprocal_rank_fusion([[5, 3], [3, 5]])] == [5, 3]


def test_nothing() -> None:
    """No list, empty lists: no result."""
    assert reciprocal_rank_fusion([]) == reciprocal_rank_fusion([[], []]) == []


@given(st.lists(st.integers(0, 50), unique=True))
def test_fusing_one_list_changes_nothing(ranking: list[int]) -> None:
    """The order stays; so it does when the list is given twice."""
    assert [number for number, _ in reciprocal_rank_fusion([ranking])] == ranking
    assert [number for number, _ in reciprocal_rank_fusion([ranking, ranking])] == ranking
