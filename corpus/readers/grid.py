"""Tables from the lines drawn around their cells.

Lines that touch make one table. Where a line between two places of the grid is missing, the two are one merged cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.pdf_page import Box, Rules

_NEAR = 3.0  # points between lines that are meant to be one, or to touch
Line = tuple[float, float, float]  # where it lies, from, to


@dataclass(frozen=True)
class Grid:
    """A table's outline: borders of columns and rows, and for each place the first place (row, column) of its cell."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def box(self) -> Box:
        """The table's outer border."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The first place of the cell that holds the point; None outside the table."""
        row, column = _between(self.ys, y), _between(self.xs, x)
        return None if row is None or column is None else self.owner[row][column]


def _between(borders: Sequence[float], value: float) -> int | None:
    if not borders[0] - 1 <= value <= borders[-1] + 1:
        return None
    return next((at for at in range(len(borders) - 1) if value <= borders[at + 1]), len(borders) - 2)


def grids(rules: Rules) -> list[Grid]:
    """Every drawn table of at least two columns, from the top down."""
    horizontal, vertical = _joined(rules.horizontal), _joined(rules.vertical)
    found = []
    for across, down in _touching(horizontal, vertical):
        grid = _grid(across, down)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Pieces of one line put together: same place, ends that meet."""
    found: list[Line] = []
    for at, start, end in sorted(lines):
        for index in range(len(found) - 1, max(-1, len(found) - 60), -1):
            other, other_start, other_end = found[index]
            if at - other > _NEAR:
                continue
            if start <= other_end + _NEAR and end >= other_start - _NEAR:
                found[index] = (other, min(start, other_start), max(end, other_end))
                break
        else:
            found.append((at, start, end))
    return found


def _touching(horizontal: list[Line], vertical: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Groups of lines that cross or meet one another."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for h, (y, x0, x1) in enumerate(horizontal):
        for v, (x, y0, y1) in enumerate(vertical):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                parent[root(h)] = root(len(horizontal) + v)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for h, line in enumerate(horizontal):
        groups.setdefault(root(h), ([], []))[0].append(line)
    for v, line in enumerate(vertical):
        groups.setdefault(root(len(horizontal) + v), ([], []))[1].append(line)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _grid(horizontal: list[Line], vertical: list[Line]) -> Grid | None:
    xs = _borders([x for x, _, _ in vertical], [end for _, a, b in horizontal for end in (a, b)])
    ys = _borders([y for y, _, _ in horizontal], [end for _, a, b in vertical for end in (a, b)])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > 20_000:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[(row, column) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        for column in range(columns):
            middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _drawn(vertical, xs[column], middle_y):
                owner[row][column] = owner[row][column - 1]
            elif row and not _drawn(horizontal, ys[row], middle_x):
                owner[row][column] = owner[row - 1][column]
    return Grid(tuple(xs), tuple(ys), tuple(tuple(line) for line in owner))


def _borders(drawn: list[float], ends: list[float]) -> list[float]:
    """Places of the borders; where the outermost line is not drawn the others' ends make it."""
    found: list[float] = []
    for value in sorted(drawn):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    if found and ends:
        if found[0] - min(ends) > 3 * _NEAR:
            found.insert(0, min(ends))
        if max(ends) - found[-1] > 3 * _NEAR:
            found.append(max(ends))
    return found


def _drawn(lines: Iterable[Line], at: float, along: float) -> bool:
    return any(abs(place - at) <= _NEAR and start - 1 <= along <= end + 1 for place, start, end in lines)
