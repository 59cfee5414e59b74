"""The parsed rows of the shipped documents against rows written by hand while reading them."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from corpus.library import Library
from corpus.model import BlockKind, Document, Goal, Parsed
from corpus.parse import parse

GOLDEN = Path(__file__).parent.parent / "golden"
FORM, FLAT, BROCHURE, NUMBERED, COLUMNS = (
    "pori-sivistys-2023-q1",
    "pori-konsernipalvelut-2026",
    "pori-henkilostostrategia-2026",
    "sivistys-hyvinvointi-2021",
    "kemi-hyvinvointi-2023",
)
FORM_FIELDS = ("unit", "focus_area", "goal", "initiative", "action", "indicator", "baseline", "target")


def golden(name: str) -> list[dict[str, Any]]:
    """The hand-written rows of one document."""
    return [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """The shipped documents by id."""
    return {document.facts.id: document for document in Library(Path("nowhere")).documents()}


@pytest.fixture(scope="module")
def parsed(documents: dict[str, Document]) -> dict[str, Parsed]:
    """What the parser makes of them."""
    return {name: parse(document.text) for name, document in documents.items()}


def texts(goal: Goal, names: tuple[str, ...]) -> dict[str, str]:
    """The named single fields of a row."""
    return {name: getattr(goal, name).text for name in names}


def pairs(parsed: Parsed, name: str) -> list[tuple[Goal, dict[str, Any]]]:
    """Parsed rows beside golden ones; their numbers must agree."""
    rows = golden(name)
    assert len(parsed.goals) == len(rows)
    return list(zip(parsed.goals, rows, strict=True))


def test_layouts(parsed: dict[str, Parsed]) -> None:
    """Each document is read by the layout of its form."""
    assert {name: found.layout for name, found in parsed.items()} == {
        FORM: "form",
        FLAT: "form",
        BROCHURE: "brochure",
        NUMBERED: "numbered",
        COLUMNS: "columns",
    }


def test_form_rows(parsed: dict[str, Parsed]) -> None:
    """000: every field of all 49 rows."""
    for goal, row in pairs(parsed[FORM], "000"):
        names = (*FORM_FIELDS, "progress")
        assert texts(goal, names) == {name: row[name] for name in names}


def test_form_footnotes(parsed: dict[str, Parsed]) -> None:
    """000: footnotes are parted by their mark; a row has a note where the golden row has one, and no other's."""
    for goal, row in pairs(parsed[FORM], "000"):
        assert bool(goal.notes) == bool(row["note"])
        assert all(note.text in row["note"] for note in goal.notes)
        for note in goal.notes:
            mark = note.text[: len(note.text) - len(note.text.lstrip("*"))]
            assert goal.indicator.text.endswith(mark)


def test_flattened_columns(parsed: dict[str, Parsed]) -> None:
    """001: every field of all 12 rows; the indicator without a baseline gets none."""
    for goal, row in pairs(parsed[FLAT], "001"):
        assert texts(goal, (*FORM_FIELDS, "responsible")) == {name: row[name] for name in (*FORM_FIELDS, "responsible")}
        assert [part.text for part in goal.partial_goals] == row["partial_goals"]
    assert [row["indicator"] for row in golden("001") if row["target"] and not row["baseline"]] == [
        goal.indicator.text for goal in parsed[FLAT].goals if goal.target and not goal.baseline
    ]


def test_brochure_indicators(parsed: dict[str, Parsed]) -> None:
    """002: indicators, baselines and each year's target."""
    for goal, row in pairs(parsed[BROCHURE], "002"):
        assert texts(goal, ("indicator", "baseline")) == {name: row[name] for name in ("indicator", "baseline")}
        assert {str(year): value.text for year, value in goal.targets} == row["targets"]
        if not row["targets"]:
            assert goal.target.text == row["target"]


def test_brochure_target_text_holds_every_year(parsed: dict[str, Parsed]) -> None:
    """002: where targets are by year, the whole target names each year and value."""
    for goal, row in pairs(parsed[BROCHURE], "002"):
        assert all(f"v. {year} {value}" in goal.target.text for year, value in row["targets"].items())


