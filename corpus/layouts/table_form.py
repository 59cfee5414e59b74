"""Labelled forms drawn as tables: "Tavoite | Puhdas vesi", "Mittari 1 | … | Lähtötaso | 4 | Tavoitetaso | 6".

A cell that is a heading word and nothing else labels the cells after it in its row. Upper fields stay in force until
they are given again; each indicator begins a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.columns import UPPER, names_exactly
from corpus.model import EMPTY, Block, BlockKind, Field, Goal

_FEWEST_LABELS = 2


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
    goals: list[Goal] = []
    blocks: list[Block] = []
    upper: dict[str, Field] = {"unit": unit}
    begun = 0  # the rows that stand under the upper fields in force
    for row in rows:
        name = ""
        for cell in (cell for cell in row if cell):
            if label := names_exactly(cell.text):
                name = label
                blocks.append(Block(BlockKind.FURNITURE, cell, section))
            elif not name:
                blocks.append(Block(BlockKind.HEADING, cell, section))
            elif name in UPPER:
                if len(goals) > begun:
                    begun, form = len(goals), form + 1
                upper = {key: value for key, value in upper.items() if UPPER.index(key) < UPPER.index(name)}
                upper[name] = cell
            elif name == "indicator" or len(goals) == begun:
                goals.append(_with(Goal(form=form, section=section, **upper), name, cell))  # type: ignore[arg-type]
            else:
                shared = name in ("progress", "responsible", "deadline", "partial_goals", "status", "number")
                start = begun if shared else len(goals) - 1
                goals[start:] = [_with(goal, name, cell) for goal in goals[start:]]
    if len(goals) == begun and any(upper.get(name, EMPTY) for name in ("goal", "action")):
        goals.append(Goal(form=form, section=section, **upper))  # type: ignore[arg-type]
    return goals, blocks


def _with(goal: Goal, name: str, cell: Field) -> Goal:
    if name == "partial_goals":
        return goal.with_fields(partial_goals=(*goal.partial_goals, cell))
    if name in ("status", "number"):
        return goal.with_fields(notes=(*goal.notes, cell))
    known: Field = getattr(goal, name)
    text = f"{known.text} {cell.text}".strip()
    return goal.with_fields(**{name: Field(text, (*known.spans, *cell.spans))})
