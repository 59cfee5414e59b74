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
_FEW_SEGMENTS = 6  # one box; some programs close it twice


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
        return Box(*self.corners(x0, y0, x1, y1))

    def corners(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The same as left, top, right and bottom."""
        if self._turn == 0 and x0 <= x1 and y0 <= y1:
            return x0 - self._left, self._top - y1, x1 - self._left, self._top - y0
        (a, b), (c, d) = self._point(x0, y0), self._point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

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
    x0 = y0 = x1 = y1 = 0.0
    first = 0
    x, y = ctypes.c_double(), ctypes.c_double()

    def close() -> None:
        if letters:
            bold = c.FPDFText_GetFontWeight(raw, first) >= 600
            c.FPDFText_GetCharOrigin(raw, first, ctypes.byref(x), ctypes.byref(y))
            base = frame.box(x.value, y.value, x.value, y.value).y1
            found.append(Word("".join(letters), Box(x0, y0, x1, y1), y1 - y0, base, bold))
            letters.clear()

    for at, letter, left, top, right, bottom in _letters(c, raw, frame):
        if letter.isspace():
            close()
            continue
        if letters and right > left and bottom > top and _apart(x0, y0, x1, y1, left, top, right, bottom):
            close()
        if not letters:
            x0, y0, x1, y1, first = left, top, right, bottom, at
        else:
            x0, y0, x1, y1 = min(x0, left), min(y0, top), max(x1, right), max(y1, bottom)
        letters.append(letter)
    close()
    textpage.close()
    return [
        word for word in found if 0 <= word.box.middle[0] <= frame.width and 0 <= word.box.middle[1] <= frame.height
    ]


_Letter = tuple[int, str, float, float, float, float]


def _letters(c: Any, raw: Any, frame: Frame) -> Iterator[_Letter]:
    """Each letter: its place in the page, itself, and its box as high as its font. Run for every letter of a report:
    kept free of objects."""
    rect = c.FS_RECTF()
    pointer = ctypes.byref(rect)
    pending = 0
    for at in range(c.FPDFText_CountChars(raw)):
        code = c.FPDFText_GetUnicode(raw, at)
        if 0xD800 <= code < 0xE000:
            if code < 0xDC00:
                pending = code
                continue
            code, pending = (0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0xFFFD), 0
        letter = "-" if code in (0x02, 0xFFFE) else chr(code)  # a hyphen that a line broke at
        if letter < " " and not letter.isspace():
            continue
        if c.FPDFText_GetLooseCharBox(raw, at, pointer):
            yield at, letter, *frame.corners(rect.left, rect.bottom, rect.right, rect.top)
        else:
            yield at, letter, 0.0, 0.0, 0.0, 0.0


def _apart(x0: float, y0: float, x1: float, y1: float, left: float, top: float, right: float, bottom: float) -> bool:
    """Does the letter (the second box) stand on another line, or far from the word so far (the first)?"""
    far = 0.6 * max(y1 - y0, 1.0)
    return not y0 <= (top + bottom) / 2 <= y1 or left - x1 > far or right < x0 - far


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
    if not stroked.value and c.FPDFPath_CountSegments(path.raw) <= _FEW_SEGMENTS:
        left, bottom, right, top = path.get_bounds()
        yield frame.box(left, bottom, right, top)
        return
    matrix = path.get_matrix()
    for shape in _shapes(c, path):
        points = [matrix.on_point(*point) for point in shape]
        sides = [frame.box(*one, *other) for one, other in pairwise(points)]
        if stroked.value:
            yield from sides
        elif 3 <= len(sides) <= _FEW_SEGMENTS:
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
