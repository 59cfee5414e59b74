"""One turn of the conversation as HTML: the question, the answer with its rows, and the sources beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from html import escape

from assistant.answer import Answer, Citation, RowView, Status
from assistant.web.conversations import Documents, Turn
from assistant.web.places import excerpt, spans_text
from assistant.web.render import action_button, error_html, folded, markdown, marker, path_text
from assistant.web.render_tools import tools
from assistant.web.tables import table
from corpus.errors import StrategyError
from corpus.model import fold

_STATUS = {
    Status.AMBIGUOUS: "Useita vaihtoehtoja",
    Status.NOT_FOUND: "Ei löytynyt asiakirjoista",
    Status.REFUSED: "Rajattu: avustaja ei vastaa tähän",
}
_NO_QUESTION = ("help", "nothing_asked")  # a greeting, a word too few: nothing was looked for
_MARKER = re.compile(r"\s*\[\d+\]")
_LONG_QUOTE = 600  # characters; a longer one is folded away behind its own first words
_LONG_START = 160  # characters of it that are shown
_SHORT_START = 50  # and so many where there are many sources
_MANY_SOURCES = 8  # of more, every quote is folded away


def conversation(turns: Sequence[Turn], documents: Documents | None = None) -> str:
    """Every turn, oldest first; only the newest one offers its follow-up questions."""
    last = len(turns)
    return "".join(turn_html(turn, number, documents, newest=number == last) for number, turn in enumerate(turns, 1))


def turn_html(turn: Turn, number: int, documents: Documents | None = None, *, newest: bool = True) -> str:
    """One turn; ids in it start with "t" and its number.

    With `documents` a quote stands among the words around it, marked; without them it stands alone.
    """
    name = f"t{number}"
    heading = (
        f'<h3 class="question" id="{name}-kysymys"><span class="sr-only">Kysymys: </span>{escape(turn.question)}</h3>'
    )
    body = _answered(turn, turn.answer, name, documents, newest) if turn.answer else error_html(turn.error)
    return f'<article class="turn" id="{name}" tabindex="-1" aria-labelledby="{name}-kysymys">{heading}{body}</article>'


def _answered(turn: Turn, answer: Answer, name: str, documents: Documents | None, newest: bool) -> str:
    anchor = f"{name}-lahde"
    known = {citation.number for citation in answer.citations}
    left = [
        _status(answer),
        _understood(answer),
        _limits(turn, answer),
        markdown(answer.text, anchor, known),
        rows_table(answer.rows, anchor, known),
        tools(turn, answer, name),
    ]
    if newest:
        left.append(suggestions(answer.suggestions))
    announced = _announcement(answer)
    return (
        f'<div class="turn-columns"><div class="answer" lang="{escape(answer.language)}">{"".join(left)}</div>'
        f"{sources(answer.citations, anchor, documents)}</div>"
        f'<p class="sr-only" data-announce>{announced}</p>'
    )


def _announcement(answer: Answer) -> str:
    """What a screen reader hears when the answer arrives: its words without the markers, and how many sources."""
    status = f"{label}. " if (label := _label(answer)) else ""
    words = re.sub(r"<[^>]*>", " ", markdown(_MARKER.sub("", answer.text), "", ()))
    count = len(answer.citations)
    told = f" {count} {'lähde' if count == 1 else 'lähdettä'}." if count else ""
    return f"Vastaus: {status}{fold(words)}{told}"


def _status(answer: Answer) -> str:
    label = _label(answer)
    return f'<p class="status status-{answer.status.value}">{label}</p>' if label else ""


def _label(answer: Answer) -> str:
    """The status in words where it needs any."""
    return "" if answer.reason in _NO_QUESTION else _STATUS.get(answer.status, "")


def _understood(answer: Answer) -> str:
    if not answer.understood or answer.understood == answer.question:
        return ""
    return f'<p class="understood">Kysymys ymmärrettiin näin: <q>{folded(answer.understood)}</q></p>'


def _limits(turn: Turn, answer: Answer) -> str:
    """What the question was narrowed to, a document by its title where the answer cites it."""
    titles = {citation.document: citation.title for citation in answer.citations}
    told = " · ".join(titles.get(value, value) for _, value in turn.limits)
    return f'<p class="understood">Rajattu: {folded(told)}</p>' if told else ""


def rows_table(rows: Sequence[RowView], anchor: str, known: Collection[int]) -> str:
    """The goal rows behind the answer, each with the marker of its source; nothing where there are none.

    The progress is often told in the text alone: its column is left out where no row has it.
    """
    if not rows:
        return ""
    progress = ["Tilanne"] if any(row.progress for row in rows) else []
    columns = ["Mittari", "Lähtötaso", "Tavoitetaso", *progress, "Lähde"]
    return table("Vastauksen tavoiterivit", columns, [_cells(row, columns, anchor, known) for row in rows])


def _cells(row: RowView, columns: Sequence[str], anchor: str, known: Collection[int]) -> list[str]:
    unit = f'<span class="meta">{folded(row.unit)}</span>' if row.unit else ""
    bodies = {
        "Mittari": folded(row.indicator) + unit,
        "Lähtötaso": folded(row.baseline),
        "Tavoitetaso": folded(row.target),
        "Tilanne": folded(row.progress),
        "Lähde": marker(row.citation, anchor) if row.citation in known else "",
    }
    return [bodies[name] for name in columns]


def suggestions(questions: Sequence[str]) -> str:
    """Follow-up questions as buttons."""
    if not questions:
        return ""
    buttons = "".join(f"<li>{action_button('ask', text, 'chip', question=text)}</li>" for text in questions)
    return f'<div class="follow-ups"><h4>Jatkokysymyksiä</h4><ul class="chips">{buttons}</ul></div>'


def sources(citations: Sequence[Citation], anchor: str, documents: Documents | None = None) -> str:
    """The sources in their order, each with an id that its marker leads to."""
    if not citations:
        return ""
    many = len(citations) > _MANY_SOURCES
    items = "".join(_source(citation, f"{anchor}-{citation.number}", documents, many) for citation in citations)
    return f'<div class="sources"><h4>Lähteet</h4><ul>{items}</ul></div>'


def _source(citation: Citation, anchor: str, documents: Documents | None, many: bool) -> str:
    number = citation.number
    place = " · ".join(part for part in (citation.publisher or citation.municipality, citation.period) if part)
    page = [f"sivu {citation.page}"] if citation.page else []
    opener = action_button("open", "Avaa asiakirjassa", document=citation.document, spans=spans_text(citation.spans))
    return (
        f'<li class="source" id="{anchor}" tabindex="-1"><span class="number" aria-hidden="true">{number}</span><div>'
        f'<p class="title"><span class="sr-only">Lähde {number}: </span>{folded(citation.title)}</p>'
        f'<p class="meta">{folded(place)}</p><p class="path">{folded(path_text([*citation.section, *page]))}</p>'
        f"{_quote(citation, documents, 0 if many else _LONG_QUOTE)}{opener}</div></li>"
    )


def _quote(citation: Citation, documents: Documents | None, longest: int) -> str:
    """The quote with what stands around it; a longer one folded away behind its first words."""
    words = fold(citation.quote)
    body = escape(words)
    if documents is not None:
        with suppress(StrategyError):  # the document was removed a moment ago: the quote still tells
            body = excerpt(documents(citation.document).text, citation.spans)
    if len(words) <= longest:
        return f"<blockquote>{body}</blockquote>"
    start = words[: _LONG_START if longest else _SHORT_START].rsplit(" ", 1)[0]
    return (
        f"<details><summary>Näytä lainaus ({len(words)} merkkiä): {escape(start)} …</summary>"
        f"<blockquote>{body}</blockquote></details>"
    )
