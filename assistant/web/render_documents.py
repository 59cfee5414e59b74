"""The documents as a table, and one document's text with the places that a source points at marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.web.places import marked
from assistant.web.render import action_button, definitions, empty_html, folded
from assistant.web.tables import table
from corpus.model import Document, Span
from index.build import DocumentReport

if TYPE_CHECKING:
    from assistant.service import DocumentInfo

_LAYOUTS = {
    "form": "lomake",
    "labelled": "nimetyt kentät",
    "columns": "sarakkeet",
    "numbered": "numeroitu taulukko",
    "brochure": "esite",
    "prose": "teksti",
    "table": "taulukko",
    "reported": "tavoitteet tekstissä",
}
_COLUMNS = ("Asiakirja", "Julkaisija", "Kausi", "Laji", "Asettelu", "Kohtia", "Tavoiterivejä", "Huomioita")


def documents_html(known: Sequence[DocumentInfo]) -> str:
    """A table of the documents, each with a button that opens its text."""
    if not known:
        return empty_html("Asiakirjoja ei ole vielä lisätty.")
    return table("Avustajan asiakirjat", _COLUMNS, map(_cells, known), "documents")


def _cells(info: DocumentInfo) -> list[str]:
    facts, report = info.facts, info.report
    return [
        action_button("read", facts.title, "link-button row-name", document=facts.id),
        folded(facts.publisher or ""),
        folded(facts.period or ""),
        folded(facts.kind or ""),
        ", ".join(_LAYOUTS.get(layout, folded(layout)) for layout in report.layout.split("+")),
        str(report.passages),
        str(report.goals),
        "; ".join(folded(remark) for remark in remarks(report)),
    ]


def remarks(report: DocumentReport) -> list[str]:
    """What went wrong in reading, and the share of the text that no passage covers."""
    if not report.uncovered:
        return list(report.problems)
    share = f"{100 * report.uncovered / report.characters:.1f}".replace(".", ",")
    return [*report.problems, f"{share} % tekstistä jäi lukematta"]


def reader_html(document: Document, spans: Sequence[Span] = ()) -> str:
    """A document's facts and its whole text; the spans are marked and the first of them takes focus."""
    facts = document.facts
    about = definitions(
        [
            ("Julkaisija", folded(facts.publisher or "")),
            ("Kunta", folded(facts.municipality or "")),
            ("Yksikkö", folded(facts.unit or "")),
            ("Kausi", folded(facts.period or "")),
            ("Laji", folded(facts.kind or "")),
        ]
    )
    heading = "" if spans else " data-focus"
    return (
        f'<article class="reader" aria-labelledby="lukija-otsikko"><h3 id="lukija-otsikko" tabindex="-1"{heading}>'
        f"{folded(facts.title)}</h3>{about}"
        '<p class="hint">Teksti on sellaisena kuin se on luettu tiedostosta: taulukoiden sarakkeet voivat olla '
        "allekkain. Peräkkäiset tyhjät rivit on yhdistetty.</p>"
        f'<div class="document-text">{marked(document.text, spans)}</div></article>'
    )
