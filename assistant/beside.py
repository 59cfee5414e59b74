"""What is shown beside the best evidence: what stands under its action, its row, other places that may be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.lacking import SAME_FORM, same_form, same_place
from assistant.lexicon import lexicon
from assistant.question import NOUN, VALUES, Asked, Question
from assistant.signs import has_figure, is_figure_line, tells_time
from corpus.finnish import terms, words
from index.passages import Kind, Passage

MOST_BESIDE = 4
_MOST_ALSO = 2
_LONGEST = 600  # characters of an answer after which nothing is added
_NEARLY_ALL = 0.8
# of what a row is said, too, and when: progress weighed against the target, the figure that an action aims at
_BEHIND = {
    Kind.PROGRESS: {Asked.TARGET, Asked.BASELINE, Asked.COMPARE, Asked.YES_NO},
    Kind.ACTION: {Asked.TARGET, Asked.BASELINE, Asked.INDICATOR},
}
_WHOLE = 0.9  # share of the question's least covered word
_FIGURE_ITEM = re.compile(r"[-–]\s*(?:n\.\s*)?\d")


def also(
    question: Question, shown: Sequence[Evidence], evidence: Sequence[Evidence], margin: float
) -> tuple[Evidence, ...]:
    """Places that are as near as to be meant, not yet shown; lists aside."""
    best = shown[0]
    found: list[Evidence] = []
    for entry in evidence:
        if len(found) == _MOST_ALSO:
            break
        near = entry.score >= best.score - (SAME_FORM if _fits_as_well(entry, best) else margin)
        if not near and not _is_of_same_figure(entry, best, question):
            continue
        if _is_of_another_level(entry, question):
            continue
        if _holds(best, question.figures) - _holds(entry, question.figures):
            continue  # "vähintään 3 päivää" is asked about, this is "vähintään 5 päivää"
        if _has_less(entry, best, question):
            continue
        if entry.passage.kind is Kind.LIST or _is_rival(entry, best) or overlaps(entry, [*shown, *found]):
            continue
        found.append(entry)
    return tuple(found)


def _fits_as_well(entry: Evidence, best: Evidence) -> bool:
    """Are both rows whose own words have the whole question: "kehityskeskustelut tavoitetaso" fits three?"""
    return all(one.passage.kind is Kind.ROW and one.feature("weakest_own") >= _WHOLE for one in (entry, best))


def beside(evidence: Sequence[Evidence], most: int = MOST_BESIDE, *, several: bool = False) -> tuple[Evidence, ...]:
    """The best passage and what stands under the same action near it in score, while the answer stays short.

    Where `several` are asked for, what is of its own kind before the rest.
    """
    best = evidence[0]
    found = [best]
    length = len(best.passage.text)
    barred = {Kind.LIST, Kind.ITEM} if _is_statement(best) else {Kind.LIST, Kind.ITEM, Kind.ROW}
    others = evidence[1:15]
    if several:
        others = sorted(others, key=lambda entry: entry.passage.kind is not best.passage.kind)
    for entry in others:
        passage = entry.passage
        if len(found) == most or passage.kind in barred or passage.field == "responsible":
            continue
        if (
            entry.score > best.score - SAME_FORM
            and same_form(entry, best)
            and not _is_rival(entry, best)
            and not overlaps(entry, found)
            and length + len(passage.text) < _LONGEST
        ):
            found.append(entry)
            length += len(passage.text)
    return tuple(found)


def row_behind(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The row that a progress sentence or an action is about, where the question asks for what only a row has."""
    best = evidence[0]
    if best.passage.kind not in _BEHIND or not question.asked & _BEHIND[best.passage.kind]:
        return ()
    rows = [entry for entry in evidence[1:15] if entry.passage.kind is Kind.ROW and same_form(entry, best)]
    return tuple(rows[:1])


def with_sign(
    question: Question, shown: tuple[Evidence, ...], evidence: Sequence[Evidence], following: Sequence[Evidence] = ()
) -> tuple[Evidence, ...]:
    """What is shown and, where none of it tells the time or figure asked for, what of the same form does.

    `following` is the sentence after the best one.
    """
    for asked, tells in ((Asked.DEADLINE, tells_time), (Asked.NUMBER, has_figure)):
        if asked not in question.asked or any(tells(_told(entry)) for entry in shown):
            continue
        telling = [
            entry for entry in (*following, *evidence[:12]) if same_form(entry, shown[0]) and tells(entry.passage.text)
        ]
        near = [entry for entry in telling if entry.score > shown[0].score - SAME_FORM and not overlaps(entry, shown)]
        shown = (shown[0], *near[:1], *shown[1:])
    return shown