def test_brochure_sources(documents: dict[str, Document], parsed: dict[str, Parsed]) -> None:
    """002: every field of a row stands in the bullet that the golden row was read from."""
    for goal, row in pairs(parsed[BROCHURE], "002"):
        values = [goal.indicator, goal.baseline, goal.target]
        assert all(value.text in row["source"] for value in values)


@pytest.mark.parametrize(
    ("golden_name", "heading"),
    [
        ("johtajana", "JOHTAJANA:"),
        ("esihenkilönä", "ESIHENKILÖNÄ:"),
        ("työntekijänä", "TYÖNTEKIJÄNÄ:"),
        ("oikeudet", "JOKAISELLA PORIN KAUPUNGIN TYÖNTEKIJÄLLÄ ON OIKEUS:"),
    ],
)
def test_brochure_promises(parsed: dict[str, Parsed], golden_name: str, heading: str) -> None:
    """002: the items of each list stand under the list's own heading, in order and whole."""
    lists = json.loads((GOLDEN / "002_lists.json").read_text(encoding="utf-8"))
    items = [
        block.content.text
        for block in parsed[BROCHURE].blocks
        if block.kind is BlockKind.ITEM and block.section and block.section[-1].text == heading
    ]
    assert items == lists[golden_name]


@pytest.mark.parametrize("spread", [0, 1, 2])
def test_brochure_spreads(parsed: dict[str, Parsed], spread: int) -> None:
    """002: each spread's actions and goals; an action of two sentences may be two items."""
    lists = json.loads((GOLDEN / "002_lists.json").read_text(encoding="utf-8"))
    for group, name in ((3 * spread, "toimenpiteet"), (3 * spread + 1, "tavoitteet")):
        blocks = [block for block in parsed[BROCHURE].blocks if block.group == group]
        assert len({block.section for block in blocks}) == 1
        assert " ".join(block.content.text for block in blocks) == " ".join(lists[name][spread])
        assert abs(len(blocks) - len(lists[name][spread])) <= 1
    rows = [goal for goal in parsed[BROCHURE].goals if goal.form == spread]
    assert {goal.goal.text for goal in rows} == {" ".join(lists["tavoitteet"][spread])}


def test_numbered_table(parsed: dict[str, Parsed]) -> None:
    """003: goal, measure and progress of all 12 rows; the free progress cell stands whole at both rows it tells of."""
    shared = 0
    for goal, row in pairs(parsed[NUMBERED], "003"):
        assert (goal.goal.text, goal.action.text) == (row["goal"], row["measure"])
        if goal.progress.text != row["progress"]:
            shared += 1
            assert row["progress"]
            assert row["progress"] in goal.progress.text
    assert shared == 2


def test_column_table(parsed: dict[str, Parsed]) -> None:
    """004: the 16 table rows; a row of several indicators is several goals of one form."""
    rows = golden("004")
    forms = [list(goals) for _, goals in groupby(parsed[COLUMNS].goals, key=lambda goal: goal.form)]
    assert len(forms) == len(rows)
    for goals, row in zip(forms, rows, strict=True):
        names = ("goal", "action", "responsible")
        assert {tuple(texts(goal, names).values()) for goal in goals} == {tuple(row[name] for name in names)}
        assert " ".join(goal.indicator.text for goal in goals) == row["indicator"]


def test_column_table_deadlines(parsed: dict[str, Parsed]) -> None:
    """004: the year at the end of the responsible cell is the deadline, and nothing else is."""
    for goal in parsed[COLUMNS].goals:
        assert goal.responsible.text.endswith(goal.deadline.text)
        assert any(letter.isdigit() for letter in goal.responsible.text) == bool(goal.deadline)


@pytest.mark.parametrize("name", [FORM, FLAT, BROCHURE, NUMBERED, COLUMNS])
def test_quotes_are_the_document(documents: dict[str, Document], parsed: dict[str, Parsed], name: str) -> None:
    """Every field's words are what stands at its spans, white space folded."""
    text = documents[name].text
    values = [value for goal in parsed[name].goals for value in goal.all_fields()]
    values += [block.content for block in parsed[name].blocks]
    for value in values:
        assert value.text == " ".join(" ".join(text[span.start : span.end] for span in value.spans).split())
