"""Labelled forms drawn as tables: "Tavoite | Puhdas vesi", "Mittari 1 | … | Lähtötaso | 4 | Tavoitetaso | 6".

A cell that is a heading word and nothing else labels the cells after it in its row. Upper fields stay in force until
they are given again; each indicator begins a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.columns import UPPER, Column, joined, names_exactly, targets_of, year_of
from corpus.model import EMPTY, Block, BlockKind, Field, Goal

_FEWEST_LABELS = 2
_OF_INDICATORS = ("initiative", "action")  # may be told after the indicators, too: then of those that have none
_SHARED = ("progress", "responsible", "deadline", "partial_goals", "status", "number")


def matches(rows: Sequence[Sequence[Field]]) -> bool:
    """Do at least two rows begin with a label and go on with its value?"""
    found = [
        name
        for row in rows
        if row
        and (name := names_exactly(row[0].text))
        and any(cell and not names_exactly(cell.text) for cell in row[1:])
    ]
    return len(found) >= _FEWEST_LABELS and bool({"goal", "action", "indicator"} & set(found))


def parse(
    rows: Sequence[Sequence[Field]], section: tuple[Field, ...], unit: Field, form: int
) -> tuple[list[Goal], list[Block]]:
    """The table's goal rows; labels as furniture, cells without a label as headings."""
    state = _State(section, form, {"unit": unit})
    blocks: list[Block] = []
    for row in rows:
        label = Column()
        for cell in (cell for cell in row if cell):
            if name := names_exactly(cell.text):
                label = Column(name, year_of(cell.text), cell)
                blocks.append(Block(BlockKind.FURNITURE, cell, section))
            elif not label.name:
                blocks.append(Block(BlockKind.HEADING, cell, section))
            else:
                _take(state, label, cell)
    if len(state.goals) == state.begun and any(state.upper.get(name, EMPTY) for name in ("goal", "action")):
        state.goals.append(state.new())
    for at, entries in state.targets.items():
        state.goals[at] = state.goals[at].with_fields(**targets_of(entries))
    return state.goals, blocks


@dataclass
class _State:
    """What is in force while the labels are walked through."""

    section: tuple[Field, ...]
    form: int
    upper: dict[str, Field]
    goals: list[Goal] = field(default_factory=list)
    begun: int = 0  # where the rows that stand under the upper fields in force begin
    targets: dict[int, list[tuple[Column, Field]]] = field(default_factory=dict)  # by number of the row

    def new(self) -> Goal:
        """A row with the upper fields."""
        return Goal(form=self.form, section=self.section, **self.upper)  # type: ignore[arg-type]

    @property
    def is_open(self) -> bool:
        """Does a row stand under the upper fields already?"""
        return len(self.goals) > self.begun


def _take(state: _State, label: Column, cell: Field) -> None:
    name = label.name
    if name == "goal" and label.year and state.is_open:
        name = "target"  # "Tavoite 2026" below an indicator
    if name in _OF_INDICATORS and state.is_open and not state.upper.get(name):
        state.goals[state.begun :] = [goal.with_fields(**{name: cell}) for goal in state.goals[state.begun :]]
    elif name in UPPER:
        if state.is_open:
            state.begun, state.form = len(state.goals), state.form + 1
        state.upper = {key: value for key, value in state.upper.items() if UPPER.index(key) < UPPER.index(name)}
        state.upper[name] = cell
    elif name == "target":
        if not state.is_open:
            state.goals.append(state.new())
        state.targets.setdefault(len(state.goals) - 1, []).append((label, cell))
    elif name == "indicator" or not state.is_open:
        state.goals.append(_with(state.new(), name, cell))
    else:
        for at in _concerned(state, name):
            state.goals[at] = _with(state.goals[at], name, cell)


def _concerned(state: _State, name: str) -> list[int]:
    """The rows that a field is about: of what is told of an action all that have none of their own, else the last."""
    last = len(state.goals) - 1
    if name not in _SHARED:
        return [last]
    return [at for at in range(state.begun, len(state.goals)) if not getattr(state.goals[at], name, EMPTY)] or [last]


def _with(goal: Goal, name: str, cell: Field) -> Goal:
    if name == "partial_goals":
        return goal.with_fields(partial_goals=(*goal.partial_goals, cell))
    if name in ("status", "number"):
        return goal.with_fields(notes=(*goal.notes, cell))
    return goal.with_fields(**{name: joined([getattr(goal, name), cell])})
