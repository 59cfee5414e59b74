"""What a question wants and no evidence has: then nothing is said, and the answer tells what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, Ranker
from assistant.lexicon import lexicon
from assistant.otherwise import counts_otherwise, of_other_period, of_other_thing, only_aimed_at
from assistant.question import Asked, Question, asks_field
from assistant.signs import has_figure, is_figure_line, tells_amount, tells_cause, without_ages
from assistant.untold import asks_age, asks_responsible, costs_of_another, untold, untold_measure
from corpus.finnish import is_past, terms, words
from index.passages import FIGURES, Kind

BESIDE = 1.8  # evidence so near the best in score is looked at with it
SAME_FORM = 3.5  # what stands under the same action may be so much weaker
_FAR = -3.4  # cosine feature: few answerable questions have nothing nearer (evals/EXPERIMENTS.md)


@dataclass(frozen=True)
class Lack:
    """Why nothing is said: a reason (a key of the frames in texts.py) and the words that belong into it."""

    reason: str
    detail: str = ""


def beforehand(question: Question, known_places: frozenset[str]) -> Lack | None:
    """What needs no evidence: what is no question to documents, and municipalities that no document is about."""
    if question.outside:
        return Lack(question.outside)
    if all(map(asks_field, question.words)):
        return Lack("nothing_asked")
    strange = question.municipalities - known_places
    if strange and not question.municipalities & known_places:
        return Lack("other_municipality", ", ".join(sorted(strange)))
    return None


def lacking(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> Lack | None:
    """What the question wants and none of the best evidence has: its year or quarter, a cost, a person's name."""
    best = evidence[0]
    near = [entry for entry in evidence[:8] if entry.score > best.score - BESIDE]
    around = [
        best,
        *(entry for entry in evidence[:12] if same_form(entry, best) and entry.score > best.score - SAME_FORM),
        *ranker.next_of(best),
    ]

    if max(entry.feature("cosine") for entry in evidence) < _FAR:
        return Lack("weak_evidence")
    if question.years and all(entry.feature("year_differs") for entry in near):
        years = ", ".join(map(str, sorted(question.years)))
        return Lack("no_year", years) if question.spells_years else Lack("no_period")
    if question.quarters and not any(_has_quarter(question, entry) for entry in near):
        return Lack("no_period")
    if of_other_period(question, best, around):
        return Lack("no_period")
    if of_other_thing(question, best, near):
        return Lack("weak_evidence")
    if Asked.COST in question.asked and not _tells_cost(question, best, near, ranker):
        return Lack("no_cost")
    if reason := untold(question, near, around):
        return Lack(reason)
    levels = question.units & lexicon().levels
    if levels and all(ranker.of_another_level(levels, entry) for entry in near):
        return Lack("no_unit")
    if len(levels) == 1 and any(ranker.absent_at(level, question, best) for level in levels):
        return Lack("no_unit")
    if ranker.asks_per_another(question, best):
        return Lack("no_unit" if question.units else "weak_evidence")
    if counts_otherwise(question, best) or untold_measure(question, best):
        return Lack("no_number")
    if Asked.NUMBER in question.asked and not _tells_number(question, best, around, ranker):
        return Lack("no_number")
    if only_aimed_at(question, best, around):
        return Lack("no_progress")
    if Asked.WHY in question.asked and _gives_no_reason(question, near):
        return Lack("no_reason")
    if Asked.YES_NO not in question.asked and _strange_figures(question, evidence[:12]):
        return Lack("strange_figure", ", ".join(_strange_figures(question, evidence[:12])))
    return None


def _tells_cost(question: Question, best: Evidence, near: Sequence[Evidence], ranker: Ranker) -> bool:
    """Is money told of near, and is the best evidence no note of what another thing costs?"""
    return any(ranker.tells_cost(entry) for entry in near) and not costs_of_another(question, best)


def _tells_number(question: Question, best: Evidence, around: Sequence[Evidence], ranker: Ranker) -> bool:
    """Does the best evidence say how many, or, where the figure is only mentioned in a yes/no question, what is around?

    A figure of another passage of the form counts something else: of thirty such answers one was right. Who answers for
    a "lukumäärä", or plans it, is no figure either, nor is the indicator by which something is counted.
    """
    if question.asked >= {Asked.LIST, Asked.COUNT} or any(ranker.list_of(best, field) for field in question.lists):
        return True  # they can be counted
    if (
        asks_responsible(question)
        or _asks_who(question)
        or (Asked.INDICATOR in question.asked and best.passage.kind is Kind.ROW)
    ):
        return True
    if Asked.YES_NO in question.asked:
        return any(has_figure(entry.passage.text) for entry in around)
    text = best.passage.text
    is_age_amount = asks_age(question) or best.passage.kind not in FIGURES
    return tells_amount(text if is_age_amount else without_ages(text))


def _asks_who(question: Question) -> bool:
    """ "Ketkä suunnittelevat …", "mikä taho laatii …": the first words ask for a body."""
    return not set(words(question.plain.lower())[:2]).isdisjoint(lexicon().responsible["who"])


def _gives_no_reason(question: Question, near: Sequence[Evidence]) -> bool:
    """Is there nothing that can be a reason, or no word for one where it is asked why something has happened?

    What is planned has its purpose for a reason, which needs no such word.
    """
    best = near[0].passage
    if best.field == "responsible" or best.kind in FIGURES or _rows_alone(near[:3]) or _untold_end(question, near):
        return True
    happened = question.language == "fi" and any(map(is_past, words(question.plain)))
    return happened and not any(tells_cause(entry.passage.text) for entry in near[:4])


def _rows_alone(near: Sequence[Evidence]) -> bool:
    """Is there nothing but rows and lines of figures, which give no reasons?"""
    return all(entry.passage.kind in FIGURES or is_figure_line(entry.passage.text) for entry in near)


def _untold_end(question: Question, near: Sequence[Evidence]) -> bool:
    """Is a reason asked for the end of something of which no evidence tells that it ended?"""
    ended = question.forms & lexicon().ends
    return bool(ended) and not any(ended & set(terms(entry.passage.text)) for entry in near)


def same_form(entry: Evidence, other: Evidence) -> bool:
    """Do both stand under the same action of one form?"""
    one, two = entry.passage, other.passage
    return one.document == two.document and one.form is not None and one.form == two.form


def same_place(entry: Evidence, other: Evidence) -> bool:
    """Do both stand in the same unit of the same document?"""
    return (entry.passage.document, entry.passage.unit) == (other.passage.document, other.passage.unit)


def _strange_figures(question: Question, evidence: Sequence[Evidence]) -> list[str]:
    """Figures of the question that none of the evidence holds: a premise that the documents do not share."""
    texts = " ".join(entry.passage.searched for entry in evidence)
    return sorted(
        number
        for number in question.numbers
        if len(number) > 1 and not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", texts)
    )


def _has_quarter(question: Question, entry: Evidence) -> bool:
    period = next((row.document.period or "" for row in entry.rows), "")
    return any(f"Q{quarter}" in period for quarter in question.quarters) or bool(
        re.search("neljännes|kvartaal|kuukausi|kolmannes", entry.passage.text)
    )
