"""What is said: which evidence answers, whether it answers at all, and in which form."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answer import Status
from assistant.evidence import Evidence, Ranker, has_figure, tells_time, weights
from assistant.question import Asked, Question, Word
from corpus.finnish import readings, words
from index.passages import Kind

_SAME = 0.9  # scores nearer than this are not told apart when rows of several units fit
_BESIDE = 1.2  # a second passage so near belongs to the answer
_SAME_FORM = 2.5  # one under the same action may be so much weaker
_MOST_BESIDE = 4
_UNCLEAR = 1.5  # a place elsewhere so near in score may be the one that is meant
_MOST_ALSO = 2
_LIKENESS = 3.0  # what speaks of the same thing elsewhere is the other side of a comparison
_FAR = -0.35  # "late_words" of a question about another world: its words meet nothing in the best passage
_FAINT = 4.5  # and the score of such a passage
_NOT_MEANT = 0.3  # a noun that the best passage meets no better is not what it is about
_LONGEST = 600  # characters of an answer after which nothing is added
LEAST = 0.82  # calibrated chance under which nothing is said (evals/EXPERIMENTS.md)
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
    also: tuple[Evidence, ...] = ()  # other places that may be meant, where the best is not clear
    field: str = ""
    reason: str = ""
    detail: str = ""


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


def decision_features(evidence: Sequence[Evidence], question: Question) -> dict[str, float]:
    """What the decision reads, of the best evidence and its lead over the next."""
    best = evidence[0]
    names = (
        "late",
        "late_own",
        "cosine",
        "words",
        "cover",
        "cover_own",
        "uncovered",
        "unit_differs",
        "year_differs",
        "year_agrees",
        "soft_cover",
        "weakest",
        "numbers_missing",
        "soft_own",
        "weakest_own",
        "time_asked",
        "number_asked",
        "late_words",
        "late_words_own",
        "letters",
    )
    values = {name: best.feature(name) for name in names}
    values["score"] = best.score
    values["best_cover"] = max(entry.feature("cover") for entry in evidence[:5])
    values["best_late"] = max(entry.feature("late") for entry in evidence[:5])
    values["least_uncovered"] = min(entry.feature("uncovered") for entry in evidence[:5])
    values["best_soft"] = max(entry.feature("soft_cover") for entry in evidence[:5])
    values["best_weakest"] = max(entry.feature("weakest") for entry in evidence[:5])
    values["foreign"] = float(question.language != "fi")
    values["foreign_cover"] = values["foreign"] * values["cover"]
    values["foreign_late"] = values["foreign"] * values["late"]
    return values


def decide(
    question: Question,
    evidence: Sequence[Evidence],
    known_places: frozenset[str],
    ranker: Ranker,
    absent: Sequence[Word] = (),
    least: float = LEAST,
) -> Decision:
    """The decision for a question and its ranked evidence, with the other places that may be meant.

    `absent` are nouns that only documents know to which the question is not narrowed: the same thing elsewhere.
    """
    decision = _decide(question, evidence, known_places, ranker, absent, least)
    if decision.status is not Status.ANSWERED or not decision.evidence or decision.form is Form.FIELD:
        return decision
    margin = _UNCLEAR / 2 if question.asked & {Asked.TARGET, Asked.BASELINE} else _UNCLEAR
    return replace(decision, also=_also(decision.evidence, evidence, margin))


def _also(shown: Sequence[Evidence], evidence: Sequence[Evidence], margin: float) -> tuple[Evidence, ...]:
    """Places that are as near as to be meant, not yet shown; lists aside."""
    best = shown[0]
    found: list[Evidence] = []
    for entry in evidence:
        if len(found) == _MOST_ALSO or entry.score < best.score - margin:
            break
        if entry.passage.kind is Kind.LIST or _overlaps(entry, [*shown, *found]):
            continue
        found.append(entry)
    return tuple(found)


def _decide(
    question: Question,
    evidence: Sequence[Evidence],
    known_places: frozenset[str],
    ranker: Ranker,
    absent: Sequence[Word],
    least: float,
) -> Decision:
    refused = _beforehand(question, known_places)
    if refused:
        return refused
    if not evidence:
        return Decision(Status.NOT_FOUND, Form.NOTHING, reason="no_evidence")
    if absent and evidence[0].feature("weakest") < _NOT_MEANT:
        missing = ", ".join(word.surface for word in absent[:2])
        return Decision(Status.NOT_FOUND, Form.NOTHING, tuple(evidence[:1]), reason="absent_here", detail=missing)
    evidence = _where_asked(question, evidence)
    lacking = _lacking(question, evidence, ranker)
    if lacking:
        return lacking
    if (
        Asked.COMPARE in question.asked
        or _OR.search(question.asked_text)
        or len(question.units) > 1
        or len(question.municipalities) > 1
    ):
        compared = _alternatives(question, evidence, ranker) or _compared(question, evidence, ranker)
        if len(compared) > 1 and probability(evidence, question) >= least:
            return Decision(Status.ANSWERED, Form.PASSAGES, compared)
    if probability(evidence, question) < least:
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
    return Decision(Status.ANSWERED, Form.PASSAGES, (*_beside(evidence), *_row_behind(question, evidence)))


def _beforehand(question: Question, known_places: frozenset[str]) -> Decision | None:
    """What needs no evidence: attacks, and municipalities that no document is about."""
    if question.attack:
        return Decision(Status.REFUSED, Form.NOTHING, reason="attack")
    strange = question.municipalities - known_places
    if strange and not question.municipalities & known_places:
        return Decision(Status.NOT_FOUND, Form.NOTHING, reason="other_municipality", detail=", ".join(sorted(strange)))
    return None


def _lacking(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> Decision | None:
    """What the question wants and none of the best evidence has: its year or quarter, a cost, a person's name."""
    best = evidence[0]
    near = [entry for entry in evidence[:8] if entry.score > best.score - _BESIDE]
    around = [
        best,
        *(entry for entry in evidence[:12] if _same_form(entry, best) and entry.score > best.score - _SAME_FORM),
    ]

    def nothing(reason: str, detail: str = "") -> Decision:
        return Decision(Status.NOT_FOUND, Form.NOTHING, (best,), reason=reason, detail=detail)

    if question.years and all(entry.feature("year_differs") for entry in near):
        return nothing("no_year", ", ".join(map(str, sorted(question.years))))
    if question.quarters and not any(_has_quarter(question, entry) for entry in near):
        return nothing("no_period")
    if Asked.COST in question.asked and not any(ranker.tells_cost(entry) for entry in near):
        return nothing("no_cost")
    if Asked.PERSON in question.asked and not any(_names_person(entry.passage.text) for entry in near):
        return nothing("no_person")
    if question.units & _LEVELS and all(entry.feature("unit_differs") for entry in near):
        return nothing("no_unit")
    if question.language == "fi" and best.feature("late_words") < _FAR and best.score < _FAINT:
        return nothing("off_subject")
    if Asked.NUMBER in question.asked and not any(has_figure(entry.passage.text) for entry in around):
        return nothing("no_number")
    if _asks_when(question) and not any(tells_time(entry.passage.text) for entry in around):
        return nothing("no_time")
    if Asked.WHY in question.asked and all(entry.passage.kind in (Kind.ROW, Kind.ITEM) for entry in near[:3]):
        return nothing("no_reason")
    if Asked.YES_NO not in question.asked and _strange_figures(question, evidence[:12]):
        return nothing("strange_figure", ", ".join(_strange_figures(question, evidence[:12])))
    return None


