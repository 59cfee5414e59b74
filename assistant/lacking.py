"""What a question wants and no evidence has: then nothing is said, and the answer tells what is missing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, Ranker
from assistant.lexicon import lexicon
from assistant.otherwise import counts_otherwise, of_other_period, of_other_thing, only_aimed_at
from assistant.question import Asked, Question, asks_field
from assistant.signs import (
    has_figure,
    is_figure_line,
    names_person,
    names_place,
    tells_amount,
    tells_cause,
    tells_day,
    tells_duty,
    tells_score,
    tells_time,
)
from corpus.finnish import is_past, is_plural, lemmas, readings, terms, words
from index.passages import Kind

BESIDE = 1.8  # evidence so near the best in score is looked at with it
SAME_FORM = 3.5  # what stands under the same action may be so much weaker
_FAR = -3.4  # cosine feature: few answerable questions have nothing nearer (evals/EXPERIMENTS.md)
_BEGINNING = 3  # words: "no koska", "ja milloin se"
_WHEN = frozenset(["milloin", "koska", "millon", "millo", "när", "when"])
_NO_MEASURE = {
    Asked.YES_NO,
    Asked.LIST,
    Asked.RESPONSIBLE,
    Asked.DEADLINE,
    Asked.INDICATOR,
    Asked.TARGET,
    Asked.WHY,
    Asked.COMPARE,
    Asked.DEFINITION,
}
_EUROS = re.compile(r"\beuro|€", re.IGNORECASE)
_PERCENT = re.compile(r"prosent|procent|percent", re.IGNORECASE)
_DAY_ASKED = re.compile(
    r"\b(?:minä|mihin|mistä|minkä) päiv(?:änä|ään|ästä)\b|\w{3,30}päivä\b|\bpäivämäärä(?!tavo)"
    r"|\bwhat date\b|\bvilket datum\b",
    re.IGNORECASE,
)
_WHICH_PLACE = re.compile(
    r"\b(?:mi(?:tkä|kä) (?:koulut?|päiväko(?:ti|dit)|kaupunki|kunta)|minkä (?:koulun|päiväkodin|kaupungin|kunnan)"
    r"|mi(?:ssä (?:koului?|päiväkode?i|kaupungi|kunna)ssa|stä (?:koului?|päiväkode?i|kaupungi|kunna)sta)"
    r"|mihin (?:kouluun|kouluihin|päiväkotiin|päiväkoteihin|kaupunkiin|kuntaan))\b"
    r"|\bvilk(?:a|en) (?:skol(?:a|or)|stad|kommun)\b|\bwhich (?:schools?|city|town|municipality)\b(?! plan)",
    re.IGNORECASE,
)
_AT_WHAT_TIME = re.compile(
    r"\bminä (?:vuonna|päivänä|kuukautena)\b|\bminkä vuoden\b|\bmihin mennessä\b|\bmistä (?:päivästä|vuodesta)\b",
    re.IGNORECASE,
)


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
        told = ", ".join(map(str, sorted(question.years)))
        return Lack("no_year", told) if question.spells_years else Lack("no_period")
    if question.quarters and not any(_has_quarter(question, entry) for entry in near):
        return Lack("no_period")
    if of_other_period(question, best, around):
        return Lack("no_period")
    if of_other_thing(question, best, near):
        return Lack("weak_evidence")
    if Asked.COST in question.asked and not any(ranker.tells_cost(entry) for entry in near):
        return Lack("no_cost")
    if _asks_euros(question) and not any(_EUROS.search(entry.passage.text) for entry in near):
        return Lack("no_cost")
    if Asked.COST in question.asked and _costs_of_another(question, best):
        return Lack("no_cost")
    if Asked.PERSON in question.asked and not any(names_person(entry.passage.text) for entry in near):
        return Lack("no_person")
    if Asked.SCORE in question.asked and not any(tells_score(entry.passage.text) for entry in around):
        return Lack("no_score")
    if asks_responsible(question) and not any(map(_tells_responsible, [*near, *around])):
        return Lack("no_responsible")
    levels = question.units & lexicon().levels
    if levels and all(ranker.of_another_level(levels, entry) for entry in near):
        return Lack("no_unit")
    if len(levels) == 1 and any(ranker.absent_at(level, question, best) for level in levels):
        return Lack("no_unit")
    if ranker.asks_per_another(question, best):
        return Lack("no_unit" if question.units else "weak_evidence")
    if _asks_percent(question) and not any(map(_tells_percent, [*near, *around])):
        return Lack("no_number")
    if counts_otherwise(question, best) or _untold_measure(question, best):
        return Lack("no_number")
    if Asked.NUMBER in question.asked and not _tells_number(question, best, around, ranker):
        return Lack("no_number")
    if only_aimed_at(question, best, around):
        return Lack("no_progress")
    if _asks_when(question) and not any(map(_tells_time, around)):
        return Lack("no_time")
    if _DAY_ASKED.search(question.plain) and not any(map(_tells_day, around)):
        return Lack("no_time")
    if Asked.WHY in question.asked and _gives_no_reason(question, near):
        return Lack("no_reason")
    for kind, named in lexicon().kinds.items():
        if _asks_which(question, named["asked"]) and not any(_has_one(entry, named["told"]) for entry in near):
            return Lack(f"no_{kind}")
    if _asks_which_place(question) and not any(names_place(entry.passage.text) for entry in near):
        return Lack("no_named_place")
    if Asked.YES_NO not in question.asked and _strange_figures(question, evidence[:12]):
        return Lack("strange_figure", ", ".join(_strange_figures(question, evidence[:12])))
    return None


def _tells_number(question: Question, best: Evidence, around: Sequence[Evidence], ranker: Ranker) -> bool:
    """Does the best evidence say how many, or, where the figure is only mentioned in a yes/no question, what is around?

    A figure of another passage of the form counts something else: of thirty such answers one was right. Who answers for
    a "lukumäärä" is no figure either, nor is the indicator by which something is counted.
    """
    if any(ranker.list_of(best, field) for field in question.lists):
        return True  # they can be counted
    if asks_responsible(question) or (Asked.INDICATOR in question.asked and best.passage.kind is Kind.ROW):
        return True
    if Asked.YES_NO in question.asked:
        return any(has_figure(entry.passage.text) for entry in around)
    return tells_amount(best.passage.text)


def _gives_no_reason(question: Question, near: Sequence[Evidence]) -> bool:
    """Is there nothing that can be a reason, or no word for one where it is asked why something has happened?

    What is planned has its purpose for a reason, which needs no such word.
    """
    if _rows_alone(near[:3]) or _untold_end(question, near):
        return True
    happened = question.language == "fi" and any(map(is_past, words(question.plain)))
    return happened and not any(tells_cause(entry.passage.text) for entry in near[:4])


def _asks_which(question: Question, nouns: frozenset[str]) -> bool:
    """Is one of the nouns asked for: "mikä firma", "i vilken stadsdel", and not "mitä yritysten kanssa tehdään"?"""
    asking = lexicon().clause
    return any(
        any(map(other.startswith, nouns)) and {one, *lemmas(one)} & asking and not is_plural(other)
        for one, other in itertools.pairwise(words(question.plain.lower()))
    )


def _has_one(entry: Evidence, signs: frozenset[str]) -> bool:
    """Has the passage a word that begins so, in small letters: "oy", "katu"?"""
    return any(word.startswith(tuple(signs)) for word in words(entry.passage.text.lower()))


def _rows_alone(near: Sequence[Evidence]) -> bool:
    """Is there nothing but rows and lines of figures, which give no reasons?"""
    return all(entry.passage.kind in (Kind.ROW, Kind.ITEM) or is_figure_line(entry.passage.text) for entry in near)


def _untold_end(question: Question, near: Sequence[Evidence]) -> bool:
    """Is a reason asked for the end of something of which no evidence tells that it ended?"""
    ended = question.forms & lexicon().ends
    return bool(ended) and not any(ended & set(terms(entry.passage.text)) for entry in near)


def asks_responsible(question: Question) -> bool:
    """ "Kuka vastaa …", "kenen vastuulla …": a responsible person or body, not any "who"."""
    known = lexicon().responsible
    low = set(words(question.asked_text.lower())) - {*known["other"]}
    return not low.isdisjoint(known["who"]) and any(word.startswith(known["duty"]) for word in low)


def _tells_responsible(entry: Evidence) -> bool:
    return tells_duty(entry.passage.text) or any(row.goal.responsible or row.goal.notes for row in entry.rows)


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


def _asks_when(question: Question) -> bool:
    """Does the question begin with "when"? Inside it the word often joins clauses: "koska", "när", "when"."""
    low = words(question.asked_text.lower())
    begins = any(word in _WHEN for word in low[:_BEGINNING])
    return "milloin" in low or begins or _AT_WHAT_TIME.search(question.plain) is not None


def _asks_euros(question: Question) -> bool:
    return _EUROS.search(question.plain) is not None and Asked.YES_NO not in question.asked


def _asks_which_place(question: Question) -> bool:
    return _WHICH_PLACE.search(question.plain) is not None and Asked.COMPARE not in question.asked


def _asks_percent(question: Question) -> bool:
    return _PERCENT.search(question.plain) is not None and Asked.YES_NO not in question.asked


def _tells_percent(entry: Evidence) -> bool:
    return "%" in entry.passage.text or _PERCENT.search(entry.passage.text) is not None


def _costs_of_another(question: Question, best: Evidence) -> bool:
    """Is the best evidence a note of what another thing costs: "Yhden tukipajan kustannus on noin 3000 euroa"?"""
    if best.passage.kind is not Kind.NOTE or not has_figure(best.passage.text):
        return False
    things = frozenset(terms(best.passage.text)) - lexicon().cost_words - lexicon().stop
    return things.isdisjoint(question.terms)


def _untold_measure(question: Question, best: Evidence) -> bool:
    """Is a measure asked for ("osallistumisaste", "avustussumma") that the best evidence neither names nor gives?"""
    if question.language != "fi" or question.asked & _NO_MEASURE or tells_amount(best.passage.text):
        return False
    told = frozenset(terms(best.passage.text))
    found = (reading for word in words(question.plain) for reading in readings(word) if not _DAY_ASKED.search(word))
    return any(
        reading.lemma not in told
        and (reading.lemma in lexicon().measures or not lexicon().measure_heads.isdisjoint(reading.parts[1:][-1:]))
        for reading in found
    )


def _tells_day(entry: Evidence) -> bool:
    return tells_day(entry.passage.text) or any(tells_day(row.goal.deadline.text) for row in entry.rows)


def _tells_time(entry: Evidence) -> bool:
    return tells_time(entry.passage.text) or any(row.goal.deadline for row in entry.rows)
