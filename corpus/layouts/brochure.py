"""Laid-out brochures: bulleted indicators with "Lähtötaso …" and "Tavoitetaso v. 2026 … ja v. 2028 …" in the sentence.

A spread's columns come out one after another: bullets (indicators), actions, the column headings, goals. Lists of
promises stand before their headings. Lines wrap with a hyphen or a space at their end; a line without either ends a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import labels
from corpus.layouts.lines import Line, lines
from corpus.model import EMPTY, Block, BlockKind, Field, Goal, Parsed, Span
from corpus.sentences import sentence_spans

_BULLET = re.compile(r"\s*[→•▪●■]\s*")
_END = re.compile(r"[.!?:]\s*$")
_LONGEST_HEADING = 90
_YEAR_TARGET = re.compile(r"v\.\s*(?P<year>(?:19|20)\d\d)\s+(?P<value>[-–+]?\d+(?:[.,]\d+)?(?:\s?%)?)")
_GLUED = re.compile(r"(?<=\d)\.(?=[A-ZÅÄÖ][a-zåäö])")


@dataclass(frozen=True)
class _Paragraph:
    """Consecutive lines that belong together; `bullet` where they begin with a bullet sign (left out of `span`)."""

    span: Span
    bullet: bool


def matches(text: str) -> bool:
    """Does any bullet give a target in its sentence?"""
    target = labels.heading("target")
    return any(
        paragraph.bullet and re.search(target, text[paragraph.span.start : paragraph.span.end], re.IGNORECASE)
        for paragraph in _paragraphs(text)
    )


def parse(text: str) -> Parsed:
    """Rows from each spread's bullets, with its goals and actions; every other paragraph as blocks."""
    paragraphs = _paragraphs(text)
    heads = [index for index, paragraph in enumerate(paragraphs) if _column_heading(text, paragraph)]
    goals: list[Goal] = []
    blocks: list[Block] = []
    used: set[int] = set()
    areas = _focus_areas(text, paragraphs)
    spreads = _spreads(text, paragraphs, heads)
    for number, spread in enumerate(spreads):
        area = areas[number] if len(areas) == len(spreads) else EMPTY
        rows, others = _spread(text, [paragraphs[index] for index in spread], number, area)
        goals.extend(rows)
        blocks.extend(others)
        used.update(spread)
    blocks.extend(Block(BlockKind.ITEM, area, _area_title(text, paragraphs), 3 * len(spreads)) for area in areas)
    rest = [paragraph for index, paragraph in enumerate(paragraphs) if index not in used]
    blocks.extend(_other(text, rest, first_group=len(blocks) + len(spreads) + 1))
    return Parsed(tuple(goals), tuple(blocks), "brochure")


# --- paragraphs


def _paragraphs(text: str) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    solid = [line for line in lines(text) if not line.blank]
    soft = _wraps_softly(solid)
    for index, line in enumerate(solid):
        bullet = _BULLET.match(line.text)
        before = solid[index - 1] if index else None
        if bullet is None and before is not None and found and _goes_on(text, before, line, found[-1].bullet, soft):
            found[-1] = _Paragraph(Span(found[-1].span.start, line.end), found[-1].bullet)
        else:
            start = line.start + (bullet.end() if bullet else 0)
            found.append(_Paragraph(Span(start, line.end), bullet is not None))
    return [piece for paragraph in found for piece in _unglued(text, paragraph)]


def _wraps_softly(solid: Sequence[Line]) -> bool:
    """Do wrapped lines end in a space here? In a third of the lines it is no accident."""
    return sum(line.text.endswith(" ") for line in solid) * 3 >= len(solid)


