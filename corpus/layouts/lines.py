"""Lines and paragraphs of a text with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Field, Span


@dataclass(frozen=True)
class Line:
    """One line without its line break; offsets are the document's."""

    text: str
    start: int
    end: int

    @property
    def blank(self) -> bool:
        """Nothing but white space."""
        return not self.text.strip()

    @property
    def empty(self) -> bool:
        """Not even a space: in text taken out of PDF tables the sign of a cell's end."""
        return not self.text


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `text[start:end]`, in order."""
    found = []
    at = start
    for piece in text[start : len(text) if end is None else end].split("\n"):
        found.append(Line(piece, at, at + len(piece)))
        at += len(piece) + 1
    return found


def cells(text: str, start: int, end: int, *, at_empty_only: bool) -> list[Span]:
    """Stretches of `text[start:end]` between blank lines.

    With `at_empty_only` a line that holds a space does not part them: PDF extraction writes "" between cells and
    " " between the paragraphs of one cell.
    """
    found: list[Span] = []
    begin: int | None = None
    last = start
    for line in lines(text, start, end):
        parting = line.empty if at_empty_only else line.blank
        if parting:
            if begin is not None:
                found.append(Span(begin, last))
            begin = None
        elif not line.blank or begin is not None:
            begin = line.start if begin is None else begin
            last = line.end if not line.blank else last
    if begin is not None:
        found.append(Span(begin, last))
    return [span for span in found if text[span.start : span.end].strip()]


def paragraphs(text: str, start: int, end: int) -> Iterator[Field]:
    """The fields between blank lines of `text[start:end]`."""
    for span in cells(text, start, end, at_empty_only=False):
        yield Field.cut(text, span.start, span.end)


def width(text: str, span: Span) -> int:
    """The longest line of the stretch: columns of a table wrap at their own width."""
    return max(len(line.rstrip()) for line in text[span.start : span.end].split("\n"))
