"""What stands on a PDF page: words with their boxes, and the straight lines drawn on it.

Coordinates are points from the page's upper left corner, y downwards, the page turned as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_THIN = 2.5  # a filled box this narrow is a drawn line
_SHORTEST_RULE = 4.0
_MOST_SEGMENTS = 5000


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True)
class Word:
    """Letters without a space among them. `height` is the line's height in its font, `base` the y they stand on."""

    text: str
    box: Box
    height: float
    base: float
    bold: bool


@dataclass(frozen=True)
class Rules:
    """Drawn lines: horizontal ones as (y, x0, x1), vertical ones as (x, y0, y1)."""

    horizontal: tuple[tuple[float, float, float], ...]
    vertical: tuple[tuple[float, float, float], ...]


class Frame:
    """From the file's coordinates to the shown page's."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = page.get_bbox()
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self._turn = page.get_rotation() % 360
        across, down = right - left, top - bottom
        self.width, self.height = (down, across) if self._turn in (90, 270) else (across, down)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box between two corners given in the file's coordinates."""
        (a, b), (c, d) = self._point(x0, y0), self._point(x1, y1)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y


def words(page: Any, frame: Frame) -> list[Word]:
    """The page's words in the order of its content."""
    import pypdfium2.raw as c

    textpage = page.get_textpage()
    raw = textpage.raw
    found: list[Word] = []
    letters: list[str] = []
    box: Box | None = None
    first = 0

    x, y = ctypes.c_double(), ctypes.c_double()

    def close() -> None:
        if box is not None and letters:
            bold = c.FPDFText_GetFontWeight(raw, first) >= 600
            c.FPDFText_GetCharOrigin(raw, first, ctypes.byref(x), ctypes.byref(y))
            base = frame.box(x.value, y.value, x.value, y.value).y1
            found.append(Word("".join(letters), box, box.y1 - box.y0, base, bold))
        letters.clear()

    for at, letter, own in _letters(c, raw, frame):
        if box is not None and letters and _apart(box, own, letters[-1]):
            close()
        if letter.isspace():
            close()
            continue
        if not letters:
            box, first = own, at
        elif box is not None:
            box = Box(min(box.x0, own.x0), min(box.y0, own.y0), max(box.x1, own.x1), max(box.y1, own.y1))
        letters.append(letter)
    close()
    textpage.close()
    return [
        word for word in found if 0 <= word.box.middle[0] <= frame.width and 0 <= word.box.middle[1] <= frame.height
    ]


def _letters(c: Any, raw: Any, frame: Frame) -> Iterator[tuple[int, str, Box]]:
    """Each letter with its place in the page and its box as high as its font."""
    rect = c.FS_RECTF()
    pointer = ctypes.byref(rect)
    pending = 0
    for at in range(c.FPDFText_CountChars(raw)):
        code = c.FPDFText_GetUnicode(raw, at)
        if 0xD800 <= code < 0xDC00:
            pending = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, pending = (0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0xFFFD), 0
        letter = "-" if code in (0x02, 0xFFFE) else chr(code)  # a hyphen that a line broke at
        if not c.FPDFText_GetLooseCharBox(raw, at, pointer):
            rect.left = rect.right = rect.top = rect.bottom = 0.0
        if letter >= " " or letter.isspace():
            yield at, letter, frame.box(rect.left, rect.bottom, rect.right, rect.top)


def _apart(box: Box, own: Box, last: str) -> bool:
    """Does the letter stand on another line, or far from the word so far?"""
    height = max(box.y1 - box.y0, 1.0)
    if own.x0 == own.x1 == own.y0 == own.y1 or last == "":
        return False
    middle = own.middle[1]
    return not box.y0 <= middle <= box.y1 or own.x0 - box.x1 > 0.6 * height or own.x1 < box.x0 - 0.6 * height


def rules(page: Any, frame: Frame) -> Rules:
    """The page's straight drawn lines: strokes and thin filled boxes. Edges of coloured areas are none: programs
    colour the background of words inside a cell, too."""
    import pypdfium2.raw as c

    horizontal: list[tuple[float, float, float]] = []
    vertical: list[tuple[float, float, float]] = []
    for path in page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=1):
        for box in _pieces(c, path, frame):
            wide, high = box.x1 - box.x0, box.y1 - box.y0
            if high <= _THIN and wide >= _SHORTEST_RULE:
                horizontal.append(((box.y0 + box.y1) / 2, box.x0, box.x1))
            elif wide <= _THIN and high >= _SHORTEST_RULE:
                vertical.append(((box.x0 + box.x1) / 2, box.y0, box.y1))
    return Rules(tuple(horizontal), tuple(vertical))


def _pieces(c: Any, path: Any, frame: Frame) -> Iterator[Box]:
    """The stroked path's straight segments; of a filled box the box itself, which is a line where it is thin."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path.raw, ctypes.byref(filled), ctypes.byref(stroked))
    if not filled.value and not stroked.value:
        return
    matrix = path.get_matrix()
    for shape in _shapes(c, path):
        points = [matrix.on_point(*point) for point in shape]
        sides = [frame.box(*one, *other) for one, other in pairwise(points)]
        if stroked.value:
            yield from sides
        elif 3 <= len(sides) <= 6:  # some programs close a box twice
            across, down = [x for x, _ in points], [y for _, y in points]
            yield frame.box(min(across), min(down), max(across), max(down))


def _shapes(c: Any, path: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each connected piece of the path; of a closed one the first again at the end."""
    x, y = ctypes.c_float(), ctypes.c_float()
    shape: list[tuple[float, float]] = []
    for at in range(min(c.FPDFPath_CountSegments(path.raw), _MOST_SEGMENTS)):
        segment = c.FPDFPath_GetPathSegment(path.raw, at)
        c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            yield shape
            shape = []
        shape.append((x.value, y.value))
        if c.FPDFPathSegment_GetClose(segment):
            shape.append(shape[0])
    yield shape
