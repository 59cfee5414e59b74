"""Bars of an indicator's numbers: baseline, targets and current value, over the documents where it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.figures import Figure, figure_of
from assistant.web.render import folded
from index.goal_table import GoalRow


@dataclass(frozen=True)
class Bar:
    """One number with its name and the document's own words for it."""

    label: str
    text: str
    figure: Figure
    target: bool


def bars(rows: Sequence[GoalRow]) -> list[Bar]:
    """The numbers of the rows in order; empty where there are fewer than two, or not all of one kind."""
    found = [bar for row in rows for bar in _bars(row, len(rows) > 1)]
    kinds = {bar.figure.percent for bar in found}
    return found if len(found) > 1 and len(kinds) == 1 else []


def _bars(row: GoalRow, several: bool) -> list[Bar]:
    goal = row.goal
    targets = [(f"Tavoite {year}", field.text) for year, field in goal.targets] or [("Tavoitetaso", goal.target.text)]
    cells = [("Lähtötaso", goal.baseline.text, False), *((label, text, True) for label, text in targets)]
    cells.append(("Tilanne", goal.progress.text, False))
    start = f"{row.document.period}: " if several and row.document.period else ""
    return [Bar(start + label, text, figure, target) for label, text, target in cells if (figure := figure_of(text))]


def chart_html(rows: Sequence[GoalRow]) -> str:
    """The bars as a list, each with its words beside it: the list is the text alternative, the bars only decorate.

    Nothing where there is nothing to draw.
    """
    drawn = bars(rows)
    largest = max((bar.figure.value for bar in drawn), default=0)
    if not largest:
        return ""
    items = "".join(
        f'<li><span class="name">{escape(bar.label)}</span>'
        f'<span class="bar{" target" if bar.target else ""}" aria-hidden="true">'
        f'<span style="width:{100 * bar.figure.value / largest:.1f}%"></span></span>'
        f'<span class="value">{folded(bar.text)}</span></li>'
        for bar in drawn
    )
    return f'<h4>Luvut</h4><ul class="chart">{items}</ul>'
