"""The tab Tietoja: what kind of system this is, what it cannot do, accessibility and privacy."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from assistant.web.events import html
from assistant.web.render import asset

if TYPE_CHECKING:
    from assistant.service import Assistant


def build_about(assistant: Assistant) -> None:
    """Draw the tab inside the current Blocks."""
    html(lambda: about_html(assistant), name="tietoja-sisalto")


def about_html(assistant: Assistant) -> str:
    """The page's text with the counts of what the assistant knows."""
    known = assistant.documents()
    return Template(asset("about.html")).substitute(
        documents=len(known),
        goals=sum(info.report.goals for info in known),
        passages=sum(info.report.passages for info in known),
    )
