"""The question sets, and which passages answer their questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.judge import Known, fold
from index.index import Index
from index.passages import Kind

QUESTIONS = Path(__file__).with_name("questions")
TUNING = QUESTIONS / "tuning.jsonl"
TRAINING = QUESTIONS / "training.jsonl"
CALIBRATION = QUESTIONS / "calibration.jsonl"  # new to the encoder and the reader: for evals/fit.py alone


def folded_quotes(index: Index) -> list[str]:
    """What each passage quotes, case and white space aside."""
    return [fold(index.documents[passage.document].quote(passage.spans)) for passage in index.passages]


def gold_numbers(known: Known, index: Index, quotes: Sequence[str]) -> list[int]:
    """The passages that hold one of the cited words; bare headings never, lists only where a list was asked for."""
    cited = [fold(words) for words in known.cite_any]
    return [
        number
        for number, passage in enumerate(index.passages)
        if passage.field != "heading"
        and (passage.kind is not Kind.LIST or known.kind == "list")
        and any(words in quotes[number] for words in cited)
    ]
