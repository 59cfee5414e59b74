"""The gate over the reported half; runs last (see conftest)."""

from __future__ import annotations

from evals.gate import limits, shortfalls
from evals.report import Record


def test_gate(judged: list[Record]) -> None:
    reported = [record for record in judged if record.half == "reported"]
    short = shortfalls(reported, limits())
    assert not short, "these limits of evals/gate.json are not kept:\n" + "\n".join(map(str, short))
