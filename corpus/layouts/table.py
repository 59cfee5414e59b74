"""Goal tables in real cells: column headings recognised by their words, wherever they stand and however often.

A row is a goal row when headings above it name what it is about. Merged cells hold for every row they cover; a table
that runs over a page goes on where the next one has no headings or the same again. What a column's heading does not
tell becomes a note of the row, heading and all; a table without such headings becomes rows of text. No cell is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import labels, marks
from corpus.columns import KEYS, UPPER, Column, column_name, joined, only_year, settled, targets_of, year_of
from corpus.layouts import table_form
from corpus.marks import Merge, Table
from corpus.model import EMPTY, Block, BlockKind, Field, Goal, Parsed

_LOWER = ("indicator", "baseline", "target", "progress", "responsible", "deadline")
_SHARED = ("progress", "responsible", "deadline", "partial_goals")
_FEWEST_HEADINGS = 2
_FIGURES = re.compile(r"\d{3}|\d,\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTIAL = re.compile(r"(?:^|(?<=[\n;]))\s*(?:osatavoite\s*\d*\s*:\s*|[•▪●■→–-]\s+|\d{1,2}[.)]\s+)", re.IGNORECASE)


@dataclass
class _State:
    """What is in force while the tables are walked through."""

    text: str
    goals: list[Goal] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    above: list[Field] = field(default_factory=list)  # the cells of the row before, by column
    upper: dict[str, Field] = field(default_factory=dict)  # from rows that are one cell wide: "Painopiste: …"
    section: tuple[Field, ...] = ()
    unit: Field = EMPTY
    begun: int = 0  # where the rows of the table begin among the goals
    open: int = 0  # where the rows that the last headings above apply to begin among the goals
    goes_on: bool = False  # the first row of a table that goes on from the page before
    form: int = -1


def parse(text: str, tables: Sequence[Table], sections: Sequence[tuple[Field, ...]]) -> Parsed:
    """Goal rows of the tables, and every other row as a block. `sections` are the headings above each table."""
    state = _State(text)
    for number, (table, section) in enumerate(zip(tables, sections, strict=True)):
        following = number > 0 and not text[tables[number - 1].span.end : table.span.start].strip()
        _table(state, table, section, following=following)
    return Parsed(tuple(state.goals), tuple(state.blocks), "table")


def _table(state: _State, table: Table, section: tuple[Field, ...], *, following: bool) -> None:
    state.section = section
    state.unit = next((heading for heading in reversed(section) if labels.names_unit(heading.text)), EMPTY)
    rows = [_fields(state.text, row) for row in table.rows]
    before, width = state.columns, max(map(len, rows))
    headed = [at for at in range(len(rows)) if _is_heading(table, rows, at)]
    goes_on = following and bool(before) and headed[:1] != [0] and len(before) <= width
    if not goes_on:
        state.begun = state.open = len(state.goals)
        state.columns, state.upper, state.above = [], {}, []
    if headed or (goes_on and not table_form.matches(rows)):
        state.goes_on = goes_on
        _rows(state, table, rows, before if following else [])
    elif table_form.matches(rows):
        goals, blocks = table_form.parse(rows, section, state.unit, state.form + 1)
        state.goals += goals
        state.blocks += blocks
        state.form = max([state.form, *(goal.form for goal in goals)])
    else:
        state.blocks += _text_rows(rows, section)


def _rows(state: _State, table: Table, rows: list[list[Field]], before: list[Column]) -> None:
    """Headings and rows in turn; what stands above the first heading of a table that begins here is text."""
    first = next((at for at in range(len(rows)) if _is_heading(table, rows, at)), len(rows))
    at = 0
    if not state.goes_on:
        state.blocks += _text_rows(rows[:first], state.section)
        at = first
    while at < len(rows):
        if _is_heading(table, rows, at):
            deep = 2 if at + 1 < len(rows) and _is_below_heading(table, rows, at + 1, rows[at]) else 1
            _head(state, table, rows, at, deep)
            state.goes_on = bool(before) and [c.heading.text for c in before] == [c.heading.text for c in state.columns]
            at += deep
            continue
        _row(state, table, rows[at], at)
        state.goes_on, before = False, []
        at += 1


def _fields(text: str, row: Sequence[marks.Cell]) -> list[Field]:
    """The row's own cells; a merged place is empty."""
    return [Field.cut(text, cell.span.start, cell.span.end) if cell.merge is Merge.NONE else EMPTY for cell in row]


# --- headings


