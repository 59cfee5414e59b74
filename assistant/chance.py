"""The calibrated chance that the best evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence import MOST_READ, Evidence, Ranker
from assistant.features import FEATURES
from assistant.lacking import same_form
from assistant.network import DECIDE, read_network
from assistant.question import Question

LEAST = 0.67  # chance under which nothing is said (evals/EXPERIMENTS.md)
LEAST_FOLLOWED = 0.5  # the same for a follow-up: what was asked before was about these documents
_SURE = 0.85  # chance from which on nothing more is read: hardly fewer are declined (evals/EXPERIMENTS.md)
_LEAST_FOREIGN = 0.93  # of the least chance: Swedish and English questions share few words with Finnish documents


def chance(evidence: Sequence[Evidence], question: Question, ranker: Ranker) -> float:
    """The calibrated chance; what decides it is read only where it is not sure without, for reading takes time."""
    known = ranker.known_readings(question, evidence)
    found = probability(evidence, question, known)
    return found if known or found >= _SURE else probability(evidence, question, ranker.readings(question, evidence))


def probability(evidence: Sequence[Evidence], question: Question, readings: Sequence[float]) -> float:
    """Calibrated chance that the best evidence answers the question (trained in evals/fit.py).

    `readings` are the best evidence's and those of what is near it (Ranker.readings); none where nothing was read.
    """
    import numpy as np

    if not evidence:
        return 0.0
    values = decision_features(evidence, question, readings)
    total = read_network(DECIDE, tuple(values)).scores(np.array([list(values.values())]))[0]
    found = 1 / (1 + math.exp(-max(-30.0, min(30.0, float(total)))))
    return found if question.language == "fi" else min(1.0, found / _LEAST_FOREIGN)


_BEST_OF_FIVE = ("late", "late_own", "cosine", "words", "cover", "cover_own", "soft_cover", "weakest", "weakest_own")
_LEAST_OF_FORM = ("lacks_known", "lacks_unknown", "lacks_known_all", "lacks_unknown_all", "unmeant_known")
_FELLOWS = 12  # of so many best the ones of the best one's form speak for it too


def decision_features(evidence: Sequence[Evidence], question: Question, readings: Sequence[float]) -> dict[str, float]:
    """What the chance is reckoned from: the best evidence's features, the best of the first five, what its form lacks.

    Nothing that depends on how many candidates there are: a question narrowed to a small document has few.
    """
    best = evidence[0]
    fellows = [best, *(entry for entry in evidence[1:_FELLOWS] if same_form(entry, best))]
    return {
        **dict(zip(FEATURES, best.features, strict=True)),
        "score": best.score,
        "reading": readings[0] if readings else 0.0,
        "reading_highest": max(readings, default=0.0),
        "reading_lowest": min(readings, default=0.0),
        "readings": len(readings) / MOST_READ,
        **{f"best_{name}": max(entry.feature(name) for entry in evidence[:5]) for name in _BEST_OF_FIVE},
        **{f"form_{name}": min(entry.feature(name) for entry in fellows) for name in _LEAST_OF_FORM},
        "foreign_cover": (question.language != "fi") * best.feature("cover"),
    }
