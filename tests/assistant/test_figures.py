"""Which cells are a number, which rows come back, and what is drawn of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.figures import figure_of
from assistant.web.chart import bars, chart_html
from corpus.model import Field
from index.goal_table import same_indicator
from tests.web.fake import FakeAssistant


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("670", 670),
        ("Enintään 670 opp.", 670),
        ("687 (20.9.22)", 687),
        ("9 844 pv", 9844),
        ("0,03 t/opp. (20.9.22)", 0.03),
        ("1htv", 1),
        ("(ka) 3,8", 3.8),
        ("68 %(2021)", 68),
        ("2026", 2026),
    ],
)
def test_a_cell_that_is_one_number(text: str, value: float) -> None:
    figure = figure_of(text)
    assert figure is not None
    assert (figure.value, figure.percent) == (value, "%" in text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ei",
        "2–3",
        "2-3",
        "-10 %",
        "+10 %",
        "kasvaa 5 %",
        "5 % kasvu",
        "Kurssien määrä 8/2022",
        "v. 2026 3,9 ja v. 2028 4,1",
        "Vuoden 2021 tulokset",
        "1. Opiskelijat valitaan",
        "1) Seurataan",
        "Hakuaika on päättynyt ja 30 paikkaa on täytetty",
        "1.1.2023",
        "8. lk=10 9. lk=0",
    ],
)
def test_a_cell_that_is_not(text: str) -> None:
    assert figure_of(text) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    row = FakeAssistant().targets()[1]
    html = chart_html([row])
    assert [(bar.label, bar.text, bar.target) for bar in bars([row])] == [
        ("Lähtötaso", "900", False),
        ("Tavoitetaso", "800", True),
    ]
    assert "width:100.0%" in html
    assert "width:88.9%" in html  # 800 / 900


def test_nothing_is_drawn_of_one_number_or_of_two_kinds() -> None:
    row = FakeAssistant().targets()[1]
    assert chart_html([replace(row, goal=replace(row.goal, baseline=Field()))]) == ""
    assert chart_html([replace(row, goal=replace(row.goal, baseline=Field("90 %")))]) == ""
    assert chart_html([replace(row, goal=replace(row.goal, baseline=Field("0"), target=Field("0")))]) == ""


def test_an_indicator_that_returns_is_drawn_over_time() -> None:
    row = FakeAssistant().targets()[1]
    later = replace(
        row,
        document=replace(row.document, id="oppila-2025", period="2025"),
        goal=replace(row.goal, indicator=Field("psykologimitoitus*"), baseline=Field("850")),
    )
    rows = same_indicator(row, [later, row, FakeAssistant().targets()[0]])
    assert [each.document.id for each in rows] == ["oppila-2024", "oppila-2025"]
    assert [bar.label for bar in bars(rows)] == [
        "2024: Lähtötaso",
        "2024: Tavoitetaso",
        "2025: Lähtötaso",
        "2025: Tavoitetaso",
    ]
