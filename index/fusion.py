"""Reciprocal rank fusion."""

from __future__ import annotations

from collections.abc import Sequence


def reciprocal_rank_fusion(rankings: Sequence[Sequence[int]], *, k: int = 60) -> list[tuple[int, float]]:
    """Merge best-first lists of passage numbers into one, best first.

    Score: the sum of 1 / (k + rank), rank from 1 (Cormack, Clarke & Büttcher, SIGIR 2009, k = 60). It orders results
    and is not a probability, so no decision reads it. Ties keep first-seen order.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, entry in enumerate(ranking, start=1):
            scores[entry] = scores.get(entry, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
