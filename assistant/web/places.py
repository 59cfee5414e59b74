"""Places of a document on their way through the browser: spans in a button's data, marks in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from corpus.model import Span

_AROUND = 70  # characters of its surroundings that a cited place is shown with
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


def excerpt(text: str, spans: Sequence[Span]) -> str:
    """The spans with some words around them, escaped and with <mark> around each; what lies between is left out."""
    parts: list[str] = []
    done = 0  # where the span before ended
    for span in _merged(spans, len(text)):
        tail = _word_end(text, done, min(done + _AROUND, span.start)) if done else 0
        lead = _word_start(text, max(span.start - _AROUND, done), span.start)
        near = lead <= tail or (done and span.start - done <= 2 * _AROUND)
        between = [text[done : span.start]] if near else [text[done:tail], " … ", text[lead : span.start]]
        parts.extend(map(_folded, between))
        parts.append(f"<mark>{_folded(text[span.start : span.end])}</mark>")
        done = span.end
    tail = _word_end(text, done, min(done + _AROUND, len(text)))
    parts.append(_folded(text[done:tail]).rstrip())
    return "".join(parts).strip() + (" …" if text[tail:].strip() else "")


def _word_start(text: str, start: int, end: int) -> int:
    """The first beginning of a word at or after `start`; `end` where there is none before it."""
    if start == 0:
        return 0
    space = re.search(r"\s", text[start:end])
    return start + space.end() if space else end


def _word_end(text: str, start: int, end: int) -> int:
    """The last end of a word at or before `end`; `start` where there is none after it."""
    if end == len(text):
        return end
    space = max(text.rfind(sign, start, end) for sign in " \n")
    return max(space, start)


def _folded(text: str) -> str:
    """White space as one space, kept at the ends, too: the piece stands between others."""
    return escape(re.sub(r"\s+", " ", text))


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