def with_progress(
    question: Question, shown: tuple[Evidence, ...], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """What is shown and, where the progress is asked for and none is told, the best sentence of it in the same form."""
    if Asked.PROGRESS not in question.asked or any(entry.passage.kind is Kind.PROGRESS for entry in shown):
        return shown
    telling = (entry for entry in evidence if entry.passage.kind is Kind.PROGRESS and same_form(entry, shown[0]))
    return (*shown[:1], *[entry for entry in telling if not overlaps(entry, shown)][:1], *shown[1:])


def overlaps(entry: Evidence, found: Sequence[Evidence]) -> bool:
    """Does the evidence tell what one of the found tells already, or the other way round?"""
    return any(
        _told_by(entry.passage, shown.passage) or _told_by(shown.passage, entry.passage)
        for shown in found
        if shown.passage.document == entry.passage.document
    )


def _told_by(passage: Passage, other: Passage) -> bool:
    """Are nearly all of its characters the other's, too? Items of one cell share their indicator and yet differ."""
    shared = sum(
        max(0, min(one.end, two.end) - max(one.start, two.start)) for one in passage.spans for two in other.spans
    )
    return shared >= _NEARLY_ALL * sum(span.end - span.start for span in passage.spans)


def _told(entry: Evidence) -> str:
    """What is said of the evidence: its text and its row's deadline."""
    return " ".join([entry.passage.text, *(row.goal.deadline.text for row in entry.rows[:1])])


def _has_less(entry: Evidence, best: Evidence, question: Question) -> bool:
    """Is a value asked for, and has this row of the best one's place only some of the nouns that the best one has?"""
    kinds = {entry.passage.kind, best.passage.kind}
    if not question.asked & VALUES or kinds != {Kind.ROW} or not same_place(entry, best):
        return False
    mine, its = (frozenset(terms(one.passage.text)) for one in (entry, best))
    nouns = [word.lemmas | word.official for word in question.words if word.weight >= NOUN]
    return {noun for noun in nouns if noun & mine} < {noun for noun in nouns if noun & its}


def _is_statement(entry: Evidence) -> bool:
    """A row whose indicator says it all: no baseline and no target to be taken for a neighbour's."""
    return entry.passage.kind is Kind.ROW and not entry.rows[0].goal.target and not entry.rows[0].goal.baseline


def _is_rival(entry: Evidence, best: Evidence) -> bool:
    """Do both give a figure for one thing of the same kind each ("Kirjasto – 132 126", "Annis – 3912")?

    Or is it a row whose indicator lists several? Then the other's figure is a neighbour's value and no help.
    """
    if not same_form(entry, best) and entry.passage.section != best.passage.section:
        return False
    if not is_figure_line(best.passage.text):
        return False
    lists_others = any(len(_FIGURE_ITEM.findall(row.goal.indicator.text)) > 1 for row in entry.rows[:1])
    return is_figure_line(entry.passage.text) or (entry.passage.kind is Kind.ROW and lists_others)


def _is_of_another_level(entry: Evidence, question: Question) -> bool:
    """Are the basic schools asked about, and is this the upper secondary's?"""
    levels = lexicon().levels
    others = levels - question.units if question.units & levels else ()
    return any(level in entry.passage.unit.lower() for level in others)


def _is_of_same_figure(entry: Evidence, best: Evidence, question: Question) -> bool:
    """Is it a row elsewhere that holds the figure that is asked about ("yli 30 päivää"), as the best one does?"""
    rows = entry.passage.kind is best.passage.kind is Kind.ROW
    figures = question.figures
    if not rows or same_place(entry, best) or not figures or _names_document(question, best, entry):
        return False
    return _holds(entry, figures) == _holds(best, figures) == figures


def _names_document(question: Question, best: Evidence, other: Evidence) -> bool:
    """Has the question a noun of the best one's document's title that the other one's has not?"""
    facts, others = best.rows[0].document, other.rows[0].document
    own = frozenset(terms(facts.title)).difference(terms(f"{others.title} {facts.publisher} {facts.municipality}"))
    return any((word.lemmas | word.official) & own for word in question.words if word.weight >= NOUN)


def _holds(entry: Evidence, figures: frozenset[str]) -> frozenset[str]:
    """Those of the figures that the passage holds."""
    return figures & set(words(entry.passage.text))
