"""The same assistant for machines: the endpoints /ask and /targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from assistant.web.events import AT_ONCE
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant


def add_endpoints(assistant: Assistant) -> None:
    """Add the endpoints to the current Blocks."""

    def ask(
        question: str,
        history: list[dict[str, str]] | None = None,
        municipality: str | None = None,
        document: str | None = None,
        year: int | None = None,
    ) -> dict[str, Any]:
        """Vastaa kysymykseen kuntien tavoitteista; vastaus lähteineen JSON-muodossa (status, text, citations, rows)."""
        try:
            answer = assistant.ask(question, history or [], municipality=municipality, document=document, year=year)
        except StrategyError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return answer.as_dict()

    def targets(
        municipality: str | None = None,
        unit: str | None = None,
        year: int | None = None,
        query: str | None = None,
        document: str | None = None,
    ) -> list[dict[str, Any]]:
        """Tavoiterivit mittareineen, lähtö- ja tavoitetasoineen; jokainen rajaus on vapaaehtoinen."""
        try:
            rows = assistant.targets(municipality=municipality, unit=unit, year=year, query=query, document=document)
        except StrategyError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return [row.as_dict() for row in rows]

    api(ask, api_name="ask", concurrency_limit=AT_ONCE, concurrency_id="ask")
    api(targets, api_name="targets", concurrency_limit=AT_ONCE)
