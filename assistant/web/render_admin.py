"""HTML of the tab Ylläpito: reports of changes, the documents with their buttons, and the feedback."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant.feedback import UP, Feedback, evaluation_line
from assistant.web.downloads import FEEDBACK
from assistant.web.render import action_button, attributes, definitions, empty_html, error_html, facts_line, folded
from assistant.web.render_documents import remarks
from assistant.web.tables import table
from corpus.model import Facts

if TYPE_CHECKING:
    from assistant.service import DocumentInfo, Taken

SHOWN = 100  # pieces of feedback drawn at once, the newest; the file has all
_VOTES = {True: "Hyödyllinen", False: "Ei auttanut"}


def replacing_html(facts: Facts | None) -> str:
    """Which document the next file replaces; nothing where it replaces none."""
    if facts is None:
        return '<p class="hint">Saman niminen tiedosto korvaa aiemmin lisätyn asiakirjan.</p>'
    cancel = action_button("cancel", "Älä korvaa", "plain-button")
    return (
        f'<div class="notice" tabindex="-1" data-focus data-announce>Seuraava tiedosto korvaa asiakirjan '
        f"<strong>{folded(facts.title)}</strong>. {cancel}</div>"
    )


def progress_html(names: str, line: str) -> str:
    """How far the work is."""
    told = f"<br>{folded(line)}" if line else ""
    return f'<div class="notice" role="status">Luetaan: {folded(names)} …{told}</div>'


def taken_html(name: str, taken: Taken, replaced: str = "") -> str:
    """What was read of a file that was taken in, or why it was not."""
    if taken.document is None:
        return error_html(f"{name}: {taken.error}")
    report, facts = taken.document.report, taken.document.facts
    verb = "korvattiin" if replaced else "lisättiin"
    unknown = "ei tiedossa"
    numbers = [
        ("Asiakirja", f"{folded(facts.title)} (tunnus {escape(facts.id)})"),
        ("Kunta", folded(facts.municipality or unknown)),
        ("Julkaisija", folded(facts.publisher or unknown)),
        ("Kausi", folded(facts.period or unknown)),
        ("Merkkejä", str(report.characters)),
        ("Kohtia", str(report.passages)),
        ("Tavoiterivejä", str(report.goals)),
        ("Huomiot", "; ".join(folded(remark) for remark in remarks(report)) or "ei huomioita"),
    ]
    told = f"<strong>Asiakirja {verb}: {folded(name)}</strong>"
    return f'<div class="notice" data-announce>{told}{definitions(numbers)}</div>'


def removed_html(title: str) -> str:
    """That a document is gone."""
    return f'<div class="notice" data-announce>Asiakirja poistettiin: {folded(title)}</div>'


def admin_documents_html(known: Sequence[DocumentInfo]) -> str:
    """The documents, each with the buttons that replace and remove it; removing asks once more."""
    columns = ("Asiakirja", "Tunnus", "Kohtia", "Tavoiterivejä", "Toiminnot")
    return "<h3>Asiakirjat</h3>" + table("Asiakirjat ja toiminnot", columns, map(_document, known), "documents")


def _document(info: DocumentInfo) -> list[str]:
    facts, report = info.facts, info.report
    replace = action_button("replace", "Korvaa", hint=f"Korvaa asiakirja {facts.title}", document=facts.id)
    label = attributes({"aria-label": f"Poista asiakirja {facts.title}"})
    remove = action_button("remove", "Poista lopullisesti", "plain-button", document=facts.id)
    return [
        f'{folded(facts.title)}<span class="meta">{folded(facts_line(facts))}</span>',
        escape(facts.id),
        str(report.passages),
        str(report.goals),
        f'{replace}<details class="confirm"><summary{label}>Poista</summary>{remove}</details>',
    ]


def feedback_html(entries: Sequence[Feedback], key: str) -> str:
    """Counts, the file of all, and the newest pieces of feedback with a draft line for the evaluation set each."""
    refresh = action_button("refresh", "Päivitä palaute", "plain-button")
    if not entries:
        return f"<h3>Palaute</h3>{empty_html('Palautetta ei ole vielä annettu.')}<p>{refresh}</p>"
    good = sum(entry.vote == UP for entry in entries)
    address = escape(f"{FEEDBACK}?{urlencode({'avain': key})}")
    columns = ("Aika", "Arvio", "Kysymys", "Vastaus", "Arviointirivi")
    rows = map(_entry, list(reversed(entries))[:SHOWN])
    return (
        f'<h3>Palaute</h3><p class="count">{len(entries)} palautetta: hyödyllisiä {good}, '
        f'ei auttaneita {len(entries) - good}.</p><p class="files"><a href="{address}" download>Lataa palaute '
        f"(JSON Lines)</a></p>{table('Palaute, uusin ensin', columns, rows, 'feedback')}<p>{refresh}</p>"
    )


def _entry(entry: Feedback) -> list[str]:
    line = json.dumps(evaluation_line(entry), ensure_ascii=False)
    copying = attributes({"data-copy": line, "data-done": "Arviointirivi on kopioitu."})
    said = " – ".join(part for part in (entry.reason, entry.comment) if part)
    return [
        folded(entry.time.replace("T", " ")[:16]),
        _VOTES[entry.vote == UP] + (f'<span class="meta">{folded(said)}</span>' if said else ""),
        folded(entry.question),
        f'<span class="clamp">{folded(entry.text)}</span>',
        f'<details><summary>Näytä</summary><code class="line">{escape(line)}</code></details>'
        f'<button type="button" class="tool"{copying}>Kopioi</button><span class="thanks" hidden></span>',
    ]
