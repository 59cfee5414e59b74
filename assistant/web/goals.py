"""The tab Tavoitteet ja mittarit: every goal row, found and opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import gradio as gr

from assistant.web.events import Shown, data, form, html, tie
from assistant.web.goal_choice import GoalChoice, chosen
from assistant.web.render import empty_html, error_html
from assistant.web.render_goals import filters_html, goal_html, goals_html

if TYPE_CHECKING:
    from assistant.service import Assistant

_NOTHING_CHOSEN = empty_html("Valitse rivi, niin sen tavoite, toimenpide, vastuu ja lähde näkyvät tässä.")


@dataclass(frozen=True)
class GoalsTab:
    """What other tabs hang their events on."""

    detail: gr.HTML
    shown: tuple[Shown, ...]  # what changes with the documents


def build_goals(assistant: Assistant) -> GoalsTab:
    """Draw the tab inside the current Blocks and tie its events."""
    gr.HTML("<h2>Tavoitteet ja mittarit</h2>", apply_default_css=False)

    def shown_filters() -> str:
        return filters_html(assistant.targets())

    def shown_rows() -> str:
        return goals_html(assistant.targets())

    filters = form(shown_filters, name="tavoite-haku")
    with gr.Row(elem_id="tavoite-palstat"):
        table = html(shown_rows, name="tavoite-taulukko", events=("row",))
        detail = html(_NOTHING_CHOSEN, name="tavoite-rivi", events=("open", "back", "row"))

    def narrow(event: gr.EventData) -> str:
        choice = GoalChoice.of(event._data if isinstance(event._data, dict) else {})
        return goals_html(chosen(assistant, choice), choice)

    def choose(event: gr.EventData) -> str:
        document, position = data(event, "document", 500), data(event, "position", 20)
        rows = assistant.targets()
        row = next((row for row in rows if (row.document.id, str(row.position)) == (document, position)), None)
        return goal_html(row, rows) if row else error_html("Riviä ei enää ole. Lataa sivu uudelleen.")

    tie(filters.change, narrow, None, table, trigger_mode="always_last")
    tie([table.row, detail.row], choose, None, detail)
    return GoalsTab(detail, ((shown_filters, filters), (shown_rows, table)))
