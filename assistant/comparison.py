"""A comparison: the two places that answer it, and which of two figures is larger where that can be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.beside import overlaps
from assistant.evidence import Evidence, Ranker
from assistant.figures import Figure, figure_of
from assistant.lacking import BESIDE
from assistant.lexicon import lexicon
from assistant.question import NAME, Asked, Question
from assistant.signs import has_figure, spans_of_work
from corpus.repair import readable
from index.passages import FIGURES, Kind

_ITEM = re.compile(r"^(?P<label>.*?)\s*[–:=-]\s*(?P<value>[^–:=]*\d[^–:=]*)$", re.DOTALL)
_LONGEST_NAME = 90
_LIKENESS = 1.0  # what is of the same kind, or gives a figure too, is the other side of a comparison
_NAMED = 1.0  # for what a side alone names
_SHARED = 6.0  # for what both say in the same words
_MOST_OF_SIDE = 6


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its question and the ranked evidence for it."""

    question: Question
    evidence: Sequence[Evidence]


@dataclass(frozen=True)
class Value:
    """A figure as the document writes it, what it is of, and the evidence that it stands in."""

    text: str
    figure: Figure
    name: str
    evidence: Evidence


def compared(question: Question, evidence: Sequence[Evidence]) -> tuple[Value, Value] | None:
    """The values of two pieces of evidence, the larger one first; None where they cannot be set side by side.

    Targets where targets are asked for, baselines where baselines are; the figures of two items of lists.
    """
    if len(evidence) != 2:
        return None
    names = _names(evidence[0], evidence[1])
    values = [_value(question, entry, name) for entry, name in zip(evidence, names, strict=True)]
    first, second = values
    if first is None or second is None or not _of_one_measure(first, second):
        return None
    return (first, second) if first.figure.value >= second.figure.value else (second, first)


def _of_one_measure(one: Value, other: Value) -> bool:
    """Can one be larger than the other? "9 844 pv" is not larger than "2,56", nor is "80 %" than "12"."""
    return one.figure.percent == other.figure.percent and spans_of_work(one.text) == spans_of_work(other.text)


def _value(question: Question, entry: Evidence, name: str) -> Value | None:
    text = readable(_text(question, entry))
    figure = figure_of(text) if text else None
    return Value(text, figure, name, entry) if figure and name else None


def _text(question: Question, entry: Evidence) -> str:
    """The cell or the part of an item that holds the figure; empty where it is not clear which is asked for."""
    if entry.passage.kind is Kind.ITEM:
        match = _ITEM.match(entry.passage.text)
        return match["value"].strip() if match else ""
    if entry.passage.kind is not Kind.ROW or not entry.rows:
        return ""
    goal = entry.rows[0].goal
    asks = question.asked & {Asked.TARGET, Asked.BASELINE}
    if asks == {Asked.BASELINE}:
        return goal.baseline.text
    if asks != {Asked.TARGET}:
        return ""
    chosen = [value.text for year, value in goal.targets if year in question.years]
    return chosen[0] if chosen else goal.target.text


def _names(one: Evidence, other: Evidence) -> tuple[str, str]:
    """What tells the two apart: their units, else their municipalities, else what they measure."""
    for pair in (
        (one.passage.unit, other.passage.unit),
        tuple((entry.rows[0].document.municipality or "") if entry.rows else "" for entry in (one, other)),
        (_subject(one), _subject(other)),
    ):
        if pair[0] and pair[1] and pair[0] != pair[1]:
            return pair[0], pair[1]
    return "", ""


def _subject(entry: Evidence) -> str:
    text = entry.passage.text
    if entry.passage.kind is Kind.ITEM:
        match = _ITEM.match(text)
        return match["label"].rpartition(": ")[2].strip() if match else ""
    name = entry.rows[0].goal.indicator.text if entry.rows else ""
    name = readable(name).rstrip(".")
    return name if len(name) <= _LONGEST_NAME else ""


def sides_told(
    question: Question,
    evidence: Sequence[Evidence],
    sides: Sequence[Side],
    sure: bool,
    likely: Callable[[Sequence[Evidence]], bool],
    ranker: Ranker,
) -> tuple[Evidence, ...]:
    """What answers each side of a comparison; nothing where one place answers both or one side has none.

    `sure`: the question as a whole is answered; `likely` tells it of a side. Both sides have evidence or there is none.
    """
    if sides and (sure or all(likely(side.evidence) for side in sides)):
        one_side, other_side = sides
        pairs = [
            (told_one + told_other + _likeness(one, other, question, ranker), one, other)
            for told_one, one in _telling(one_side, other_side, ranker)
            for told_other, other in _telling(other_side, one_side, ranker)
            if not overlaps(one, [other])
        ]
        first, second = (side.evidence[0].number for side in sides)
        told = max(pairs, key=lambda pair: pair[0])[1:] if pairs else ()
        if told and (first != second or all(entry.passage.kind in FIGURES for entry in told)):
            return told
    if not sure or Asked.COMPARE not in question.asked:
        return ()
    best = evidence[0]
    near = [entry for entry in evidence[1:8] if entry.score > best.score - 2 * BESIDE]
    return (best, *[entry for entry in near if not overlaps(entry, [best])][:1])


def _telling(side: Side, against: Side, ranker: Ranker) -> Iterator[tuple[float, Evidence]]:
    """What of the side's evidence may answer it, with its score and more for naming what the other side does not."""
    others = {word.surface for word in against.question.words}
    own = [word for word in side.question.words if word.surface not in others and word.weight >= NAME]
    for entry in _near(side.evidence):
        yield entry.score + _NAMED * ranker.holds(own, entry), entry


def _likeness(one: Evidence, other: Evidence, question: Question, ranker: Ranker) -> float:
    """How like two sides of one comparison they are: of a kind, both with a figure where it is asked which is more, and
    in the same words."""
    more = bool(question.forms & lexicon().comparative["more"])
    figures = more and all(has_figure(entry.passage.text) for entry in (one, other))
    alike = (_kind(one) == _kind(other)) + figures
    return _LIKENESS * alike + _SHARED * ranker.alike(one, other)


def _kind(entry: Evidence) -> tuple[Kind, bool]:
    """The kind of passage, and whether it is of a row that has values."""
    goal = entry.rows[0].goal if entry.rows else None
    return entry.passage.kind, bool(goal and (goal.target or goal.baseline))


def _near(side: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of one side that may answer it; lists aside."""
    return [
        entry
        for entry in side[:_MOST_OF_SIDE]
        if entry.score > side[0].score - BESIDE and entry.passage.kind is not Kind.LIST
    ]