def _same_form(entry: Evidence, other: Evidence) -> bool:
    one, two = entry.passage, other.passage
    return one.document == two.document and one.form is not None and one.form == two.form


def _strange_figures(question: Question, evidence: Sequence[Evidence]) -> list[str]:
    """Figures of the question that none of the evidence holds: a premise that the documents do not share."""
    texts = " ".join(entry.passage.searched for entry in evidence)
    return sorted(
        number
        for number in question.numbers
        if len(number) > 1 and not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", texts)
    )


_LEVELS = frozenset({"lukio", "perusopetus", "varhaiskasvatus"})


def _has_quarter(question: Question, entry: Evidence) -> bool:
    period = next((row.document.period or "" for row in entry.rows), "")
    return any(f"Q{quarter}" in period for quarter in question.quarters) or bool(
        re.search("neljännes|kvartaal|kuukausi|kolmannes", entry.passage.text)
    )


def _names_person(text: str) -> bool:
    return any(
        reading.word_class in ("etunimi", "sukunimi")
        for word in words(text)
        if word[0].isupper()
        for reading in readings(word)
    )


_WHO = frozenset(["kuka", "ketkä", "kenen", "kelle", "kenelle", "kenet", "vem", "who"])
_WHEN = frozenset(["milloin", "koska", "millon", "när", "when"])


