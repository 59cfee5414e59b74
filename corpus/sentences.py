"""Sentence ends in Finnish official text, where "mm.", "v." and "5." end nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Field, Span

_CANDIDATE = re.compile(r"[.!?…][\"”)]*(?=\s+[\"”(]*[A-ZÅÄÖ0-9])|[.!?](?=[A-ZÅÄÖ][a-zåäö])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mm|esim|ym|yms|em|ks|vrt|n|v|lv|lk|nk|ns|tms|jne|ko|os|s|nro|kpl|krt|opp|maks|min|tn|klo|vs|po)\.$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")


def sentence_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of `text[start:end]` in order, without the white space around them.

    A full stop after an abbreviation or an ordinal number ends no sentence, nor does one before a figure, unless a
    unit of measure ends the sentence. "… 80 % (mm. Tea-viisari). Suunnitelma valmistuu." is two.
    """
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        before = text[begin : match.end()]
        following = text[match.end() : end].lstrip()[:1]
        abbreviated = _ABBREVIATION.search(before[-12:]) and (
            following.isdigit() or not before.rstrip(".").endswith(_UNITS)
        )
        if abbreviated or (_ORDINAL.search(before[-6:]) and not _closes_line(text, begin, match.end(), end)):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _closes_line(text: str, begin: int, stop: int, end: int) -> bool:
    """Does a figure with its full stop end a line that says more than a number? "Tukipajoja 4.⏎Erityisopettajia 3."."""
    rest = text[stop:end]
    return "\n" in rest[: len(rest) - len(rest.lstrip())] and any(letter.isalpha() for letter in text[begin:stop])


_UNITS = ("kpl", "krt", "opp")


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    field = Field.cut(text, start, end)
    yield from field.spans