def _goes_on(text: str, before: Line, line: Line, in_bullet: bool, soft: bool) -> bool:
    if before.text.rstrip().endswith("-"):
        return True
    first = line.text.lstrip()[0]
    if first.islower():
        return True
    ended = bool(_END.search(before.text)) and not (first.isdigit() and re.search(r"\bv\.\s*$", before.text))
    if soft and not before.text.endswith(" "):
        return False
    if not ended:
        return soft or first.isdigit()
    # A sentence that ends with its line: inside a bullet it may go on, elsewhere the next line is a new item.
    double_spaced = text[before.end : line.start].count("\n") > 1
    return in_bullet and soft and double_spaced


def _unglued(text: str, paragraph: _Paragraph) -> list[_Paragraph]:
    """ "… v. 2029 7,7.Kehitämme …": the next column's first word stuck to a bullet's last figure."""
    match = _GLUED.search(text, paragraph.span.start, paragraph.span.end) if paragraph.bullet else None
    if match is None:
        return [paragraph]
    return [
        _Paragraph(Span(paragraph.span.start, match.end()), True),
        _Paragraph(Span(match.end(), paragraph.span.end), False),
    ]


def _field(text: str, paragraph: _Paragraph) -> Field:
    return Field.cut(text, paragraph.span.start, paragraph.span.end)


# --- spreads


def _column_heading(text: str, paragraph: _Paragraph) -> bool:
    """ "Painopiste Mittarit,", "Toimenpiteet,", "Tavoite," and the explanations "eli …" under them."""
    content = _field(text, paragraph).text
    if paragraph.bullet or len(content) > _LONGEST_HEADING:
        return False
    words = [word.strip(",.:") for word in content.split()]
    return (
        bool(words)
        and labels.field_of(words[0]) is not None
        and content[0].isupper()
        and (len(words) == 1 or "eli" in words or all(labels.field_of(word) for word in words))
    )


def _spreads(text: str, paragraphs: list[_Paragraph], heads: list[int]) -> list[list[int]]:
    """Indices of the paragraphs of each spread: bullets and actions before its headings, goals after them."""
    runs: list[list[int]] = []
    for head in heads:
        if runs and head - runs[-1][-1] <= 2:
            runs[-1].append(head)
        else:
            runs.append([head])
    target = re.compile(labels.heading("target"), re.IGNORECASE)
    found = []
    for run in (run for run in runs if len(run) >= 2):
        first, last = run[0], run[-1]
        start = first
        while start > 0 and not paragraphs[start - 1].bullet and start - 1 not in heads:
            start -= 1
        while start > 0 and paragraphs[start - 1].bullet:
            start -= 1
        bullets = [text[p.span.start : p.span.end] for p in paragraphs[start:first] if p.bullet]
        if not any(target.search(bullet) for bullet in bullets):
            continue
        end = last + 1
        while end < len(paragraphs) and not paragraphs[end].bullet and end not in heads:
            end += 1
        found.append(list(range(start, end)))
    return found


def _spread(text: str, members: list[_Paragraph], number: int, area: Field) -> tuple[list[Goal], list[Block]]:
    heads = [index for index, member in enumerate(members) if _column_heading(text, member)]
    bullets = [member for member in members if member.bullet]
    actions = [_field(text, member) for member in members[: heads[0]] if not member.bullet]
    goals = _sentences([_field(text, member) for member in members[heads[-1] + 1 :]], text)
    headings = [_field(text, member) for member in members[heads[0] : heads[-1] + 1]]
    section = (area,) if area else ()
    rows = [
        row.with_fields(form=number, focus_area=area, section=section, goal=_joined(goals))
        for bullet in bullets
        for row in _rows(text, bullet)
    ]
    blocks = [Block(BlockKind.FURNITURE, heading, section) for heading in headings]
    blocks += [Block(BlockKind.ITEM, action, (*section, _label(headings, "action")), 3 * number) for action in actions]
    blocks += [Block(BlockKind.ITEM, goal, (*section, _label(headings, "goal")), 3 * number + 1) for goal in goals]
    return rows, blocks


