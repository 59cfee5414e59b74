"""What is asked for by its kind (a day, euros, a firm, a school …) and that the evidence gives none of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.lexicon import lexicon
from assistant.question import Asked, Question
from assistant.signs import (
    has_figure,
    names_municipality,
    names_person,
    names_place,
    tells_age,
    tells_amount,
    tells_day,
    tells_duty,
    tells_hours,
    tells_score,
    tells_time,
)
from corpus.finnish import is_plural, lemmas, readings, terms, words
from index.passages import Kind

_BEGINNING = 3  # words: "no koska", "ja milloin se"
_WHEN = frozenset(["milloin", "koska", "millon", "millo", "när", "when"])
_EUROS = re.compile(r"\beuro|€", re.IGNORECASE)
_PERCENT = re.compile(r"prosent|procent|percent", re.IGNORECASE)
_PERCENT_TOLD = re.compile(r"%|prosent", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:minä|mihin|mistä|minkä) päiv(?:änä|ään|ästä)\b|\w{3,20}(?:mis|us|ys)päivä\b|\bpäivämäärä(?!tavo)"
    r"|\bwhat date\b|\bvilket datum\b",
    re.IGNORECASE,
)
_DAY_OF = re.compile(r"\w{3,30}päivä\W{0,3}$")  # "Amandan avajaispäivä?", not "mikä hyvinvointipäivä on"
_HOURS = re.compile(
    r"\b(?:milloin|mihin aikaan|monelta|koska)\b[^?]{0,80}\bauki\b|\baukiolo|\bopening hours\b|\böppettid",
    re.IGNORECASE,
)
_AT_WHAT_TIME = re.compile(
    r"\bminä (?:vuonna|päivänä|kuukautena)\b|\bminkä vuoden\b|\bmihin mennessä\b|\bmistä (?:päivästä|vuodesta)\b",
    re.IGNORECASE,
)
_WHICH_PLACE = re.compile(
    r"\b(?:mi(?:tkä|kä) (?:koulut?|päiväko(?:ti|dit)|kaupunki|kunta)|minkä (?:koulun|päiväkodin|kaupungin|kunnan)"
    r"|mi(?:ssä (?:koului?|päiväkode?i|kaupungi|kunna)ssa|stä (?:koului?|päiväkode?i|kaupungi|kunna)sta)"
    r"|mihin (?:kouluun|kouluihin|päiväkotiin|päiväkoteihin|kaupunkiin|kuntaan))\b"
    r"|\bvilk(?:a|en) (?:skol(?:a|or)|stad|kommun)\b|\bwhich (?:schools?|city|town|municipality)\b(?! plan)",
    re.IGNORECASE,
)
_WHO_DECIDED = re.compile(
    r"\b(?:kuka|ketkä|mikä (?:toimielin|elin|taho)|vem|who)\b[^?.]{0,60}"
    r"\b(?:päättivät|päätti|teki[^?.]{0,40} päätöksen|beslutade|beslöt|decided)\b",
    re.IGNORECASE,
)
_WHICH_TOWN = re.compile(r"\bminkä (?:kaupungin|kunnan)\b", re.IGNORECASE)  # "missä kaupungissa" every document tells
_WHAT_AGE = re.compile(r"\bmihin ikään\b|\bminkä\s?ikä|\bkuinka vanh|\bhow old\b|\bhur gam", re.IGNORECASE)
_WHAT_AMOUNT = re.compile(r"\bmikä on\b[^?]{1,80}\b(?:luku)?määrä\b(?! \w)", re.IGNORECASE)
_LIKED = re.compile(r"\btykk?ä(?:s|v|n|tt|ätkö)|\bgilla(?:de|t|r)\b|\bdid\b[^?]{0,40}\blike\b", re.IGNORECASE)
_BODY = re.compile(r"valtuusto|lautakunta|hallitus|johtoryhmä|\bkv\b|\bkh\b", re.IGNORECASE)
_IN_ALL = re.compile(r"\bkaikkiaan\b|\byhteensä\b|\bsammanlagt\b|\bin total\b", re.IGNORECASE)
_SHARE = re.compile(r"(?<!\d)\d{1,3}(?:[.,]\d{1,2})? ?%")
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


@dataclass(frozen=True)
class _Wanted:
    """What a question may want, how evidence tells it, and the reason to give where none does.

    It is told by what is `near` in score, by what stands `around` the best under its action, or by either.
    """

    reason: str
    asks: Callable[[Question], bool]
    tells: Callable[[Evidence], bool]
    near: bool = True
    around: bool = False


def untold(question: Question, near: Sequence[Evidence], around: Sequence[Evidence]) -> str | None:
    """The reason of the first kind of thing that is asked for and told of nowhere; None where nothing is missing."""
    for wanted in _WANTED:
        evidence = [*(near if wanted.near else ()), *(around if wanted.around else ())]
        if wanted.asks(question) and not any(map(wanted.tells, evidence)):
            return wanted.reason
    for kind, named in lexicon().kinds.items():
        if _asks_which(question, named["asked"]) and not any(_has_one(entry, named["told"]) for entry in near):
            return f"no_{kind}"
    return "weak_evidence" if _lacks_detail(question, near) else None


def asks_responsible(question: Question) -> bool:
    """ "Kuka vastaa …", "kenen vastuulla …": a responsible person or body, not any "who"."""
    known = lexicon().responsible
    low = set(words(question.asked_text.lower())) - {*known["other"]}
    return not low.isdisjoint(known["who"]) and any(word.startswith(known["duty"]) for word in low)


def asks_age(question: Question) -> bool:
    """Is it asked how old somebody is: "minkä ikäiset", "mihin ikään"?"""
    return _WHAT_AGE.search(question.plain) is not None


def untold_measure(question: Question, best: Evidence) -> bool:
    """Is a measure asked for ("osallistumisaste", "kesto") that the best evidence neither names nor gives?

    Or how many there are in all, and the best row gives a share alone?
    """
    text = best.passage.text
    if _IN_ALL.search(question.plain) and Asked.NUMBER in question.asked and best.passage.kind is Kind.ROW:
        return _SHARE.search(text) is not None and not has_figure(_SHARE.sub("", text))
    if question.language != "fi" or question.asked & _NO_MEASURE or tells_amount(text):
        return False
    told = frozenset(terms(text))
    if _WHAT_AMOUNT.search(question.plain) and "määrä" not in told:
        return True
    found = (reading for word in words(question.plain) for reading in readings(word) if not _DAY.search(word))
    return any(
        reading.lemma not in told
        and (reading.lemma in lexicon().measures or not lexicon().measure_heads.isdisjoint(reading.parts[1:][-1:]))
        for reading in found
    )


def costs_of_another(question: Question, best: Evidence) -> bool:
    """Is the best evidence a note of what another thing costs: "Yhden tukipajan kustannus on noin 3000 euroa"?"""
    if best.passage.kind is not Kind.NOTE or not has_figure(best.passage.text):
        return False
    things = frozenset(terms(best.passage.text)) - lexicon().cost_words - lexicon().stop
    return things.isdisjoint(question.terms)


def _asks(field: Asked) -> Callable[[Question], bool]:
    return lambda question: field in question.asked


def _finds(pattern: re.Pattern[str], *, but: Asked | None = None) -> Callable[[Question], bool]:
    """Has the question's text the pattern, and asks it not for this field?"""
    return lambda question: pattern.search(question.plain) is not None and but not in question.asked


