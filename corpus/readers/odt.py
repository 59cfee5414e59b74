"""OpenDocument texts, read from the package's content.xml."""

from __future__ import annotations

from typing import Any

from corpus.marks import ABOVE, LEFT, Draft
from corpus.readers.errors import UnreadableFile
from corpus.readers.package import member, members

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LEFT_OUT = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}sequence-decls"}
_MOST_REPEATED = 100


def read(raw: bytes, name: str) -> str:
    """The text with its marks. Raises UnreadableFile for what is no OpenDocument text."""
    from lxml import etree

    if "content.xml" not in members(raw, name):
        raise UnreadableFile(f"Tiedosto {name} ei ole ODT-asiakirja. Tarkista tiedoston pääte.")
    if b"<manifest:encryption-data" in member(raw, "META-INF/manifest.xml"):
        raise UnreadableFile(f"Tiedosto {name} on suojattu salasanalla. Tallenna se ilman salasanaa.")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(member(raw, "content.xml"), parser)
    except etree.LxmlError as error:
        raise UnreadableFile(f"ODT-asiakirjaa {name} ei voitu lukea. Tallenna se uudelleen.") from error
    body = root.find(f".//{_OFFICE}text")
    if body is None:
        raise UnreadableFile(f"Tiedosto {name} ei ole tekstiasiakirja. Tallenna se ODT-muodossa.")
    draft = Draft()
    _blocks(draft, body, listed=False)
    return draft.text()


def _blocks(draft: Draft, parent: Any, *, listed: bool) -> None:
    for element in parent:
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
            continue
        if element.tag == f"{_TEXT}h":
            draft.heading(_said(element), int(element.get(f"{_TEXT}outline-level") or 1))
        elif element.tag == f"{_TEXT}p":
            (draft.item if listed else draft.paragraph)(_said(element))
        elif element.tag == f"{_TABLE}table":
            draft.table(_rows(element))
        else:  # sections, lists and their items, frames
            _blocks(draft, element, listed=listed or element.tag == f"{_TEXT}list-item")


def _said(element: Any) -> str:
    """A paragraph's words; ODF writes runs of spaces, tabs and line breaks as elements."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            if child.tag == f"{_TEXT}s":
                parts.append(" " * min(int(child.get(f"{_TEXT}c") or 1), _MOST_REPEATED))
            elif child.tag == f"{_TEXT}tab":
                parts.append("\t")
            elif child.tag == f"{_TEXT}line-break":
                parts.append("\n")
            else:
                parts.append(_said(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _rows(table: Any) -> list[list[str]]:
    found: list[list[str]] = []
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")) is not table:
            continue  # of a table inside a cell: its words are the cell's
        repeated = min(int(row.get(f"{_TABLE}number-rows-repeated") or 1), _MOST_REPEATED)
        line = _row(row)
        found += [line] * (repeated if any(text.strip() for text in line) else 1)
    return found


def _row(row: Any) -> list[str]:
    line: list[str] = []
    across = 0  # covered places that are still the cell to the left
    for cell in row:
        repeated = min(int(cell.get(f"{_TABLE}number-columns-repeated") or 1), _MOST_REPEATED)
        if cell.tag == f"{_TABLE}table-cell":
            line += ["\n".join(filter(None, map(_said, cell.iter(f"{_TEXT}p", f"{_TEXT}h"))))] * repeated
            across = int(cell.get(f"{_TABLE}number-columns-spanned") or 1) - 1
        elif cell.tag == f"{_TABLE}covered-table-cell":
            for _ in range(repeated):
                line.append(LEFT if across > 0 else ABOVE)
                across -= 1
    return line
