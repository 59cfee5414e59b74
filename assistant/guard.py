"""The number guard: every figure of an answer stands in a cited span, its metadata or the question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Citation

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MARKER = re.compile(r"\[\d+\]")


def figures(text: str) -> list[str]:
    """The figures of a text, citation markers left out: "9 844 pv [1]" -> ["9", "844"]."""
    return _FIGURE.findall(_MARKER.sub("", text))


def uncited(text: str, citations: Iterable[Citation], question: str) -> list[str]:
    """Figures of the text that stand neither in a quote, nor in a citation's metadata, nor in the question."""
    sources = [question]
    for citation in citations:
        sources += [citation.quote, citation.title, citation.period or "", " ".join(citation.section)]
    known = {figure for source in sources for figure in _FIGURE.findall(source)}
    known |= {piece for figure in known for piece in re.split(r"[.,]", figure)}
    return [figure for figure in figures(text) if figure not in known]
