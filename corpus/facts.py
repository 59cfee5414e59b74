"""What a document says of itself: title, publisher, municipality and period, each with the place it was found.

Proposals, for whoever adds the document to confirm; what the text does not tell stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import marks
from corpus.finnish import lemmas, words
from corpus.labels import field_of, word_kinds
from corpus.layouts.lines import lines
from corpus.model import Field, Span, fold
from corpus.places import authority_of, named

_COVER = 6000  # characters from the start where a document says what it is
_FIRST_LINES = 1500
_LONGEST_TITLE = 120
_LEADERS = re.compile(r"\.{4,}|…{2,}")
_AUTHORITY = re.compile(r"([A-ZÅÄÖ][\w-]+)\s+(kaupun\w+|kunta|kunnan|kunnassa|kuntaan|kuntakonserni\w*)\b")
_YEAR = r"(?:19|20)\d\d"
_PERIODS = (
    re.compile(rf"(?P<quarter>Q[1-4])\s*[/ ]\s*(?P<year>{_YEAR})"),
    re.compile(rf"\b1\.1\.\s*[-–—]\s*(?:31\.3|30\.6|30\.9|31\.8|30\.4)\.\s?{_YEAR}\b"),
    re.compile(rf"(?<![\d.]){_YEAR}\s*[-–—]\s*{_YEAR}(?!\d)"),
    re.compile(rf"(?<![\d.:]){_YEAR}(?!\d)"),
)
_BESIDE = re.compile(
    rf"\b(?:vuo(?:si|den|nna|delle|sien|sille)|kaude(?:n|lle))\s+({_YEAR}(?:\s*[-–—]\s*{_YEAR})?)", re.IGNORECASE
)
_KIND = 2
_LEAST_SHARE = 0.6
_FEWEST_MENTIONS = 3


@dataclass(frozen=True)
class Found:
    """A proposed value and where in the text it was read."""

    value: str
    place: Span


@dataclass(frozen=True)
class Proposal:
    """What was found; None where the document does not tell."""

    title: Found | None = None
    publisher: Found | None = None
    municipality: Found | None = None
    period: Found | None = None


def propose(text: str) -> Proposal:
    """Title, publisher, municipality and period of a document's text."""
    title = _title(text)
    municipality, publisher = _municipality(text, title)
    return Proposal(title, publisher, municipality, _period(text, title))


# --- title


def _title(text: str) -> Found | None:
    """The line of the cover that says what kind of document it is; else its first line, where that reads like one."""
    candidates = list(_short_lines(text))
    if not candidates:
        return None
    scored = [(_title_score(text, line), -at, line) for at, line in enumerate(candidates)]
    score, _, best = max(scored, key=lambda entry: entry[:2])
    if score > _KIND:
        return Found(best.text, best.spans[0])
    first = next(line for line in lines(text) if line.text.strip())
    whole = Field.cut(text, first.start, first.end)
    fits = 4 <= len(whole.text) <= _LONGEST_TITLE and not _labels(whole.text)
    return Found(whole.text, whole.spans[0]) if fits else None


def _labels(text: str) -> bool:
    """Is it a line of a form or the headings of a table?"""
    tokens = words(text)
    return bool(tokens) and field_of(tokens[0]) is not None and (tokens[0].isupper() or len(tokens) > 1)


def _short_lines(text: str) -> Iterator[Field]:
    for line in lines(text, 0, _COVER):
        content = Field.cut(text, line.start, line.end)
        if 4 <= len(content.text) <= _LONGEST_TITLE and not _LEADERS.search(content.text):
            yield content


def _title_score(text: str, line: Field) -> int:
    """_KIND for a first or last word like "strategia" or "tilinpäätös", one more each for a year and a heading."""
    tokens = [token for token in words(line.text) if not token[0].isdigit()]
    if not tokens or _labels(line.text) or len(tokens) > 12 or line.text[-1] in ".,;:" or line.text[0].islower():
        return 0
    ends = {lemma for token in (tokens[0], tokens[-1]) for lemma in lemmas(token)}
    if not any(lemma.endswith(word_kinds("document")) for lemma in ends):
        return 0
    year = re.search(_YEAR, line.text) is not None
    heading = text[max(0, line.spans[0].start - 1)] == marks.HEADING
    return _KIND + year + heading


# --- municipality and publisher


def _municipality(text: str, title: Found | None) -> tuple[Found | None, Found | None]:
    """Whose document it is: most often named as "Xn kaupunki" or "Xn kunta", those of the cover counted fivefold.

    Without any such the municipality that most mentions name, if it is named often enough.
    """
    authorities = [(name, match) for match in _AUTHORITY.finditer(text) if (name := authority_of(match[1])) is not None]
    weights: Counter[str] = Counter()
    for name, match in authorities:
        weights[name] += 5 if match.start() < _COVER else 1
    if weights:
        name = weights.most_common(1)[0][0]
        match = next(match for found, match in authorities if found == name)
        place = Span(match.start(), match.end())
        return Found(name, place), Found(_publisher(match), place)
    if title is not None:
        for name, place in named(text, title.place.start, title.place.end):
            return Found(name, place), None
    mentions = list(named(text))
    counts = Counter(name for name, _ in mentions)
    if counts:
        name, count = counts.most_common(1)[0]
        if count >= _FEWEST_MENTIONS and count >= _LEAST_SHARE * len(mentions):
            return Found(name, next(place for found, place in mentions if found == name)), None
    return None, None


def _publisher(match: re.Match[str]) -> str:
    """ "Kauhavan kaupungin" -> "Kauhavan kaupunki"."""
    return f"{match[1]} {'kaupunki' if match[2].startswith('kaupun') else 'kunta'}"


# --- period


def _period(text: str, title: Found | None) -> Found | None:
    """The period in the title, else the first on the cover beside a word like "vuosi"; quarters before years."""
    if title is not None and (found := _first_period(text, title.place.start, title.place.end)):
        return found
    for line in _short_lines(text):
        if line.spans[0].start < _FIRST_LINES and _title_score(text, line):
            found = _first_period(text, line.spans[0].start, line.spans[0].end)
            if found:
                return found
    near = _BESIDE.search(text, 0, _COVER)
    return Found(_tidy(near[1]), Span(near.start(1), near.end(1))) if near else None


def _first_period(text: str, start: int, end: int) -> Found | None:
    for pattern in _PERIODS:
        if match := pattern.search(text, start, end):
            value = f"{match['quarter']}/{match['year']}" if "quarter" in pattern.groupindex else _tidy(match.group())
            return Found(value, Span(match.start(), match.end()))
    return None


def _tidy(period: str) -> str:
    return re.sub(r"\s*[-–—]\s*", "–", fold(period))
