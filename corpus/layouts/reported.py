"""Goals reported in running text, as in annual reports: a numbered goal, its indicators, and how it went.

    2. Kasvatus ja koulutus turvallisessa ympäristössä
    Mittarit ja tavoitetaso:
    • Lähiruuan osuus 85 %
    Toteutuminen: Lähiruuan osuus on noin 95 %.

Read only where headings are marked. Without a label that tells indicators or progress a numbered line is a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus import labels
from corpus.layouts.lines import lines
from corpus.model import EMPTY, Block, BlockKind, Field, Goal, Parsed, Span

_GOAL = re.compile(r"\d{1,2}[.)]\s+(?=[A-ZÅÄÖ])")
_BULLET = re.compile(r"[•▪●■→·\uf0b7\uf0a7]\s*")
_DASH = re.compile(r"[−–-]\s+")
_LABEL = re.compile(r"[ \t]*(?P<label>[^\n:]{3,60}?)[ \t]*(?P<colon>:|$)", re.MULTILINE)
_MOST_WORDS = 4
_NAMES = frozenset({"indicator", "progress", "target", "baseline", "responsible", "deadline"})
_ENDS = (".", "!", "?", ":")


@dataclass(frozen=True)
class _Piece:
    """A line with those that go on from it: a goal's, a label's, a bullet's, a dash's, a heading's or any other."""

    kind: str
    content: Field
    section: tuple[Field, ...]
    label: Field = EMPTY


@dataclass
class _Group:
    """Indicators and what is told of them together."""

    indicators: list[Field] = field(default_factory=list)
    told: dict[str, list[Field]] = field(default_factory=dict)


@dataclass
class _Item:
    """A numbered goal under way. `after` are bullets below a progress note: more of it, or the next indicators."""

    goal: _Piece
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    stage: str = "goal"
    after: list[Field] = field(default_factory=list)
    labels: list[Field] = field(default_factory=list)


def parse(text: str, blocks: Sequence[Block], form: int) -> Parsed:
    """The goal rows among the blocks, numbered from `form` on, and their labels as furniture."""
    goals: list[Goal] = []
    found: list[Block] = []
    item: _Item | None = None
    for piece in [*_pieces(text, blocks), None]:
        if item is not None and piece is not None and _takes(item, piece):
            continue
        if item is not None and item.labels:
            rows = _rows(item, form)
            goals += rows
            form += bool(rows)
            found += [Block(BlockKind.FURNITURE, label, item.goal.section) for label in item.labels if rows]
        item = _Item(piece) if piece is not None and piece.kind == "goal" else None
    return Parsed(tuple(goals), tuple(found), "reported" if goals else "")


# --- pieces


def _pieces(text: str, blocks: Sequence[Block]) -> Iterator[_Piece]:
    for block in blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        span = block.content.spans[0]
        begun: tuple[str, int, Field] | None = None
        for line in lines(text, span.start, span.end):
            if line.blank:
                continue
            kind, start, label = _begins(text, line.start, line.end, block.kind)
            if kind or begun is None:
                if begun is not None:
                    yield _Piece(begun[0], Field.cut(text, begun[1], line.start), block.section, begun[2])
                begun = (kind or "text", start, label)
        if begun is not None:
            yield _Piece(begun[0], Field.cut(text, begun[1], span.end), block.section, begun[2])


def _begins(text: str, start: int, end: int, kind: BlockKind) -> tuple[str, int, Field]:
    """What a line begins, where its words begin, and the label it bears; "" where it goes on."""
    while start < end and text[start].isspace():
        start += 1
    match = _LABEL.match(text, start, end)
    name = _label_name(match["label"]) if match else ""
    if match and name in _NAMES and (match["colon"] or name == "indicator"):
        return name, match.end(), Field.cut(text, start, match.end())
    if _GOAL.match(text, start, end):
        return "goal", start, EMPTY
    if kind is BlockKind.HEADING:
        return "heading", start, EMPTY
    for name, pattern in (("bullet", _BULLET), ("dash", _DASH)):
        if match := pattern.match(text, start, end):
            return name, match.end(), EMPTY
    return "", start, EMPTY


@cache
def _label_name(phrase: str) -> str:
    """The field of a label: a heading word, or several of which one is known ("Mittarit ja tavoitetaso")."""
    said = " ".join(phrase.split()).lower()
    if len(said.split()) > _MOST_WORDS:
        return ""
    parts = [said, *re.split(r"\s*(?:/|,|\bja\b|\bsekä\b)\s*", said)]
    return next((name for part in parts if (name := labels.column_words().get(part, ""))), "")


# --- items


def _takes(item: _Item, piece: _Piece) -> bool:
    """Adds the piece to the goal under way; False where it does not belong to it."""
    if piece.kind in ("goal", "heading"):
        return False
    if piece.kind in _NAMES:
        _label(item, piece)
        return True
    group = item.groups[-1]
    if item.stage == "goal" and piece.kind == "bullet":
        group.indicators.append(piece.content)
        return True
    if item.stage == "goal":
        return False
    if item.stage == "indicator":
        group.indicators.append(piece.content)
        return True
    told = group.told.setdefault(item.stage, [])
    if piece.kind == "bullet" and told:
        item.after.append(piece.content)
    elif piece.kind in ("bullet", "dash") or not told or not told[-1].text.endswith(_ENDS) or _goes_on(piece):
        (item.after or told).append(piece.content)
    else:
        return False
    return True


def _goes_on(piece: _Piece) -> bool:
    return piece.content.text[0].islower()


def _label(item: _Item, piece: _Piece) -> None:
    item.labels.append(piece.label)
    if item.after:  # another label: the bullets were the next indicators
        item.groups.append(_Group(item.after))
        item.after = []
    elif piece.kind == "indicator" and item.groups[-1].told:
        item.groups.append(_Group())
    item.stage = piece.kind
    if not piece.content:
        return
    if piece.kind == "indicator":
        item.groups[-1].indicators.append(piece.content)
    else:
        item.groups[-1].told.setdefault(piece.kind, []).append(piece.content)


def _rows(item: _Item, form: int) -> list[Goal]:
    last = item.groups[-1]
    if item.after:
        last.told.setdefault(item.stage, []).extend(item.after)
    section = tuple(heading for heading in item.goal.section if heading != item.goal.content)
    if section and _GOAL.match(section[-1].text):  # the goal before, set as a heading
        section = section[:-1]
    unit = next((heading for heading in reversed(section) if labels.names_unit(heading.text)), EMPTY)
    found = []
    for group in item.groups:
        told = {name: _joined(fields) for name, fields in group.told.items() if fields}
        for indicator in group.indicators or [EMPTY] * bool(told):
            row = Goal(form=form, unit=unit, section=section, goal=item.goal.content, indicator=indicator)
            found.append(row.with_fields(**told))
    return found


def _joined(fields: Sequence[Field]) -> Field:
    spans: tuple[Span, ...] = tuple(span for one in fields for span in one.spans)
    return Field(" ".join(one.text for one in fields), spans)
