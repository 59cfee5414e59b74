"""Goal rows as typed records and their table in SQLite."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.finnish import lemmas, words
from corpus.model import Facts, Field, Goal, Span, fold
from corpus.repair import readable

_FILE = "goals.sqlite"
# A goal's fields that hold one text each, in the order in which they are shown and exported.
FIELDS = (
    "unit",
    "focus_area",
    "goal",
    "initiative",
    "action",
    "indicator",
    "baseline",
    "target",
    "progress",
    "responsible",
    "deadline",
)


@dataclass(frozen=True)
class GoalRow:
    """A goal row with the document it stands in and its place there, counted from 0."""

    document: Facts
    position: int
    goal: Goal

    @property
    def unit(self) -> str:
        """The row's own unit, else the document's; empty where neither is given."""
        return self.goal.unit.text or self.document.unit or ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON: texts as written (white space folded), None where the document is silent, and each text's spans."""
        goal = self.goal
        return {
            "document": self.document.id,
            "title": self.document.title,
            "municipality": self.document.municipality,
            "organisation": self.document.publisher,
            "period": self.document.period,
            **{name: getattr(goal, name).text or None for name in FIELDS},
            "unit": self.unit or None,
            "targets": {str(year): value.text for year, value in goal.targets},
            "partial_goals": [value.text for value in goal.partial_goals],
            "notes": [value.text for value in goal.notes],
            "spans": {
                name: [[span.start, span.end] for span in value.spans] for name, value in goal.named_fields() if value
            },
        }


def same_indicator(row: GoalRow, rows: Iterable[GoalRow]) -> list[GoalRow]:
    """The rows of all documents that follow the same indicator in the same municipality and unit, oldest period first.

    The row itself is among them; alone, where it has no indicator. Figures, inflection and signs may differ:
    "Kurssien määrä 8/2023" returns as "kurssien määrä 12/2023*".
    """
    key = _subject(row)
    found = [other for other in rows if key[0] and _subject(other) == key] or [row]
    return sorted(found, key=lambda other: _when(other.document))


def _subject(row: GoalRow) -> tuple[tuple[str, ...], str, str]:
    """Words of the indicator in basic form, municipality and unit."""
    indicator = tuple(min(lemmas(word)) for word in words(fold(row.goal.indicator.text)) if word.isalpha())
    return indicator, (row.document.municipality or "").casefold(), row.unit.casefold()


def _when(document: Facts) -> tuple[int, list[int], str]:
    """First year, other figures of the period, its text: "Q1/2023" before "Q2/2023", "1–8/2023" before "1–12/2023"."""
    period = document.period or ""
    others = [int(figure) for figure in re.findall(r"(?<!\d)\d{1,2}(?!\d)", period)]
    return min(document.years(), default=0), others, period


def write_goals(folder: Path, rows: Iterable[GoalRow]) -> None:
    """Write the table; the columns beside the record are what rows are chosen by."""
    with closing(sqlite3.connect(folder / _FILE)) as connection, connection:
        connection.execute(
            "CREATE TABLE goals (document TEXT, position INTEGER, municipality TEXT, unit TEXT, period TEXT,"
            " words TEXT, facts TEXT, record TEXT, PRIMARY KEY (document, position))"
        )
        connection.executemany("INSERT INTO goals VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_record, rows))


def _record(row: GoalRow) -> tuple[str, int, str | None, str, str | None, str, str, str]:
    words = readable(" ".join(value.text for value in row.goal.all_fields()))
    facts = json.dumps(asdict(row.document), ensure_ascii=False)
    record = json.dumps(asdict(row.goal), ensure_ascii=False)
    document = row.document
    return document.id, row.position, document.municipality, row.unit, document.period, words, facts, record


def read_goals(folder: Path) -> list[GoalRow]:
    """Every row, documents in the order they were written, rows in document order."""
    with closing(sqlite3.connect(f"file:{folder / _FILE}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT facts, position, record FROM goals ORDER BY rowid").fetchall()
    return [
        GoalRow(Facts(**json.loads(facts)), position, _goal(json.loads(record))) for facts, position, record in found
    ]


def _goal(record: dict[str, Any]) -> Goal:
    values: dict[str, Any] = {name: _field(record[name]) for name in FIELDS}
    for name in ("section", "partial_goals", "notes"):
        values[name] = tuple(_field(entry) for entry in record[name])
    values["targets"] = tuple((year, _field(entry)) for year, entry in record["targets"])
    return Goal(form=record["form"], number=record["number"], **values)


def _field(record: dict[str, Any]) -> Field:
    return Field(record["text"], tuple(Span(span["start"], span["end"]) for span in record["spans"]))