def _asks_when(question: Question) -> bool:
    return any(word in _WHEN for word in words(question.asked_text.lower()))


_DUTY = ("vasta", "vastuu", "ansvar", "responsib")


def _asks_responsible(question: Question) -> bool:
    """ "Kuka vastaa …", "kenen vastuulla …": a responsible person or body, not any "who"."""
    low = words(question.asked_text.lower())
    return any(word in _WHO for word in low) and any(word.startswith(_DUTY) for word in low)


def _where_asked(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Evidence of the level and year asked about, where any is nearly as good as the best."""
    for name, wanted in (("unit_differs", question.units & _LEVELS), ("year_differs", question.years)):
        agreeing = [entry for entry in evidence if not entry.feature(name)] if wanted else []
        if agreeing and agreeing[0].score > evidence[0].score - _SAME_FORM:
            evidence = agreeing
    return evidence


def _typed(question: Question, evidence: Sequence[Evidence]) -> Decision | None:
    """Answers of a field: who is responsible; and fields that the row does not have."""
    best = evidence[0]
    if Asked.RESPONSIBLE in question.asked and not question.asked & {Asked.PROGRESS}:
        for entry in evidence[:3]:
            if entry.score < best.score - _BESIDE:
                break
            if any(row.goal.responsible for row in entry.rows):
                return Decision(Status.ANSWERED, Form.FIELD, (entry,), field="responsible")
        footnoted = next((entry for entry in evidence[:8] if _has_footnote(entry)), None)
        if footnoted is not None and _same_form(footnoted, best):
            return Decision(Status.ANSWERED, Form.FIELD, (footnoted,), field="notes")
        if _asks_responsible(question) and best.rows and not any(row.goal.responsible for row in best.rows):
            return Decision(Status.NOT_FOUND, Form.NOTHING, (best,), reason="no_field", field="responsible")
    if best.passage.kind is not Kind.ROW or not best.rows:
        return None
    goal = best.rows[0].goal
    years = {year for year, _ in goal.targets}
    if Asked.TARGET in question.asked and years and question.years and not question.years & years:
        year = str(min(question.years))
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason="no_target_year", detail=year)
    if Asked.TARGET in question.asked and goal.baseline and not goal.target and Asked.BASELINE not in question.asked:
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason="no_field", field="target")
    if _asks_baseline(question) and not goal.baseline and Asked.TARGET not in question.asked:
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason="no_field", field="baseline")
    return None


def _has_footnote(entry: Evidence) -> bool:
    """Is it a row with a footnote that says whose it is?"""
    notes = entry.rows[0].goal.notes if entry.passage.kind is Kind.ROW else ()
    return any(note.text.startswith("*") for note in notes)


def _asks_baseline(question: Question) -> bool:
    low = question.plain.lower()
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
    most = 2 if question.asked & _VALUE and not question.asked & {Asked.PROGRESS, Asked.YES_NO} else _MOST_BESIDE
    return Decision(Status.ANSWERED, Form.ROW, _beside(evidence, most))


def _list(evidence: Sequence[Evidence]) -> Evidence | None:
    """The list among the best evidence."""
    near = [entry for entry in evidence[:6] if entry.score > evidence[0].score - _BESIDE]
    return next((entry for entry in near if entry.passage.kind is Kind.LIST), None)


def _beside(evidence: Sequence[Evidence], most: int = _MOST_BESIDE) -> tuple[Evidence, ...]:
    """The best passage and what stands under the same action near it in score, while the answer stays short."""
    best = evidence[0]
    found = [best]
    length = len(best.passage.text)
    barred = {Kind.LIST, Kind.ITEM} if _is_statement(best) else {Kind.LIST, Kind.ITEM, Kind.ROW}
    for entry in evidence[1:15]:
        passage = entry.passage
        if len(found) == most or passage.kind in barred or passage.field == "responsible":
            continue
        same_form = passage.document == best.passage.document and passage.form == best.passage.form
        near = entry.score > best.score - (_SAME_FORM if same_form and passage.form is not None else 0.0)
        if near and same_form and not _overlaps(entry, found) and length + len(passage.text) < _LONGEST:
            found.append(entry)
            length += len(passage.text)
    return tuple(found)


def _is_statement(entry: Evidence) -> bool:
    """A row whose indicator says it all: no baseline and no target to be taken for a neighbour's."""
    return entry.passage.kind is Kind.ROW and not entry.rows[0].goal.target and not entry.rows[0].goal.baseline


def _row_behind(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The row that a progress sentence is about, where the question weighs the progress against the target."""
    best = evidence[0]
    if best.passage.kind is not Kind.PROGRESS or not question.asked & {
        Asked.TARGET,
        Asked.BASELINE,
        Asked.COMPARE,
        Asked.YES_NO,
    }:
        return ()
    rows = [entry for entry in evidence[1:15] if entry.passage.kind is Kind.ROW and _same_form(entry, best)]
    return tuple(rows[:1])


def _overlaps(entry: Evidence, found: Sequence[Evidence]) -> bool:
    return any(
        one.start < other.end and other.start < one.end
        for shown in found
        if shown.passage.document == entry.passage.document
        for one in shown.passage.spans
        for other in entry.passage.spans
    )


_OR = re.compile(r"\b(?:vai|vs|versus|eller|or)\b", re.IGNORECASE)


def _alternatives(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> tuple[Evidence, ...]:
    """The best evidence for each side of "X vai Y": what covers the one word and not the other."""
    match = _OR.search(question.asked_text)
    if match is None:
        return ()
    before = [word for word in question.words if 0 <= question.asked_text.find(word.surface) < match.start()]
    after = [word for word in question.words if question.asked_text.find(word.surface) >= match.end()]
    if not before or not after:
        return ()
    found = []
    for word, other in ((before[-1], after[0]), (after[0], before[-1])):
        fitting = [
            entry
            for entry in evidence
            if entry.passage.kind is not Kind.LIST and ranker.covers(word, entry) >= 0.5 > ranker.covers(other, entry)
        ]
        if not fitting:
            return ()
        found.append(fitting[0])
    return tuple(found)


def _compared(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> tuple[Evidence, ...]:
    """The best evidence of each side: of each unit or municipality named, else of different words of the question."""
    near = [entry for entry in evidence[:25] if entry.passage.kind is not Kind.LIST]
    if not near:
        return ()
    sides: dict[str, Evidence] = {}
    first = next((entry for entry in near if _side(question, entry) is not None), near[0])
    for entry in sorted(near, key=lambda entry: -entry.score - _LIKENESS * ranker.alike(first, entry)):
        side = _side(question, entry)
        if side is not None and side not in sides:
            sides[side] = entry
    if len(sides) > 1:
        return tuple(sides.values())
    best = near[0]
    second = [entry for entry in near[1:8] if entry.score > best.score - 2 * _BESIDE and not _overlaps(entry, [best])]
    return (best, *second[:1])


def _side(question: Question, entry: Evidence) -> str | None:
    """Which of the units or municipalities that the question names the evidence belongs to."""
    if len(question.municipalities) > 1:
        return next((row.document.municipality for row in entry.rows if row.document.municipality), None)
    if len(question.units) > 1 and entry.feature("unit_agrees") >= 1.0:
        return entry.passage.unit
    return None
