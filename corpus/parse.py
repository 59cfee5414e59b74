"""From a document's text to goal rows and blocks: the layout that fits, and everything else as paragraphs.

Nothing is lost: what no row and no block of the layout holds becomes paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus import labels
from corpus.layouts import brochure, columns, form, numbered
from corpus.layouts.lines import cells
from corpus.model import Block, BlockKind, Field, Parsed, Span

# Most specific first: a form has its own labels, a table a line of column headings, a brochure bullets.
_LAYOUTS = (form, columns, numbered, brochure)
_LONGEST_HEADING = 90


def parse(text: str) -> Parsed:
    """Rows and blocks of the text by the first layout that fits; plain prose where none does."""
    layout = next((module for module in _LAYOUTS if module.matches(text)), None)
    parsed = layout.parse(text) if layout else Parsed(layout="prose")
    rest = _paragraphs(text, uncovered(text, parsed))
    return Parsed(parsed.goals, (*parsed.blocks, *rest), parsed.layout, parsed.problems)


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
    """Paragraphs of the stretches; a short line without a full stop heads those after it."""
    found: list[Block] = []
    section: tuple[Field, ...] = ()
    for span in spans:
        for cell in cells(text, span.start, span.end, at_empty_only=False):
            content = Field.cut(text, cell.start, cell.end)
            if not _label_free(text[cell.start : cell.end]):
                continue
            if (
                len(content.text) <= _LONGEST_HEADING
                and "\n" not in text[cell.start : cell.end].strip()
                and content.text[-1] not in ".:;,!?"
            ):
                section = (content,)
                found.append(Block(BlockKind.HEADING, content, section))
            else:
                found.append(Block(BlockKind.PARAGRAPH, content, section))
    return found
