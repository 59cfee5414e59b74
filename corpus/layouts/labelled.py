"""Labelled forms in lines: "Mittari: Kävijämäärä", "Lähtötaso: 12", "Tavoitetaso 2026: 18".

Each field has a label of its own at a line's start, with a colon, or alone on a line above its value. What the labels
mean beside each other is the same as where they stand in the cells of a table (table_form).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import labels
from corpus.columns import names_exactly
from corpus.layouts import table_form
from corpus.layouts.lines import cells, lines
from corpus.marks import HEADING
from corpus.model import EMPTY, Block, Field, Goal, Parsed, Span

_LINE = re.compile(rf"^[ \t{HEADING}•*–-]*(?P<label>[^\W\d_][^\n:]{{2,60}}?)[ \t]*(?P<colon>:|$)", re.MULTILINE)
_ALONE = frozenset({"baseline", "target", "progress", "responsible", "deadline"})  # "Tavoitteet" alone is a heading
_ABOUT = frozenset({"goal", "action"})
_TOLD = frozenset({"indicator", "baseline", "target", "progress", "responsible", "deadline"})
_VALUES = frozenset({"baseline", "target"})
_LONGEST_HEADING = 60
_FEWEST = 2


@dataclass(frozen=True)
class _Part:
    """A label and the stretch of text up to the next one."""

    name: str
    label: Span
    rest: Span


def matches(text: str) -> bool:
    """Is an indicator followed by its baseline or target, or a goal or action by two fields told of it?

    Labels with a colon must be among them: headings of columns, one below the other, are none of this layout.
    """
    if sum(bool(match["colon"] and names_exactly(match["label"])) for match in _LINE.finditer(text)) < _FEWEST:
        return False
    names = [part.name for part in _parts(text)]
    return any(
        (name == "indicator" and following[:1] and following[0] in _VALUES)
        or (name in _ABOUT and len(_TOLD & set(following)) >= _FEWEST)
        for name, following in ((name, names[at + 1 : at + 4]) for at, name in enumerate(names))
    )


def parse(text: str) -> Parsed:
    """Goal rows of every form; what stands between forms is left to be paragraphs, its headings make their section."""
    goals: list[Goal] = []
    blocks: list[Block] = []
    rows: list[list[Field]] = []
    parts = _parts(text)
    section = _headings(text, cells(text, 0, parts[0].label.start, at_empty_only=False)) if parts else ()

    def close() -> None:
        unit = next((heading for heading in reversed(section) if labels.names_unit(heading.text)), EMPTY)
        form = 1 + max((goal.form for goal in goals), default=-1)
        found, furniture = table_form.parse(rows, section, unit, form)
        goals.extend(found)
        blocks.extend(furniture)
        rows.clear()

    for part in parts:
        own = cells(text, part.rest.start, part.rest.end, at_empty_only=False)
        rows += [[_cut(text, part.label), _cut(text, value)] for value in own[:1]]
        if headings := _headings(text, own[1:]):
            close()
            section = headings
    close()
    return Parsed(tuple(goals), tuple(blocks), "labelled")


def _cut(text: str, span: Span) -> Field:
    return Field.cut(text, span.start, span.end)


def _parts(text: str) -> list[_Part]:
    """The labels in order; of labels alone on their lines, one below the other, only the last has a value."""
    found = [(name, match) for match in _LINE.finditer(text) if (name := _name(match))]
    ends = [match.start() for _, match in found][1:] + [len(text)] * bool(found)
    return [
        _Part(name, Span(match.start("label"), match.end("label")), Span(match.end(), end))
        for (name, match), end in zip(found, ends, strict=True)
        if match["colon"] or text[match.end() : end].strip()
    ]


def _name(match: re.Match[str]) -> str:
    """The field that the line's label names; without a colon, what in small letters may head a chapter names none."""
    if match["colon"]:
        return names_exactly(match["label"])
    name = labels.field_of(match["label"].rstrip("0123456789 ")) or ""
    return name if name in _ALONE or match["label"].isupper() else ""


def _headings(text: str, stretches: Sequence[Span]) -> tuple[Field, ...]:
    """The last two lines of stretches that are nothing but short lines without a full stop."""
    found: list[Field] = []
    for span in stretches:
        own = [Field.cut(text, line.start, line.end) for line in lines(text, span.start, span.end) if not line.blank]
        if all(len(line.text) <= _LONGEST_HEADING and line.text[-1] not in ".,;:!?" for line in own):
            found += own
    return tuple(found[-2:])
