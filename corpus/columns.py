"""What a heading cell of a real table says: which field its column holds, and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.labels import column_words
from corpus.model import EMPTY, YEAR, Field
from corpus.repair import readable

_BESIDE = re.compile(r"\([^)]*\)|\d+(?:[./–-]\d+)*\.?|[/–-](?=\s|$)|[:.*]+")
_MOST_WORDS = 6
UPPER = ("unit", "focus_area", "goal", "initiative", "action")
KEYS = frozenset({"focus_area", "goal", "action", "indicator"})


@dataclass(frozen=True)
class Column:
    """A column's field ("" where its heading is no known word), the year beside it, and the heading as written."""

    name: str = ""
    year: int | None = None
    heading: Field = EMPTY


@cache
def column_name(heading: str) -> str:
    """The field that a heading names, "" for other words.

    "Tavoitetaso 2026" -> "target"; "Toimenpide/mittari" -> "indicator"; "Konsernille asetetut tavoitteet" -> "goal":
    the last word of a Finnish phrase is its head, so the end is tried before the beginning.
    """
    said = re.sub(r"\s+", " ", _BESIDE.sub(" ", readable(YEAR.sub(" ", heading)))).strip(" ,;-–").lower()
    if not said or len(said.split()) > _MOST_WORDS:
        return ""
    if name := column_words().get(said, ""):
        return name
    parts = [part.strip(" -") for part in re.split(r"/|,|\bja\b|\bsekä\b|\btai\b", said)]
    named = [name for part in parts if (name := column_words().get(part, ""))]
    if len(parts) > 1 and named:
        return "indicator" if "indicator" in named else named[0]
    tokens = said.split()
    for size in range(len(tokens) - 1, 0, -1):
        if name := column_words().get(" ".join(tokens[-size:]), ""):
            return name
    for size in range(len(tokens) - 1, 0, -1):
        if name := column_words().get(" ".join(tokens[:size]), ""):
            return name
    return ""


def names_exactly(text: str) -> str:
    """The field whose heading the text is and nothing else, a number or brackets aside: "MITTARI 2" -> "indicator".

    Of two headings beside each other the first: "Toteuma/selvitys" -> "progress".
    """
    names = [
        column_words().get(re.sub(r"\s+", " ", re.sub(r"\([^()]*\)|[\d:.*]+", " ", part)).strip().lower(), "")
        for part in text.split("/")
    ]
    return names[0] if all(names) else ""


def year_of(heading: str) -> int | None:
    """The last year in the heading; None where it has none. "TA2024" and "Tavoite 2025" have one."""
    found = YEAR.findall(re.sub(r"(?<=[^\W\d_])(?=\d)", " ", heading))
    return int(found[-1]) if found else None


def only_year(heading: str) -> bool:
    """Is the heading a year and nothing else ("2026", "v. 2026", "31.12.2026")?"""
    return bool(heading.strip()) and year_of(heading) is not None and not re.search(r"[^\W\d_]{2,}", heading)


def settled(columns: list[Column]) -> list[Column]:
    """The columns with what each word means beside the others.

    "Tavoite" with a year, or after the indicator where no other column gives targets, holds the target; where no
    column gives indicators and one gives targets, what is aimed at is the indicator; "Tila" alone tells the progress.
    """
    names = [column.name for column in columns]
    changed = list(columns)
    for at, column in enumerate(columns):
        after_indicator = "indicator" in names[:at]
        if column.name == "goal" and "target" not in names and (column.year or after_indicator) and _others(names, at):
            changed[at] = Column("target", column.year, column.heading)
        if column.name == "status" and "progress" not in names:
            changed[at] = Column("progress", column.year, column.heading)
    names = [column.name for column in changed]
    if "indicator" not in names and "goal" in names and {"target", "baseline"} & set(names):
        at = len(names) - 1 - names[::-1].index("goal")
        changed[at] = Column("indicator", None, changed[at].heading)
    return changed


def _others(names: list[str], at: int) -> bool:
    """Is there another column that says what the row is about?"""
    return any(name in KEYS for index, name in enumerate(names) if index != at)


def joined(fields: Sequence[Field]) -> Field:
    """The fields that hold text as one, parted by spaces."""
    given = [one for one in fields if one]
    return Field(" ".join(one.text for one in given), tuple(span for one in given for span in one.spans))


def targets_of(entries: Sequence[tuple[Column, Field]]) -> dict[str, object]:
    """A goal's `target`, or each year's in `targets`: the whole text then names the years."""
    years = [(column.year, value) for column, value in entries if column.year is not None]
    if len(years) < 2:
        return {"target": joined([value for _, value in entries])}
    whole = joined([part for column, value in entries for part in (column.heading, value)])
    return {"target": whole, "targets": tuple(sorted(years, key=lambda entry: entry[0]))}
