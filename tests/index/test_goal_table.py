"""Goal rows in SQLite and back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus.model import Facts
from corpus.parse import parse
from index.goal_table import GoalRow, read_goals, write_goals
from tests import made

FACTS = Facts("lammi", "Lammin tavoitteet", "Lammin kaupunki", "Lammi", "Tekninen toimiala", "Q1/2031", "Seuranta")


def rows(text: str, facts: Facts = FACTS) -> list[GoalRow]:
    """The rows of a text as a document."""
    return [GoalRow(facts, position, goal) for position, goal in enumerate(parse(text).goals)]


@pytest.mark.parametrize("name", ["form", "flattened", "brochure", "numbered", "columns"])
def test_goals_in_are_goals_out(tmp_path: Path, name: str) -> None:
    """Every field, span, year and note comes back."""
    written = rows(made.EVERY[name])
    assert written
    write_goals(tmp_path, written)
    assert read_goals(tmp_path) == written


def test_documents_in_order(tmp_path: Path) -> None:
    """Rows of several documents keep their order."""
    other = Facts("aalto", "Aallon tavoitteet")
    written = [*rows(made.FORM), *rows(made.COLUMNS, other)]
    write_goals(tmp_path, written)
    assert [(row.document.id, row.position) for row in read_goals(tmp_path)] == [
        ("lammi", 0),
        ("lammi", 1),
        ("lammi", 2),
        ("aalto", 0),
        ("aalto", 1),
        ("aalto", 2),
    ]


def test_no_row_twice(tmp_path: Path) -> None:
    """A place in a document has one row."""
    first = rows(made.FORM)[0]
    with pytest.raises(sqlite3.IntegrityError):
        write_goals(tmp_path, [first, first])


def test_unit_of_the_document(tmp_path: Path) -> None:
    """A row without a unit of its own is its document's."""
    written = [*rows(made.FORM), *rows(made.COLUMNS)]
    assert [row.unit for row in written] == [
        "Vesipalvelut",
        "Vesipalvelut",
        "Puistopalvelut",
        *["Tekninen toimiala"] * 3,
    ]


def test_targets_by_year_as_json() -> None:
    """The record that the command line prints."""
    record = rows(made.BROCHURE)[0].as_dict()
    assert (record["indicator"], record["baseline"]) == ("Tiedotteiden luettavuus paranee.", "(ka) 2,7")
    assert record["targets"] == {"2025": "3,1", "2027": "3,4"}
    assert (record["document"], record["municipality"], record["period"]) == ("lammi", "Lammi", "Q1/2031")