def _label(headings: list[Field], name: str) -> Field:
    """The column heading that names the field."""
    for heading in headings:
        if labels.field_of(heading.text.split()[0].strip(",.:")) == name:
            return heading
    return EMPTY


def _joined(fields: Sequence[Field]) -> Field:
    spans = tuple(span for field in fields for span in field.spans)
    return Field(" ".join(field.text for field in fields), spans)


def _sentences(fields: list[Field], text: str) -> list[Field]:
    return [
        Field.cut(text, sentence.start, sentence.end)
        for field in fields
        for span in field.spans
        for sentence in sentence_spans(text, span.start, span.end)
    ]


def _rows(text: str, bullet: _Paragraph) -> list[Goal]:
    """The row or rows of one bullet: a second statement with its own baseline begins a second row."""
    pattern = re.compile(
        rf"(?P<kind>{labels.heading('baseline')}|{labels.heading('target')})\b\s*:?\s*"
        rf"(?P<value>.+?)(?P<stop>\.(?=\s+[A-ZÅÄÖ])|\.?\s*\Z)",
        re.IGNORECASE | re.DOTALL,
    )
    piece = text[bullet.span.start : bullet.span.end]
    at = bullet.span.start
    rows: list[Goal] = []
    begin = 0
    for match in re.finditer(_case_kept(pattern), piece):
        name = labels.field_of(match["kind"])
        lead = Field.cut(text, at + begin, at + match.start())
        if lead or not rows:
            rows.append(Goal(form=0, indicator=lead))
        rows[-1] = _with_value(
            rows[-1], name, Field.cut(text, at + match.start("value"), at + match.end("value")), text
        )
        begin = match.end()
    if not rows:
        return [Goal(form=0, indicator=_field(text, bullet))]
    return rows


