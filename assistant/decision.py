"""What is said: which evidence answers, whether it answers at all, and in which form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Status
from assistant.evidence import Evidence, weights
from assistant.question import Asked, Question, Word
from index.passages import Kind

_SAME = 0.9  # scores nearer than this are not told apart when rows of several units fit
_BESIDE = 1.2  # a second passage so near belongs to the answer
_LEAST = 0.5  # probability under which nothing is said
_STRONG_BASELINE = ("lähtö", "utgångs", "baseline", "alkutila")
_VALUE = {Asked.TARGET, Asked.BASELINE, Asked.COUNT}


class Form(StrEnum):
    """The form of an answer."""

    ROW = "row"
    ROWS = "rows"
    PASSAGES = "passages"
    LIST = "list"
    FIELD = "field"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Decision:
    """Status, form, the evidence to show (best first) and, where there is no answer, the reason."""

    status: Status
    form: Form
    evidence: tuple[Evidence, ...] = ()
    field: str = ""
    reason: str = ""
    detail: str = ""


def probability(evidence: Sequence[Evidence], question: Question) -> float:
    """Calibrated chance that the best evidence answers the question (logistic; fitted in evals/fit.py)."""
    fitted = weights()["decide"]
    if not fitted or not evidence:
        return 1.0 if evidence else 0.0
    values = decision_features(evidence, question)
    total = fitted["bias"] + sum(fitted.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def decision_features(evidence: Sequence[Evidence], question: Question) -> dict[str, float]:
    """What the decision reads, of the best evidence and its lead over the next."""
    best = evidence[0]
    names = ("late", "late_own", "cosine", "words", "cover", "cover_own", "uncovered", "unit_differs", "year_differs",
             "year_agrees", "numbers")
    values = {name: best.feature(name) for name in names}
    values["score"] = best.score
    values["best_cover"] = max(entry.feature("cover") for entry in evidence[:5])
    values["best_late"] = max(entry.feature("late") for entry in evidence[:5])
    values["least_uncovered"] = min(entry.feature("uncovered") for entry in evidence[:5])
    values["foreign"] = float(question.language != "fi")
    values["foreign_cover"] = values["foreign"] * values["cover"]
    values["foreign_late"] = values["foreign"] * values["late"]
    return values


def decide(question: Question, evidence: Sequence[Evidence], unknown: Sequence[Word], known_places: frozenset[str]) -> Decision:
    """The decision for a question and its ranked evidence."""
    refused = _beforehand(question, known_places)
    if refused:
        return refused
    if not evidence:
        return Decision(Status.NOT_FOUND, Form.NOTHING, reason="no_evidence")
    if Asked.COMPARE in question.asked or len(question.units) > 1 or len(question.municipalities) > 1:
        compared = _compared(question, evidence)
        if len(compared) > 1 and probability(evidence, question) >= _LEAST:
            return Decision(Status.ANSWERED, Form.PASSAGES, compared)
    if probability(evidence, question) < _LEAST:
        return Decision(Status.NOT_FOUND, Form.NOTHING, tuple(evidence[:1]), reason="weak_evidence")
    best = evidence[0]
    typed = _typed(question, evidence)
    if typed:
        return typed
    if best.passage.kind in (Kind.ROW, Kind.ITEM):
        return _row(question, evidence)
    if best.passage.kind is Kind.LIST or (Asked.LIST in question.asked and _list(evidence)):
        chosen = best if best.passage.kind is Kind.LIST else _list(evidence)
        return Decision(Status.ANSWERED, Form.LIST, (chosen,) if chosen else (best,))
    return Decision(Status.ANSWERED, Form.PASSAGES, _beside(question, evidence))


def _beforehand(question: Question, known_places: frozenset[str]) -> Decision | None:
    """What needs no evidence: attacks, and municipalities that no document is about."""
    if question.attack:
        return Decision(Status.REFUSED, Form.NOTHING, reason="attack")
    strange = question.municipalities - known_places
    if strange and not question.municipalities & known_places:
        return Decision(Status.NOT_FOUND, Form.NOTHING, reason="other_municipality", detail=", ".join(sorted(strange)))
    return None


def _typed(question: Question, evidence: Sequence[Evidence]) -> Decision | None:
    """Answers of a field: who is responsible; and fields that the row does not have."""
    best = evidence[0]
    if Asked.RESPONSIBLE in question.asked and not question.asked & {Asked.PROGRESS}:
        for entry in evidence[:3]:
            if any(row.goal.responsible for row in entry.rows) and entry.score > best.score - _BESIDE:
                return Decision(Status.ANSWERED, Form.FIELD, (entry,), field="responsible")
    if best.passage.kind is not Kind.ROW or not best.rows:
        return None
    goal = best.rows[0].goal
    years = {year for year, _ in goal.targets}
    if Asked.TARGET in question.asked and years and question.years and not question.years & years:
        year = str(min(question.years))
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason="no_target_year", detail=year)
    if _asks_baseline(question) and not goal.baseline and Asked.TARGET not in question.asked:
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason="no_field", field="baseline")
    return None


def _asks_baseline(question: Question) -> bool:
    low = question.text.lower()
    return Asked.BASELINE in question.asked and any(stem in low for stem in _STRONG_BASELINE)


def _row(question: Question, evidence: Sequence[Evidence]) -> Decision:
    """One row; several where rows of different units or documents fit equally and the question names none."""
    best = evidence[0]
    fitting = [best]
    for entry in evidence[1:8]:
        if entry.passage.kind is not best.passage.kind or entry.score < best.score - _SAME:
            continue
        elsewhere = (entry.passage.unit, entry.passage.document) != (best.passage.unit, best.passage.document)
        alike = abs(entry.feature("cover_own") - best.feature("cover_own")) < 0.1 and best.feature("cover_own") > 0.4
        if elsewhere and alike and not question.units:
            fitting.append(entry)
    if len(fitting) > 1:
        return Decision(Status.AMBIGUOUS, Form.ROWS, tuple(fitting[:4]))
    return Decision(Status.ANSWERED, Form.ROW, (best, *_progress_of(question, best, evidence)))


def _progress_of(question: Question, best: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences on the row's progress that the question reaches as well; at most two."""
    found = [
        entry
        for entry in evidence[1:12]
        if entry.passage.kind in (Kind.PROGRESS, Kind.NOTE)
        and entry.passage.document == best.passage.document
        and set(entry.passage.rows) & set(best.passage.rows)
        and entry.score > best.score - 2 * _BESIDE
    ]
    return found[:2] if Asked.PROGRESS in question.asked or Asked.YES_NO in question.asked else found[:1]


