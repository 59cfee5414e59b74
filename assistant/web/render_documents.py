"""The documents as a table, and one document's text with the places that a source points at marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.web.render import action_button, definitions, empty_html, folded
from assistant.web.render_answer import cell
from corpus.model import Document, Span

if TYPE_CHECKING:
    from assistant.service import DocumentInfo

_LAYOUTS = {
    "form": "lomake", "columns": "sarakkeet", "numbered": "numeroitu taulukko", "brochure": "esite", "prose": "teksti",
}
_COLUMNS = ("Asiakirja", "Julkaisija", "Kausi", "Laji", "Asettelu", "Kohtia", "Tavoiterivejä", "Huomioita")


def documents_html(known: Sequence[DocumentInfo]) -> str:
    """A table of the documents, each with a button that opens its text."""
    if not known:
        return empty_html("Asiakirjoja ei ole vielä lisätty.")
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in _COLUMNS)
    return (
        '<table class="cards documents" role="table"><caption class="sr-only">Avustajan asiakirjat</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(map(_row, known))}</tbody></table>'
    )


def _row(info: DocumentInfo) -> str:
    facts, report = info.facts, info.report
    left = report.uncovered / report.characters if report.characters else 0.0
    remarks = [*report.problems, f"{100 * left:.1f} % tekstistä jäi lukematta".replace(".", ",")] if left else report.problems
    bodies = (
        action_button("read", facts.title, "link-button row-name", document=facts.id),
        folded(facts.publisher or ""), folded(facts.period or ""), folded(facts.kind or ""),
        folded(_LAYOUTS.get(report.layout, report.layout)), str(report.passages), str(report.goals),
        "; ".join(folded(remark) for remark in remarks),
    )
    return f'<tr role="row">{"".join(map(cell, _COLUMNS, bodies))}</tr>'


def reader_html(document: Document, spans: Sequence[Span] = ()) -> str:
    """A document's facts and its whole text as stored; the spans are marked and the first of them can take focus."""
    facts = document.facts
    about = definitions([
        ("Julkaisija", folded(facts.publisher or "")), ("Kunta", folded(facts.municipality or "")),
        ("Yksikkö", folded(facts.unit or "")), ("Kausi", folded(facts.period or "")), ("Laji", folded(facts.kind or "")),
    ])
    heading = "" if spans else " data-focus"
    return (
        f'<article class="reader" aria-labelledby="lukija-otsikko"><h3 id="lukija-otsikko" tabindex="-1"{heading}>'
        f"{folded(facts.title)}</h3>{about}"
        '<p class="hint">Teksti on sellaisena kuin se on luettu tiedostosta: taulukoiden sarakkeet ovat allekkain.</p>'
        f'<div class="document-text">{marked(document.text, spans)}</div></article>'
    )


def marked(text: str, spans: Sequence[Span]) -> str:
    """The text escaped, with <mark> around the spans; spans that overlap or touch become one."""
    parts: list[str] = []
    position = 0
    for span in _merged(spans, len(text)):
        focus = "" if parts else ' tabindex="-1" data-focus'
        parts.append(escape(text[position : span.start]))
        parts.append(f"<mark{focus}>{escape(text[span.start : span.end])}</mark>")
        position = span.end
    return "".join(parts) + escape(text[position:])


def _merged(spans: Sequence[Span], length: int) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        start, end = max(0, span.start), min(length, span.end)
        if start >= end:
            continue
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found


def parse_spans(text: str) -> list[Span]:
    """The inverse of `spans_text`; what is not a pair of numbers is left out, as it came from a browser."""
    found = []
    for pair in text.split(","):
        start, _, end = pair.partition("-")
        if start.isdecimal() and end.isdecimal() and len(pair) < 24:
            found.append(Span(int(start), int(end)))
    return found
