"""The tab Keskustelu: a question in, the answer and its sources out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.events import AT_ONCE, data, form, html
from assistant.web.examples import example_questions
from assistant.web.render import action_button, options
from assistant.web.render_answer import Turn, conversation
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant

NOTICE = (
    "Vastaukset tuottaa tekoälyjärjestelmä, joka poimii ne asiakirjoista. Se voi erehtyä: tarkista tieto lähteestä "
    "ennen kuin käytät sitä."
)
Narrowed = dict[str, str]


@dataclass(frozen=True)
class ChatTab:
    """What other tabs hang their events on."""

    log: gr.HTML


def build_chat(assistant: Assistant) -> ChatTab:
    """Draw the tab inside the current Blocks and tie its events."""
    gr.HTML(f'<h2 class="sr-only">Keskustelu</h2><p class="notice ai">{NOTICE}</p>', apply_default_css=False)
    turns = gr.State([])
    narrowed = gr.State({})
    log = html(lambda: welcome_html(assistant), name="keskustelu-loki", events=("ask", "open"))
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
    with gr.Row(elem_id="kysy-lisaa"):
        filters = form(lambda: narrowing_html(assistant), name="rajaus")
        clear = gr.Button("Tyhjennä keskustelu", elem_id="tyhjenna", size="md", scale=0, min_width=200)

    def respond(question: str, before: list[Turn], limits: Narrowed) -> tuple[str, list[Turn], str]:
        after = [*before, answered(assistant, question, before, limits)]
        return "", after, conversation(after)

    def follow(before: list[Turn], limits: Narrowed, event: gr.EventData) -> tuple[list[Turn], str]:
        return respond(data(event, "question"), before, limits)[1:]

    shared: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": AT_ONCE}
    gr.on([box.submit, send.click], respond, [box, turns, narrowed], [box, turns, log], concurrency_id="ask", **shared)
    log.ask(follow, [turns, narrowed], [turns, log], concurrency_id="ask", **shared)
    clear.click(lambda: ([], welcome_html(assistant)), None, [turns, log], **shared)
    filters.change(_limits, None, narrowed, **shared)
    return ChatTab(log)


def _limits(event: gr.EventData) -> Narrowed:
    chosen = {name: data(event, name, 200) for name in ("municipality", "document", "year")}
    return {name: value for name, value in chosen.items() if value}


def answered(assistant: Assistant, question: str, before: list[Turn], limits: Narrowed) -> Turn:
    """The next turn. An error that the user can mend becomes a turn that says so; nothing is lost by it."""
    year = limits.get("year", "")
    try:
        answer = assistant.ask(
            question,
            history_of(before),
            municipality=limits.get("municipality"),
            document=limits.get("document"),
            year=int(year) if year.isdecimal() else None,
        )
    except StrategyError as error:
        return Turn(question[:500], error=str(error))
    return Turn(question, answer)


def history_of(turns: list[Turn]) -> list[dict[str, str]]:
    """Earlier turns in the form that `ask` takes; those that failed are left out."""
    return [
        message
        for turn in turns
        if turn.answer
        for message in ({"role": "user", "content": turn.question}, {"role": "assistant", "content": turn.answer.text})
    ]


def welcome_html(assistant: Assistant) -> str:
    """What an empty conversation shows: what can be asked, and questions to start from."""
    questions = example_questions(assistant.targets())
    buttons = "".join(f"<li>{action_button('ask', text, 'chip', question=text)}</li>" for text in questions)
    examples = f'<h3>Kokeile esimerkiksi</h3><ul class="chips">{buttons}</ul>' if buttons else ""
    return (
        '<div class="welcome"><p class="lead">Kysy kuntien tavoitteista, mittareista, toimenpiteistä, vastuista ja '
        f"tilanteesta omin sanoin. Saat vastauksen ja kohdan, josta se on peräisin.</p>{examples}</div>"
    )


def narrowing_html(assistant: Assistant) -> str:
    """Filters of the conversation, folded away until they are needed."""
    facts = [info.facts for info in assistant.documents()]
    towns = sorted({entry.municipality for entry in facts if entry.municipality})
    years = sorted({year for entry in facts for year in entry.years()})
    selects = (
        ("municipality", "Kunta", options([(town, town) for town in towns], "Kaikki kunnat")),
        ("document", "Asiakirja", options([(entry.id, entry.title) for entry in facts], "Kaikki asiakirjat")),
        ("year", "Vuosi", options([(str(year), str(year)) for year in years], "Kaikki vuodet")),
    )
    fields = "".join(f'<label>{label}<select name="{name}">{inner}</select></label>' for name, label, inner in selects)
    return (
        '<details class="narrowing"><summary>Rajaa kunnan, asiakirjan tai vuoden mukaan</summary>'
        f'<form class="filters" aria-label="Rajaa vastauksia">{fields}'
        '<button type="reset" class="plain-button">Poista rajaukset</button></form></details>'
    )
