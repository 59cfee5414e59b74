"""Places of a document on their way through the browser: spans in a button's data, marks in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from corpus.model import Span

_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*\n")


def spans_text(spans: Iterable[Span]) -> str:
    """Spans as they travel with a button: "10-20,30-40"."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def parse_spans(text: str) -> list[Span]:
    """The inverse of `spans_text`. The text came from a browser: what is not a pair of numbers is left out."""
    pairs = re.findall(r"(?a:\b(\d{1,9})-(\d{1,9})\b)", text)
    return [Span(int(start), int(end)) for start, end in pairs]


def marked(text: str, spans: Sequence[Span]) -> str:
    """The text escaped, with <mark> around the spans, the first of which takes focus.

    Spans that overlap or touch become one mark; several empty lines become one.
    """
    parts: list[str] = []
    position = 0
    for span in _merged(spans, len(text)):
        focus = "" if parts else ' tabindex="-1" data-focus'
        parts.append(_shown(text[position : span.start]))
        parts.append(f"<mark{focus}>{_shown(text[span.start : span.end])}</mark>")
        position = span.end
    return "".join(parts) + _shown(text[position:])


def _shown(text: str) -> str:
    return escape(_EMPTY_LINES.sub("\n\n", text))


def _merged(spans: Sequence[Span], length: int) -> list[Span]:
    """Spans in order and apart from each other; what lies outside the text is cut off."""
    found: list[Span] = []
    for span in sorted(spans):
        start, end = max(0, span.start), min(length, span.end)
        if start >= end:
            continue
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found
