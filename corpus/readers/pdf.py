"""PDF files with text: pages, headings, paragraphs in reading order, tables with their cells."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any

from corpus.marks import ABOVE, LEFT, Draft
from corpus.readers import flow
from corpus.readers.errors import UnreadableFile
from corpus.readers.flow import Paragraph, Piece
from corpus.readers.furniture import without_furniture
from corpus.readers.grid import Grid, grids
from corpus.readers.pdf_page import Frame, Word, rules, words

_MOST_PAGES = 5000
_NO_PAGES = re.compile(rb"/Count\s+0\b")
_FEWEST_LETTERS = 3  # a page, on average; scanned pages have none or a stamp's few
_ONE_AT_A_TIME = threading.Lock()  # the library under it is not thread-safe


def read(raw: bytes, name: str) -> str:
    """The text of all pages with its marks. Raises UnreadableFile with the reason: encrypted, no pages, no text."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(raw)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise UnreadableFile(f"PDF {name} on suojattu salasanalla. Tallenna se ilman salasanaa.") from error
            if _NO_PAGES.search(raw):  # the library calls it damaged
                raise _no_pages(name) from error
            raise UnreadableFile(f"PDF {name} on vioittunut. Tallenna tai lataa se uudelleen.") from error
        try:
            return _read(document, name)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(f"PDF {name} on vioittunut. Tallenna tai lataa se uudelleen.") from error
        finally:
            document.close()


def _no_pages(name: str) -> UnreadableFile:
    return UnreadableFile(f"PDF-tiedostossa {name} ei ole sivuja. Tallenna se uudelleen.")


def _read(document: Any, name: str) -> str:
    if len(document) == 0:
        raise _no_pages(name)
    if len(document) > _MOST_PAGES:
        raise UnreadableFile(f"PDF-tiedostossa {name} on yli {_MOST_PAGES} sivua. Jaa se osiin.")
    pages: list[list[Piece]] = []
    heights: list[float] = []
    for at in range(len(document)):
        page = document[at]
        frame = Frame(page)
        pages.append(_pieces(page, frame))
        heights.append(frame.height)
        page.close()
    if sum(len(piece.text) + len(piece.rows) for page in pages for piece in page) < _FEWEST_LETTERS * len(pages):
        raise UnreadableFile(
            f"PDF-tiedostossa {name} ei ole tekstiä, vain kuvia. Aja se ensin tekstintunnistuksen (OCR) läpi."
        )
    return _written(without_furniture(pages, heights))


def _pieces(page: Any, frame: Frame) -> list[Piece]:
    """Lines and tables of one page."""
    every = words(page, frame)
    drawn = grids(rules(page, frame)) if every else []
    found: list[Piece] = []
    for grid in drawn:
        inside = [word for word in every if grid.place(*word.box.middle) is not None]
        rows = _cells(grid, inside)
        if sum(bool(cell.strip()) for row in rows for cell in row) >= 2:
            found.append(Piece(grid.box, "", 0.0, grid.ys[0], False, rows))
            taken = set(map(id, inside))
            every = [word for word in every if id(word) not in taken]
    return [*found, *flow.lines_of(every)]


def _cells(grid: Grid, inside: Sequence[Word]) -> tuple[tuple[str, ...], ...]:
    held: dict[tuple[int, int], list[Word]] = {}
    for word in inside:
        place = grid.place(*word.box.middle)
        if place is not None:
            held.setdefault(place, []).append(word)
    # Double lines and frames make rows and columns that no cell with words begins in.
    rows = sorted({row for row, _ in held})
    columns = sorted({column for _, column in held})
    owners = [[grid.owner[row][column] for column in columns] for row in rows]
    return tuple(tuple(_shown(held, owners, row, column) for column in range(len(columns))) for row in range(len(rows)))


def _shown(held: dict[tuple[int, int], list[Word]], owners: list[list[tuple[int, int]]], row: int, column: int) -> str:
    owner = owners[row][column]
    if column and owners[row][column - 1] == owner:
        return LEFT
    if row and owners[row - 1][column] == owner:
        return ABOVE
    return _cell_text(held.get(owner, []))


def _cell_text(held: Sequence[Word]) -> str:
    """The cell's lines."""
    pieces = flow.lines_of(held)
    return "\n".join(line for paragraph in flow.paragraphs(pieces) for line in paragraph.lines).replace("\t", " ")


def _written(pages: Sequence[Sequence[Piece]]) -> str:
    body = flow.body_height(pages)
    read = [[p for column in flow.in_reading_order(page) for p in flow.paragraphs(column)] for page in pages]
    large = sorted({round(p.height) for page in read for p in page if _is_large(p, body)}, reverse=True)[:4]
    draft = Draft()
    for page in read:
        draft.page()
        for paragraph in page:
            _write(draft, paragraph, flow.heading_level(paragraph, body, large))
    return draft.text()


def _is_large(paragraph: Paragraph, body: float) -> bool:
    return not paragraph.rows and paragraph.height > 1.08 * body


def _write(draft: Draft, paragraph: Paragraph, level: int) -> None:
    if paragraph.rows:
        draft.table(paragraph.rows)
    elif level:
        draft.heading("\n".join(paragraph.lines), level)
    else:
        draft.paragraph("\n".join(paragraph.lines))
