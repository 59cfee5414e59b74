"""What a question wants and no evidence has: then nothing is said, and the answer tells what is missing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, Ranker
from assistant.lexicon import lexicon
from assistant.question import Asked, Question, asks_field
from assistant.signs import (
    counts_what,
    groups_told,
    has_figure,
    is_figure_line,
    names_person,
    per_what,
    school_years_told,
    seasons_told,
    tells_amount,
    tells_cause,
    tells_duty,
    tells_score,
    tells_sex,
    tells_time,
)
from corpus.finnish import is_past, is_plural, lemmas, terms, words
from index.passages import Kind

BESIDE = 1.8  # evidence so near the best in score is looked at with it
SAME_FORM = 3.5  # what stands under the same action may be so much weaker
_FAR = -3.4  # cosine feature: few answerable questions have nothing nearer (evals/EXPERIMENTS.md)
_BEGINNING = 3  # words: "no koska", "ja milloin se"
_WHEN = frozenset(["milloin", "koska", "millon", "millo", "när", "when"])
_HOW_MANY = re.compile(r"\b(?:mont|moni|moneks|kui\w* mon|hur många|how many)|määrä", re.IGNORECASE)
_COUNTED_NOUN = re.compile(r"\b(?:montako|montaks|moniko|ku\w+ monta|miten monta)\s+([^\W\d_]+)", re.IGNORECASE)
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
    ]

    if max(entry.feature("cosine") for entry in evidence) < _FAR:
        return Lack("weak_evidence")
    if question.years and all(entry.feature("year_differs") for entry in near):
        told = ", ".join(map(str, sorted(question.years)))
        return Lack("no_year", told) if question.spells_years else Lack("no_period")
    if question.quarters and not any(_has_quarter(question, entry) for entry in near):
        return Lack("no_period")
    if _other_season(question, best):
        return Lack("no_period")
    if _other_school_year(question, around):
        return Lack("no_period")
    if _other_bound(question, best) or _other_group(question, best) or _untold_sex(question, near):
        return Lack("weak_evidence")
    if Asked.COST in question.asked and not any(ranker.tells_cost(entry) for entry in near):
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
    if _counts_otherwise(question, best):
        return Lack("no_number")
    if Asked.NUMBER in question.asked and not _tells_number(question, best, around, ranker):
        return Lack("no_number")
    if _asks_when(question) and not any(map(_tells_time, around)):
        return Lack("no_time")
    if Asked.WHY in question.asked and _gives_no_reason(question, near):
        return Lack("no_reason")
    for kind, named in lexicon().kinds.items():
        if _asks_which(question, named["asked"]) and not any(_has_one(entry, named["told"]) for entry in near):
            return Lack(f"no_{kind}")
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


def _counts_otherwise(question: Question, best: Evidence) -> bool:
    """Is it asked how many there are, and tells the best row how many by each of something, or of something else?

    "Montako työntekijää kaupungilla on?" has no answer in "Työntekijöiden määrä / esihenkilö", nor "montako lasta" in
    "7 ryhmää".
    """
    if best.passage.kind is not Kind.ROW or not _HOW_MANY.search(question.asked_text):
        return False
    goal = best.rows[0].goal
    by_each = per_what(goal.indicator.text)
    if by_each and _terms(by_each).isdisjoint(question.terms):
        return True
    people = lexicon().people
    counted = _terms(counts_what(f"{goal.baseline.text} . {goal.target.text}"))
    asked = _COUNTED_NOUN.search(question.plain)
    return bool(counted and asked and people & _terms([asked[1]]) and not counted & people)


def _terms(nouns: Iterable[str]) -> frozenset[str]:
    """Their lemmas and the lemmas of their compounds' parts."""
    return frozenset(terms(" ".join(nouns)))


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


_SEASON_ASKED = re.compile(
    r"\b((?:kevää|syksy)(?:llä|nä|n|stä|ksi|lle|ltä)|våren|hösten|autumn|spring)(?: of)? (?:19|20)\d\d\b", re.IGNORECASE
)


def _other_season(question: Question, best: Evidence) -> bool:
    """Is one season of a year asked for, and does the best evidence tell of another one or of none?

    A progress sentence holds for its document's period.
    """
    asked = seasons_told(" ".join(_SEASON_ASKED.findall(question.plain)))
    if len(asked) != 1:
        return False
    period = best.rows[0].document.period if best.rows and best.passage.kind is Kind.PROGRESS else ""
    return not asked & seasons_told(f"{best.passage.text} {period or ''}")


def _other_school_year(question: Question, around: Sequence[Evidence]) -> bool:
    """Is it about one school year, and does the evidence tell of others alone?"""
    told = school_years_told(" ".join(entry.passage.text for entry in around))
    asked = school_years_told(question.plain)
    return bool(asked and told) and asked.isdisjoint(told)


def _untold_sex(question: Question, near: Sequence[Evidence]) -> bool:
    """Are women, men, girls or boys counted in the question, and told of nowhere near? A total is not theirs."""
    if Asked.YES_NO in question.asked or not question.forms & lexicon().sexes["asked"]:
        return False
    if not (question.asked & {Asked.NUMBER, Asked.COUNT, Asked.TARGET, Asked.BASELINE} or _HOW_MANY.search(question.plain)):
        return False
    return not any(tells_sex(entry.passage.searched) for entry in near)


def _other_bound(question: Question, best: Evidence) -> bool:
    """Is it about what is below a figure, and the best evidence about what is above the same one, or the other way?"""
    bounds = lexicon().bounds
    told = _bounds(best.passage.searched, bounds)
    figures = {number for _, number in told}
    return any(number in figures for _, number in _bounds(question.plain, bounds) - told)


def _other_group(question: Question, best: Evidence) -> bool:
    """Is it about pupils of some grades or people of some ages, and the best evidence about others?"""
    asked, told = groups_told(question.plain), groups_told(best.passage.searched)
    return any(asked[kind] and told[kind] and asked[kind].isdisjoint(told[kind]) for kind in asked)


def _bounds(text: str, bounds: dict[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Each figure that a word for a bound stands before: "yli 30 päivää" -> ("above", "30")."""
    return {
        (side, number)
        for word, number in itertools.pairwise(words(text.lower()))
        if number[0].isdigit()
        for side, names in bounds.items()
        if word in names
    }


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


def _tells_time(entry: Evidence) -> bool:
    return tells_time(entry.passage.text) or any(row.goal.deadline for row in entry.rows)
