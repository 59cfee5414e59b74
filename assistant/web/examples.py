"""Example questions, made of what the documents hold, so that each of them has an answer."""

from __future__ import annotations

from collections.abc import Sequence

from index.goal_table import GoalRow

_LONGEST = 60  # characters of a name that still reads well on a button


def example_questions(rows: Sequence[GoalRow], count: int = 4) -> list[str]:
    """At most one question of each document, by kind in turn; fewer where the rows give no more."""
    found: list[str] = []
    documents = list(dict.fromkeys(row.document.id for row in rows))
    for number, document in enumerate(documents):
        own = [row for row in rows if row.document.id == document]
        makers = _MAKERS[number % len(_MAKERS) :] + _MAKERS[: number % len(_MAKERS)]
        question = next((text for maker in makers for row in own if (text := maker(row))), "")
        if question and question not in found:
            found.append(question)
    return found[:count]


def _fits(text: str) -> bool:
    return 8 <= len(text) <= _LONGEST and "\n" not in text


def _target(row: GoalRow) -> str:
    goal = row.goal
    known = goal.target and goal.baseline and _fits(goal.indicator.text)
    return f"Mikä on mittarin ”{goal.indicator.text.rstrip('.')}” tavoitetaso?" if known else ""


def _progress(row: GoalRow) -> str:
    goal = row.goal
    known = goal.progress and _fits(goal.indicator.text)
    return f"Miten mittari ”{goal.indicator.text.rstrip('.')}” on edennyt?" if known else ""


def _responsible(row: GoalRow) -> str:
    goal = row.goal
    known = goal.responsible and _fits(goal.action.text)
    return f"Kuka vastaa toimenpiteestä ”{goal.action.text.rstrip('.')}”?" if known else ""


_MAKERS = (_target, _responsible, _progress)
