"""The tab Tietoja: what kind of system this is, how well it answers, accessibility, privacy and version."""

from __future__ import annotations

from html import escape
from importlib.metadata import PackageNotFoundError, version
from string import Template
from typing import TYPE_CHECKING

from assistant.web.events import Shown, html
from assistant.web.render import asset
from assistant.web.results import results_html

if TYPE_CHECKING:
    from assistant.service import Assistant

_PACKAGE = "strategia-avustaja"


def build_about(assistant: Assistant) -> tuple[Shown, ...]:
    """Draw the tab inside the current Blocks; what is returned changes with the documents."""

    def shown() -> str:
        return about_html(assistant)

    return ((shown, html(shown, name="tietoja-sisalto")),)


def about_html(assistant: Assistant) -> str:
    """The page's text with the counts of what the assistant knows."""
    known = assistant.documents()
    return Template(asset("about.html")).substitute(
        documents=len(known),
        goals=sum(info.report.goals for info in known),
        passages=sum(info.report.passages for info in known),
        results=results_html(),
        version=escape(_version()),
    )


def _version() -> str:
    """The installed version; a checkout that was not installed has none."""
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        return "kehitysversio"
