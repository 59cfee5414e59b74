"""Which goal rows a reader wants to see, and in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.figures import figure_of
from index.goal_table import GoalRow

if TYPE_CHECKING:
    from assistant.service import Assistant

_WORD = re.compile(r"\w+")
_LONGEST = 500


@dataclass(frozen=True)
class GoalChoice:
    """What the form holds; an empty field narrows nothing. `sort` is a key of SORTS, with "-" before it backwards."""

    query: str = ""
    municipality: str = ""
    unit: str = ""
    document: str = ""
    year: str = ""
    state: str = ""
    sort: str = ""

    @classmethod
    def of(cls, values: Mapping[str, object]) -> GoalChoice:
        """From a form or an address; what is no text there counts as empty."""
        texts = {name: values.get(name) for name in asdict(cls())}
        return cls(**{name: text[:_LONGEST].strip() for name, text in texts.items() if isinstance(text, str)})

    def as_query(self) -> str:
        """The fields that narrow or sort, as the query of an address."""
        return urlencode({name: value for name, value in asdict(self).items() if value})


def row_name(row: GoalRow) -> str:
    """What a row is called: its indicator, else its action or its goal."""
    goal = row.goal
    return (goal.indicator or goal.action or goal.initiative or goal.goal).text


def has_figures(row: GoalRow) -> bool:
    """Are both the baseline and the target (or each year's) numbers?"""
    targets = [field.text for _, field in row.goal.targets] or [row.goal.target.text]
    return all(figure_of(text) for text in (row.goal.baseline.text, *targets))


# What can be known of a row, by the name the form gives it; the label counts the rows, too.
STATES: dict[str, tuple[str, Callable[[GoalRow], bool]]] = {
    "tilanne": ("Tilanne kirjattu", lambda row: bool(row.goal.progress)),
    "ei-tilannetta": ("Ei kirjattua tilannetta", lambda row: not row.goal.progress),
    "tavoitetaso": ("Tavoitetaso annettu", lambda row: bool(row.goal.target)),
    "ei-tavoitetasoa": ("Ei tavoitetasoa", lambda row: not row.goal.target),
    "luvut": ("Lähtö- ja tavoitetaso lukuina", has_figures),
}
_FINNISH = {ord(letter): "{" + str(place) for place, letter in enumerate("åäö")}  # "{" comes right after "z"


def _spelled(text: str) -> str | None:
    """A key that sorts in Finnish order: å, ä and ö come last, a leading sign or quote does not count."""
    return text.casefold().lstrip(" -–—”\"'*").translate(_FINNISH) or None


def _number(text: str) -> float | None:
    figure = figure_of(text)
    return figure.value if figure else None


# What rows can be sorted by: a label, and a key; rows whose key is None come last, in the documents' order.
SORTS: dict[str, tuple[str, Callable[[GoalRow], Any]]] = {
    "nimi": ("Mittari tai toimenpide", lambda row: _spelled(row_name(row))),
    "yksikko": ("Yksikkö", lambda row: _spelled(row.unit)),
    "lahtotaso": ("Lähtötaso", lambda row: _number(row.goal.baseline.text)),
    "tavoitetaso": ("Tavoitetaso", lambda row: _number(row.goal.target.text)),
    "tilanne": ("Tilanne", lambda row: _spelled(row.goal.progress.text)),
    "asiakirja": ("Asiakirja", lambda row: _spelled(row.document.title)),
}


def chosen(assistant: Assistant, choice: GoalChoice) -> list[GoalRow]:
    """The rows that fit every field of the choice, sorted; in the documents' order where no order is asked."""
    year = int(choice.year) if re.fullmatch(r"(?a:\d{4})", choice.year) else None
    narrowed = assistant.targets(choice.municipality or None, choice.unit or None, year, None, choice.document or None)
    rows = [row for row in narrowed if choice.state not in STATES or STATES[choice.state][1](row)]
    for word in _WORD.findall(choice.query):
        rows = _with_word(assistant, rows, word)
    return _sorted(rows, choice.sort)


def _sorted(rows: list[GoalRow], sort: str) -> list[GoalRow]:
    if sort.removeprefix("-") not in SORTS:
        return rows
    keyed = [(SORTS[sort.removeprefix("-")][1](row), row) for row in rows]
    known = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=sort[0] == "-")
    return [row for _, row in known] + [row for key, row in keyed if key is None]


def _with_word(assistant: Assistant, rows: Sequence[GoalRow], word: str) -> list[GoalRow]:
    """Rows that hold the word in any of its forms, or a word that begins so."""
    inflected = {(row.document.id, row.position) for row in assistant.targets(query=word)}
    start = word.casefold()
    return [
        row
        for row in rows
        if (row.document.id, row.position) in inflected
        or any(found.startswith(start) for found in _WORD.findall(_text(row).casefold()))
    ]


def _text(row: GoalRow) -> str:
    fields = (value.text for value in row.goal.all_fields())
    return " ".join((*fields, row.unit, row.document.title))
