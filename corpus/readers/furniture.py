"""Running headers, footers and page numbers: what stands in the margin of page after page.

A header's words are kept where they stand first: they are often the only place that says what the document is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.readers.flow import Piece

_MARGIN = 0.08
_FEWEST_PAGES = 3
_PAGE_NUMBER = re.compile(r"\W*(?:sivu\s*)?\d{1,4}(?:\s*(?:/|\()\s*\d{1,4}\)?)?\W*", re.IGNORECASE)


def without_furniture(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[list[Piece]]:
    """The pages' pieces less those that repeat in the upper or lower margin, figures aside, and page numbers there.

    A line repeats when it stands in the same place on at least three pages: a chapter's own header repeats on the
    chapter's pages only.
    """
    seen = Counter(
        key
        for pieces, height in zip(pages, heights, strict=True)
        for key in {_key(piece, height) for piece in pieces if _edge(piece, height)}
    )
    repeated = {key for key, count in seen.items() if count >= _FEWEST_PAGES}
    kept: list[list[Piece]] = []
    told: set[str] = set()
    for pieces, height in zip(pages, heights, strict=True):
        page = []
        for piece in pieces:
            if _edge(piece, height) and _key(piece, height) in repeated:
                words = _key(piece, height)[0]
                if words in told or not re.search(r"[^\W\d_]{4}", words):
                    continue
                told.add(words)
            elif len(pages) > 1 and _page_number(piece, height):
                continue
            page.append(piece)
        kept.append(page)
    return kept


def _page_number(piece: Piece, height: float) -> bool:
    return _edge(piece, height) and _PAGE_NUMBER.fullmatch(piece.text) is not None


def _edge(piece: Piece, height: float) -> bool:
    middle = piece.box.middle[1]
    return not piece.rows and (middle < _MARGIN * height or middle > (1 - _MARGIN) * height)


def _key(piece: Piece, height: float) -> tuple[str, int]:
    """The words with every figure alike, and the height of the place on the page."""
    return re.sub(r"\d+", "#", piece.text), round(40 * piece.box.middle[1] / height)
