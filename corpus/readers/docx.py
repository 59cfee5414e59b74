"""Word files: headings by their style, paragraphs, list items, tables with merged cells. Headers and footers are left
out: they are not in the body."""

from __future__ import annotations

import io
import re
from typing import Any

from corpus.marks import ABOVE, LEFT, Draft
from corpus.readers.errors import UnreadableFile
from corpus.readers.package import members

_HEADING = re.compile(r"(?:heading|otsikko|rubrik)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|pääotsikko|otsikko|rubrik)$", re.IGNORECASE)
_LONGEST_HEADING = 90
_UNMARKED_LEVEL = 6


def read(raw: bytes, name: str) -> str:
    """The body's text with its marks. Raises UnreadableFile for what is no Word file."""
    import docx
    from docx.table import Table

    if "word/document.xml" not in members(raw, name):
        raise UnreadableFile(f"Tiedosto {name} ei ole Word-asiakirja. Tarkista tiedoston pääte.")
    try:
        document = docx.Document(io.BytesIO(raw))
        draft = Draft()
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                draft.table(_rows(block))
            else:
                _paragraph(draft, block)
        return draft.text()
    except Exception as error:  # the library says "damaged" in many ways
        raise UnreadableFile(f"Word-asiakirjaa {name} ei voitu lukea. Tallenna se uudelleen.") from error


def _paragraph(draft: Draft, paragraph: Any) -> None:
    text = paragraph.text
    level = _level(paragraph, text)
    if level:
        draft.heading(text, level)
    elif _listed(paragraph):
        draft.item(text)
    else:
        draft.paragraph(text)


def _level(paragraph: Any, text: str) -> int:
    """The heading's level by its style; a short bold line of its own is the lowest."""
    style = paragraph.style.name if paragraph.style is not None else ""
    if match := _HEADING.match(style or ""):
        return int(match[1])
    if _TITLE.match(style or ""):
        return 1
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    return _UNMARKED_LEVEL if bold and len(text) <= _LONGEST_HEADING and text.strip()[-1:] not in ".:;,!?" else 0


def _listed(paragraph: Any) -> bool:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    properties = paragraph._p.pPr
    return style.startswith("List") or (properties is not None and properties.numPr is not None)


def _rows(table: Any) -> list[list[str]]:
    """The grid; a cell that the library gives again is a merged one."""
    found: list[list[str]] = []
    before: list[Any] = []
    for row in table.rows:
        elements = [cell._tc for cell in row.cells]
        line = []
        for at, cell in enumerate(row.cells):
            if at and elements[at - 1] is cell._tc:
                line.append(LEFT)
            elif at < len(before) and before[at] is cell._tc:
                line.append(ABOVE)
            else:
                line.append(_cell_text(cell))
        found.append(line)
        before = elements
    return found


def _cell_text(cell: Any) -> str:
    """Paragraphs line by line; a table inside the cell is read as its text."""
    parts = []
    for block in cell.iter_inner_content():
        if hasattr(block, "rows"):
            inner = [text for row in _rows(block) for text in row if text not in (LEFT, ABOVE)]
            parts.append("\n".join(inner))
        else:
            parts.append(block.text)
    return "\n".join(part for part in parts if part.strip())
