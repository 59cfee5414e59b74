"""From a document's text to goal rows and blocks: tables of real cells, the layout that fits the rest, and everything
else as paragraphs.

Nothing is lost: what no row and no block of a layout holds becomes paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus import labels, marks
from corpus.layouts import brochure, columns, form, labelled, numbered, reported, table
from corpus.layouts.lines import cells
from corpus.model import Block, BlockKind, Field, Parsed, Span

# Most specific first: a form has its own labels, a table a line of column headings, a brochure bullets.
_LAYOUTS = (form, labelled, columns, numbered, brochure)
# Where a reader knew headings and cells, guesses at what a flattened text once was would only do harm.
_LAYOUTS_OF_MARKED = (form, labelled, columns)
_LONGEST_HEADING = 90
_LEADERS = re.compile(r"\.{6,}[ \t]*\d")
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s")


def parse(text: str) -> Parsed:
    """Rows and blocks of the text: of its tables, and of the rest by the first layout that fits, prose if none does."""
    tables = marks.tables(text)
    plain = marks.without_tables(text) if tables else text
    layouts = _LAYOUTS_OF_MARKED if marks.HEADING in text or tables else _LAYOUTS
    layout = next((module for module in layouts if module.matches(plain)), None)
    parsed = layout.parse(plain) if layout else Parsed(layout="prose")
    rest = _paragraphs(plain, uncovered(plain, parsed))
    if marks.HEADING in text:
        parsed, rest = _with_reported(plain, parsed, rest)
    if not tables:
        return Parsed(parsed.goals, (*parsed.blocks, *rest), parsed.layout, parsed.problems)
    own = table.parse(text, tables, _sections(rest, tables))
    forms = 1 + max((goal.form for goal in parsed.goals), default=-1)
    goals = (*parsed.goals, *(goal.with_fields(form=forms + goal.form) for goal in own.goals))
    name = "+".join(part for part in (parsed.layout if parsed.goals else "", "table" if own.goals else "") if part)
    whole = Parsed(goals, (*parsed.blocks, *rest, *own.blocks), name or parsed.layout, parsed.problems)
    missed = [piece for span in uncovered(text, whole) for piece in marks.parted(text, span)]
    return Parsed(goals, (*whole.blocks, *_paragraphs(text, missed)), whole.layout, whole.problems)


def _with_reported(text: str, parsed: Parsed, rest: list[Block]) -> tuple[Parsed, list[Block]]:
    """Goals told in the running text beside the layout's own; what they take is no paragraph any more."""
    forms = 1 + max((goal.form for goal in parsed.goals), default=-1)
    found = reported.parse(text, rest, forms)
    if not found.goals:
        return parsed, rest
    name = "+".join(part for part in (parsed.layout if parsed.goals else "", found.layout) if part)
    whole = Parsed((*parsed.goals, *found.goals), (*parsed.blocks, *found.blocks), name, parsed.problems)
    # The headings above the goals stay blocks of their own.
    bare = tuple(goal.with_fields(section=(), unit=Field()) for goal in whole.goals)
    return whole, _paragraphs(text, uncovered(text, Parsed(bare, whole.blocks)))


def _sections(blocks: list[Block], tables: list[marks.Table]) -> list[tuple[Field, ...]]:
    """The headings that each table stands under: those of the block before it."""
    placed = sorted((block.content.spans[0].start, block.section) for block in blocks if block.content.spans)
    found: list[tuple[Field, ...]] = []
    at = 0
    for one in tables:
        while at < len(placed) and placed[at][0] < one.span.start:
            at += 1
        found.append(placed[at - 1][1] if at else ())
    return found


def uncovered(text: str, parsed: Parsed) -> list[Span]:
    """Stretches that hold words or figures but stand in no field and no block, labels of fields left out."""
    taken = bytearray(len(text))
    for field in _fields(parsed):
        for span in field.spans:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    found = []
    for match in re.finditer(rb"\x00+", bytes(taken)):
        piece = text[match.start() : match.end()]
        if _label_free(piece):
            found.append(Span(match.start(), match.end()))
    return found


def _fields(parsed: Parsed) -> Iterable[Field]:
    for goal in parsed.goals:
        yield from goal.all_fields()
    for block in parsed.blocks:
        yield block.content


def _label_free(piece: str) -> str:
    """What is left of the piece without labels, numbers of labels and signs."""
    for name in labels.field_names():
        label = rf"\b{labels.heading(name)}(?:[^\n:]*:|(?:\s*\d+)?\b)"
        piece = re.sub(label, " ", piece, flags=re.IGNORECASE)
    return re.sub(r"\bv\.|\bja\b|[\W_]+", "", piece)


def _paragraphs(text: str, spans: list[Span]) -> list[Block]:
    """Paragraphs of the stretches under their headings: marked ones, or without any mark short lines without a full
    stop."""
    found: list[Block] = []
    path: list[tuple[int, Field]] = []
    marked = marks.HEADING in text
    for span in spans:
        for cell in cells(text, span.start, span.end, at_empty_only=False):
            content = Field.cut(text, cell.start, cell.end)
            if not _label_free(text[cell.start : cell.end]):
                continue
            level = _heading_level(text, cell) if marked else int(_heads(text, cell, content))
            if level:
                path = [*_above(path, level, content), (level, content)]
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            if len(_LEADERS.findall(text, cell.start, cell.end)) * 2 > text.count("\n", cell.start, cell.end):
                kind = BlockKind.FURNITURE  # a table of contents
            found.append(Block(kind, content, tuple(heading for _, heading in path)))
    return found


def _above(path: list[tuple[int, Field]], level: int, content: Field) -> list[tuple[int, Field]]:
    """The headings that a new one stands under. A numbered chapter stands under no large line of the cover."""
    kept = [entry for entry in path if entry[0] < level]
    if kept and _NUMBERED.match(content.text) and not _NUMBERED.match(kept[0][1].text):
        return [entry for entry in kept if _NUMBERED.match(entry[1].text)]
    return kept


def _heading_level(text: str, cell: Span) -> int:
    """The marked level of the block; the mark stands before its first word."""
    return sum(letter == marks.HEADING for letter in text[cell.start : cell.end].partition("\n")[0][:8])


def _heads(text: str, cell: Span, content: Field) -> bool:
    """Does the block look like a heading where none is marked?"""
    bare = text[cell.start : cell.end].strip()
    return len(content.text) <= _LONGEST_HEADING and "\n" not in bare and content.text[-1] not in ".:;,!?"
