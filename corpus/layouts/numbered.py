"""Numbered tables: goal, measure and progress cells that bear the same number ("1.", "2)") and follow one another.

The progress column is narrower than the others, which tells its cells apart. Unit names stand before the cells,
after them or stuck to them; one is taken only where its place leaves no doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from corpus import labels
from corpus.layouts.lines import cells, width
from corpus.model import EMPTY, Block, BlockKind, Field, Goal, Parsed, Span

_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)]\s*(?=[A-ZÅÄÖ])")
_PAGE_BREAK = re.compile(r"\n\s*\n\s*\n")
_LEAST_CELLS = 6


@dataclass(frozen=True)
class _Cell:
    """A cell of the table; `number` is empty where it bears none. `page` counts from 0."""

    number: str
    span: Span
    page: int
    narrow: bool


@dataclass
class _Group:
    """Rows numbered from one; `unit` once it is certain."""

    rows: list[Goal] = field(default_factory=list)
    unit: Field = EMPTY
    pages: set[int] = field(default_factory=set)


@dataclass
class _State:
    text: str
    groups: list[_Group] = field(default_factory=list)
    goal: Field = EMPTY
    open_goals: dict[str, int] = field(default_factory=dict)  # number -> index of its row in the last group


def matches(text: str) -> bool:
    """Headings of an indicator and a progress column in one line, and numbered cells below them."""
    head = _head(text)
    return head is not None and len(_cells(text, head.end)) >= _LEAST_CELLS


def _head(text: str) -> Span | None:
    pattern = rf"^[^\n]*{labels.heading('indicator')}[^\n]*{labels.heading('progress')}[^\n]*(?:\n[^\n]+)*"
    match = re.search(pattern, text, re.MULTILINE | re.IGNORECASE)
    return Span(match.start(), match.end()) if match else None


def parse(text: str) -> Parsed:
    """A row for each measure, or for a goal that has none; unit names and the column headings as blocks."""
    head = _head(text)
    if head is None:
        return Parsed(layout="numbered")
    state = _State(text)
    found = _cells(text, head.end)
    blocks = [Block(BlockKind.FURNITURE, Field.cut(text, head.start, head.end))]
    for index, cell in enumerate(found):
        content = Field.cut(text, cell.span.start, cell.span.end)
        if cell.number:
            _numbered(state, cell, content, found[index + 1 :])
        elif labels.names_unit(content.text) or (len(content.text) < 60 and content.text[-1].isalpha()):
            blocks.append(Block(BlockKind.HEADING, content))
            _unit(state, cell, content, found, index)
        elif cell.narrow:
            _free_progress(state, content)
        else:
            _continue_measure(state, content)
    rows = [row.with_fields(unit=group.unit) for group in state.groups for row in group.rows]
    numbered_rows = [row.with_fields(form=number) for number, row in enumerate(rows)]
    return Parsed(tuple(numbered_rows), tuple(blocks), "numbered")


# --- cells


def _cells(text: str, start: int) -> list[_Cell]:
    """The cells in order. One of several on a line tells its column's width only where it wraps."""
    blocks = [(span, _taken_apart(text, span)) for span in cells(text, start, len(text), at_empty_only=False)]
    pieces = [
        (number, piece, width(text, piece if "\n" in text[piece.start : piece.end].strip() else span))
        for span, parts in blocks
        for number, piece in parts
    ]
    border = _border([width(text, span) for span, parts in blocks if len(parts) == 1 and parts[0][0]])
    return [
        _Cell(number, span, len(_PAGE_BREAK.findall(text, start, span.start)), wide <= border)
        for number, span, wide in pieces
    ]


