"""The shipped documents' goal rows laid out as real tables in every format: the same rows come out."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from corpus import marks
from corpus.library import Library
from corpus.model import Document, Goal, fold
from corpus.parse import parse, uncovered
from corpus.reader import read_text
from tests.corpus import papers

_SINGLE = {
    "unit": "Yksikkö",
    "focus_area": "Painopiste",
    "goal": "Tavoite",
    "initiative": "Teko",
    "action": "Toimenpide",
    "indicator": "Mittari",
    "baseline": "Lähtötaso",
    "target": "Tavoitetaso",
    "progress": "Selvitys",
    "responsible": "Vastuuhenkilö",
    "deadline": "Aikataulu",
}
LEAST_EQUAL = 0.98


@cache
def shipped() -> tuple[Document, ...]:
    """The shipped documents."""
    return tuple(Library(Path("nowhere")).documents())


def printed(text: str) -> str:
    """The text without what no font prints: zero-width spaces, and a bullet of a font of its own."""
    return fold(text.replace("\u200b", "").replace("\uf0b7", "•"))


def laid_out(goals: tuple[Goal, ...]) -> list[list[str]]:
    """Goal rows as a table's cells under headings; several targets get a column for each year."""
    years = sorted({year for goal in goals for year, _ in goal.targets})
    head = [*_SINGLE.values(), "Osatavoitteet", *(f"Tavoitetaso {year}" for year in years)]
    rows = [head]
    for goal in goals:
        by_year = dict(goal.targets)
        single = ["" if name == "target" and by_year else printed(getattr(goal, name).text) for name in _SINGLE]
        partial = "\n".join(f"• {part.text}" for part in goal.partial_goals)
        rows.append([*single, partial, *(by_year[year].text if year in by_year else "" for year in years)])
    return rows


def compared(before: tuple[Goal, ...], after: tuple[Goal, ...]) -> tuple[int, list[str]]:
    """How many fields there are that either row has, and those that differ."""
    fields, differing = 0, []
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        pairs = {name: (getattr(one, name).text, getattr(other, name).text) for name in _SINGLE}
        if one.targets:
            pairs["target"] = (
                str([(year, value.text) for year, value in one.targets]),
                str([(year, value.text) for year, value in other.targets]),
            )
        pairs["partial_goals"] = (
            "|".join(part.text for part in one.partial_goals),
            "|".join(part.text for part in other.partial_goals),
        )
        for name, (first, second) in pairs.items():
            if first or second:
                fields += 1
                if printed(first) != printed(second):
                    differing.append(f"{number} {name}: {first!r} / {second!r}")
    return fields, differing


@pytest.mark.parametrize("suffix", ["docx", "html", "odt", "xlsx", "pdf", "md"])
@pytest.mark.parametrize("at", range(5))
def test_same_rows(tmp_path: Path, at: int, suffix: str) -> None:
    """As many rows as went in, in order, and at least 98 % of their fields equal; nothing is left uncovered."""
    goals = parse(shipped()[at].text).goals
    rows = laid_out(goals)
    if suffix == "md":
        rows = [[text.replace("\n", " ") for text in row] for row in rows]
    path = papers.write(tmp_path / f"taulukko.{suffix}", "Seurannan taulukko", "Alla on koko taulukko.", rows)
    text = read_text(path)
    parsed = parse(text)
    assert len(parsed.goals) == len(goals)
    fields, differing = compared(goals, parsed.goals)
    if suffix == "md":  # a cell of Markdown has no line breaks: partial goals are one text there
        differing = [line for line in differing if " partial_goals:" not in line]
    assert len(differing) <= (1 - LEAST_EQUAL) * fields, "\n".join(differing)
    assert uncovered(text, parsed) == []
    assert "table" in parsed.layout


@pytest.mark.parametrize("at", range(5))
def test_forms_stay_together(tmp_path: Path, at: int) -> None:
    """Rows under the same action are one form, as in the text."""
    goals = parse(shipped()[at].text).goals
    path = papers.write(tmp_path / "taulukko.docx", "Taulukko", "Alku.", laid_out(goals))

    def sizes(rows: tuple[Goal, ...]) -> list[int]:
        """How many neighbours share their upper fields."""
        return [
            len(list(group))
            for _, group in groupby(rows, key=lambda row: (row.unit.text, row.goal.text, row.action.text))
        ]

    after = parse(read_text(path)).goals
    assert sizes(after) == sizes(goals)
    assert len({row.form for row in after}) >= len(sizes(goals)) * 0.98


def test_pdf_table_runs_over_pages(tmp_path: Path) -> None:
    """The longest document's table takes several pages, and each row is found on one of them."""
    goals = parse(shipped()[0].text).goals
    path = papers.write(tmp_path / "taulukko.pdf", "Taulukko", "Alku.", laid_out(goals))
    text = read_text(path)
    pages = marks.page_count(text)
    assert pages is not None and pages > 2
    found = [marks.page_of(text, goal.indicator.spans[0].start) for goal in parse(text).goals]
    assert found == sorted(found)
    assert set(found) == set(range(1, pages + 1))
