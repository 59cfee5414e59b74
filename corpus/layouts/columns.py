"""Tables whose cells come out one after another, parted by blank lines, under a heading line repeated on each page.

Each row is goal, actions, who is responsible (and when), indicators. The responsible cell is the anchor: it begins
with an office ("Johtava rehtori", "Vapaa-aikapäällikkö, lähiesihenkilöt"); goal and actions are the two cells before
it, and whatever stands between it and the next row's two cells are its indicators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus import labels
from corpus.layouts.lines import cells, lines
from corpus.model import EMPTY, Block, BlockKind, Field, Goal, Parsed, Span
from corpus.sentences import sentence_spans

_ORDER = ("goal", "action", "responsible", "indicator")
_PAGE_NUMBER = re.compile(r"\d{1,4}")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d)?)?\s*$")


@cache
def _heading_line() -> re.Pattern[str]:
    return re.compile(
        r"^[ \t]*" + r"[^\n]*".join(rf"\b{labels.heading(name)}\b" for name in _ORDER) + r"[^\n]*$",
        re.MULTILINE | re.IGNORECASE,
    )


def matches(text: str) -> bool:
    """Is there a line that holds the four column headings in order?"""
    return _heading_line().search(text) is not None


@dataclass(frozen=True)
class _Row:
    goal: Span
    action: Span
    responsible: Span
    indicators: tuple[Span, ...]


def parse(text: str) -> Parsed:
    """A row for each indicator of each table row; headings between the pages' tables as sections."""
    heads = [Span(match.start(), match.end()) for match in _heading_line().finditer(text)]
    goals: list[Goal] = []
    blocks = [Block(BlockKind.FURNITURE, Field.cut(text, head.start, head.end)) for head in heads]
    section: tuple[Field, ...] = ()
    lead, _ = _headings_between(text, Span(0, heads[0].start))
    blocks += lead
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(text)
        found = cells(text, head.end, end, at_empty_only=False)
        headings = [span for span in found if _section_title(text, span) or _page_number(text, span)]
        table = [span for span in found if span not in headings]
        for row in _rows(text, table):
            goals.extend(_goals(text, row, section, form=len({goal.form for goal in goals})))
        for span in headings:
            content = Field.cut(text, span.start, span.end)
            if _page_number(text, span):
                blocks.append(Block(BlockKind.FURNITURE, content))
            else:
                section = (content,)
                blocks.append(Block(BlockKind.HEADING, content, section))
    return Parsed(tuple(goals), tuple(blocks), "columns")


def _headings_between(text: str, span: Span) -> tuple[list[Block], tuple[Field, ...]]:
    found = [Field.cut(text, cell.start, cell.end) for cell in cells(text, span.start, span.end, at_empty_only=False)]
    return [Block(BlockKind.HEADING, content) for content in found], tuple(found[-1:])


def _page_number(text: str, span: Span) -> bool:
    return _PAGE_NUMBER.fullmatch(text[span.start : span.end].strip()) is not None


def _section_title(text: str, span: Span) -> bool:
    """ "Strateginen päämäärä: SUJUVA ARKI": a label of an upper field with a colon."""
    piece = text[span.start : span.end].strip()
    name, colon, _ = piece.partition(":")
    return bool(colon) and labels.field_of(name) == "focus_area"


def _rows(text: str, table: list[Span]) -> list[_Row]:
    split = [piece for span in table for piece in _unstuck(text, span)]
    anchors = [index for index, (office, _) in enumerate(split) if office and index >= 2]
    rows = []
    for number, at in enumerate(anchors):
        following = anchors[number + 1] - 2 if number + 1 < len(anchors) else len(split)
        indicators = tuple(span for _, span in split[at + 1 : max(at + 1, following)])
        rows.append(_Row(split[at - 2][1], split[at - 1][1], split[at][1], indicators))
    return rows


def _unstuck(text: str, span: Span) -> list[tuple[bool, Span]]:
    """A cell and whether it says who is responsible; an indicator stuck to the responsible cell is parted from it.

    "Vapaa-aikapäällikkö Uusien kulttuuriyritysten lkm." -> the office; the rest, where the first word that begins
    with a capital and is no office starts the next cell.
    """
    piece = text[span.start : span.end]
    if not labels.names_office(piece):
        return [(False, span)]
    first_line = piece.split("\n", 1)[0]
    for match in re.finditer(r"(?<=[^\W\d_]) (?=[A-ZÅÄÖ])", first_line):
        if not labels.names_office(first_line[match.end() :]):
            cut = span.start + match.end()
            return [(True, Span(span.start, cut)), (False, Span(cut, span.end))]
    return [(True, span)]


def _goals(text: str, row: _Row, section: tuple[Field, ...], form: int) -> list[Goal]:
    responsible = Field.cut(text, row.responsible.start, row.responsible.end)
    base = Goal(
        form=form,
        section=section,
        focus_area=section[0] if section else EMPTY,
        goal=Field.cut(text, row.goal.start, row.goal.end),
        action=Field.cut(text, row.action.start, row.action.end),
        responsible=responsible,
        deadline=_deadline(text, row.responsible),
    )
    items = [item for span in row.indicators for item in _items(text, span)]
    return [base.with_fields(indicator=item) for item in items] or [base]


def _deadline(text: str, span: Span) -> Field:
    """The year or years at the end of the responsible cell."""
    match = _YEARS.search(text[span.start : span.end])
    return Field.cut(text, span.start + match.start(), span.start + match.end()) if match else EMPTY


def _items(text: str, span: Span) -> list[Field]:
    """The indicators listed in one cell: its sentences, and its lines that begin with a capital."""
    found: list[Span] = []
    for line in lines(text, span.start, span.end):
        bare = line.text.strip()
        if not bare:
            continue
        begins = bare[0].isupper()
        unfinished = bool(found) and text[found[-1].start : found[-1].end].rstrip()[-1:] in ",-–("
        if found and (not begins or unfinished):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(Span(line.start, line.end))
    return [
        Field.cut(text, sentence.start, sentence.end)
        for item in found
        for sentence in sentence_spans(text, item.start, item.end)
    ]
