"""Goal rows as a table, and one row with everything that stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant.web.chart import chart_html
from assistant.web.downloads import CSV, XLSX
from assistant.web.exports import COLUMNS
from assistant.web.goal_choice import SORTS, STATES, GoalChoice, row_name
from assistant.web.places import spans_text
from assistant.web.render import action_button, definitions, empty_html, facts_line, folded, options, path_text
from assistant.web.tables import table
from corpus.model import Field, Goal, Span
from index.goal_table import FIELDS, GoalRow, same_indicator

SHOWN = 200  # rows drawn at once: more make the page slow, and a narrower search is what the reader wants then


def filters_html(rows: Sequence[GoalRow]) -> str:
    """Search box and filters with the values that the rows hold."""
    facts = {row.document.id: row.document for row in rows}
    documents = [(name, f"{known.title} ({known.period or 'kausi ei tiedossa'})") for name, known in facts.items()]
    years = {str(year) for row in rows for year in (*row.document.years(), *(at for at, _ in row.goal.targets))}
    return (
        '<form class="filters" role="search" aria-label="Rajaa tavoiterivejä">'
        '<label class="wide">Hae sanoilla (sanan alku riittää)'
        '<input type="search" name="query" autocomplete="off"></label>'
        f"{_select('municipality', 'Kunta', _pairs(row.document.municipality for row in rows), 'Kaikki kunnat')}"
        f"{_select('unit', 'Yksikkö', _pairs(row.unit for row in rows), 'Kaikki yksiköt')}"
        f"{_select('document', 'Asiakirja', documents, 'Kaikki asiakirjat')}"
        f"{_select('year', 'Vuosi', _pairs(years), 'Kaikki vuodet')}"
        f"{_select('state', 'Tiedot', [(name, label) for name, (label, _) in STATES.items()], 'Kaikki rivit')}"
        f"{_select('sort', 'Järjestys', _orders(), 'Asiakirjan järjestys')}"
        '<button type="reset" class="plain-button">Poista rajaukset</button></form>'
    )


def _pairs(values: Iterable[str | None]) -> list[tuple[str, str]]:
    return [(value, value) for value in sorted({value for value in values if value})]


def _orders() -> list[tuple[str, str]]:
    return [(f"{sign}{name}", f"{label}, {way}") for name, (label, _) in SORTS.items() for sign, way in _WAYS]


_WAYS = (("", "nouseva"), ("-", "laskeva"))


def _select(name: str, label: str, values: Iterable[tuple[str, str]], everything: str) -> str:
    return f'<label>{label}<select name="{name}">{options(values, everything)}</select></label>'


_COLUMNS = {
    "Mittari tai toimenpide": "nimi",
    "Lähtötaso": "lahtotaso",
    "Tavoitetaso": "tavoitetaso",
    "Tilanne": "tilanne",
    "Asiakirja": "asiakirja",
}


def goals_html(rows: Sequence[GoalRow], choice: GoalChoice = GoalChoice()) -> str:  # noqa: B008 (frozen)
    """How many rows there are, the files of them, and a table of the first of them."""
    if not rows:
        return f"<div data-announce>{empty_html('Yksikään tavoiterivi ei vastaa hakua. Poista rajauksia.')}</div>"
    count = "1 tavoiterivi" if len(rows) == 1 else f"{len(rows)} tavoiteriviä"
    shown = f", näistä näkyy {SHOWN} ensimmäistä. Rajaa hakua." if len(rows) > SHOWN else "."
    return (
        f'<div class="summary"><p class="count" data-announce>{count}{shown}</p>{_counts(rows)}{_files(choice)}</div>'
        + table("Tavoiterivit", list(_COLUMNS), map(_cells, rows[:SHOWN]), "goals", _sorting(choice.sort))
    )


def _counts(rows: Sequence[GoalRow]) -> str:
    """How many of the rows hold what; those of which there is none are left out."""
    counted = [(label, sum(map(fits, rows))) for label, fits in STATES.values()]
    items = "".join(f"<li>{label}: <strong>{number}</strong></li>" for label, number in counted if number)
    return f'<ul class="counts" aria-label="Rivit tietojen mukaan">{items}</ul>'


def _files(choice: GoalChoice) -> str:
    query = f"?{choice.as_query()}" if choice.as_query() else ""
    links = ((CSV, "Lataa CSV"), (XLSX, "Lataa Excel"))
    shown = " ".join(f'<a href="{escape(at + query)}" download>{name}</a>' for at, name in links)
    return f'<p class="files">{shown}</p>'


def _sorting(sort: str) -> dict[str, tuple[str, str]]:
    """For each column its key, and the direction it is sorted in now."""
    way = "descending" if sort.startswith("-") else "ascending"
    return {name: (key, way if sort.removeprefix("-") == key else "") for name, key in _COLUMNS.items()}


def _cells(row: GoalRow) -> list[str]:
    goal, document = row.goal, row.document
    name = action_button(
        "row",
        row_name(row) or "Nimetön rivi",
        "link-button row-name",
        document=document.id,
        position=str(row.position),
    )
    unit = f'<span class="meta">{folded(row.unit)}</span>' if row.unit else ""
    facts = f'<span class="meta">{folded(facts_line(document))}</span>'
    source = f'<span class="clamp">{folded(document.title)}</span>{facts}'
    return [name + unit, _clamped(goal.baseline), _clamped(goal.target), _clamped(goal.progress), source]


def _clamped(field: Field) -> str:
    """A few lines of a text; the chosen row shows all of it."""
    return f'<span class="clamp">{folded(field.text)}</span>' if field else ""


_CONTEXT = frozenset(FIELDS)


def goal_html(row: GoalRow, rows: Sequence[GoalRow] = ()) -> str:
    """Everything that the document says of one row, and where it stands.

    `rows` are those among which the same indicator of other documents is looked for.
    """
    goal = row.goal
    fields = [(COLUMNS[name], folded(value.text)) for name, value in goal.named_fields() if name in _CONTEXT]
    years = [(f"Tavoite vuodelle {year}", folded(value.text)) for year, value in goal.targets]
    lists = [("Osatavoitteet", _list(goal.partial_goals)), ("Huomautukset", _list(goal.notes))]
    returning = same_indicator(row, rows)
    return (
        f'<section class="detail" aria-labelledby="rivi-otsikko"><h3 id="rivi-otsikko" tabindex="-1" data-focus>'
        f"{escape(row_name(row))}</h3>{chart_html(returning)}"
        f"{definitions([*fields, *years, *lists])}{_elsewhere(row, returning)}{_source(row)}</section>"
    )


def _source(row: GoalRow) -> str:
    goal, document = row.goal, row.document
    source = [
        ("Asiakirja", folded(document.title)),
        ("Julkaisija", folded(document.publisher or "")),
        ("Kunta", folded(document.municipality or "")),
        ("Kausi", folded(document.period or "")),
        ("Kohta", folded(path_text(field.text for field in goal.section))),
    ]
    opener = action_button("open", "Avaa asiakirjassa", document=document.id, spans=spans_text(own_spans(goal)))
    back = action_button("back", "Takaisin taulukkoon")
    return f'<h4>Lähde</h4>{definitions(source)}<p class="actions">{opener} {back}</p>'


def _elsewhere(row: GoalRow, returning: Sequence[GoalRow]) -> str:
    """The same indicator in other documents, each with a button that opens its row."""
    others = [other for other in returning if other.document.id != row.document.id]
    items = "".join(
        "<li>"
        + action_button(
            "row",
            facts_line(other.document) or other.document.title,
            document=other.document.id,
            position=str(other.position),
        )
        + "</li>"
        for other in others
    )
    return f"<h4>Sama mittari muissa asiakirjoissa</h4><ul>{items}</ul>" if items else ""


def own_spans(goal: Goal) -> list[Span]:
    """Where the row itself stands; the headings above it may be pages away and count only where nothing else does."""
    own = [
        goal.action,
        goal.indicator,
        goal.baseline,
        goal.target,
        goal.progress,
        goal.responsible,
        goal.deadline,
        *goal.partial_goals,
        *goal.notes,
    ]
    fields = [field for field in own if field] or list(goal.all_fields())
    return sorted({span for field in fields for span in field.spans})


def _list(fields: Sequence[Field]) -> str:
    return f"<ul>{''.join(f'<li>{folded(field.text)}</li>' for field in fields)}</ul>" if fields else ""