def _case_kept(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The same pattern with the sentence end told by a real capital: only the label ignores case."""
    source = pattern.pattern.replace("(?P<kind>", "(?P<kind>(?i:", 1).replace(r")\b\s*:?", r"))\b\s*:?", 1)
    return re.compile(source, re.DOTALL)


def _with_value(row: Goal, name: str | None, value: Field, text: str) -> Goal:
    if name == "baseline":
        return row.with_fields(baseline=value)
    span = value.spans[0]
    years = tuple(
        (int(match["year"]), Field.cut(text, match.start("value"), match.end("value")))
        for match in _YEAR_TARGET.finditer(text, span.start, span.end)
    )
    return row.with_fields(target=value, targets=tuple(sorted(years)))


def _areas_heading(text: str, paragraphs: list[_Paragraph]) -> int | None:
    """Position of the heading "PAINOPISTEET" or the like."""
    stem = labels.heading_words("focus_area")
    for index, paragraph in enumerate(paragraphs):
        content = _field(text, paragraph).text
        if content.isupper() and any(content.lower().startswith(word) for word in stem) and " " not in content:
            return index
    return None


def _area_title(text: str, paragraphs: list[_Paragraph]) -> tuple[Field, ...]:
    index = _areas_heading(text, paragraphs)
    return () if index is None else (_field(text, paragraphs[index]),)


def _focus_areas(text: str, paragraphs: list[_Paragraph]) -> list[Field]:
    """The names listed under that heading: short paragraphs without a full stop."""
    names: list[Field] = []
    index = _areas_heading(text, paragraphs)
    for following in paragraphs[index + 1 :] if index is not None else []:
        if following.bullet or _END.search(text[following.span.start : following.span.end]):
            break
        names.append(_field(text, following))
    return names


# --- the rest: prose and lists


def _other(text: str, paragraphs: list[_Paragraph], first_group: int) -> list[Block]:
    """Prose under the heading before it, lists under the headings after or before them."""
    blocks: list[Block] = []
    section: tuple[Field, ...] = ()
    run: list[Field] = []
    group = 3 * first_group
    index = 0
    while index < len(paragraphs):
        if paragraphs[index].bullet:
            end = _end_of_lists(text, paragraphs, index)
            found, section = _lists(text, paragraphs[index:end], section, group)
            blocks.extend(found)
            group += len(found) + 1
            index = end
            run = []
            continue
        content = _field(text, paragraphs[index])
        if _is_heading(content):
            run = [*run, content]
            section = (run[0], run[-1]) if len(run) == 2 else (run[0],)  # of many in a row the first heads them all
            blocks.append(Block(BlockKind.HEADING, content, section))
        else:
            run = []
            blocks.append(Block(BlockKind.PARAGRAPH, content, section))
        index += 1
    return blocks


def _is_heading(content: Field) -> bool:
    return len(content.text) <= _LONGEST_HEADING and content.text[-1] not in ".!?," and not content.text[0].islower()


def _end_of_lists(text: str, paragraphs: list[_Paragraph], start: int) -> int:
    """End of the bullets from `start`, of the boxes between them and of the capital headings after them."""
    last = start
    for index in range(start, len(paragraphs)):
        if paragraphs[index].bullet:
            gap = paragraphs[last + 1 : index]
            if any(_field(text, paragraph).text.isupper() for paragraph in gap):
                break
            last = index
    end = last + 1
    while end < len(paragraphs) and not paragraphs[end].bullet and _field(text, paragraphs[end]).text.isupper():
        end += 1
    leads = [index for index in range(last, end) if _field(text, paragraphs[index]).text.endswith(":")]
    return leads[-1] + 1 if leads else end


def _lists(
    text: str, members: list[_Paragraph], section: tuple[Field, ...], group: int
) -> tuple[list[Block], tuple[Field, ...]]:
    """Bullets as list items under their headings; a heading that ends in ":" introduces a list, in order."""
    headings = [_field(text, member) for member in members if not member.bullet and _field(text, member).text.isupper()]
    leads = [heading for heading in headings if heading.text.endswith(":")]
    names = tuple(heading for heading in headings if heading not in leads)
    title = names[:1]
    runs = _runs(text, members)
    if len(leads) > len(runs):
        runs = _split_runs(text, runs, len(leads))
    blocks = [Block(BlockKind.HEADING, heading, (heading,)) for heading in headings]
    for number, run in enumerate(runs):
        path = (*title, leads[number]) if len(leads) == len(runs) else (title or section)
        blocks += [Block(BlockKind.ITEM, _field(text, member), path, group + number) for member in run]
    boxes = [member for member in members if not member.bullet and not _field(text, member).text.isupper()]
    blocks += [Block(BlockKind.PARAGRAPH, _field(text, box), names or section) for box in boxes]
    after = section if not headings else ()
    return blocks, after


def _runs(text: str, members: list[_Paragraph]) -> list[list[_Paragraph]]:
    """Bullets that follow one another without other text between them."""
    runs: list[list[_Paragraph]] = [[]]
    for member in members:
        if member.bullet:
            runs[-1].append(member)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _split_runs(text: str, runs: list[list[_Paragraph]], wanted: int) -> list[list[_Paragraph]]:
    """Cut runs until there are as many as headings: two columns wrap at two widths, so cut where widths differ most."""
    while len(runs) < wanted:
        cuts = [(_gain(text, run, at), index, at) for index, run in enumerate(runs) for at in range(1, len(run))]
        if not cuts:
            break
        _, index, at = max(cuts)
        runs = [*runs[:index], runs[index][:at], runs[index][at:], *runs[index + 1 :]]
    return runs


def _gain(text: str, run: list[_Paragraph], at: int) -> float:
    """How much the squared spread of the bullets' line widths falls when the run is cut at `at`."""
    widths = [
        max(len(line.text.rstrip()) for line in lines(text, member.span.start, member.span.end)) for member in run
    ]

    def spread(values: list[int]) -> float:
        mean = sum(values) / len(values)
        return sum((value - mean) ** 2 for value in values)

    return spread(widths) - spread(widths[:at]) - spread(widths[at:])
