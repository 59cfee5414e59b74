"""Web pages: headings, paragraphs, list items and tables of the page's content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from corpus.marks import ABOVE, LEFT, Draft
from corpus.model import fold
from corpus.readers.errors import UnreadableFile
from corpus.readers.plain import decode

# What stands around a page's content, or is not shown.
_LEFT_OUT = {"script", "style", "nav", "header", "footer", "aside", "template", "noscript", "form", "svg", "head"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
}  # fmt: skip
_WIDEST = 200


def read(raw: bytes, name: str) -> str:
    """The page's text with its marks. Raises UnreadableFile where there is no page."""
    return read_page(decode(raw, declared=True), name)


def read_page(source: str, name: str) -> str:
    """The same of a page that is decoded already."""
    from lxml import etree, html

    source = re.sub(r"^\s*<\?xml[^>]*>", "", source.replace("\x00", ""))
    try:
        root = html.document_fromstring(source, parser=html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(f"Verkkosivua {name} ei voitu lukea. Tallenna sivu uudelleen.") from error
    walk = _Walk()
    title = root.findtext(".//title") or ""
    if root.find(".//h1") is None and title.strip():
        walk.draft.heading(fold(title), 1)
    body = root.find("body")
    walk.block(root if body is None else body)
    walk.flush()
    return walk.draft.text()


class _Walk:
    """Goes through the page in order; text gathers until a block begins or ends."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._gathered: list[str] = []
        self._item = False

    def flush(self) -> None:
        """Write down what was gathered as a paragraph or list item."""
        said = _lines("".join(self._gathered))
        self._gathered.clear()
        (self.draft.item if self._item else self.draft.paragraph)(said)
        self._item = self._item and not said

    def block(self, element: Any) -> None:
        """An element and what follows inside it."""
        self._gathered.append(_flat(element.text))
        for child in element:
            if isinstance(child.tag, str):
                self._child(child)
            self._gathered.append(_flat(child.tail))

    def _child(self, child: Any) -> None:
        tag = child.tag
        if tag in _LEFT_OUT or child.get("hidden") is not None or child.get("aria-hidden") == "true":
            return
        if tag == "br":
            self._gathered.append("\n")
        elif tag in _INLINE:
            self.block(child)
        elif re.fullmatch("h[1-6]", tag):
            self.flush()
            self.draft.heading(fold(child.text_content()), int(tag[1]))
        elif tag == "table" and not child.findall(".//table"):
            self.flush()
            self._table(child)
        else:
            self.flush()
            self._item = self._item or tag == "li"
            self.block(child)
            self.flush()
            self._item = self._item and tag != "li"

    def _table(self, table: Any) -> None:
        caption = table.find("caption")
        if caption is not None:
            self.draft.paragraph(fold(caption.text_content()))
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        self.draft.table(_grid([[(_cell_text(c), _span(c, "rowspan"), _span(c, "colspan")) for c in r] for r in rows]))


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _cell_text(cell: Any) -> str:
    parts: list[str] = []

    def gather(element: Any) -> None:
        parts.append(_flat(element.text))
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                inline = child.tag in _INLINE
                parts.append("" if inline else "\n")
                gather(child)
                parts.append("" if inline or child.tag == "br" else "\n")
            parts.append(_flat(child.tail))

    gather(cell)
    return re.sub(r"\n\s*\n+", "\n", _lines("".join(parts)))


def _span(cell: Any, name: str) -> int:
    value = re.match(r"\s*(\d{1,4})", cell.get(name) or "1")
    return max(1, min(int(value[1]) if value else 1, _WIDEST))


def _grid(rows: Sequence[Sequence[tuple[str, int, int]]]) -> list[list[str]]:
    """Cells of (text, rows, columns) laid into a grid; merged places say which neighbour they go on from."""
    placed: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (at, column) in placed:
                column += 1
            for y in range(at, min(at + down, len(rows))):
                for x in range(column, min(column + across, _WIDEST)):
                    first = (y, x) == (at, column)
                    placed[y, x] = text if first else (LEFT if x > column else ABOVE)
            column += across
    width = max((x for _, x in placed), default=-1) + 1
    return [[placed.get((y, x), "") for x in range(width)] for y in range(len(rows))]
