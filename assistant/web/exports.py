"""Goal rows as files for a spreadsheet. Text of documents stays text: no cell becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from index.goal_table import GoalRow

_FORMULA = re.compile(r"[=@\t\r]|[+\-](?!\s?\d)")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # signs that a workbook cannot hold
COLUMNS = {
    "municipality": "Kunta",
    "organisation": "Julkaisija",
    "title": "Asiakirja",
    "period": "Kausi",
    "unit": "Yksikkö",
    "focus_area": "Painopiste",
    "goal": "Tavoite",
    "initiative": "Teko tai kärkihanke",
    "action": "Toimenpide",
    "indicator": "Mittari",
    "baseline": "Lähtötaso",
    "target": "Tavoitetaso",
    "progress": "Tilanne",
    "partial_goals": "Osatavoitteet",
    "responsible": "Vastuu",
    "deadline": "Aikataulu",
    "notes": "Huomautukset",
    "document": "Asiakirjan tunnus",
}


def goals_csv(rows: Iterable[GoalRow]) -> bytes:
    """Semicolons and a byte order mark: what a Finnish Excel opens by double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS.values())
    for row in rows:
        # Excel takes a cell that begins like a formula for one, even in CSV; the apostrophe says that it is text.
        writer.writerow("'" + cell if _FORMULA.match(cell) else cell for cell in _cells(row))
    return out.getvalue().encode("utf-8-sig")


def goals_xlsx(rows: Iterable[GoalRow]) -> bytes:
    """A workbook of one sheet with the headings frozen and filters on."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Tavoitteet"
    sheet.append(list(COLUMNS.values()))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(_cells(row), 1):
            cell = sheet.cell(number, column, _UNFIT.sub("", text)[:32_000])
            cell.data_type = "s"  # openpyxl makes a formula of a text that begins with "="
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter in (cell.column_letter for cell in sheet[1]):
        sheet.column_dimensions[letter].width = 28
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(row: GoalRow) -> list[str]:
    record = row.as_dict()
    return [_text(record[name]) for name in COLUMNS]


def _text(value: str | Sequence[str] | None) -> str:
    return value or "" if isinstance(value, str | None) else "\n".join(value)
