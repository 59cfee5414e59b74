"""The calibrated chance that the best evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence import Evidence, weights
from assistant.features import FEATURES
from assistant.question import Question

LEAST = 0.6  # chance under which nothing is said (evals/EXPERIMENTS.md)
_LEAST_FOREIGN = 0.93  # of the above: Swedish and English questions share few words with Finnish documents


def probability(evidence: Sequence[Evidence], question: Question) -> float:
    """Calibrated chance that the best evidence answers the question (logistic; fitted in evals/fit.py)."""
    fitted = weights()["decide"]
    if not fitted or not evidence:
        return 1.0 if evidence else 0.0
    values = decision_features(evidence, question)
    total = fitted["bias"] + sum(fitted.get(name, 0.0) * value for name, value in values.items())
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return chance if question.language == "fi" else min(1.0, chance / _LEAST_FOREIGN)


_BEST_OF_FIVE = ("late", "late_own", "cosine", "words", "cover", "cover_own", "soft_cover", "weakest", "weakest_own")


def decision_features(evidence: Sequence[Evidence], question: Question) -> dict[str, float]:
    """What the chance is reckoned from: the best evidence's features, and the best of the first five.

    Nothing that depends on how many candidates there are: a question narrowed to a small document has few.
    """
    best = evidence[0]
    values = dict(zip(FEATURES, best.features, strict=True))
    values["score"] = best.score
    for name in _BEST_OF_FIVE:
        values[f"best_{name}"] = max(entry.feature(name) for entry in evidence[:5])
    values["foreign"] = float(question.language != "fi")
    values["foreign_cover"] = values["foreign"] * values["cover"]
    return values
