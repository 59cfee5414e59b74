"""The same indicator over several documents: what "miten on kehittynyt" is answered with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, Ranker
from assistant.figures import figure_of
from assistant.lacking import same_form
from assistant.lexicon import lexicon
from assistant.question import Question
from corpus.repair import readable
from index.passages import Kind

_FIELDS = ("progress", "baseline", "target")  # whose change tells most, first


@dataclass(frozen=True)
class Change:
    """A field's figures in the first and the last of the documents, as these write them."""

    field: str
    first: str
    last: str


def asks_over_time(question: Question) -> bool:
    """ "Miten … on kehittynyt", "har … förändrats": of no single document or year."""
    return bool(question.forms & lexicon().change) and question.document is None and not question.years


def timeline(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> tuple[Evidence, ...]:
    """The row that the best evidence is about, in every document where its indicator returns, oldest first.

    Empty where it returns in none, or the question asks for no change.
    """
    best = evidence[0]
    beside = (entry for entry in evidence[1:] if same_form(entry, best))  # of a progress sentence: its nearest row
    row = next((entry for entry in (best, *beside) if entry.passage.kind is Kind.ROW), None)
    return ranker.over_time(row) if row is not None and asks_over_time(question) else ()


def changed(rows: Sequence[Evidence]) -> Change | None:
    """What of the rows is a figure of one kind in the first and the last of them, and another one; None where nothing.

    A figure is a cell that consists of it (assistant/figures.py): of a sentence nobody knows which figure is meant.
    """
    first, last = rows[0].rows[0].goal, rows[-1].rows[0].goal
    for field in _FIELDS:
        texts = [readable(getattr(goal, field).text).rstrip(".") for goal in (first, last)]
        figures = [figure_of(text) for text in texts]
        one, other = figures
        if one and other and one.percent == other.percent and one != other:
            return Change(field, *texts)
    return None
