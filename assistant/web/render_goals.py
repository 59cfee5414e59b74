"""Goal rows as a table, and one row with everything that stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant.web.render import action_button, definitions, empty_html, facts_line, folded, options
from assistant.web.render_answer import cell, spans_text
from corpus.model import Field, Goal
from index.goal_table import GoalRow

SHOWN = 200  # rows drawn at once: more make the page slow, and a narrower search is what the reader wants then


def filters_html(rows: Sequence[GoalRow]) -> str:
    """Search box and filters with the values that the rows hold."""
    documents = {row.document.id: f"{row.document.title} ({row.document.period or 'kausi ei tiedossa'})" for row in rows}
    return (
        '<form class="filters" role="search" aria-label="Rajaa tavoiterivejä">'
        '<label class="wide">Hae sanoilla<input type="search" name="query" autocomplete="off"></label>'
        f"{_select('municipality', 'Kunta', _pairs(row.document.municipality for row in rows), 'Kaikki kunnat')}"
        f"{_select('unit', 'Yksikkö', _pairs(row.unit for row in rows), 'Kaikki yksiköt')}"
        f"{_select('document', 'Asiakirja', documents.items(), 'Kaikki asiakirjat')}"
        '<button type="reset" class="plain-button">Poista rajaukset</button></form>'
    )


def _pairs(values: Iterable[str | None]) -> list[tuple[str, str]]:
    return [(value, value) for value in sorted({value for value in values if value})]


def _select(name: str, label: str, values: Iterable[tuple[str, str]], everything: str) -> str:
    return f'<label>{label}<select name="{name}">{options(values, everything)}</select></label>'


def row_name(goal: Goal) -> str:
    """What a row is called: its indicator, else its action or its goal."""
    named = goal.indicator or goal.action or goal.initiative or goal.goal
    return named.text


def goals_html(rows: Sequence[GoalRow]) -> str:
    """How many rows there are, and a table of the first of them."""
    if not rows:
        return f'<div data-announce>{empty_html("Yksikään tavoiterivi ei vastaa hakua. Poista rajauksia.")}</div>'
    count = "1 tavoiterivi" if len(rows) == 1 else f"{len(rows)} tavoiteriviä"
    shown = f", näistä näkyy {SHOWN} ensimmäistä. Rajaa hakua." if len(rows) > SHOWN else "."
    head = "".join(
        f'<th scope="col" role="columnheader">{name}</th>'
        for name in ("Mittari tai toimenpide", "Lähtötaso", "Tavoitetaso", "Tilanne", "Asiakirja")
    )
    return (
        f'<p class="count" data-announce>{count}{shown}</p>'
        '<table class="cards goals" role="table"><caption class="sr-only">Tavoiterivit</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(map(_table_row, rows[:SHOWN]))}</tbody></table>'
    )


def _table_row(row: GoalRow) -> str:
    goal = row.goal
    name = action_button(
        "row", row_name(goal) or "Nimetön rivi", "link-button row-name", document=row.document.id,
        position=str(row.position),
    )
    unit = f'<span class="meta">{folded(row.unit)}</span>' if row.unit else ""
    document = f'{folded(row.document.title)}<span class="meta">{folded(facts_line(row.document))}</span>'
    return (
        '<tr role="row">' + cell("Mittari tai toimenpide", name + unit) + cell("Lähtötaso", _clamped(goal.baseline))
        + cell("Tavoitetaso", _clamped(goal.target)) + cell("Tilanne", _clamped(goal.progress))
        + cell("Asiakirja", document) + "</tr>"
    )


def _clamped(field: Field) -> str:
    """A few lines of a text; the chosen row shows all of it."""
    return f'<span class="clamp">{folded(field.text)}</span>' if field else ""


_NAMES = {
    "unit": "Yksikkö", "focus_area": "Painopiste", "goal": "Tavoite", "initiative": "Teko tai kärkihanke",
    "action": "Toimenpide", "indicator": "Mittari", "baseline": "Lähtötaso", "target": "Tavoitetaso",
    "progress": "Tilanne", "responsible": "Vastuu", "deadline": "Aikataulu",
}


def goal_html(row: GoalRow) -> str:
    """Everything that the document says of one row, and where it stands."""
    goal, document = row.goal, row.document
    fields = [(_NAMES[name], folded(value.text)) for name, value in goal.named_fields() if name in _NAMES]
    years = [(f"Tavoite vuodelle {year}", folded(value.text)) for year, value in goal.targets]
    lists = [("Osatavoitteet", _list(goal.partial_goals)), ("Huomautukset", _list(goal.notes))]
    path = " › ".join(field.text for field in goal.section)
    source = [
        ("Asiakirja", folded(document.title)), ("Julkaisija", folded(document.publisher or "")),
        ("Kunta", folded(document.municipality or "")), ("Kausi", folded(document.period or "")),
        ("Kohta", folded(path)),
    ]
    spans = sorted({span for field in goal.all_fields() for span in field.spans})
    opener = action_button("open", "Avaa asiakirjassa", document=document.id, spans=spans_text(spans))
    back = action_button("back", "Takaisin taulukkoon")
    return (
        f'<section class="detail" aria-labelledby="rivi-otsikko"><h3 id="rivi-otsikko" tabindex="-1" data-focus>'
        f"{escape(row_name(goal))}</h3>{definitions([*fields, *years, *lists])}"
        f'<h4>Lähde</h4>{definitions(source)}<p class="actions">{opener} {back}</p></section>'
    )


def _list(fields: Sequence[Field]) -> str:
    return f"<ul>{''.join(f'<li>{folded(field.text)}</li>' for field in fields)}</ul>" if fields else ""
