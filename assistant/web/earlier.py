"""Conversations opened with the page, begun anew, taken up again and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.asking import LIMITS, answered
from assistant.web.chat_parts import ChatParts
from assistant.web.conversations import Record, archived, conversations, identity, turn_record, turns_of
from assistant.web.events import data, tie
from assistant.web.render_answer import conversation
from assistant.web.render_conversations import conversations_html

if TYPE_CHECKING:
    from assistant.service import Assistant


def tie_opening(assistant: Assistant, parts: ChatParts, fresh: gr.Button, limits: gr.BrowserState) -> None:
    """The page opens with the conversation that was left open, or with the question of its address ("?q=")."""
    outputs = [parts.log, parts.current, parts.kept, parts.earlier]

    def open_page(current: Any, kept: Any, request: gr.Request) -> tuple[Any, ...]:
        asked = dict(request.query_params)
        question = str(asked.get("q", "")).strip()
        if not question and not current:  # who was quick has asked already: leave the answer alone
            return gr.skip(), gr.skip(), gr.skip(), conversations_html(conversations(kept)), {}
        if not question:
            return *_shown(assistant, current, conversations(kept)), {}
        turn = answered(assistant, question, [], {name: asked[name] for name in LIMITS if asked.get(name)})
        return *_shown(assistant, [turn_record(turn)], archived(kept, current or [])), {}

    def start_over(current: Any, kept: Any) -> tuple[Any, ...]:
        return _shown(assistant, [], archived(kept, current or []))

    tie(None, open_page, [parts.current, parts.kept], [*outputs, limits])
    tie(fresh.click, start_over, [parts.current, parts.kept], outputs)


def tie_earlier(assistant: Assistant, parts: ChatParts) -> None:
    """The list of earlier conversations: one is taken up again, one or all are deleted."""
    outputs = [parts.log, parts.current, parts.kept, parts.earlier]

    def resume(current: Any, kept: Any, event: gr.EventData) -> tuple[Any, ...]:
        key = data(event, "conversation", 100)
        chosen: Record = next((entry for entry in conversations(kept) if identity(entry) == key), {"turns": []})
        rest = [entry for entry in conversations(kept) if entry is not chosen]
        return _shown(assistant, chosen["turns"], archived(rest, current or []))

    def forget(kept: Any, event: gr.EventData) -> tuple[Any, str]:
        key = data(event, "conversation", 100)
        rest = [entry for entry in conversations(kept) if identity(entry) != key]
        return rest, conversations_html(rest, "Keskustelu on poistettu.")

    def forget_all() -> tuple[Any, str]:
        return [], conversations_html([], "Kaikki aiemmat keskustelut on poistettu.")

    tie(parts.earlier.resume, resume, [parts.current, parts.kept], outputs)
    tie(parts.earlier.forget, forget, parts.kept, outputs[2:])
    tie(parts.earlier.forget_all, forget_all, None, outputs[2:])


def _shown(
    assistant: Assistant, records: Sequence[Record], kept: list[Record]
) -> tuple[str, list[Record], list[Record], str]:
    """What the log, the open conversation, the earlier ones and their list become."""
    turns = turns_of(list(records), assistant.document)
    body = conversation(turns, assistant.document)
    return body, [turn_record(turn) for turn in turns], kept, conversations_html(kept)
