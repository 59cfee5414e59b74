"""Fit the evidence weights and the decision on the tuning questions: `python -m evals.fit [--write]`.

Rank: logistic regression on differences between a passage that holds the cited words and one that does not (pairwise;
C by five-fold cross-validation over questions). Decision: logistic regression of "the best passage answers" on the
best evidence's features. Its negatives are the unanswerable questions of the tuning set and of the training set, of
which the encoder has not learnt; together they weigh as much beside the answerable ones as in the tuning set.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import Assistant
from assistant.answer import Status
from assistant.chance import decision_features
from assistant.decision import decide
from assistant.dialogue import in_context
from assistant.evidence import Evidence, Ranker
from assistant.features import FEATURES
from assistant.question import Question
from evals.judge import Known, fold, load
from index.index import Index
from index.passages import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TUNING = Path(__file__).with_name("questions") / "tuning.jsonl"
TRAINING = TUNING.with_name("training.jsonl")
WEIGHTS = Path(__file__).parent.parent / "assistant" / "weights.json"
_STRENGTHS = (0.01, 0.03, 0.1, 0.3)
_UNANSWERABLE_SHARE = 0.14  # unanswerable beside answerable questions, as in the tuning set


@dataclass(frozen=True)
class Case:
    """A tuning question with its candidates' features and which of them hold the cited words."""

    known: Known
    question: Question
    evidence: list[Evidence]
    gold: NDArray[np.bool_]
    places: frozenset[str]
    ranker: Ranker

    @property
    def matrix(self) -> NDArray[np.float64]:
        """[candidates, features]"""
        import numpy as np

        return np.array([entry.features for entry in self.evidence]).reshape(len(self.evidence), len(FEATURES))


def folded_quotes(index: Index) -> list[str]:
    """What each passage quotes, case and white space aside."""
    return [fold(index.documents[passage.document].quote(passage.spans)) for passage in index.passages]


def gold_numbers(known: Known, index: Index, quotes: Sequence[str]) -> list[int]:
    """The passages that hold one of the cited words; bare headings never, lists only where a list was asked for."""
    cited = [fold(words) for words in known.cite_any]
    return [
        number
        for number, passage in enumerate(index.passages)
        if passage.field != "heading"
        and (passage.kind is not Kind.LIST or known.kind == "list")
        and any(words in quotes[number] for words in cited)
    ]


def cases(assistant: Assistant, questions: Sequence[Known]) -> list[Case]:
    """Every question with its candidates."""
    import numpy as np

    loaded = assistant._loaded
    quotes = folded_quotes(loaded.index)
    found = []
    for known in questions:
        turn = in_context(known.question, known.history, loaded.understanding)
        evidence = assistant._found(loaded, turn.question)
        holding = set(gold_numbers(known, loaded.index, quotes))
        gold = np.array([entry.number in holding for entry in evidence], dtype=bool)
        found.append(Case(known, turn.question, evidence, gold, loaded.places, loaded.ranker))
    return found


