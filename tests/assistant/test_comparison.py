"""Which of two figures is larger, on evidence that can be read at a glance."""

from __future__ import annotations

import pytest

from assistant.comparison import compared
from assistant.evidence import Evidence
from corpus.model import Facts, Field, Goal, Span
from index.goal_table import GoalRow
from index.passages import Kind, Passage
from tests.assistant.small import small_understanding

ASKED = small_understanding().understand
HIGHER_BASELINE = ASKED("kummassa lähtötaso on korkeampi, lukiossa vai perusopetuksessa?")
HIGHER_TARGET = ASKED("kummassa tavoitetaso on korkeampi, lukiossa vai perusopetuksessa?")


def field(text: str) -> Field:
    """A field somewhere."""
    return Field(text, (Span(0, len(text)),)) if text else Field()


def row(unit: str, indicator: str = "Mitoitus", baseline: str = "", target: str = "") -> Evidence:
    """A goal row as evidence."""
    goal = Goal(0, unit=field(unit), indicator=field(indicator), baseline=field(baseline), target=field(target))
    passage = Passage("p", "d", Kind.ROW, "indicator", indicator, "", (Span(0, 1),), rows=(0,), unit=unit)
    return Evidence(0, passage, (GoalRow(Facts("d", "Tavoitteet", municipality="Pori"), 0, goal),), (), 1.0)


def item(text: str) -> Evidence:
    """An item of a list of figures as evidence."""
    return Evidence(0, Passage("p", "d", Kind.ITEM, "indicator", text, "", (Span(0, 1),)), (), (), 1.0)


def test_the_larger_one_comes_first() -> None:
    """As written in the documents, named by what tells them apart: here the unit."""
    found = compared(HIGHER_BASELINE, [row("Perusopetus", baseline="687 oppilasta"), row("Lukio", baseline="711")])
    assert found is not None
    assert [(value.text, value.name) for value in found] == [("711", "Lukio"), ("687 oppilasta", "Perusopetus")]


def test_the_field_that_is_asked_for_counts() -> None:
    """The target where the target is asked for."""
    rows = [row("Perusopetus", baseline="1", target="30"), row("Lukio", baseline="2", target="20")]
    found = compared(HIGHER_TARGET, rows)
    assert found is not None
    assert [value.text for value in found] == ["30", "20"]


def test_rows_of_one_unit_are_told_apart_by_their_indicators() -> None:
    """And of one municipality."""
    found = compared(HIGHER_TARGET, [row("Lukio", "Ryhmät", target="7"), row("Lukio", "Kurssit", target="9")])
    assert found is not None
    assert [value.name for value in found] == ["Kurssit", "Ryhmät"]


def test_items_of_lists() -> None:
    """The figure at the end, the name before it."""
    found = compared(HIGHER_BASELINE, [item("Kävijämäärät: Annis – 3912"), item("Kävijämäärät: Kinokellari – 367")])
    assert found is not None
    assert [(value.text, value.name) for value in found] == [("3912", "Annis"), ("367", "Kinokellari")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("Lukio", baseline="20 %"), row("Perusopetus", baseline="30")),  # a share and a number
        (row("Lukio", baseline="20"), row("Perusopetus", baseline="")),  # one has none
        (row("Lukio", baseline="20–30"), row("Perusopetus", baseline="25")),  # a range
        (row("Lukio", baseline="kasvaa 5 %"), row("Perusopetus", baseline="10 %")),  # a change
        (row("Lukio", baseline="20"), row("Lukio", baseline="25")),  # nothing tells them apart
        (item("Annis – 3912"), item("paljon")),
    ],
)
def test_what_cannot_be_compared(one: Evidence, other: Evidence) -> None:
    """Then nothing is said of which is larger."""
    assert compared(HIGHER_BASELINE, [one, other]) is None


def test_both_values_asked() -> None:
    """It is not clear which of them is to be compared."""
    both = ASKED("kummassa lähtötaso ja tavoitetaso ovat korkeampia, lukiossa vai perusopetuksessa?")
    assert (
        compared(both, [row("Lukio", baseline="1", target="2"), row("Perusopetus", baseline="3", target="4")]) is None
    )