def _taken_apart(text: str, span: Span) -> list[tuple[str, Span]]:
    """A block as its numbered cells: "Unit name1. Goal" and "3. Goal. 3. Measure" are two each."""
    cuts: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text, span.start, span.end):
        before = text[span.start : match.start()].rstrip()
        again = before[-1:] == "." and bool(cuts) and cuts[0]["number"] == match["number"]
        if not before or labels.names_unit(before) or again:
            cuts.append(match)
    if not cuts:
        return [("", span)]
    found = [("", Span(span.start, cuts[0].start()))] if cuts[0].start() > span.start else []
    ends = [cut.start() for cut in cuts[1:]] + [span.end]
    found += [(cut["number"], Span(cut.start(), end)) for cut, end in zip(cuts, ends, strict=True)]
    return [(number, piece) for number, piece in found if text[piece.start : piece.end].strip()]


def _border(widths: list[int]) -> int:
    """Line width between narrow and wide columns: the middle of the widest gap among those of three lines' worth."""
    ordered = sorted(set(widths))
    if len(ordered) < 2:
        return 0
    gap, at = max((after - before, before) for before, after in pairwise(ordered))
    return at + gap // 2


# --- rows


def _numbered(state: _State, cell: _Cell, content: Field, following: list[_Cell]) -> None:
    group = state.groups[-1] if state.groups else None
    if cell.narrow and group is not None:
        _progress(group, cell.number, content)
        return
    if group is not None and cell.number in state.open_goals:
        at = state.open_goals.pop(cell.number)
        group.rows[at] = group.rows[at].with_fields(action=content)
        return
    if following and following[0].narrow and following[0].number == cell.number and group is not None:
        group.rows.append(Goal(form=0, number=cell.number, goal=state.goal, action=content))
        group.pages.add(cell.page)
        return
    if group is None or (cell.number == "1" and group.rows):
        group = _Group()
        state.groups.append(group)
        state.open_goals.clear()
    state.goal = content
    group.pages.add(cell.page)
    group.rows.append(Goal(form=0, number=cell.number, goal=content))
    state.open_goals[cell.number] = len(group.rows) - 1


def _progress(group: _Group, number: str, content: Field) -> None:
    for at in range(len(group.rows) - 1, -1, -1):
        if group.rows[at].number == number and not group.rows[at].progress:
            group.rows[at] = group.rows[at].with_fields(progress=content)
            return


def _free_progress(state: _State, content: Field) -> None:
    """A progress cell without a number: it belongs to the last group that still has rows without progress."""
    for group in reversed(state.groups):
        if any(not row.progress for row in group.rows):
            group.rows = [row if row.progress else row.with_fields(progress=content) for row in group.rows]
            return


def _continue_measure(state: _State, content: Field) -> None:
    """A wide cell without a number goes on from the measure before it."""
    if not state.groups or not state.groups[-1].rows:
        return
    row = state.groups[-1].rows[-1]
    action = Field(f"{row.action.text} {content.text}".strip(), (*row.action.spans, *content.spans))
    state.groups[-1].rows[-1] = row.with_fields(action=action)


# --- units


def _unit(state: _State, cell: _Cell, content: Field, found: list[_Cell], at: int) -> None:
    """Give a unit name to a group where its place is certain.

    Stuck to a goal: the group that begins there. Before an unnumbered progress cell: the group that takes it. The
    only name on its page: the groups of that page that have none yet.
    """
    following = found[at + 1] if at + 1 < len(found) else None
    if following is not None and following.number == "1" and following.span.start - cell.span.end <= 1:
        state.groups.append(_Group(unit=content))
        state.open_goals.clear()
        _adopt(state, found, at + 1)
    elif following is not None and not following.number and following.narrow and not _free_unit(state.text, following):
        group = next((g for g in reversed(state.groups) if any(not row.progress for row in g.rows)), None)
        if group is not None and not group.unit:
            group.unit = content
    elif not any(_free_unit(state.text, other) and other.page == cell.page for other in found if other is not cell):
        for group in state.groups:
            if cell.page in group.pages and not group.unit:
                group.unit = content


def _adopt(state: _State, found: list[_Cell], at: int) -> None:
    """Mark the group as begun on its first cell's page, so that the cell does not open another."""
    state.groups[-1].pages.add(found[at].page)


def _free_unit(text: str, cell: _Cell) -> bool:
    return not cell.number and labels.names_unit(Field.cut(text, cell.span.start, cell.span.end).text)
