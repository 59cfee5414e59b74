"""The extractive writer: frame words around what the documents say, every claim with its marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assistant.answer import Citation, RowView, cite
from assistant.texts import phrase
from corpus.model import Document, Facts, Field, Span
from corpus.repair import readable
from index.goal_table import GoalRow
from index.passages import Passage, merged

_LONGEST_ACTION = 300
_LONGEST_INDICATOR = 420
_LONG_INDICATOR = 150  # its values come before it, unless it holds figures itself


@dataclass
class Draft:
    """An answer in the making: paragraphs of Markdown and the citations they point to."""

    documents: dict[str, Document]
    language: str
    lines: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    rows: list[RowView] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The Markdown so far."""
        return "\n\n".join(line for line in self.lines if line)

    def say(self, line: str) -> None:
        """Add a paragraph."""
        self.lines.append(line)

    def label(self, name: str) -> str:
        """A frame word in the answer's language."""
        return phrase(self.language, name)

    def marker(self, document: str, section: tuple[str, ...], spans: tuple[Span, ...]) -> str:
        """The marker of a citation of the spans; the same place is cited once."""
        source = self.documents[document]
        spans = merged(source.text, (_with_label(source.text, span) for span in spans))
        spans = merged(source.text, (_to_its_end(source.text, _among_others(source.text, span)) for span in spans))
        for known in self.citations:
            if known.document == document and known.spans == spans:
                return f"[{known.number}]"
        citation = cite(len(self.citations) + 1, source, section, spans)
        self.citations.append(citation)
        return f"[{citation.number}]"

    def read(self, document: str, value: Field) -> str:
        """A field's words with broken ones mended."""
        text = self.documents[document].text
        return readable("\n".join(text[span.start : span.end] for span in value.spans))

    def words(self, document: str, value: Field) -> str:
        """The same for a paragraph of the answer."""
        return inert(self.read(document, value))


_OF_SYMBOL_FONT = re.compile("[\ue000-\uf8ff]")  # private use: Wingdings bullets of a PDF
_MARKUP = re.compile(r"\\(?=[!-/:-@\[-`{-~])|`|<(?=[A-Za-z/!?])|\[(?=\d+\]|[^\[\]]*\][(\[])")


def inert(text: str) -> str:
    """A document's words as Markdown that shows them as they are: no links, pictures, HTML or markers of ours.

    "<img src=x>" -> "\\<img src=x>", "[tästä](http://…)" -> "\\[tästä](http://…)", "oppilaita [2]" -> "oppilaita \\[2]"

    A sign of a symbol font, which no screen has, becomes the bullet that it stands for.
    """
    return _MARKUP.sub(lambda found: f"\\{found[0]}", _OF_SYMBOL_FONT.sub("•", text))


_SHORT = 30  # letters; what is shorter is a line of a list
_LINE_BEFORE = re.compile(r"(?:^|\n)[ \t]*(\S[^\n\f\x1c-\x1f]{0,60}?[^\s:])[ \t]*\n[ \t]*$")
_LINE_AFTER = re.compile(r"[ \t]*\n[ \t]*\S[^\n\f\x1c-\x1f]{0,60}[^\s:](?=[ \t]*(?:\n|$))")


def _among_others(text: str, span: Span) -> Span:
    """A short line with the lines around it, so that the quote shows what it is one of: "Annis – 3912"."""
    if span.end - span.start >= _SHORT:
        return span
    before = _LINE_BEFORE.search(text, max(0, span.start - 80), span.start)
    after = _LINE_AFTER.match(text, span.end)
    return Span(before.start(1) if before else span.start, after.end() if after else span.end)


def _to_its_end(text: str, span: Span) -> Span:
    """The span and the full stop that ends it."""
    return Span(span.start, span.end + 1) if text[span.end : span.end + 2].rstrip() == "." else span


_LABEL = re.compile(r"(?:^|\n)[ \t]*([^\W\d_]+(?: \d{1,2})?\s*:\s*)$")
_LONGEST_LABEL = 30


def _with_label(text: str, span: Span) -> Span:
    """The span and the label in front of it on its line: a quote reads "Vastuuhenkilö: henkilöstöjohtaja"."""
    match = _LABEL.search(text, max(0, span.start - _LONGEST_LABEL), span.start)
    return Span(match.start(1), span.end) if match else span


def origin(facts: Facts, unit: str, *, dated: bool = True) -> str:
    """Where something comes from: "Pori, Perusopetus, Q1/2023"; without its document's period where not `dated`."""
    return ", ".join(part for part in (facts.municipality, unit, facts.period if dated else "") if part)


def indicator_of(draft: Draft, row: GoalRow, passage: Passage | None) -> str:
    """The indicator's words; of a cell that lists figures only what the passage shows."""
    if passage is not None and passage.kind == "item":
        return passage.text
    words = draft.read(row.document.id, row.goal.indicator)
    return shortened(words, _LONGEST_INDICATOR)


