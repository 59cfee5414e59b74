"""The tables of an evaluation: by kind, style and document, for each half of the questions apart.

The same Markdown is printed at the end of `pytest evals` and, with --write-results, written to RESULTS.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.features import FEATURES
from assistant.network import RANK, read_network
from evals.gate import FACETS, Judged, groups, tally
from evals.judge import Known

if TYPE_CHECKING:
    from assistant import Assistant

RESULTS = Path(__file__).with_name("RESULTS.md")
HITS = 5
HALVES = ("reported", "tuning")


@dataclass(frozen=True)
class Record(Judged):
    """A judged question with its half ("reported" or "tuning") and the seconds that the whole answer took."""

    half: str
    seconds: float


Ranks = dict[str, int | None]


def gold_ranks(assistant: Assistant, questions: Sequence[Known]) -> Ranks:
    """For each standalone answerable question, by id: the rank, from 1, of the first passage that holds the gold.

    A passage holds the gold where its quote has one of `cite_any`; a bare list of indicators counts for list
    questions only. None: no candidate holds it. Follow-ups are left out: they are searched for with their history.
    """
    from evals.fit import cases

    alone = [known for known in questions if known.answerable and not known.history]
    ranks: Ranks = {}
    network = read_network(RANK, FEATURES)
    for unranked in cases(assistant, alone):
        case = unranked.ranked(network.scores(unranked.matrix))
        places = case.gold.nonzero()[0]
        ranks[case.known.id] = int(places[0]) + 1 if len(places) else None
    return ranks


def hit_rate(ranks: Sequence[int | None], k: int = HITS) -> float:
    """Share of the questions whose first gold passage is among the first `k`."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """Mean of 1 / rank, 0 where no candidate holds the gold."""
    return sum(1 / rank for rank in ranks if rank is not None) / len(ranks)


def wilson(successes: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % score interval of a share (Wilson, JASA 1927); (0, 1) where n is 0.

    (p + z²/2n ± z·√(p(1 - p)/n + z²/4n²)) / (1 + z²/n)
    """
    if n == 0:
        return 0.0, 1.0
    share = successes / n
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank). Raises where none."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def report(records: Sequence[Record], ranks: Ranks) -> str:
    """Markdown tables of both halves; a half without records is left out."""
    parts = [_LEGEND]
    for half in HALVES:
        own = [record for record in records if record.half == half]
        if own:
            parts.append(f"## {half.capitalize()} half\n")
            parts += [_table(own, facet, ranks) for facet in FACETS]
    return "\n".join(parts)


def outcome(record: Judged) -> str:
    """What became of the question: "correct", "declined", or "wrong: " (unanswerable: "not declined: ") and why."""
    verdict = record.verdict
    if verdict.correct:
        return "correct"
    if not record.known.answerable:
        return f"not declined: {verdict.why}"
    return "declined" if verdict.refused else f"wrong: {verdict.why}"


_LEGEND = """\
`correct` and `lead` (correct within the first 350 characters) are shares of all questions of the row, with the 95 %
Wilson interval of `correct`; `wrong` and `refused` are shares of the answerable ones, `declined` of the unanswerable
ones. `uncited` figures and `inexact` quotes are counts. `hit@5` and `MRR`: the first passage that holds the cited words
among the ranked evidence of `asked` standalone answerable questions. Milliseconds are of the whole answer.
"""
_HEADINGS = (
    "n",
    "correct",
    "95 %",
    "lead",
    "wrong",
    "refused",
    "declined",
    "uncited",
    "inexact",
    "asked",
    "hit@5",
    "MRR",
    "median ms",
    "p95 ms",
)


def _table(records: Sequence[Record], facet: str, ranks: Ranks) -> str:
    """A table with a row for each value of the facet, after the rows of all and of the answerable questions."""
    rows = [[facet, *_HEADINGS]]
    if facet == FACETS[0]:
        rows.append(["**all**", *_cells(records, ranks)])
        rows.append(["**answerable**", *_cells([record for record in records if record.known.answerable], ranks)])
    for value, members in groups(records, facet).items():
        rows.append([value, *_cells([record for record in members if isinstance(record, Record)], ranks)])
    return _markdown(rows)


def _cells(records: Sequence[Record], ranks: Ranks) -> list[str]:
    """The cells of one row, in the order of _HEADINGS."""
    counts = tally(records)
    low, high = wilson(counts.correct, counts.n)
    shares = [_share(counts.measure(name)) for name in ("lead", "wrong", "refused", "declined")]
    asked = [ranks[record.known.id] for record in records if record.known.id in ranks]
    found = [f"{hit_rate(asked):.3f}", f"{mean_reciprocal_rank(asked):.3f}"] if asked else ["", ""]
    seconds = [record.seconds for record in records]
    times = [f"{1000 * quantile(seconds, share):.0f}" for share in (0.5, 0.95)] if seconds else ["", ""]
    return [
        str(counts.n),
        _share(counts.measure("correct")),
        f"{low:.2f}–{high:.2f}",
        *shares,
        str(counts.uncited),
        str(counts.inexact),
        str(len(asked) or ""),
        *found,
        *times,
    ]


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns are also straight as plain text: the first to the left, the rest to the right."""
    widths = [max(2, *(len(row[at]) for row in rows)) for at in range(len(rows[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in (rows[0], rule, *rows[1:])
    ]
    return "\n".join(lines) + "\n"
