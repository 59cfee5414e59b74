"""Excel workbooks: each sheet a heading, each stretch of rows without an empty row a table."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from corpus.marks import ABOVE, LEFT, Draft
from corpus.readers.errors import UnreadableFile
from corpus.readers.package import members

_MOST_CELLS = 500_000


def read(raw: bytes, name: str) -> str:
    """The sheets' text with its marks, values as a reader of Finnish sees them. Raises UnreadableFile."""
    import openpyxl

    if "xl/workbook.xml" not in members(raw, name):
        raise UnreadableFile(f"Tiedosto {name} ei ole Excel-työkirja. Tarkista tiedoston pääte.")
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    except Exception as error:  # the library says "damaged" in many ways
        raise UnreadableFile(f"Excel-työkirjaa {name} ei voitu lukea. Tallenna se uudelleen.") from error
    draft = Draft()
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise UnreadableFile(f"Työkirjan {name} taulukko {sheet.title} on liian suuri. Jaa se osiin.")
        rows = _rows(sheet)
        if any(text.strip() for row in rows for text in row):
            draft.heading(sheet.title, 1)
            _tables(draft, rows)
    return draft.text()


def _tables(draft: Draft, rows: list[list[str]]) -> None:
    """Stretches between empty rows; the lines above a table that hold one cell are its headings."""
    stretch: list[list[str]] = []
    for row in [*rows, []]:
        if any(text.strip() for text in row):
            stretch.append(row)
            continue
        while stretch and sum(bool(text.strip()) for text in stretch[0]) == 1:
            draft.heading(next(text for text in stretch.pop(0) if text.strip()), 2)
        if stretch:
            draft.table(_narrowed(stretch))
        stretch = []


def _narrowed(rows: list[list[str]]) -> list[list[str]]:
    """The rows without columns that hold nothing."""
    used = [at for at in range(len(rows[0])) if any(row[at].strip() or row[at] for row in rows)]
    return [[row[at] for at in used] for row in rows]


def _rows(sheet: Any) -> list[list[str]]:
    merged: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        for row, column in ((r, c) for r in range(area.min_row, area.max_row + 1) for c in _columns(area)):
            if (row, column) != (area.min_row, area.min_col):
                merged[row, column] = LEFT if column > area.min_col else ABOVE
    return [[merged.get((cell.row, cell.column)) or _shown(cell) for cell in row] for row in sheet.iter_rows()]


def _columns(area: Any) -> range:
    return range(area.min_col, area.max_col + 1)


def _shown(cell: Any) -> str:
    """A value as Finnish Excel shows it: 0.25 formatted as a percentage -> "25 %", 4.5 -> "4,5"."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "tosi" if value else "epätosi"
    if isinstance(value, datetime | date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value)


def _number(value: float, layout: str) -> str:
    plain = layout.split(";")[0]
    decimals = len(plain.split(".", 1)[1].rstrip("%_) ").strip('"')) if "." in plain else 0
    if "%" in plain:
        return f"{value * 100:.{decimals}f}".replace(".", ",") + " %"
    if "." in plain and set(plain) <= set("#,0. "):
        return f"{value:.{decimals}f}".replace(".", ",")
    return f"{value:.10g}".replace(".", ",") if abs(value) < 1e10 else f"{value:.0f}"
