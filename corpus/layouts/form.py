"""Labelled forms: PAINOPISTE, TAVOITE, TEKO, TOIMENPIDE, MITTARI, Lähtötaso, Tavoitetaso, Selvitys, Osatavoite …

A label stands at the start of a line, its text runs to the next label. Upper fields stay in force until they are
given again; an indicator's block ends the names and begins the values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from corpus import labels
from corpus.layouts.lines import Line, cells, lines
from corpus.layouts.values import Row, rows_of_columns, split_pair, split_row
from corpus.model import EMPTY, Block, BlockKind, Field, Goal, Parsed, Span

_UPPER = ("focus_area", "goal", "initiative", "action", "indicator")
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class _Part:
    """One label and the stretch of text that belongs to it."""

    name: str
    number: str
    label: Span
    value: Span


@cache
def _label_pattern() -> re.Pattern[str]:
    """A label at a line's start: capitals for the upper fields, "Selvitys … :" and "Osatavoite 1:" otherwise."""
    upper = "|".join(rf"(?P<{name}>{_capitals(name)})" for name in _UPPER)
    bare = r"(?![\w-])(?![ \t]*\d*[ \t]*:)"  # with a colon it belongs to the labelled layout
    rest = "|".join(
        [
            rf"(?P<progress>{_capitalised('progress')}[^\n:]*:)",
            rf"(?P<partial_goals>{_capitalised('partial_goals')}[^\n:]*:)",
            rf"(?P<partial_goal>{_capitalised('partial_goal')}\s*\d*\s*:)",
            rf"(?P<responsible>{_capitalised('responsible')}\s*:)",
            rf"(?P<deadline>{_capitalised('deadline')}\s*:)",
        ]
    )
    return re.compile(rf"^[ \t]*(?:(?:{upper}){bare}[ \t]*(?P<number>\d+(?=\s))?|{rest})", re.MULTILINE)


def _capitals(name: str) -> str:
    return "(?:" + "|".join(re.escape(word.upper()) for word in labels.heading_words(name)) + ")"


def _capitalised(name: str) -> str:
    return "(?:" + "|".join(re.escape(word.capitalize()) for word in labels.heading_words(name)) + ")"


@cache
def _columns_pattern() -> re.Pattern[str]:
    """The two headings "Lähtötaso Tavoitetaso", though a narrow cell may have broken them."""
    return re.compile(rf"{labels.heading('baseline')}\s+{labels.heading('target')}", re.IGNORECASE)


def matches(text: str) -> bool:
    """Does the text hold at least one indicator under a goal, both labelled in capitals at a line's start?"""
    names = {part.name for part in _parts(text)}
    return {"indicator"} <= names and bool(names & {"goal", "action"})


def _parts(text: str) -> list[_Part]:
    found = list(_label_pattern().finditer(text))
    ends = [match.start() for match in found][1:] + [len(text)] * bool(found)
    return [
        _Part(
            match.lastgroup if match.lastgroup != "number" else _upper_name(match),
            match["number"] or "",
            Span(match.start(), match.end()),
            Span(match.end(), end),
        )
        for match, end in zip(found, ends, strict=True)
        if match.lastgroup
    ]


def _upper_name(match: re.Match[str]) -> str:
    return next(name for name in _UPPER if match[name])


@dataclass
class _State:
    """What is in force while the labels are walked through."""

    text: str
    goals: list[Goal] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    upper: dict[str, Field] = field(default_factory=dict)
    section: tuple[Field, ...] = ()
    unit: Field = EMPTY
    form: int = 0
    open_rows: list[Goal] = field(default_factory=list)
    closed: bool = False


def parse(text: str) -> Parsed:
    """Goal rows of every form; headings before a form become its section and unit."""
    state = _State(text)
    parts = _parts(text)
    if parts:
        _headings(state, Span(0, parts[0].label.start))
    for part in parts:
        _take(state, part, before_form=_starts_form(parts, part))
    _flush(state)
    return Parsed(tuple(state.goals), tuple(state.blocks), "form")


def _starts_form(parts: list[_Part], part: _Part) -> bool:
    at = parts.index(part)
    return at + 1 == len(parts) or parts[at + 1].name == "focus_area"


def _take(state: _State, part: _Part, *, before_form: bool) -> None:
    if part.name in _UPPER and (state.closed or (part.name != "indicator" and state.open_rows)):
        _flush(state)
    value = part.value
    headings: list[Line] = []
    if before_form:
        value, headings = _split_headings(state.text, part.value)
    if part.name == "indicator":
        _indicators(state, part, value)
    elif part.name in _UPPER:
        _upper(state, part.name, value)
    else:
        state.closed = True
        _lower(state, part, value)
    if headings:
        _flush(state)
        _headings(state, Span(headings[0].start, headings[-1].end))


def _upper(state: _State, name: str, value: Span) -> None:
    below = _UPPER[_UPPER.index(name) :]
    for lower in below:
        state.upper.pop(lower, None)
    found = cells(state.text, value.start, value.end, at_empty_only=False)
    units = [span for span in found[1:] if labels.names_unit(Field.cut(state.text, span.start, span.end).text)]
    own = [span for span in found if span not in units]
    for span in units:
        state.unit = Field.cut(state.text, span.start, span.end)
        state.blocks.append(Block(BlockKind.HEADING, state.unit))
    if own:
        state.upper[name] = Field.cut(state.text, own[0].start, own[-1].end)