def fit_rank(training: Sequence[Case], strength: float) -> NDArray[np.float64]:
    """Weights in FEATURES' order."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows: list[NDArray[np.float64]] = []
    labels: list[int] = []
    sample: list[float] = []
    for case in training:
        if not case.gold.any() or case.gold.all():
            continue
        matrix = case.matrix
        better, worse = matrix[case.gold], matrix[~case.gold]
        for row in better:
            difference = row - worse
            rows += [difference, -difference]
            labels += [1] * len(difference) + [0] * len(difference)
            sample += [10 / (len(better) * len(difference))] * (2 * len(difference))
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=3000)
    model.fit(np.concatenate(rows), labels, sample_weight=sample)
    weights: NDArray[np.float64] = model.coef_[0]
    return weights


def hit_at_one(testing: Sequence[Case], weights: NDArray[np.float64]) -> list[bool]:
    """For each answerable question: does the best candidate hold the cited words?"""
    return [
        bool(case.gold[(case.matrix @ weights).argmax()])
        for case in testing
        if case.known.answerable and len(case.evidence)
    ]


def _folds(found: Sequence[Case], count: int = 5) -> list[tuple[list[Case], list[Case]]]:
    return [
        (
            [case for at, case in enumerate(found) if at % count != part],
            [case for at, case in enumerate(found) if at % count == part],
        )
        for part in range(count)
    ]


def _ranked(case: Case, weights: NDArray[np.float64]) -> tuple[list[Evidence], bool]:
    """The evidence by the given weights, and whether its best one (or its row or form) holds the cited words."""
    scores = case.matrix @ weights
    order = [int(at) for at in (-scores).argsort()]
    from dataclasses import replace

    return [replace(case.evidence[at], score=float(scores[at])) for at in order], bool(case.gold[order[:3]].any())


def fit_decision(training: Sequence[Case], weights: NDArray[np.float64]) -> dict[str, float]:
    """Logistic weights by feature name and "bias"."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows, labels, names = _decision_data(training, weights)
    none = labels.count(0)
    weight = [1.0 if label else _UNANSWERABLE_SHARE * labels.count(1) / none for label in labels]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=3000))
    model.fit(rows, labels, logisticregression__sample_weight=weight)
    scaler, regression = model[0], model[1]
    slopes = regression.coef_[0] / scaler.scale_
    fitted = dict(zip(names, map(float, slopes), strict=True))
    fitted["bias"] = float(regression.intercept_[0] - (slopes * scaler.mean_).sum())
    return fitted


def _decision_data(
    found: Sequence[Case], weights: NDArray[np.float64]
) -> tuple[list[list[float]], list[int], list[str]]:
    rows, labels = [], []
    names: list[str] = []
    for case in found:
        if not case.evidence:
            continue
        ranked, good = _ranked(case, weights)
        if case.known.answerable and not good:
            continue  # whether a bad first candidate is declined or not is no matter of calibration
        if decide(case.question, ranked, case.places, case.ranker, least=0.0).status is Status.NOT_FOUND:
            continue  # declined for what it lacks, whatever the chance
        features = decision_features(ranked, case.question)
        names = list(features)
        rows.append(list(features.values()))
        labels.append(int(case.known.answerable))
    return rows, labels, names


def _decision_report(found: Sequence[Case]) -> str:
    """Cross-validated: how many answerable questions are declined and unanswerable ones answered, by threshold."""
    import math

    said: list[tuple[float, bool]] = []
    for training, testing in _folds(found):
        weights = fit_rank(training, 0.1)
        fitted = fit_decision(training, weights)
        rows, labels, names = _decision_data(testing, weights)
        for row, label in zip(rows, labels, strict=True):
            total = fitted["bias"] + sum(fitted[name] * value for name, value in zip(names, row, strict=True))
            said.append((1 / (1 + math.exp(-total)), bool(label)))
    lines = []
    for threshold in (0.7, 0.8, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94):
        refused = [chance < threshold for chance, label in said if label]
        declined = [chance < threshold for chance, label in said if not label]
        lines.append(
            f"  threshold {threshold}: answerable refused {sum(refused) / len(refused):.3f} (n {len(refused)}), "
            f"unanswerable declined {sum(declined) / len(declined):.3f} (n {len(declined)})"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the cross-validation and, with --write, save the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="save the weights into assistant/weights.json")
    options = parser.parse_args()
    assistant = Assistant.open()
    found = cases(assistant, load(TUNING))
    unanswerable = cases(assistant, [known for known in load(TRAINING) if not known.answerable])
    best = 0.0
    chosen = _STRENGTHS[0]
    for strength in _STRENGTHS:
        hits = [hit for training, testing in _folds(found) for hit in hit_at_one(testing, fit_rank(training, strength))]
        print(f"C {strength}: hit@1 {sum(hits) / len(hits):.3f} (cross-validated, n {len(hits)})")
        if sum(hits) / len(hits) > best + 1e-9:
            best, chosen = sum(hits) / len(hits), strength
    print("decision, cross-validated:")
    print(_decision_report([*found, *unanswerable]))
    weights = fit_rank(found, chosen)
    body = {
        "rank": {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
        "decide": {name: round(weight, 4) for name, weight in fit_decision([*found, *unanswerable], weights).items()},
    }
    print(json.dumps(body, indent=1))
    if options.write:
        WEIGHTS.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