def _is_heading(table: Table, rows: list[list[Field]], at: int) -> bool:
    """Do most of the row's cells name fields, and two different ones at least?

    "Arviointi | Tila" below a row is a heading too: it has nothing but such names.
    """
    own = [cell for cell in rows[at] if cell]
    names = [column_name(cell.text) for cell in own]
    named = {name for name in names if name}
    if len(named) < _FEWEST_HEADINGS or len(named) * 2 < len(own):
        return False
    return bool(named & KEYS) or "" not in names


def _is_below_heading(table: Table, rows: list[list[Field]], at: int, head: list[Field]) -> bool:
    """A second line of headings: years or names under headings that span them."""
    own = [(column, cell) for column, cell in enumerate(rows[at]) if cell]
    return bool(own) and all(
        only_year(cell.text)
        or (column_name(cell.text) and (column >= len(head) or not head[column] or _spans(table, at - 1, column)))
        for column, cell in own
    )


def _spans(table: Table, row: int, column: int) -> bool:
    """Does the cell go on to the right?"""
    cells = table.rows[row]
    return column + 1 < len(cells) and cells[column + 1].merge is Merge.LEFT


def _head(state: _State, table: Table, rows: list[list[Field]], at: int, deep: int) -> None:
    columns: list[Column] = []
    for index in range(len(rows[at])):
        place = index
        while place and table.rows[at][place].merge is Merge.LEFT:
            place -= 1
        upper = rows[at][place]
        lower = rows[at + 1][index] if deep == 2 and index < len(rows[at + 1]) else EMPTY
        if place != index and not lower:
            columns.append(Column())  # the same cell as the column to the left
            continue
        name = (column_name(lower.text) if lower else "") or column_name(upper.text)
        year = year_of(lower.text) or year_of(upper.text)
        columns.append(Column(name, year, lower or upper))
    state.columns = settled(columns)
    state.above = []
    for row in rows[at : at + deep]:
        state.blocks += [Block(BlockKind.FURNITURE, cell, state.section) for cell in row if cell]
    below = {column.name for column in state.columns} - {""}
    if not below & KEYS and len(state.goals) > state.begun:
        return  # "Arviointi | Tila": it tells more of the rows above
    state.open = len(state.goals)


# --- rows


def _row(state: _State, table: Table, row: list[Field], at: int) -> None:
    own = [cell for cell in row if cell]
    if not own:
        return
    if len(own) == 1 and len(row) > 1 and all(cell.merge is Merge.LEFT for cell in table.rows[at][1:]):
        _wide(state, own[0])
        return
    values = _values(state, table, row, at)
    if state.goes_on and _is_cut(state, row):
        state.goals[-1] = _grown(state, state.goals[-1], row)
        return
    goal = _goal(state, values)
    if _adds(state):
        state.goals[state.open :] = [_with_more(one, goal) for one in state.goals[state.open :]]
        return
    before = state.goals[-1] if len(state.goals) > state.begun else None
    if before is None or any(getattr(before, name) != getattr(goal, name) for name in UPPER):
        state.form += 1
    state.goals.append(goal.with_fields(form=state.form))


def _adds(state: _State) -> bool:
    names = {column.name for column in state.columns} - {""}
    return not names & KEYS and len(state.goals) > state.open


def _with_more(goal: Goal, more: Goal) -> Goal:
    """The row with the fields that a row under later headings gives; one given already stays, the later beside it."""
    changes: dict[str, object] = {
        name: joined([getattr(goal, name), value]) for name, value in more.named_fields() if value and name in _LOWER
    }
    return goal.with_fields(**changes, notes=(*goal.notes, *more.notes), targets=goal.targets or more.targets)


def _wide(state: _State, cell: Field) -> None:
    """A row of one cell: "Painopiste: Kasvava kunta", a unit's name, or a heading of the rows below."""
    span = cell.spans[0]
    label, colon, _ = state.text[span.start : span.end].partition(":")
    name = column_name(label) if colon else ""
    if name in UPPER:
        value = Field.cut(state.text, span.start + len(label) + 1, span.end)
        state.upper = {key: known for key, known in state.upper.items() if UPPER.index(key) < UPPER.index(name)}
        state.upper[name] = value
    elif labels.names_unit(cell.text):
        state.upper = {"unit": cell}
    else:
        state.section = (*state.section[:1], cell)
    state.blocks.append(Block(BlockKind.HEADING, cell, state.section))
    state.above = []


def _values(state: _State, table: Table, row: list[Field], at: int) -> list[Field]:
    """The row's cells, those of merged places and of an empty beginning taken from the row above."""
    values = list(row)
    for index, cell in enumerate(table.rows[at]):
        if cell.merge is Merge.ABOVE and index < len(state.above):
            values[index] = state.above[index]
    for index, column in enumerate(state.columns[: len(values)]):
        if column.name not in UPPER or values[index]:
            break
        if index < len(state.above):
            values[index] = state.above[index]
    _share(state, values)
    state.above = values
    return values


