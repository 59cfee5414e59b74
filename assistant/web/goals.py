"""The tab Tavoitteet ja mittarit: every goal row, found and opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.events import data, form, html
from assistant.web.render import empty_html, error_html
from assistant.web.render_goals import filters_html, goal_html, goals_html
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant

_NOTHING_CHOSEN = empty_html("Valitse rivi, niin sen tavoite, toimenpide, vastuu ja lähde näkyvät tässä.")


@dataclass(frozen=True)
class GoalsTab:
    """What other tabs hang their events on."""

    detail: gr.HTML


def build_goals(assistant: Assistant) -> GoalsTab:
    """Draw the tab inside the current Blocks and tie its events."""
    gr.HTML("<h2>Tavoitteet ja mittarit</h2>", apply_default_css=False)
    filters = form(lambda: filters_html(assistant.targets()), name="tavoite-haku")
    with gr.Row(elem_id="tavoite-palstat"):
        table = html(lambda: goals_html(assistant.targets()), name="tavoite-taulukko", events=("row",))
        detail = html(_NOTHING_CHOSEN, name="tavoite-rivi", events=("open", "back"))

    def narrow(event: gr.EventData) -> str:
        town, unit, query, document = (
            data(event, name, 500) or None for name in ("municipality", "unit", "query", "document")
        )
        try:
            return goals_html(assistant.targets(town, unit, query=query, document=document))
        except StrategyError as error:
            return error_html(str(error))

    def choose(event: gr.EventData) -> str:
        document, position = data(event, "document", 500), data(event, "position", 20)
        rows = assistant.targets(document=document) if document else []
        row = next((row for row in rows if str(row.position) == position), None)
        return goal_html(row) if row else error_html("Riviä ei enää ole. Lataa sivu uudelleen.")

    shared: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
    filters.change(narrow, None, table, trigger_mode="always_last", **shared)
    table.row(choose, None, detail, **shared)
    return GoalsTab(detail)
