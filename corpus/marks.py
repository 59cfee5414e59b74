"""What a reader knows beside the words, kept in the text itself: pages, headings, table cells.

The marks are ASCII's own separators. Python counts every one of them as white space, so they vanish wherever text is
folded, stripped or searched, a document stays one string that everything cites by offsets, and a text without marks
means what it always meant:

    "\\f" a page begins · FS × n a heading of level n · RS a table's row · US the row's next cell · GS the table's end

In a table a cell that holds FS alone goes on from the cell to its left, FS FS from the cell above (merged cells).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.model import Span

PAGE = "\f"
HEADING = "\x1c"
TABLE_END = "\x1d"
ROW = "\x1e"
CELL = "\x1f"
LEFT = HEADING
ABOVE = HEADING * 2

_TABLE = re.compile(f"{ROW}[^{TABLE_END}]*(?:{TABLE_END}|\\Z)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DEEPEST = 6


class Merge(Enum):
    """Whether a cell is its own or goes on from a neighbour."""

    NONE = ""
    LEFT = LEFT
    ABOVE = ABOVE


@dataclass(frozen=True)
class Cell:
    """One place of a table's grid: where its text stands (white space included), and whose text it is."""

    span: Span
    merge: Merge = Merge.NONE


@dataclass(frozen=True)
class Table:
    """Rows of cells, and the stretch of text with all of the table's marks."""

    span: Span
    rows: tuple[tuple[Cell, ...], ...]


class Draft:
    """A document's text while a reader writes it down, block by block."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def page(self) -> None:
        """A page begins."""
        self._blocks.append(PAGE)

    def heading(self, text: str, level: int) -> None:
        """A heading, 1 the highest."""
        if text := clean(text).strip():
            self._blocks.append(HEADING * max(1, min(level, _DEEPEST)) + re.sub(r"\n\s*\n", "\n", text))

    def paragraph(self, text: str) -> None:
        """A paragraph, its line breaks kept."""
        if text := clean(text).strip():
            self._blocks.append(text)

    def item(self, text: str) -> None:
        """An item of a list."""
        self.paragraph(f"• {text.strip()}" if text.strip() else "")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table; LEFT and ABOVE stand for merged cells. One without words is left out."""
        if not any(cell.strip() for row in rows for cell in row):
            return
        lines = [ROW + f"\t{CELL}".join(cell if _merged(cell) else clean(cell).strip() for cell in row) for row in rows]
        self._blocks.append("\n".join(lines) + f"\n{TABLE_END}")

    def text(self) -> str:
        """Everything written, blocks parted by a blank line."""
        return "\n\n".join(self._blocks) + "\n" if self._blocks else ""


def _merged(cell: str) -> bool:
    return cell in (LEFT, ABOVE)


def clean(text: str) -> str:
    """The text without control characters, line ends as "\\n"."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def page_count(text: str) -> int | None:
    """How many pages the text has; None where it tells of none."""
    # A program that ends every page with the sign ends the text with one more.
    return text.rstrip().count(PAGE) + (not _begins_paged(text)) if PAGE in text else None


def page_of(text: str, offset: int) -> int | None:
    """The page, from 1, that the offset stands on; None where the text tells of none."""
    if PAGE not in text:
        return None
    return text.count(PAGE, 0, offset + 1) + (not _begins_paged(text))


def _begins_paged(text: str) -> bool:
    return text.startswith(PAGE)


def heading_level(text: str, start: int) -> int:
    """The level of the heading whose block begins at `start`, 0 where it is none."""
    level = 0
    while text.startswith(HEADING, start + level):
        level += 1
    return level


def tables(text: str) -> list[Table]:
    """The tables in order, with every cell's place."""
    return [Table(Span(match.start(), match.end()), _rows(text, match)) for match in _TABLE.finditer(text)]


def _rows(text: str, table: re.Match[str]) -> tuple[tuple[Cell, ...], ...]:
    end = table.end() - text.endswith(TABLE_END, table.start(), table.end())
    starts = [table.start() + found.start() for found in re.finditer(ROW, table.group())]
    return tuple(_cells(text, start + 1, stop) for start, stop in zip(starts, [*starts[1:], end], strict=True))


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    found = []
    at = start
    for piece in text[start:end].split(CELL):
        found.append(Cell(Span(at, at + len(piece)), _merge(piece)))
        at += len(piece) + 1
    return tuple(found)


def _merge(piece: str) -> Merge:
    return Merge(piece.strip("\t\n ")) if piece.strip("\t\n ") in (LEFT, ABOVE) else Merge.NONE


def parted(text: str, span: Span) -> list[Span]:
    """The pieces of the span between marks."""
    return [
        Span(span.start + found.start(), span.start + found.end())
        for found in re.finditer("[^\f\x1c-\x1f]+", text[span.start : span.end])
    ]


def without_tables(text: str) -> str:
    """The text with blank lines in place of its tables: every offset stays."""
    return _TABLE.sub(lambda match: "\n" + " " * (len(match.group()) - 2) + "\n", text)
