"""One question, one test: asked of the real assistant and judged.

An answer that is not right is an expected failure (xfail) with the reason: the gate, not a single question, decides.
A figure without a source or a quote that its document does not have fails at once.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from assistant import Assistant
from evals.gate import QUESTIONS
from evals.judge import Known, judge, load
from evals.report import HALVES, Record, outcome

_ALL = [(half, known) for half in HALVES for known in load(QUESTIONS / f"{half}.jsonl")]


@pytest.mark.parametrize(("half", "known"), _ALL, ids=[f"{half}-{known.id}" for half, known in _ALL])
def test_answer(half: str, known: Known, answering: Assistant, texts: Mapping[str, str], judged: list[Record]) -> None:
    begin = time.perf_counter()
    answer = answering.ask(known.question, list(known.history)).as_dict()
    seconds = time.perf_counter() - begin
    record = Record(known, judge(known, answer, texts), half, seconds)
    judged.append(record)
    assert not record.verdict.uncited, f"figures without a source in the answer to: {known.question}"
    assert not record.verdict.inexact, f"quotes that are not in their document, in the answer to: {known.question}"
    if not record.verdict.correct:
        pytest.xfail(f"{outcome(record)} ({known.kind}, {known.style}): {known.question}")