def shortened(text: str, most: int) -> str:
    """The text's first words, at most so many characters of it."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def say_row(
    draft: Draft,
    row: GoalRow,
    passage: Passage | None,
    first: tuple[str, ...],
    year: int | None = None,
    *,
    dated: bool = True,
) -> None:
    """A row: what was asked first ("target", "baseline", "indicator"), then its other values.

    Not `dated` where it is asked by when: the document's period would pass for the answer.
    """
    goal, document = row.goal, row.document.id
    spans = (*goal.indicator.spans, *goal.baseline.spans, *goal.target.spans)
    if passage is not None and passage.kind == "item":
        spans = (*passage.spans, *goal.target.spans)
    mark = draft.marker(document, _section(passage, row), spans)
    indicator = inert(indicator_of(draft, row, passage)).rstrip(".")
    values = {
        "target": _target(draft, row, year),
        "baseline": draft.words(document, goal.baseline) if not (passage and passage.kind == "item") else "",
    }
    order = [name for name in first if values.get(name)]
    order += [name for name in ("target", "baseline") if values[name] and name not in order]
    said = [f"{draft.label(name)}: **{values[name].rstrip('.')}**." for name in order]
    head = f"{indicator} ({place})" if (place := origin(row.document, row.unit, dated=dated)) else indicator
    asked_first = int(bool(said and first and first[0] == order[0]))
    before = len(said) if len(indicator) > _LONG_INDICATOR and not re.search(r"\d", indicator) else asked_first
    draft.say(" ".join([*said[:before], f"{head}.", *said[before:], mark]))
    draft.rows.append(_view(draft, row, int(mark[1:-1])))


def say_rows_briefly(draft: Draft, rows: Sequence[GoalRow], section: tuple[str, ...]) -> None:
    """A line for each row: its indicator and target."""
    lines = []
    for row in rows:
        goal, document = row.goal, row.document.id
        mark = draft.marker(document, section, (*goal.indicator.spans, *goal.baseline.spans, *goal.target.spans))
        target = draft.words(document, goal.target).rstrip(".")
        told = f": {target}" if target else ""
        lines.append(f"- {inert(indicator_of(draft, row, None)).rstrip('.')}{told} {mark}")
        draft.rows.append(_view(draft, row, int(mark[1:-1])))
    draft.say("\n".join(lines))


def _target(draft: Draft, row: GoalRow, year: int | None) -> str:
    chosen = next((value for at, value in row.goal.targets if at == year), None)
    whole = draft.words(row.document.id, row.goal.target)
    if chosen is None:
        return whole
    return f"{draft.words(row.document.id, chosen)} (v. {year}; {whole})" if len(row.goal.targets) > 1 else whole


def _section(passage: Passage | None, row: GoalRow) -> tuple[str, ...]:
    if passage is not None:
        return passage.section
    goal = row.goal
    return tuple(part.text for part in (goal.unit, goal.focus_area, goal.goal) if part)


def _view(draft: Draft, row: GoalRow, citation: int) -> RowView:
    goal, document = row.goal, row.document.id
    return RowView(
        document,
        row.unit,
        indicator_of(draft, row, None),
        draft.read(document, goal.baseline),
        draft.read(document, goal.target),
        "",
        citation,
    )


def say_passage(draft: Draft, passage: Passage, *, label: str = "") -> None:
    """A passage's own words with its marker; a list one item a line."""
    if passage.items:
        head = label or (passage.section[-1] if passage.section else "")
        if head:
            draft.say(f"{head.rstrip(':.')}:")
        mark = draft.marker(passage.document, passage.section, passage.spans)
        draft.say("\n".join(f"- {draft.words(passage.document, item)} {mark}" for item in passage.items))
        return
    mark = draft.marker(passage.document, passage.section, passage.spans)
    lead = f"{label}: " if label else ""
    draft.say(f"{lead}{inert(passage.text)} {mark}")


def say_field(draft: Draft, row: GoalRow, name: str, about: Passage) -> None:
    """One field of a row ("responsible", "deadline") and what it is about."""
    value: Field = getattr(row.goal, name)
    mark = draft.marker(row.document.id, about.section, value.spans)
    if set(value.spans) & set(about.spans):
        about_mark, words = "", ""
    else:
        about_mark = draft.marker(row.document.id, about.section, about.spans)
        words = inert(about.text).rstrip(".")
    draft.say(f"{draft.label(name)}: **{draft.words(row.document.id, value)}** {mark}")
    if words:
        draft.say(f"{words} {about_mark}")


def say_duties(draft: Draft, rows: Iterable[tuple[GoalRow, Passage]], *, goals: bool) -> None:
    """Who is responsible, then for which actions, or which goals, each cited with the cell that says so."""
    for words, group in groupby(rows, key=lambda entry: draft.words(entry[0].document.id, entry[0].goal.responsible)):
        said = [f"{draft.label('responsible')}: **{words}**"]
        for row, about in group:
            goal = row.goal
            told = (goal.goal,) if goals else (goal.initiative, goal.action)
            named = (value for value in told if value and len(value.text) <= _LONGEST_ACTION)
            done = next(named, goal.indicator)
            mark = draft.marker(row.document.id, about.section, (*done.spans, *goal.responsible.spans))
            said.append(f"- {draft.words(row.document.id, done)} {mark}")
        draft.say(f"{said[0]}\n\n" + "\n".join(said[1:]))


def say_notes(draft: Draft, row: GoalRow, about: Passage) -> None:
    """The row's footnotes."""
    for note in row.goal.notes:
        if note.text.startswith("*"):
            draft.say(
                f"{draft.words(row.document.id, note)} {draft.marker(row.document.id, about.section, note.spans)}"
            )


def say_action(draft: Draft, row: GoalRow, about: Passage) -> None:
    """What is done under the row, where it is short enough to stand beside it and was not said with another row."""
    action = row.goal.action
    words = draft.words(row.document.id, action)
    if action and len(words) <= _LONGEST_ACTION:
        line = f"{draft.label('action')}: {words} {draft.marker(row.document.id, about.section, action.spans)}"
        if line not in draft.lines:
            draft.say(line)


def say_deadline(draft: Draft, row: GoalRow, about: Passage) -> None:
    """When it is to be done, with the cell that says so."""
    spans = row.goal.responsible.spans or row.goal.deadline.spans
    mark = draft.marker(row.document.id, about.section, (*spans, *row.goal.deadline.spans))
    draft.say(f"{draft.label('deadline')}: **{draft.words(row.document.id, row.goal.deadline)}** {mark}")
