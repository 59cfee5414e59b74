"""Reading order: words to lines, lines to columns and paragraphs, big or bold lines to headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeVar

from corpus.readers.pdf_page import Box, Word

_COLUMN_LETTERS = 18  # a column of prose has lines of at least this many letters; shorter ones are a table's figures
_COLUMN_LINES = 4
_LONGEST_HEADING = 120
BULLETS = "•▪●■→\uf0b7\uf0a7"  # the last two: Word's bullets in its own fonts


@dataclass(frozen=True)
class Piece:
    """Words that follow one another on a line, or a whole table (`rows`) that takes its place among the lines."""

    box: Box
    text: str
    height: float
    base: float
    bold: bool
    rows: tuple[tuple[str, ...], ...] = ()


def lines_of(words: Sequence[Word]) -> list[Piece]:
    """Words to pieces of lines, parted where more than a wide space lies between; from the top down."""
    found = []
    for row in _rows(words):
        start = 0
        for at in range(1, len(row) + 1):
            if at == len(row) or (_far(row[at - 1], row[at]) and row[start].text not in BULLETS):
                found.append(_piece(row[start:at]))
                start = at
    return found


def _far(one: Word, other: Word) -> bool:
    return other.box.x0 - one.box.x1 > 1.2 * other.height


_Placed = TypeVar("_Placed", Word, Piece)


def _rows(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """What stands on one line, from the left, line after line; a raised figure stands a little higher."""
    rows: list[list[_Placed]] = []
    for one in sorted(placed, key=lambda one: (one.base, one.box.x0)):
        row = next((row for row in reversed(rows[-3:]) if _same_line(row[-1], one)), None)
        if row is None:
            rows.append([one])
        else:
            row.append(one)
    return [sorted(row, key=lambda one: one.box.x0) for row in rows]


def _same_line(one: Word | Piece, other: Word | Piece) -> bool:
    return abs(one.base - other.base) < 0.35 * min(one.height, other.height)


def _piece(words: Sequence[Word]) -> Piece:
    text = words[0].text
    for before, word in pairwise(words):
        # Letters of one word that the file places one by one stand closer than a space.
        text += word.text if word.box.x0 - before.box.x1 < 0.08 * word.height else f" {word.text}"
    longest = max(words, key=lambda word: len(word.text))  # a bullet's own font may be higher than the line
    box = Box(words[0].box.x0, longest.box.y0, words[-1].box.x1, longest.box.y1)
    return Piece(box, text, longest.height, longest.base, all(word.bold for word in words))


def in_reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces as columns to read one after another; a piece that crosses both columns parts what is above it."""
    gutter = _gutter(pieces)
    ordered = [piece for row in _rows(pieces) for piece in row]
    if gutter is None:
        return [ordered] if ordered else []
    found: list[list[Piece]] = []
    band: list[Piece] = []
    for piece in [*ordered, None]:
        if piece is not None and not piece.box.x0 < gutter - 2 < gutter + 2 < piece.box.x1:
            band.append(piece)
            continue
        for side in ([p for p in band if p.box.middle[0] < gutter], [p for p in band if p.box.middle[0] >= gutter]):
            found += in_reading_order(side)
        band = []
        if piece is not None:
            found.append([piece])
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The x of the white strip between two columns of prose; None where the page has one column."""
    if len(pieces) < 2 * _COLUMN_LINES:
        return None
    left, right = min(piece.box.x0 for piece in pieces), max(piece.box.x1 for piece in pieces)
    best: tuple[int, float] | None = None
    for start in sorted({round(piece.box.x0, 0) for piece in pieces}):
        x = start - 3
        if not left + 0.15 * (right - left) < x < right - 0.15 * (right - left):
            continue
        before = [piece for piece in pieces if piece.box.x1 <= x]
        after = [piece for piece in pieces if piece.box.x0 >= x]
        crossing = len(pieces) - len(before) - len(after)
        if not (_prose(before) and _prose(after) and _side_by_side(before, after)):
            continue
        score = min(len(before), len(after)) - 2 * crossing
        if score > 0 and (best is None or score > best[0]):
            best = (score, x)
    return best[1] if best else None


def _prose(side: Sequence[Piece]) -> bool:
    texts = [len(piece.text) for piece in side if not piece.rows]
    return len(texts) >= _COLUMN_LINES and median(texts) >= _COLUMN_LETTERS


def _side_by_side(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    top = max(min(piece.box.y0 for piece in before), min(piece.box.y0 for piece in after))
    bottom = min(max(piece.box.y1 for piece in before), max(piece.box.y1 for piece in after))
    return bottom - top > 3 * median(piece.height for piece in before)


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; `height` and `bold` are its first line's."""

    lines: tuple[str, ...]
    height: float
    bold: bool
    rows: tuple[tuple[str, ...], ...] = ()


def paragraphs(column: Sequence[Piece]) -> list[Paragraph]:
    """The column's lines gathered: a wider gap, another size or weight and a table end a paragraph."""
    rows = [_joined(row) for row in _rows(column)]
    gaps = [below.box.y0 - above.box.y1 for above, below in pairwise(rows) if not (above.rows or below.rows)]
    usual = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    found: list[list[Piece]] = []
    for row in rows:
        if found and _continues(found[-1][-1], row, usual):
            found[-1].append(row)
        else:
            found.append([row])
    return [
        Paragraph(tuple(row.text for row in group), group[0].height, group[0].bold, group[0].rows) for group in found
    ]


def _joined(row: Sequence[Piece]) -> Piece:
    """The pieces of one line put together again."""
    first, last = row[0], row[-1]
    if first is last:
        return first
    box = Box(first.box.x0, min(p.box.y0 for p in row), last.box.x1, max(p.box.y1 for p in row))
    bold = all(piece.bold for piece in row)
    return Piece(box, "\t".join(piece.text for piece in row), first.height, first.base, bold)


def _continues(above: Piece, below: Piece, usual: float) -> bool:
    if above.rows or below.rows or below.text[0] in BULLETS:
        return False
    gap = below.box.y0 - above.box.y1
    same = abs(above.height - below.height) < 0.08 * above.height and above.bold == below.bold
    return same and gap < usual + 0.3 * below.height


def body_height(pages: Sequence[Sequence[Piece]]) -> float:
    """The height of the line that most letters stand on."""
    heights: Counter[float] = Counter()
    for pieces in pages:
        for piece in pieces:
            heights[round(piece.height, 1)] += len(piece.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def heading_level(paragraph: Paragraph, body: float, heights: Sequence[float]) -> int:
    """The heading's level by its height among the document's heading heights; 0 for body text.

    A short bold line is the lowest level, one in another font than the body's (its lines are of another height) the
    one above; a line that ends like a sentence is none.
    """
    text = " ".join(paragraph.lines)
    if paragraph.rows or len(text) > _LONGEST_HEADING or not any(letter.isalpha() for letter in text):
        return 0
    if paragraph.height > 1.08 * body:
        return 1 + sum(height > 1.04 * paragraph.height for height in heights)
    if not paragraph.bold or len(paragraph.lines) > 1 or "\t" in text or text[-1] in ".:;,!?":
        return 0
    return len(heights) + (1 if abs(paragraph.height - body) > 0.02 * body else 2)
