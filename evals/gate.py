"""The gate: do the measured shares keep to the frozen floors and ceilings of gate.json?

Pure functions over verdicts. All shares are 0 to 1 and are counted over these questions of a group:
- correct, lead: all of them (for an unanswerable question, right is to decline);
- wrong, refused: the answerable ones;
- declined: the unanswerable ones;
- uncited (figures) and inexact (quotes) are counts, not shares.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.judge import Known, Verdict

LIMITS = Path(__file__).with_name("gate.json")
QUESTIONS = Path(__file__).with_name("questions")
FACETS = ("kind", "style", "doc")


@dataclass(frozen=True)
class Judged:
    """A question and how the answer to it fared."""

    known: Known
    verdict: Verdict


@dataclass(frozen=True)
class Tally:
    """Counts over a group of judged questions; `n` = `answerable` + the unanswerable ones."""

    n: int
    answerable: int
    correct: int
    lead: int
    wrong: int
    refused: int
    declined: int
    uncited: int
    inexact: int

    def measure(self, name: str) -> float | None:
        """The share or count that a limit's name begins with; None where there is nothing to take a share of."""
        if name in ("n", "uncited", "inexact"):
            return float(getattr(self, name))
        over = {"wrong": self.answerable, "refused": self.answerable, "declined": self.n - self.answerable}
        base = over.get(name, self.n)
        return getattr(self, name) / base if base else None


@dataclass(frozen=True)
class Shortfall:
    """A limit that is not kept. `measured` is None where no question of the group has a verdict."""

    group: str
    limit: str
    bound: float
    measured: float | None
    n: int

    def __str__(self) -> str:
        measured = "nothing" if self.measured is None else f"{self.measured:.3f}"
        return f"{self.group:24} {self.limit:12} bound {self.bound:8.3f}   measured {measured:>8}   n {self.n}"


def tally(judged: Iterable[Judged]) -> Tally:
    """Count a group."""
    found = list(judged)
    unanswerable = [entry for entry in found if not entry.known.answerable]
    verdicts = [entry.verdict for entry in found]
    return Tally(
        n=len(found),
        answerable=len(found) - len(unanswerable),
        correct=sum(verdict.correct for verdict in verdicts),
        lead=sum(verdict.lead for verdict in verdicts),
        wrong=sum(verdict.wrong for verdict in verdicts),
        refused=sum(verdict.refused for verdict in verdicts),
        declined=sum(entry.verdict.correct for entry in unanswerable),
        uncited=sum(len(verdict.uncited) for verdict in verdicts),
        inexact=sum(verdict.inexact for verdict in verdicts),
    )


def groups(judged: Sequence[Judged], facet: str) -> dict[str, list[Judged]]:
    """The judged questions by the value of a facet (one of FACETS), biggest group first; no document is "none"."""
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    for entry in judged:
        found[getattr(entry.known, facet) or "none"].append(entry)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def limits(path: Path = LIMITS) -> dict[str, Any]:
    """The frozen limits: {"all": {limit: bound}, facet: {value: {limit: bound}}}."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def shortfalls(judged: Sequence[Judged], frozen: Mapping[str, Any]) -> list[Shortfall]:
    """Every limit that is not kept, in the limits' order; none means that the gate is open.

    A limit is a measure's name and `_min` or `_max`. A group that has a limit and no verdict falls short, so a gate
    with nothing to check never passes. Raises ValueError for limits that check nothing or bear an unknown name.
    """
    if not frozen.get("all"):
        raise ValueError("the gate has no limits")
    found = _short("all", judged, frozen["all"])
    for facet, values in frozen.items():
        if facet == "all":
            continue
        if facet not in FACETS:
            raise ValueError(f"unknown facet in the gate: {facet}")
        by_value = groups(judged, facet)
        for value, bounds in values.items():
            found += _short(f"{facet} {value}", by_value.get(value, []), bounds)
    return found


def _short(group: str, judged: Sequence[Judged], bounds: Mapping[str, float]) -> list[Shortfall]:
    counts = tally(judged)
    return [
        Shortfall(group, limit, bound, counts.measure(_measured(limit)) if judged else None, counts.n)
        for limit, bound in bounds.items()
        if not judged or not _kept(counts.measure(_measured(limit)), limit, bound)
    ]


_MEASURES = ("n", "correct", "lead", "wrong", "refused", "declined", "uncited", "inexact")


def _measured(limit: str) -> str:
    """`wrong_max` -> `wrong`. Raises ValueError for a limit of nothing known."""
    name, _, side = limit.rpartition("_")
    if name not in _MEASURES or side not in ("min", "max"):
        raise ValueError(f"unknown limit in the gate: {limit}")
    return name


def _kept(measured: float | None, limit: str, bound: float) -> bool:
    """Is there something measured, and on the right side of the bound (the bound itself is kept)?"""
    if measured is None:
        return False
    return measured >= bound - 1e-9 if limit.endswith("_min") else measured <= bound + 1e-9
