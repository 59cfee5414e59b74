"""The tab Asiakirjat: what the assistant knows, and the text of each document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.events import Shown, data, html, tie
from assistant.web.places import parse_spans
from assistant.web.render import empty_html, error_html
from assistant.web.render_documents import documents_html, reader_html
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant

TAB = "asiakirjat"


@dataclass(frozen=True)
class DocumentsTab:
    """What other tabs open documents in."""

    reader: gr.HTML
    shown: tuple[Shown, ...]  # what changes with the documents


def build_documents(assistant: Assistant) -> DocumentsTab:
    """Draw the tab inside the current Blocks and tie its events."""
    gr.HTML("<h2>Asiakirjat</h2><p>Avustaja vastaa vain näiden asiakirjojen perusteella.</p>", apply_default_css=False)

    def shown() -> str:
        return documents_html(assistant.documents())

    table = html(shown, name="asiakirja-taulukko", events=("read",))
    reader = html(empty_html("Valitse asiakirja, niin voit lukea sen tekstin tästä."), name="lukija")

    def read(event: gr.EventData) -> str:
        return opened(assistant, event)

    tie(table.read, read, None, reader)
    return DocumentsTab(reader, ((shown, table),))


def tie_openers(assistant: Assistant, places: list[gr.HTML], tabs: gr.Tabs, documents: DocumentsTab) -> None:
    """Let the "open" buttons of the places show their document, with their spans marked."""

    def open_document(event: gr.EventData) -> tuple[Any, str]:
        return gr.Tabs(selected=TAB), opened(assistant, event)

    for place in places:
        tie(place.open, open_document, None, [tabs, documents.reader])


def opened(assistant: Assistant, event: gr.EventData) -> str:
    """The document that a button names."""
    try:
        document = assistant.document(data(event, "document", 500))
    except StrategyError as error:
        return error_html(str(error))
    return reader_html(document, parse_spans(data(event, "spans")))
