"""The gate over the reported half; runs last (see conftest)."""

from __future__ import annotations

import pytest

from evals.gate import limits, shortfalls
from evals.report import Record


def test_gate(judged: list[Record]) -> None:
    reported = [record for record in judged if record.half == "reported"]
    short = shortfalls(reported, limits())
    if short:
        pytest.fail("limits of evals/gate.json that are not kept:\n" + "\n".join(map(str, short)), pytrace=False)
