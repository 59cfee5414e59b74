"""Which rows a choice leaves, in which order, and what becomes of them in files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any, cast

import pytest

from assistant.web.exports import goals_csv, goals_xlsx
from assistant.web.goal_choice import GoalChoice, chosen, row_name
from corpus.model import Field
from tests.web.fake import EVIL, FakeAssistant

_FAKE = cast(Any, FakeAssistant())


def names(**fields: str) -> list[str]:
    return [row_name(row) for row in chosen(_FAKE, GoalChoice(**fields))]


PSYCHOLOGISTS, CURATORS = "Psykologimitoitus", "Kuraattorimitoitus, oppilasta kuraattoria kohden"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [CURATORS, PSYCHOLOGISTS, EVIL]),
        ({"query": "psyko"}, [PSYCHOLOGISTS]),
        ({"query": "PSYKO 800"}, [PSYCHOLOGISTS]),
        ({"query": "psyko 780"}, []),
        ({"query": "elokuu"}, [CURATORS]),
        ({"municipality": "Oppila"}, [CURATORS, PSYCHOLOGISTS]),
        ({"state": "tilanne"}, [CURATORS]),
        ({"state": "luvut"}, [CURATORS, PSYCHOLOGISTS]),
        ({"state": "ei sellaista", "sort": "ei sellaista", "year": "kaksi"}, [CURATORS, PSYCHOLOGISTS, EVIL]),
        ({"sort": "lahtotaso"}, [CURATORS, PSYCHOLOGISTS, EVIL]),
        ({"sort": "-lahtotaso"}, [PSYCHOLOGISTS, CURATORS, EVIL]),  # without a number last, either way
        ({"sort": "-nimi", "municipality": "Oppila"}, [PSYCHOLOGISTS, CURATORS]),
    ],
)
def test_choice(fields: dict[str, str], expected: list[str]) -> None:
    assert names(**fields) == expected


def test_finnish_letters_come_last() -> None:
    rows = [
        replace(row, goal=replace(row.goal, indicator=Field(name)))
        for name, row in zip(("Äiti", "Zeppelin", "auto"), _FAKE.targets(), strict=True)
    ]

    class _Renamed(FakeAssistant):
        def targets(self, *_: Any, **__: Any) -> Any:
            return rows

    assert [row_name(row) for row in chosen(cast(Any, _Renamed()), GoalChoice(sort="nimi"))] == [
        "auto",
        "Zeppelin",
        "Äiti",
    ]


def test_a_choice_comes_from_anything() -> None:
    assert GoalChoice.of({"query": " a ", "unit": 7, "strange": "x"}) == GoalChoice(query="a")
    assert GoalChoice(query="ä&b", sort="-nimi").as_query() == "query=%C3%A4%26b&sort=-nimi"


def _row(text: str) -> Any:
    row = _FAKE.targets()[1]
    return replace(row, goal=replace(row.goal, indicator=Field(text)))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("-5 %", "-5 %"),
        ("+10 %", "+10 %"),
        ('a;"b"', 'a;"b"'),
        (EVIL, EVIL),
    ],
)
def test_csv_cells_are_text(text: str, cell: str) -> None:
    table = list(csv.reader(io.StringIO(goals_csv([_row(text)]).decode("utf-8-sig")), delimiter=";"))
    assert table[1][table[0].index("Mittari")] == cell


@pytest.mark.parametrize("text", ["=1+1", "\x01ohjausmerkki", EVIL])
def test_workbook_cells_are_text(text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(goals_xlsx([_row(text)]))).active
    cell = sheet.cell(2, [each.value for each in sheet[1]].index("Mittari") + 1)
    assert (cell.value, cell.data_type) == (text.replace("\x01", ""), "s")
    assert sheet.freeze_panes == "A2"
