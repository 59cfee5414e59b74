"""Baseline and target cells that extraction flattened, told apart again.

A table "Lähtötaso | Tavoitetaso" comes out as two cells after one another, at times on one line ("Ei Kyllä",
"687 (20.9.22) Enintään 670 opp."), at times as all baselines and then all targets of several indicators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layouts.lines import cells, lines
from corpus.model import Span

# A date or school year in brackets closes a baseline: "(20.9.22)", "(lv. 2021-22)", "(syksy 22)".
_DATED = re.compile(r"\([^()]*\d[^()]*\)")
_QUANTITY = re.compile(r"(?<![\w,.])[-–+]?\d+(?:[ \u00a0\u2009]\d{3})*(?:[.,]\d+)?\s?(?:%|[^\W\d_]+\.?)?")
_DATED_VALUE = re.compile(
    r"(?<=\s)(?P<baseline>\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?(?:\s?%|\s[^\W\d_]+\.?)?\s\([^()]*\d[^()]*\))"
    r"\s+(?P<target>\S.*)",
    re.DOTALL,
)


def split_pair(text: str, span: Span) -> tuple[Span, Span] | None:
    """One stretch that holds a baseline and a target, cut in two; None where no cut is certain."""
    piece = text[span.start : span.end]
    rules = (_cut_at_repetition, _cut_after_date, _cut_between_quantities, _cut_at_capital, _cut_yes_no)
    cut = next((found for rule in rules if (found := rule(piece))), None)
    if cut is None:
        return None
    return Span(span.start, span.start + cut), Span(span.start + cut, span.end)


def _cut_at_repetition(piece: str) -> int | None:
    """ "Kurssien määrä 8/2022 Kurssien määrä 8/2023": both cells begin with the same word."""
    match = re.match(r"\s*([^\W\d_]{4,})\b.*?(?<=\s)(\1)\b", piece, re.DOTALL)
    return match.start(2) if match else None


def _cut_after_date(piece: str) -> int | None:
    for match in _DATED.finditer(piece):
        if piece[match.end() :].strip():
            return match.end()
    return None


def _cut_between_quantities(piece: str) -> int | None:
    """ "30 % 75 %" is two quantities and nothing else."""
    found = list(_QUANTITY.finditer(piece))
    if len(found) == 2 and not _QUANTITY.sub("", piece).strip():
        return found[1].start()
    return None


def _cut_at_capital(piece: str) -> int | None:
    """ "Ei laadittu Laadittu ja otettu": the second cell begins with the first later capital."""
    match = re.search(r"(?<=\S)\s+(?=[A-ZÅÄÖ])", piece)
    return match.end() if match else None


def _cut_yes_no(piece: str) -> int | None:
    match = re.fullmatch(r"\s*(ei|kyllä)\s+(ei|kyllä)\s*", piece)
    return match.start(2) if match else None


def split_row(text: str, span: Span) -> tuple[Span, Span, Span] | None:
    """Indicator, baseline and target that stand on one line: "Tukipajojen määrä 2 (lv. 2021-22) 4"."""
    piece = text[span.start : span.end]
    match = _DATED_VALUE.search(piece)
    if match is None:
        return None
    at = span.start
    return (
        Span(at, at + match.start("baseline")),
        Span(at + match.start("baseline"), at + match.end("baseline")),
        Span(at + match.start("target"), span.end),
    )


Row = tuple[Span, Span | None, Span | None]


def rows_of_columns(text: str, indicators: Span | None, values: Span) -> list[Row]:
    """Rows of (indicator, baseline, target) from flattened columns.

    `indicators` is the text before the headings "Lähtötaso Tavoitetaso", `values` the text after them; None where
    the headings stand first and everything follows column by column. What cannot be told apart gives rows without
    values rather than guessed ones.
    """
    if indicators is None:
        everything = cells(text, values.start, values.end, at_empty_only=True)
        third, rest = divmod(len(everything), 3)
        if rest or not third:
            return [(span, None, None) for span in everything]
        columns = (everything[:third], everything[third : 2 * third], everything[2 * third :])
        return list(zip(*columns, strict=True))
    by_line = _logical_lines(text, indicators)
    single = _single(text, values)
    if single is not None and not _as_many_lines(text, by_line, values):
        return [(indicators, *single)]
    by_block = _merged(text, _blocks(text, indicators))
    for names in (by_block, by_line):
        for found in (_blocks(text, values), _all_lines(text, values)):
            if len(found) == 2 * len(names):
                return _zip(names, found[: len(names)], found[len(names) :])
    if len(by_line) == 1:  # one indicator, its cells double-spaced: no blank line tells where a cell ends
        pair = split_pair(text, values)
        return [(indicators, *pair)] if pair else [(indicators, None, values)]
    names = by_block
    for found in (_blocks(text, values), _all_lines(text, values)):
        if len(names) < len(found) < 2 * len(names):
            # A plan gives every indicator a target; the baselines that are there come first.
            baselines, targets = found[: -len(names)], found[-len(names) :]
            return _zip(names, _align(text, baselines, targets), targets)
    return [(indicators, None, values)]


def _as_many_lines(text: str, names: Sequence[Span], values: Span) -> bool:
    """Are there several indicators, and two blocks of values with a line for each?"""
    found = _blocks(text, values)
    return len(names) > 1 and len(found) == 2 and all(len(_all_lines(text, block)) == len(names) for block in found)


def _single(text: str, values: Span) -> tuple[Span, Span] | None:
    """Baseline and target of one indicator, where the values are two cells or one line that holds both."""
    found = _blocks(text, values)
    if len(found) == 1:
        return split_pair(text, found[0])
    return (found[0], found[1]) if len(found) == 2 else None


def _zip(names: Sequence[Span], baselines: Sequence[Span | None], targets: Sequence[Span]) -> list[Row]:
    return list(zip(names, baselines, targets, strict=True))


def _blocks(text: str, span: Span) -> list[Span]:
    return cells(text, span.start, span.end, at_empty_only=True)


def _all_lines(text: str, span: Span) -> list[Span]:
    return [Span(line.start, line.end) for line in lines(text, span.start, span.end) if not line.blank]


def _logical_lines(text: str, span: Span) -> list[Span]:
    return _merged(text, _all_lines(text, span))


def _merged(text: str, pieces: list[Span]) -> list[Span]:
    """Pieces, one that begins with a small letter or a bracket counted to the one before."""
    found: list[Span] = []
    for piece in pieces:
        first = text[piece.start : piece.end].lstrip()[0]
        if found and (first.islower() or first == "("):
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _align(text: str, baselines: Sequence[Span], targets: Sequence[Span]) -> list[Span | None]:
    """Too few baselines set beside the targets in order: most pairs of one type (figure or words), earliest first."""
    missing = len(targets) - len(baselines)

    def numeric(span: Span) -> bool:
        return any(letter.isdigit() for letter in text[span.start : span.end])

    def best(b: int, t: int) -> tuple[int, list[Span | None]]:
        if b == len(baselines):
            return 0, [None] * (len(targets) - t)
        agree = int(numeric(baselines[b]) == numeric(targets[t]))
        score, rest = best(b + 1, t + 1)
        take: tuple[int, list[Span | None]] = (score + agree, [baselines[b], *rest])
        if len(targets) - t == len(baselines) - b:
            return take
        skipped_score, skipped = best(b, t + 1)
        return take if take[0] >= skipped_score else (skipped_score, [None, *skipped])

    return best(0, 0)[1] if missing else list(baselines)
