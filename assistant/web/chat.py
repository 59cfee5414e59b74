"""The tab Keskustelu: a question in, the answer and its sources out; earlier conversations stay in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.feedback import FeedbackLog
from assistant.web.asking import LIMITS, Limits, answered
from assistant.web.chat_parts import ChatParts
from assistant.web.conversations import TURNS, Record, turn_record, turns_of
from assistant.web.earlier import tie_earlier, tie_opening
from assistant.web.events import AT_ONCE, Shown, data, form, html, tie
from assistant.web.rating import tie_rating
from assistant.web.render_answer import conversation
from assistant.web.render_chat import narrowing_html, welcome_html

if TYPE_CHECKING:
    from assistant.service import Assistant

NOTICE = (
    "Vastaukset tuottaa tekoälyjärjestelmä, joka poimii ne asiakirjoista. Se voi erehtyä: tarkista tieto lähteestä "
    "ennen kuin käytät sitä."
)
_SECRET = "tavoiteavustaja"  # Gradio scrambles what it keeps in the browser; a fixed word lets it be read tomorrow


@dataclass(frozen=True)
class ChatTab:
    """What other tabs hang their events on."""

    log: gr.HTML
    shown: tuple[Shown, ...]  # what changes with the documents


def build_chat(assistant: Assistant, feedback: FeedbackLog) -> ChatTab:
    """Draw the tab inside the current Blocks and tie its events."""

    def shown_filters() -> str:
        return narrowing_html(assistant)

    def shown_welcome() -> str:
        return welcome_html(assistant)

    gr.HTML(f'<h2 class="sr-only">Keskustelu</h2><p class="notice ai">{NOTICE}</p>', apply_default_css=False)
    current = gr.BrowserState([], storage_key="tavoiteavustaja-keskustelu", secret=_SECRET)
    kept = gr.BrowserState([], storage_key="tavoiteavustaja-aiemmat", secret=_SECRET)
    limits = gr.BrowserState({}, storage_key="tavoiteavustaja-rajaus", secret=_SECRET)
    welcome = html(shown_welcome, name="alku", events=("ask",))  # out of sight where there is a turn: see app.css
    log = html("", name="keskustelu-loki", events=("ask", "open", "rate"))
    gr.HTML('<p id="odotus" class="waiting" hidden>Haetaan vastausta …</p>', apply_default_css=False)
    box, send = _question_box()
    with gr.Row(elem_id="kysy-lisaa"):
        filters = form(shown_filters, name="rajaus")
        fresh = gr.Button("Uusi keskustelu", elem_id="uusi", size="md", scale=0, min_width=180)
    earlier = html("", name="aiemmat", events=("resume", "forget", "forget_all"))
    parts = ChatParts(welcome, log, current, kept, earlier)
    tie(filters.change, _limits, None, limits)
    _tie_questions(assistant, parts, box, send, limits)
    tie_opening(assistant, parts, fresh, limits)
    tie_earlier(assistant, parts)
    tie_rating(assistant, feedback, parts)
    return ChatTab(log, ((shown_filters, filters), (shown_welcome, welcome)))


def _question_box() -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="kysy"):
        box = gr.Textbox(
            label="Kysymys",
            placeholder="Kirjoita kysymyksesi",
            lines=1,
            max_lines=6,
            elem_id="kysymys",
            min_width=80,
            max_length=20_000,
        )
        send = gr.Button("Lähetä", variant="primary", elem_id="laheta", scale=0, min_width=90)
    return box, send


def _tie_questions(
    assistant: Assistant, parts: ChatParts, box: gr.Textbox, send: gr.Button, limits: gr.BrowserState
) -> None:
    def respond(question: str, current: Any, narrowed: Limits) -> tuple[str, list[Record], str]:
        before = turns_of(current, assistant.document)
        after = [*before, answered(assistant, question, before, narrowed)][-TURNS:]
        return "", [turn_record(turn) for turn in after], conversation(after, assistant.document)

    def follow(current: Any, narrowed: Limits, event: gr.EventData) -> tuple[list[Record], str]:
        return respond(data(event, "question"), current, narrowed)[1:]

    queue: dict[str, Any] = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
    outputs = [box, parts.current, parts.log]
    tie([box.submit, send.click], respond, [box, parts.current, limits], outputs, **queue)
    tie([parts.log.ask, parts.welcome.ask], follow, [parts.current, limits], outputs[1:], **queue)


def _limits(event: gr.EventData) -> Limits:
    chosen = {name: data(event, name, 200) for name in LIMITS}
    return {name: value for name, value in chosen.items() if value}