def _tells(*signs: Callable[[str], object]) -> Callable[[Evidence], bool]:
    """Has the passage's text one of the signs?"""
    return lambda entry: any(sign(entry.passage.text) for sign in signs)


def _asks_when(question: Question) -> bool:
    """Does the question begin with "when"? Inside it the word often joins clauses: "koska", "när", "when"."""
    low = words(question.asked_text.lower())
    begins = any(word in _WHEN for word in low[:_BEGINNING])
    return "milloin" in low or begins or _AT_WHAT_TIME.search(question.plain) is not None


def _tells_responsible(entry: Evidence) -> bool:
    return tells_duty(entry.passage.text) or any(row.goal.responsible or row.goal.notes for row in entry.rows)


def _tells_time(entry: Evidence) -> bool:
    return tells_time(entry.passage.text) or any(row.goal.deadline for row in entry.rows)


def _tells_day(entry: Evidence) -> bool:
    return tells_day(entry.passage.text) or any(tells_day(row.goal.deadline.text) for row in entry.rows)


def _asks_which(question: Question, nouns: frozenset[str]) -> bool:
    """Is one of the nouns asked for: "mikä firma", "i vilken stadsdel", and not "mitä yritysten kanssa tehdään"?"""
    asking = lexicon().clause
    return any(
        any(map(other.startswith, nouns)) and {one, *lemmas(one)} & asking and not is_plural(other)
        for one, other in itertools.pairwise(words(question.plain.lower()))
    )


def _lacks_detail(question: Question, near: Sequence[Evidence]) -> bool:
    """Is a detail asked for ("kuka äänesti", "montako jäsentä") of which no evidence has a word?"""
    return any(
        _begins(question.plain, detail["asked"]) and not any(_has_one(entry, detail["told"]) for entry in near)
        for detail in lexicon().details
    )


def _has_one(entry: Evidence, signs: Iterable[str]) -> bool:
    """Has the passage one of these beginnings of words: "oy", "katu"?"""
    return _begins(entry.passage.text, signs)


def _begins(text: str, signs: Iterable[str]) -> bool:
    """Begins a word of the text, in small letters, with one of the signs?"""
    beginnings = tuple(signs)
    return any(word.startswith(beginnings) for word in words(text.lower()))


_WANTED = (
    _Wanted("no_cost", _finds(_EUROS, but=Asked.YES_NO), _tells(_EUROS.search)),
    _Wanted("no_person", _asks(Asked.PERSON), _tells(names_person)),
    _Wanted("no_person", _finds(_WHO_DECIDED), _tells(names_person, _BODY.search)),
    _Wanted("no_opinion", _finds(_LIKED), lambda entry: _has_one(entry, lexicon().kinds["opinion"]["told"])),
    _Wanted("no_score", _asks(Asked.SCORE), _tells(tells_score), near=False, around=True),
    _Wanted("no_responsible", asks_responsible, _tells_responsible, around=True),
    _Wanted("no_number", _finds(_PERCENT, but=Asked.YES_NO), _tells(_PERCENT_TOLD.search), around=True),
    _Wanted("no_time", _asks_when, _tells_time, near=False, around=True),
    _Wanted("no_time", _finds(_DAY), _tells_day, near=False, around=True),
    _Wanted("no_time", _finds(_DAY_OF, but=Asked.YES_NO), _tells_day, near=False, around=True),
    _Wanted("no_time", _finds(_HOURS, but=Asked.YES_NO), _tells(tells_hours)),
    _Wanted("no_named_place", _finds(_WHICH_TOWN, but=Asked.COMPARE), _tells(names_municipality)),
    _Wanted("no_number", asks_age, _tells(tells_age)),
    _Wanted("no_named_place", _finds(_WHICH_PLACE, but=Asked.COMPARE), _tells(names_place)),
)
