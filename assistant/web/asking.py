"""From what the user typed to the next turn of the conversation."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.web.conversations import Turn
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant

# what a question can be narrowed to, as forms and addresses name it
LIMITS = ("municipality", "document", "unit", "year")
Limits = dict[str, str]
_HISTORY = 10  # turns that a question may lean on


def answered(assistant: Assistant, question: str, before: list[Turn], limits: Limits) -> Turn:
    """The next turn. An error that the user can mend becomes a turn that says so; nothing is lost by it."""
    year = limits.get("year", "")
    narrowed = tuple((name, limits[name]) for name in LIMITS if limits.get(name))
    turn = Turn(question, id=uuid.uuid4().hex, limits=narrowed)
    try:
        answer = assistant.ask(
            question,
            history_of(before),
            municipality=limits.get("municipality"),
            document=limits.get("document"),
            unit=limits.get("unit"),
            year=int(year) if year.isdecimal() else None,
        )
    except StrategyError as error:
        return replace(turn, question=question[:500], error=str(error))
    return replace(turn, answer=answer)


def history_of(turns: list[Turn]) -> list[dict[str, str]]:
    """The last turns in the form that `ask` takes; those that failed are left out."""
    return [
        message
        for turn in turns[-_HISTORY:]
        if turn.answer
        for message in ({"role": "user", "content": turn.question}, {"role": "assistant", "content": turn.answer.text})
    ]
