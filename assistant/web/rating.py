"""Thumbs up and down: what the user thinks of an answer is stored, and thanked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.feedback import DOWN, UP, FeedbackLog, feedback_on
from assistant.web.asking import history_of
from assistant.web.chat_parts import ChatParts
from assistant.web.conversations import Record, Turn, turn_record, turns_of
from assistant.web.events import data, html, tie
from assistant.web.render import error_html, folded
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant


def tie_rating(assistant: Assistant, feedback: FeedbackLog, parts: ChatParts) -> None:
    """A vote is stored at once; a reason that follows replaces it, since both bear the answer's id."""
    thanks = html("", name="palaute-tila")

    def rate(current: Any, event: gr.EventData) -> tuple[list[Record], str]:
        turns = turns_of(current, assistant.document)
        key, vote, reason = data(event, "turn", 100), data(event, "vote", 10), data(event, "reason", 200)
        position = next((at for at, turn in enumerate(turns) if turn.id == key and turn.answer), None)
        if position is None or vote not in (UP, DOWN):
            return current, ""
        judged = replace(turns[position], vote=vote)
        told = _stored(feedback, judged, turns[:position], reason, data(event, "comment", 2_000))
        turns[position] = judged
        return [turn_record(turn) for turn in turns], told

    tie(parts.log.rate, rate, parts.current, [parts.current, thanks])


def _stored(feedback: FeedbackLog, turn: Turn, before: list[Turn], reason: str, comment: str) -> str:
    """What to tell the user of feedback that was stored, or could not be."""
    assert turn.answer is not None
    try:
        feedback.add(
            feedback_on(
                turn.answer,
                turn.vote,
                id=turn.id,
                reason=reason,
                comment=comment,
                history=history_of(before),
                limits=dict(turn.limits),
            )
        )
    except StrategyError as error:
        return error_html(str(error))
    told, closing = "Kiitos palautteesta. Voit kertoa syyn.", ""
    if reason or comment:
        told, closing = "Kiitos, palautteen syy on tallennettu.", " data-closing"
    return f'<p class="sr-only" data-announce data-thanks="{folded(turn.id)}"{closing}>{told}</p>'
