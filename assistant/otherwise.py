"""Evidence of the same thing, but of another time, group or measure than is asked about: it does not answer."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from assistant.evidence import Evidence
from assistant.lexicon import lexicon
from assistant.question import VALUES, Asked, Question, without_introduction
from assistant.signs import (
    counts_what,
    groups_told,
    has_figure,
    is_figure_line,
    per_what,
    school_years_told,
    seasons_told,
    tells_ratio,
    tells_sex,
)
from corpus.finnish import can_be_verb, is_first_person, is_past, lemmas, readings, terms, words
from corpus.model import YEAR
from index.passages import FIGURES, Kind

_HOW_MANY = re.compile(r"\b(?:mont|moni|moneks|kui\w* mon|paljonk|hur många|how many)|määrä", re.IGNORECASE)
_COUNTED_NOUN = re.compile(
    r"\b(?:montako|montaks|moniko|paljonko|paljonks|ku\w+ monta|miten monta|how many|hur många)\s+([^\W\d_]+)",
    re.IGNORECASE,
)
_SEASON_ASKED = re.compile(
    r"\b((?:kevää|syksy)(?:llä|nä|n|stä|ksi|lle|ltä)|våren|hösten|autumn|spring)(?: of)? (?:19|20)\d\d\b", re.IGNORECASE
)
_SHORT = 60  # characters of a line that says one thing
_COMPARING = {Asked.YES_NO, Asked.COMPARE}
_FIELDS = {Asked.TARGET, Asked.BASELINE, Asked.INDICATOR, Asked.LIST}  # they are looked for by name
_AIMED = re.compile(  # what was aimed at
    r"\b(?:oli\w{0,4} (?:tarkoitus|määrä\b|aikomus)|aiottiin|luvattiin|suunniteltiin)", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:tällä hetkellä|nyt|todelli\w{1,8}|toteutu(?:i|nut|neet|ma)|on ollut)\b", re.IGNORECASE)


def of_other_period(question: Question, best: Evidence, around: Sequence[Evidence]) -> bool:
    """Is a season, a year or a school year asked about, and does the evidence tell of others?"""
    return _other_season(question, best) or names_other_year(question, best) or _other_school_year(question, around)


def of_other_thing(question: Question, best: Evidence, near: Sequence[Evidence]) -> bool:
    """Is it about others than the evidence: another side of a bound, another group, sex or name, the opposite?"""
    return (
        _other_bound(question, best)
        or _opposite(question, best)
        or _other_group(question, best)
        or _other_name(question, best)
        or _sibling(question, best)
        or _untold_sex(question, near)
        or _untold_age(question, near)
        or _by_each_untold(question, best)
    )


def only_aimed_at(question: Question, best: Evidence, around: Sequence[Evidence]) -> bool:
    """Is it asked how it was or is now, and tells the best row or partial goal only what is aimed at?

    "Montako poissaoloa oli vuonna 2024?" has no answer in "Poissaolojen määrän väheneminen (vrt. 2024)", and "ketkä
    sopivat siitä?" none in "On sovittu kevään 2026 aikana".
    """
    if question.language != "fi" or _AIMED.search(question.plain):
        return False
    if any(entry.passage.kind is Kind.PROGRESS for entry in around):
        return False
    said = words(without_introduction(question.plain))
    was = any(is_past(word) and "pitää" not in lemmas(word) for word in said)
    if best.passage.kind is Kind.PARTIAL or (best.passage.kind is Kind.TEXT and _is_promise(best.passage.text)):
        return was
    fields = _FIELDS - {Asked.LIST} if was else _FIELDS
    if best.passage.kind is not Kind.ROW or question.asked & fields:
        return False
    goal = best.rows[0].goal
    return not (goal.baseline or goal.progress) and (was or _NOW.search(question.plain) is not None)


def _is_promise(text: str) -> bool:
    """Does it say what "we" do: "Toteutamme palkkakartoituksen vuosittain"?"""
    return is_first_person(next(iter(words(text)), "")) and not any(map(is_past, words(text)))


def counts_otherwise(question: Question, best: Evidence) -> bool:
    """Is it asked how many there are, and tells the best evidence how many by each of something, or of something else?

    "Montako työntekijää kaupungilla on?" has no answer in "Työntekijöiden määrä / esihenkilö", nor "montako lasta" in
    "7 ryhmää".
    """
    if not _HOW_MANY.search(question.asked_text):
        return False
    return _by_each_of_another(question, best) or _counts_no_people(question, best)


def _by_each_of_another(question: Question, best: Evidence) -> bool:
    by_each = per_what(best.rows[0].goal.indicator.text) if best.passage.kind is Kind.ROW else frozenset()
    return bool(by_each) and _terms(by_each).isdisjoint(question.terms)


def _by_each_untold(question: Question, best: Evidence) -> bool:
    """Is it asked how many for each of something, and gives the best a figure that has nothing to do with it?

    "Montako oppilasta on yhtä terveydenhoitajaa kohden?" has no answer in "Perhetyöntekijöiden määrä: 8".
    """
    if question.language != "fi" or Asked.NUMBER not in question.asked or best.passage.kind not in FIGURES:
        return False
    by_each = per_what(question.plain)
    told = frozenset(terms(best.passage.searched))
    return not tells_ratio(best.passage.text) and any(
        told.isdisjoint(word.lemmas | word.official) for word in question.words if word.surface in by_each
    )


def _counts_no_people(question: Question, best: Evidence) -> bool:
    values = best.passage.text
    if best.passage.kind is Kind.ROW:
        goal = best.rows[0].goal
        values = f"{goal.baseline.text} . {goal.target.text}" if goal.baseline or goal.target else goal.indicator.text
    elif per_what(values):  # "667 opiskelijaa kuraattoria kohden"
        return False
    counted, people = _terms(counts_what(values)), lexicon().people
    return bool(counted and people & _counted(question) and not counted & people)


def _counted(question: Question) -> frozenset[str]:
    """Terms of what is counted in the question: "montako jäsentä", "how many children", "osallistujamäärä"."""
    nouns = {match[1].lower() for match in _COUNTED_NOUN.finditer(question.plain)}
    return frozenset(
        term
        for word in question.words
        if word.surface.lower() in nouns or "määrä" in word.parts
        for term in (word.terms if "määrä" in word.parts else word.lemmas | word.official)
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


def names_other_year(question: Question, best: Evidence) -> bool:
    """Is a year written, and does the row or line itself name others alone: "TP 2021" where 2023 is asked about?

    Where a target or baseline is asked for, the year may be that of the plan.
    """
    if best.passage.kind not in FIGURES or question.asked & (_FIELDS | _COMPARING):
        return False
    asked, told = (set(YEAR.findall(text)) for text in (question.asked_text, best.passage.text))
    return bool(asked and told) and told.isdisjoint(asked)


def _other_school_year(question: Question, around: Sequence[Evidence]) -> bool:
    """Is it about one school year, and does the evidence tell of others alone?"""
    told = school_years_told(" ".join(entry.passage.text for entry in around))
    asked = school_years_told(question.plain)
    return bool(asked and told) and asked.isdisjoint(told)


def _other_bound(question: Question, best: Evidence) -> bool:
    """Is it about what is below a figure, and the best evidence about what is above the same one, or the other way?"""
    bounds = lexicon().bounds
    told = _bounds(best.passage.searched, bounds)
    figures = {number for _, number in told}
    return any(number in figures for _, number in _bounds(question.plain, bounds) - told)


def _opposite(question: Question, best: Evidence) -> bool:
    """Is it about "lyhyet poissaolot", and the best evidence about "pitkät"?"""
    told = frozenset(terms(best.passage.text))
    return any(
        one in question.forms and other not in question.forms and other in told and one not in told
        for pair in lexicon().opposites
        for one, other in (pair, pair[::-1])
    )


def _other_group(question: Question, best: Evidence) -> bool:
    """Is it about pupils of some grades or people of some ages, and the best evidence about others?"""
    asked, around = groups_told(question.plain), groups_told(best.passage.searched)
    told = {kind: groups or around[kind] for kind, groups in groups_told(best.passage.text).items()}
    return any(asked[kind] and told[kind] and asked[kind].isdisjoint(told[kind]) for kind in asked)


def _other_name(question: Question, best: Evidence) -> bool:
    """Does the best line give the figure of one of many by name, and has the question a name that it lacks?

    "Satakunnan museo" is not asked of "Taidemuseo – 1570".
    """
    if not is_figure_line(best.passage.text) or Asked.COMPARE in question.asked:
        return False
    told = frozenset(terms(best.passage.searched))
    return any(
        _is_name(word.surface)
        and not can_be_verb(word.surface)  # "Anna kirjaston kävijämäärä"
        and not word.lemmas & (told | lexicon().municipalities.keys())
        and not word.official & told
        for word in question.words
    )


def _is_name(word: str) -> bool:
    """Is it a name, with a capital, or a place's that is nothing else: "satakunnan"?"""
    read = readings(word)
    if word[0].isupper():
        return any(reading.proper for reading in read)
    return bool(read) and all(reading.word_class == "paikannimi" for reading in read)


