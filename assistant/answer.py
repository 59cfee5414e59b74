"""The answer as every caller sees it: text, status, citations cut from spans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.marks import page_of
from corpus.model import Document, Span


class Status(StrEnum):
    """What kind of answer it is."""

    ANSWERED = "answered"
    AMBIGUOUS = "ambiguous"  # several documents or levels fit: the text gives each with its source
    NOT_FOUND = "not_found"  # the documents don't tell: the text says what is missing
    REFUSED = "refused"  # an attempt to change the instructions, or a question outside the subject


@dataclass(frozen=True)
class Citation:
    """A numbered source: spans of a document and the words that stand there, exactly.

    Made by `cite` alone, so that a quote cannot be anything but the document's own words.
    """

    number: int
    document: str
    title: str
    municipality: str | None
    publisher: str | None
    period: str | None
    section: tuple[str, ...]
    page: int | None
    spans: tuple[Span, ...]
    quote: str

    def as_dict(self) -> dict[str, Any]:
        """As in the answer's JSON."""
        return {
            "number": self.number,
            "document": self.document,
            "title": self.title,
            "municipality": self.municipality,
            "publisher": self.publisher,
            "period": self.period,
            "section": list(self.section),
            "page": self.page,
            "spans": [[span.start, span.end] for span in self.spans],
            "quote": self.quote,
        }


def cite(number: int, document: Document, section: tuple[str, ...], spans: tuple[Span, ...]) -> Citation:
    """A citation of the spans. Raises ValueError for no span or one outside the text: there is no empty source."""
    if not spans or any(not 0 <= span.start < span.end <= len(document.text) for span in spans):
        raise ValueError(f"no such place in {document.facts.id}: {spans}")
    facts = document.facts
    return Citation(
        number,
        facts.id,
        facts.title,
        facts.municipality,
        facts.publisher,
        facts.period,
        section,
        page_of(document.text, spans[0].start) if spans else None,
        spans,
        document.quote(spans),
    )


@dataclass(frozen=True)
class RowView:
    """A goal row as the answer shows it in a table; texts as the document has them, white space folded."""

    document: str
    unit: str
    indicator: str
    baseline: str
    target: str
    progress: str
    citation: int


@dataclass(frozen=True)
class Answer:
    """What the assistant says to one question. `text` is Markdown; every claim in it ends in its marker "[1]"."""

    question: str
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    language: str = "fi"
    understood: str | None = None  # the question as understood, where it was rewritten
    rows: tuple[RowView, ...] = ()
    reason: str = ""  # why there is no answer, for logs and evaluations
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """As in the contract's JSON, with `understood`, `rows` and `reason` beside it."""
        return {
            "question": self.question,
            "status": self.status.value,
            "text": self.text,
            "language": self.language,
            "citations": [citation.as_dict() for citation in self.citations],
            "suggestions": list(self.suggestions),
            "understood": self.understood,
            "rows": [vars(row) for row in self.rows],
            "reason": self.reason,
            "seconds": round(self.seconds, 4),
        }