def _share(state: _State, values: list[Field]) -> None:
    """Cells that say again what the cell above says become that cell: rows of one action are one form.

    What tells of the action ("Toteutui") is shared only under the same action.
    """
    same_action = True
    for names in (UPPER, _SHARED):
        for index, (column, value) in enumerate(zip(state.columns, values, strict=False)):
            if column.name not in names:
                continue
            above = state.above[index] if index < len(state.above) else EMPTY
            if names is UPPER:
                same_action = same_action and above.text == value.text
            if value and above.text == value.text and above != value and (names is UPPER or same_action):
                values[index] = above
                state.blocks.append(Block(BlockKind.FURNITURE, value, state.section))


def _goal(state: _State, values: list[Field]) -> Goal:
    held: dict[str, list[tuple[Column, Field]]] = {}
    for column, value in zip(state.columns, values, strict=False):
        if value:
            held.setdefault(column.name, []).append((column, value))
    held.update({"": [*held.get("", []), *((Column(), value) for value in values[len(state.columns) :] if value)]})
    goal = Goal(form=0, section=state.section, **_inherited(state))  # type: ignore[arg-type]
    notes = [_noted(column, value) for name in ("", "status") for column, value in held.pop(name, [])]
    for name, entries in held.items():
        if name == "target":
            goal = goal.with_fields(**targets_of(entries))
        elif name == "partial_goals":
            goal = goal.with_fields(partial_goals=_partials(state.text, [value for _, value in entries]))
        elif name == "number":
            goal = goal.with_fields(number=entries[0][1].text)
            notes += [value for _, value in entries]
        else:
            chosen, others = _chosen(entries)
            goal = goal.with_fields(**{name: joined(chosen)})
            notes += others
    return goal.with_fields(notes=tuple(notes))


def _inherited(state: _State) -> dict[str, Field]:
    return {"unit": state.unit, **state.upper}


def _chosen(entries: list[tuple[Column, Field]]) -> tuple[list[Field], list[Field]]:
    """Of columns of several years the latest, the others noted with their headings; of others all of them."""
    years = [column.year for column, _ in entries if column.year is not None]
    if len(set(years)) < 2:
        return [value for _, value in entries], []
    latest = max(years)
    chosen = [value for column, value in entries if column.year in (latest, None)]
    return chosen, [_noted(column, value) for column, value in entries if column.year not in (latest, None)]


def _noted(column: Column, value: Field) -> Field:
    return joined([column.heading, value])


def _partials(text: str, cells: Sequence[Field]) -> tuple[Field, ...]:
    """The items of a cell of partial goals, their numbers and bullets left out; the whole cell where it has none."""
    found: list[Field] = []
    for span in (span for cell in cells for span in cell.spans):
        cuts = list(_PARTIAL.finditer(text[span.start : span.end]))
        ends = [span.start + cut.start() for cut in cuts] + [span.end]
        starts = [span.start, *(span.start + cut.end() for cut in cuts)]
        found += [one for start, end in zip(starts, ends, strict=True) if (one := Field.cut(text, start, end))]
    return tuple(found)


# --- rows cut by the end of a page


def _is_cut(state: _State, row: list[Field]) -> bool:
    """Does the first row on a page go on from the last one before it? What it is about is then missing or begins
    with a small letter."""
    if not state.goals or len(state.goals) == 0:
        return False
    keys = [cell for column, cell in zip(state.columns, row, strict=False) if column.name in KEYS]
    return bool(keys) and all(not cell or cell.text[0].islower() for cell in keys)


def _grown(state: _State, goal: Goal, row: list[Field]) -> Goal:
    changes: dict[str, object] = {}
    notes: list[Field] = []
    for column, cell in zip(state.columns, row, strict=False):
        if not cell:
            continue
        if column.name in (*UPPER, *_LOWER):
            changes[column.name] = joined([getattr(goal, column.name), cell])
        elif column.name == "partial_goals":
            changes["partial_goals"] = (*goal.partial_goals, *_partials(state.text, [cell]))
        else:
            notes.append(cell)
    return goal.with_fields(**changes, notes=(*goal.notes, *notes))


# --- tables of something else


def _text_rows(rows: list[list[Field]], section: tuple[Field, ...]) -> list[Block]:
    """Each row as one piece of text under the headings and, where the first row is words, under that."""
    whole = [joined(row) for row in rows]
    head = whole[0] if len(rows) > 1 and not _FIGURES.search(_YEAR.sub("", whole[0].text)) else EMPTY
    found = [Block(BlockKind.ROW, row, (*section, head) if head else section) for row in whole if row]
    if head:
        found[0] = Block(BlockKind.ROW, head, section)
    return found
