"""Two figures side by side: which one is larger, where both are one plain number of the same kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.figures import Figure, figure_of
from assistant.question import Asked, Question
from corpus.repair import readable
from index.passages import Kind

_ITEM = re.compile(r"^(?P<label>.*?)\s*[–:=-]\s*(?P<value>[^–:=]*\d[^–:=]*)$", re.DOTALL)
_LONGEST_NAME = 90


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
    if first is None or second is None or first.figure.percent != second.figure.percent:
        return None
    return (first, second) if first.figure.value >= second.figure.value else (second, first)


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
