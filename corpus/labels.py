"""The heading words of goal documents, from labels.toml, as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from corpus.finnish import lemmas

_FILE = Path(__file__).with_name("labels.toml")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def heading_words(name: str) -> tuple[str, ...]:
    """The words that head the field, longest first, lower case."""
    return tuple(sorted(_data()["fields"][name], key=len, reverse=True))


@cache
def field_names() -> tuple[str, ...]:
    """Every field that has heading words, in the file's order."""
    return tuple(_data()["fields"])


def loose(word: str) -> str:
    """Pattern of a heading word that a narrow table cell may have broken anywhere ("Tavoiteta⏎so")."""
    return r"\n?".join(r"\s+" if letter == " " else re.escape(letter) for letter in word)


@cache
def heading(name: str) -> str:
    """Pattern (case as given by the flags of the user) of any heading word of the field."""
    return "(?:" + "|".join(loose(word) for word in heading_words(name)) + ")"


@cache
def field_of(word: str) -> str | None:
    """The field that a heading word names: "MITTARI" -> "indicator"; None for any other word."""
    folded = re.sub(r"\s+", " ", word).strip().lower()
    return next((name for name in field_names() if folded in heading_words(name)), None)


@cache
def column_words() -> dict[str, str]:
    """Every word that heads a column of a real table, lower case, with its field; "goal" for "tavoitteet"."""
    found = {word: name for name in field_names() for word in heading_words(name)}
    found.update({word: name for name, words in _data()["columns"].items() for word in words})
    return {word: "partial_goals" if name == "partial_goal" else name for word, name in found.items()}


@cache
def word_kinds(kind: str) -> tuple[str, ...]:
    """The ends of words that name a "unit", an "office" or a "document"."""
    return tuple(_data()["words"][kind])


@cache
def _ends_in(word: str, kind: str) -> bool:
    return any(lemma.endswith(word_kinds(kind)) for lemma in lemmas(word))


def names_unit(text: str) -> bool:
    """Is the line the name of a part of the organisation? "Liikuntapalvelut ja nuorisotyö" is, a sentence is not."""
    tokens = text.split()
    if not tokens or len(tokens) > 7 or text.rstrip()[-1] in ".,:;!?" or not tokens[0][0].isupper():
        return False
    return _ends_in(tokens[-1].strip("()"), "unit") or _ends_in(tokens[0].strip("()"), "unit")


def names_office(text: str) -> bool:
    """Does the text begin with who does something? "Johtava rehtori⏎2023" and "Vapaa-aikapäällikkö" do."""
    tokens = [token.strip(",;()") for token in text.split()[:2]]
    if not tokens or not tokens[0] or not tokens[0][0].isupper():
        return False
    if _ends_in(tokens[0], "office"):
        return True
    return len(tokens) > 1 and tokens[1].islower() and _ends_in(tokens[1], "office") and not tokens[0].endswith("n")
