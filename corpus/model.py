"""What a document is made of: text with places, sections, goal rows and blocks of other text.

Offsets are characters of the document's text as stored. A Field's text is for reading and searching (white space
folded); only its spans are ever quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, order=True)
class Span:
    """Half-open range of characters [start, end) in a document's text."""

    start: int
    end: int


def fold(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass(frozen=True)
class Field:
    """A cell or sentence of a document: its words as written (white space folded) and where they stand.

    Several spans where the parts lie apart in the text. An empty field has no span: the document is silent.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Field:
        """The field that `text[start:end]` holds, without the white space around it."""
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return cls(fold(text[start:end]), (Span(start, end),)) if start < end else cls()


EMPTY = Field()


@dataclass(frozen=True)
class Facts:
    """What is known of a document from its manifest entry; None where the document does not say."""

    id: str
    title: str
    publisher: str | None = None
    municipality: str | None = None
    unit: str | None = None
    period: str | None = None
    kind: str | None = None
    file: str = ""
    sha256: str = ""

    def years(self) -> frozenset[int]:
        """Every year of the period, ends included: "2026–2029" -> {2026, 2027, 2028, 2029}, "Q1/2023" -> {2023}."""
        found = [int(year) for year in YEAR.findall(self.period or "")]
        return frozenset(range(min(found), max(found) + 1)) if found else frozenset()


@dataclass(frozen=True)
class Document:
    """A document as stored: its facts and its text, character for character."""

    facts: Facts
    text: str

    def quote(self, spans: tuple[Span, ...]) -> str:
        """The words at the spans exactly as the document has them, joined by " … "."""
        return " … ".join(self.text[span.start : span.end] for span in spans)


@dataclass(frozen=True)
class Goal:
    """One indicator's row; each field is empty where the document is silent.

    `targets` holds the target of each year in year order where the document gives several; `target` then holds the
    whole text of them. `form` is shared by the rows that stand under the same action, in document order.
    """

    form: int
    unit: Field = EMPTY
    section: tuple[Field, ...] = ()
    focus_area: Field = EMPTY
    goal: Field = EMPTY
    initiative: Field = EMPTY
    action: Field = EMPTY
    indicator: Field = EMPTY
    baseline: Field = EMPTY
    target: Field = EMPTY
    targets: tuple[tuple[int, Field], ...] = ()
    progress: Field = EMPTY
    partial_goals: tuple[Field, ...] = ()
    responsible: Field = EMPTY
    deadline: Field = EMPTY
    notes: tuple[Field, ...] = ()
    number: str = ""

    def named_fields(self) -> Iterator[tuple[str, Field]]:
        """The single fields by name, in the order of declaration, empty ones too."""
        for entry in fields(self):
            value = getattr(self, entry.name)
            if isinstance(value, Field):
                yield entry.name, value

    def all_fields(self) -> Iterator[Field]:
        """Every field that holds text, lists taken apart."""
        yield from (value for _, value in self.named_fields() if value)
        yield from (value for value in (*self.section, *self.partial_goals, *self.notes) if value)
        yield from (value for _, value in self.targets)

    def with_fields(self, **changes: object) -> Goal:
        """A copy with the given fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"  # a row of a table that holds no goals, its cells as spans
    FURNITURE = "furniture"  # page numbers, repeated column headings: no passage is made of it


@dataclass(frozen=True)
class Block:
    """Text that is no goal row: a paragraph, a list item, a heading. Blocks of one list share `group`."""

    kind: BlockKind
    content: Field
    section: tuple[Field, ...] = ()
    group: int | None = None


@dataclass(frozen=True)
class Parsed:
    """What a layout found: goal rows and blocks in document order."""

    goals: tuple[Goal, ...] = ()
    blocks: tuple[Block, ...] = ()
    layout: str = ""
    problems: tuple[str, ...] = field(default=())
