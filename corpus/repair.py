"""Words that text extraction broke, put together again for searching and reading; quotes never come from here.

Soft hyphens and zero-width characters go; "joh-⏎tamista", "Seurafoor⏎umi" and "li ikkuvan" become one word again
where Voikko knows the whole and not both pieces.
"""

from __future__ import annotations

import re

from corpus.finnish import is_word
from corpus.model import fold

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_HYPHEN_BREAK = re.compile(r"([^\W\d_]+)-[ \t]*\n\s*([^\W\d_]+)")
_PIECE = re.compile(r"[^\W\d_]+")
_CONJUNCTIONS = {"ja", "tai", "sekä", "eli", "och"}
_MOST_PIECES = 3


def readable(raw: str) -> str:
    """The text with its broken words mended, white space folded.

    "tilinpäätök- \\nsessä" -> "tilinpäätöksessä"; "tasa-\\narvo" -> "tasa-arvo"; "taide- \\nja" -> "taide- ja".
    """
    text = _HYPHEN_BREAK.sub(_mend_hyphen, _INVISIBLE.sub("", raw))
    text = re.sub(r"(?<=[\d/])([–-])\s*\n\s*(?=\d)", r"\1", text)
    text = re.sub(r"(?<=\s)-[ \t]*\n\s*(?=[^\W\d_])", "-", text)
    return _join_pieces(fold(text))


def _mend_hyphen(match: re.Match[str]) -> str:
    first, second = match.groups()
    if second in _CONJUNCTIONS:
        return f"{first}- {second}"
    if not is_word(first + second) and not is_word(first) and is_word(second):
        return f"{first}-{second}"  # an abbreviation or a name before a word: "hyte-koordinaattori"
    same_vowel = first[-1].lower() == second[0].lower() and second[0].lower() in "aeiouyäö"
    if same_vowel or first.isupper() or (is_word(f"{first}-{second}") and not is_word(first + second)):
        return f"{first}-{second}"  # a real hyphen: "opinto-ohjaus", "tasa-arvo"
    return first + second


def _join_pieces(text: str) -> str:
    """Join two or three neighbouring pieces where the first is no word and their whole is one."""
    tokens = text.split(" ")
    joined: list[str] = []
    at = 0
    while at < len(tokens):
        size = _joinable(tokens, at)
        joined.append("".join(tokens[at : at + size]))
        at += size
    return " ".join(joined)


def _joinable(tokens: list[str], at: int) -> int:
    """How many tokens from `at` on make one broken word; 1 where the word there is whole."""
    for size in range(2, _MOST_PIECES + 1):
        pieces = tokens[at : at + size]
        if len(pieces) < size or not all(_PIECE.fullmatch(piece) for piece in pieces[:-1]):
            return 1
        last = _PIECE.match(pieces[-1])
        if last is None or not last.group().islower():
            return 1
        if len(pieces[0]) > 1 and is_word(pieces[0]):
            return 1
        if any(len(piece) > 1 for piece in pieces) and is_word("".join([*pieces[:-1], last.group()])):
            return size
    return 1
