"""The municipalities of Finland, and finding them in inflected words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus.finnish import lemmas
from corpus.model import Span

_FILE = Path(__file__).with_name("municipalities.txt")
_NAME = re.compile(r"[A-ZÅÄÖ][\w-]*[^\W\d_]")


@cache
def municipalities() -> dict[str, str]:
    """All 308 names by their lower-case form."""
    names = _FILE.read_text(encoding="utf-8").split("\n")
    return {name.lower(): name for name in names if name}


@cache
def municipality_of(word: str) -> str | None:
    """The municipality that a word names in any case: "Äänekosken" -> "Äänekoski"; None for other words."""
    if word.isupper():
        word = word.capitalize()
    known = municipalities()
    if word.lower() in known:
        return known[word.lower()]
    found = sorted(known[lemma] for lemma in lemmas(word) if lemma in known)
    return found[0] if found else None


@cache
def _by_other_lemma() -> dict[str, str]:
    """Names that Voikko reads as another word's plural: "Virrat" is "virta" to it."""
    known = municipalities()
    return {
        lemma: name for low, name in known.items() if low not in lemmas(name) for lemma in lemmas(name) - set(known)
    }


def authority_of(word: str) -> str | None:
    """The municipality of a word beside "kaupunki" or "kunta", where it cannot be an everyday word."""
    found = municipality_of(word)
    return found or next((_by_other_lemma()[lemma] for lemma in lemmas(word) if lemma in _by_other_lemma()), None)


def named(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Span]]:
    """Every capitalised word of `text[start:end]` that may name a municipality, and its place.

    "Salo" is also a surname and "Lahti" a bay: a caller weighs what stands beside the word.
    """
    for match in _NAME.finditer(text, start, len(text) if end is None else end):
        name = municipality_of(match.group())
        if name is not None:
            yield name, Span(match.start(), match.end())
