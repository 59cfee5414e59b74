"""The tab Keskustelu: a question in, the answer and its sources out; earlier conversations stay in the browser."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.feedback import DOWN, UP, FeedbackLog, feedback_on
from assistant.web.conversations import (
    Record,
    Turn,
    archived,
    conversations,
    identity,
    turn_record,
    turns_of,
)
from assistant.web.events import AT_ONCE, Shown, data, form, html, tie
from assistant.web.render import error_html, folded
from assistant.web.render_answer import conversation
from assistant.web.render_chat import narrowing_html, welcome_html
from assistant.web.render_conversations import conversations_html
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant

NOTICE = (
    "Vastaukset tuottaa tekoälyjärjestelmä, joka poimii ne asiakirjoista. Se voi erehtyä: tarkista tieto lähteestä "
    "ennen kuin käytät sitä."
)
LIMITS = ("municipality", "document", "year")
Limits = dict[str, str]
_SECRET = "tavoiteavustaja"  # Gradio scrambles what it keeps in the browser; a fixed word lets it be read tomorrow
_HISTORY = 10  # turns that a question may lean on


@dataclass(frozen=True)
class ChatTab:
    """What other tabs hang their events on."""

    log: gr.HTML
    shown: tuple[Shown, ...]  # what changes with the documents


@dataclass(frozen=True)
class _Places:
    """The parts of the tab that handlers write into."""

    welcome: gr.HTML
    log: gr.HTML
    current: gr.BrowserState
    kept: gr.BrowserState
    earlier: gr.HTML


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
    places = _Places(welcome, log, current, kept, earlier)
    tie(filters.change, _limits, None, limits)
    _tie_questions(assistant, places, box, send, limits)
    _tie_earlier(assistant, places, fresh, limits)
    _tie_feedback(assistant, feedback, places)
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
    assistant: Assistant, places: _Places, box: gr.Textbox, send: gr.Button, limits: gr.BrowserState
) -> None:
    def respond(question: str, current: Any, narrowed: Limits) -> tuple[str, list[Record], str]:
        before = turns_of(current, assistant.document)
        after = [*before, answered(assistant, question, before, narrowed)]
        return "", [turn_record(turn) for turn in after], conversation(after, assistant.document)

    def follow(current: Any, narrowed: Limits, event: gr.EventData) -> tuple[list[Record], str]:
        return respond(data(event, "question"), current, narrowed)[1:]

    queue: dict[str, Any] = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
    outputs = [box, places.current, places.log]
    tie([box.submit, send.click], respond, [box, places.current, limits], outputs, **queue)
    tie([places.log.ask, places.welcome.ask], follow, [places.current, limits], outputs[1:], **queue)


def _tie_earlier(assistant: Assistant, places: _Places, fresh: gr.Button, limits: gr.BrowserState) -> None:
    outputs = [places.log, places.current, places.kept, places.earlier]

    def shown(records: Sequence[Record], kept: list[Record]) -> tuple[str, list[Record], Any, str]:
        turns = turns_of(list(records), assistant.document)
        body = conversation(turns, assistant.document)
        return body, [turn_record(turn) for turn in turns], kept, conversations_html(kept)

    def open_page(current: Any, kept: Any, request: gr.Request) -> tuple[Any, ...]:
        asked = dict(request.query_params)
        question = str(asked.get("q", "")).strip()
        if not question and not current:  # who was quick has asked already: leave the answer alone
            return gr.skip(), gr.skip(), gr.skip(), conversations_html(conversations(kept)), {}
        if not question:
            return *shown(current, conversations(kept)), {}
        turn = answered(assistant, question, [], {name: asked[name] for name in LIMITS if asked.get(name)})
        return *shown([turn_record(turn)], archived(kept, current or [])), {}

    def start_over(current: Any, kept: Any) -> tuple[Any, ...]:
        return shown([], archived(kept, current or []))

    def resume(current: Any, kept: Any, event: gr.EventData) -> tuple[Any, ...]:
        key = data(event, "conversation", 100)
        chosen: Record = next((entry for entry in conversations(kept) if identity(entry) == key), {"turns": []})
        rest = [entry for entry in conversations(kept) if entry is not chosen]
        return shown(chosen["turns"], archived(rest, current or []))

    def forget(kept: Any, event: gr.EventData) -> tuple[Any, str]:
        key = data(event, "conversation", 100)
        rest = [entry for entry in conversations(kept) if identity(entry) != key]
        return rest, conversations_html(rest, "Keskustelu on poistettu.")

    tie(None, open_page, [places.current, places.kept], [*outputs, limits])
    tie(fresh.click, start_over, [places.current, places.kept], outputs)
    tie(places.earlier.resume, resume, [places.current, places.kept], outputs)
    tie(places.earlier.forget, forget, places.kept, outputs[2:])
    tie(
        places.earlier.forget_all,
        lambda: ([], conversations_html([], "Kaikki aiemmat keskustelut on poistettu.")),
        None,
        outputs[2:],
    )


def _tie_feedback(assistant: Assistant, feedback: FeedbackLog, places: _Places) -> None:
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

    tie(places.log.rate, rate, places.current, [places.current, thanks])


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


def _limits(event: gr.EventData) -> Limits:
    chosen = {name: data(event, name, 200) for name in LIMITS}
    return {name: value for name, value in chosen.items() if value}


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