def _sibling(question: Question, best: Evidence) -> bool:
    """Is it about a "vammaisneuvosto", and the best evidence a short line with the figure of a "vanhusneuvosto"?"""
    text = best.passage.text
    names_one = best.passage.kind in FIGURES or is_figure_line(text)
    if not names_one or len(text) > _SHORT or not has_figure(text):
        return False
    told = frozenset(terms(best.passage.searched))
    heads = {parts[-1]: parts[:-1] for word in words(text) for parts in _compounds(word)}
    return any(
        parts[-1] in heads and heads[parts[-1]] != parts[:-1] and told.isdisjoint(parts[:-1])
        for word in question.words
        if told.isdisjoint(word.lemmas | word.official) and not any(of & told for _, of in word.official_of)
        for parts in _compounds(word.surface)
    )


def _compounds(word: str) -> list[tuple[str, ...]]:
    """The parts of the word, its head last, in each reading as a compound."""
    return [reading.parts for reading in readings(word) if len(reading.parts) > 1]


def _untold_sex(question: Question, near: Sequence[Evidence]) -> bool:
    """Are women, men, girls or boys counted in the question, and told of nowhere near? A total is not theirs."""
    counts = question.asked & VALUES or _HOW_MANY.search(question.plain)
    if not counts or Asked.YES_NO in question.asked or not question.forms & lexicon().sexes["asked"]:
        return False
    return not any(tells_sex(entry.passage.searched) for entry in near)


def _untold_age(question: Question, near: Sequence[Evidence]) -> bool:
    """Are people of some age counted, and is the best a row and no age told of near? A total is not theirs."""
    if Asked.NUMBER not in question.asked or near[0].passage.kind not in FIGURES:
        return False
    return bool(groups_told(question.plain)["age"]) and not any(
        groups_told(entry.passage.searched)["age"] for entry in near
    )


def _bounds(text: str, bounds: dict[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Each figure that a word for a bound stands before: "yli 30 päivää" -> ("above", "30")."""
    return {
        (side, number)
        for word, number in itertools.pairwise(words(text.lower()))
        if number[0].isdigit()
        for side, names in bounds.items()
        if word in names
    }


def _terms(nouns: Iterable[str]) -> frozenset[str]:
    """Their lemmas and the lemmas of their compounds' parts."""
    return frozenset(terms(" ".join(nouns)))
