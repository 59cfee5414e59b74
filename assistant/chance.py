"""The calibrated chance that the best evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence import Evidence, weights
from assistant.features import FEATURES
from assistant.question import Question

LEAST = 0.55  # chance under which nothing is said (evals/EXPERIMENTS.md)
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
_STANDING_OUT = ("late", "late_own", "cosine")


def decision_features(evidence: Sequence[Evidence], question: Question) -> dict[str, float]:
    """What the chance is reckoned from: the best evidence's features, and how it stands among the rest.

    A question that is answered has one place that stands out; a near miss is met a little everywhere.
    """
    best = evidence[0]
    scores = [entry.score for entry in evidence]
    middle = sum(scores) / len(scores)
    values = dict(zip(FEATURES, best.features, strict=True))
    values["score"] = best.score
    values["lead"] = best.score - scores[min(1, len(scores) - 1)]
    values["lead_of_five"] = best.score - scores[min(4, len(scores) - 1)]
    values["spread"] = math.sqrt(sum((score - middle) ** 2 for score in scores) / len(scores))
    for name in _BEST_OF_FIVE:
        values[f"best_{name}"] = max(entry.feature(name) for entry in evidence[:5])
    for name in _STANDING_OUT:
        found = [entry.feature(name) for entry in evidence]
        values[f"{name}_stands_out"] = max(found) - sum(found) / len(found)
    values["foreign"] = float(question.language != "fi")
    values["foreign_cover"] = values["foreign"] * values["cover"]
    return values