def _list(evidence: Sequence[Evidence]) -> Evidence | None:
    """The list among the best evidence."""
    near = [entry for entry in evidence[:6] if entry.score > evidence[0].score - _BESIDE]
    return next((entry for entry in near if entry.passage.kind is Kind.LIST), None)


def _beside(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best passage and what stands near it in score and in the document; no row but the best one's own."""
    best = evidence[0]
    found = [best]
    for entry in evidence[1:8]:
        if len(found) == 3 or entry.score < best.score - _BESIDE or entry.passage.kind is Kind.LIST:
            continue
        same_form = entry.passage.document == best.passage.document and entry.passage.form == best.passage.form
        if same_form and not _overlaps(entry, found):
            found.append(entry)
    del question
    return tuple(found)


def _overlaps(entry: Evidence, found: Sequence[Evidence]) -> bool:
    return any(
        one.start < other.end and other.start < one.end
        for shown in found
        if shown.passage.document == entry.passage.document
        for one in shown.passage.spans
        for other in entry.passage.spans
    )


def _compared(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best evidence of each side: of each unit or municipality named, else of different words of the question."""
    near = [entry for entry in evidence[:15] if entry.passage.kind is not Kind.LIST]
    if not near:
        return ()
    sides: dict[str, Evidence] = {}
    for entry in near:
        side = _side(question, entry)
        if side is not None and side not in sides:
            sides[side] = entry
    if len(sides) > 1:
        return tuple(sides.values())
    best = near[0]
    second = [
        entry for entry in near[1:8]
        if entry.score > best.score - 2 * _BESIDE and not _overlaps(entry, [best])
    ]
    return (best, *second[:1])


def _side(question: Question, entry: Evidence) -> str | None:
    """Which of the units or municipalities that the question names the evidence belongs to."""
    if len(question.municipalities) > 1:
        return next((row.document.municipality for row in entry.rows if row.document.municipality), None)
    if len(question.units) > 1 and entry.feature("unit_agrees") >= 1.0:
        return entry.passage.unit
    return None