def _indicators(state: _State, part: _Part, value: Span) -> None:
    columns = _columns_pattern().search(state.text, value.start, value.end)
    if columns is None:
        rows = [_row_without_headings(state.text, value)]
    else:
        before = Span(value.start, columns.start())
        named = before if state.text[before.start : before.end].strip() else None
        rows = rows_of_columns(state.text, named, Span(columns.end(), value.end))
    for indicator, baseline, target in rows:
        state.open_rows.append(
            Goal(
                form=state.form,
                unit=state.unit,
                section=state.section,
                number=part.number,
                indicator=_cut(state.text, indicator),
                baseline=_cut(state.text, baseline),
                target=_cut(state.text, target),
                **{name: state.upper.get(name, EMPTY) for name in _UPPER[:-1]},  # type: ignore[arg-type]
            )
        )


def _row_without_headings(text: str, value: Span) -> Row:
    """A later indicator of a form, whose values stand under the first one's column headings."""
    found = cells(text, value.start, value.end, at_empty_only=True)
    if len(found) >= 3:
        return Span(found[0].start, found[-3].end), found[-2], found[-1]
    if len(found) == 2 and (pair := split_pair(text, found[1])):
        return found[0], *pair
    whole = Span(value.start, value.end)
    return split_row(text, whole) or (whole, None, None)


def _cut(text: str, span: Span | None) -> Field:
    return Field.cut(text, span.start, span.end) if span else EMPTY


def _lower(state: _State, part: _Part, value: Span) -> None:
    found = cells(state.text, value.start, value.end, at_empty_only=False)
    if not found:
        return
    if part.name == "partial_goal":
        whole = Field.cut(state.text, found[0].start, found[-1].end)
        state.open_rows = [row.with_fields(partial_goals=(*row.partial_goals, whole)) for row in state.open_rows]
        return
    if part.name not in ("progress", "responsible", "deadline"):
        return
    own, rest = _cut(state.text, found[0]), found[1:]
    state.open_rows = [row.with_fields(**{part.name: own}) for row in state.open_rows]
    for span in rest:
        for note in _footnotes(state.text, span):
            _note(state, note)


def _footnotes(text: str, span: Span) -> list[Field]:
    """A paragraph of footnotes taken apart at their marks: "*A **B" is two; any other paragraph is one note."""
    starts = [span.start + match.start() for match in re.finditer(r"(?<!\S)\*+(?=\S)", text[span.start : span.end])]
    if not starts or text[span.start : starts[0]].strip():
        return [_cut(text, span)]
    return [Field.cut(text, start, end) for start, end in zip(starts, [*starts[1:], span.end], strict=True)]


def _note(state: _State, note: Field) -> None:
    """A paragraph after the form's last field: a footnote for the rows that bear its mark, or a note to all."""
    mark = re.match(r"\*+", note.text)

    def concerns(row: Goal) -> bool:
        bearing = re.search(r"(\*+)\s*$", row.indicator.text)
        return mark is None or (bearing is not None and bearing[1] == mark.group())

    state.open_rows = [row.with_fields(notes=(*row.notes, note)) if concerns(row) else row for row in state.open_rows]


def _flush(state: _State) -> None:
    state.goals.extend(state.open_rows)
    state.open_rows = []
    state.closed = False
    state.form += 1


def _split_headings(text: str, value: Span) -> tuple[Span, list[Line]]:
    """The heading lines at the end of the last field before a form, split off: the next unit's name."""
    found = [line for line in lines(text, value.start, value.end) if not line.blank]
    headings: list[Line] = []
    while len(found) > 1 and _heading_like(text, found[-1], found[-2]):
        headings.insert(0, found.pop())
    if not headings:
        return value, []
    return Span(value.start, headings[0].start), headings


def _heading_like(text: str, line: Line, before: Line) -> bool:
    """A short line of its own without a full stop; alone after a blank line, or below another such line."""
    bare = line.text.strip()
    if len(bare) > _LONGEST_HEADING or not bare[0].isupper() or bare[-1] in ".,;:!?)" or re.search(r"\d", bare):
        return False
    parted = text[before.end : line.start].count("\n") > 1
    return parted or labels.names_unit(before.text.strip())


def _headings(state: _State, span: Span) -> None:
    """Headings in front of a form: they make its section; the one that names a unit makes its unit."""
    found = [
        Field.cut(state.text, line.start, line.end)
        for line in lines(state.text, span.start, span.end)
        if not line.blank
    ]
    if not found:
        return
    state.blocks.extend(Block(BlockKind.HEADING, heading) for heading in found)
    short = [heading for heading in found if len(heading.text) <= _LONGEST_HEADING]
    units = [heading for heading in short if labels.names_unit(heading.text)]
    state.section = tuple(short[-2:])
    state.unit = units[-1] if units else EMPTY
    state.upper.clear()
