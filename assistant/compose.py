"""From a decision to an Answer: the text, its citations, the rows beside it and what else can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Status
from assistant.comparison import compared
from assistant.decision import Decision, Form
from assistant.dialogue import Turn
from assistant.duties import of_goals
from assistant.evidence import Evidence, Ranker
from assistant.lacking import same_form
from assistant.lexicon import lexicon
from assistant.question import VALUES, Asked, Question
from assistant.texts import phrase
from assistant.timeline import changed
from assistant.writer import (
    Draft,
    inert,
    origin,
    say_action,
    say_deadline,
    say_duties,
    say_field,
    say_notes,
    say_passage,
    say_row,
    say_rows_briefly,
    shortened,
)
from corpus.model import Span
from index.goal_table import GoalRow
from index.index import Index
from index.passages import FIGURES, Kind, Passage

_MOST_SUGGESTIONS = 3
_LONGEST_HEADING = 80  # letters of it that are said before a list
_MOST_BRIEFLY = 2  # passages of an answer that another one follows
_OVERVIEWS = {Kind.GOAL: "tavoitteet", Kind.ROW: "mittarit", Kind.ACTION: "toimenpiteet"}
_MOST_ROWS = 24  # beside the goals of an overview
_PLAIN_REASONS = {
    "no_period",
    "no_cost",
    "no_person",
    "no_unit",
    "no_number",
    "no_reason",
    "no_time",
    "no_score",
    "no_company",
    "no_address",
    "no_named_place",
    "no_opinion",
    "no_progress",
    "nothing_asked",
    "no_responsible",
}
_NAMED = ("progress", "responsible", "deadline", "partial_goals")  # fields whose words do not say what they are


@dataclass(frozen=True)
class Part:
    """One of the questions that are answered together, mostly the only one, and what was decided of it."""

    turn: Turn
    decision: Decision


def compose(asked: str, turn: Turn, parts: Sequence[Part], index: Index, ranker: Ranker) -> Answer:
    """The answer that the decisions call for, in one text. `turn` is the question as a whole."""
    question = turn.question
    draft = Draft(index.documents, question.language)
    decision = parts[0].decision
    if len(parts) > 1:
        _say_parts(draft, parts, index, ranker)
    else:
        _say_decision(draft, decision, question, index, ranker, briefly=decision.form is Form.ROWS)
        _say_also(draft, decision, question, ranker)
    return Answer(
        question=asked,
        status=decision.status,
        text=draft.text,
        citations=tuple(draft.citations),
        suggestions=_suggestions(decision),
        language=question.language,
        understood=_understood(asked, turn),
        rows=tuple(draft.rows),
        reason=decision.reason,
    )


def _say_parts(draft: Draft, parts: Sequence[Part], index: Index, ranker: Ranker) -> None:
    """Each part briefly, under its place's name where that differs and no row tells it."""
    firsts = [part.decision.evidence[0] for part in parts]
    apart = len({_place(draft, first) for first in firsts}) > 1
    for part, first in zip(parts, firsts, strict=True):
        if apart and first.passage.kind not in FIGURES:
            draft.say(f"**{inert(_place(draft, first))}**")
        _say_decision(draft, part.decision, part.turn.question, index, ranker, briefly=True)


def _say_decision(
    draft: Draft, decision: Decision, question: Question, index: Index, ranker: Ranker, *, briefly: bool
) -> None:
    """What is said of one decision; `briefly` where another one or more rows come after."""
    begun = len(draft.lines)
    if decision.status in (Status.NOT_FOUND, Status.REFUSED):
        _say_nothing_found(draft, decision, question, index, ranker)
    elif decision.form is Form.FIELD:
        entry = decision.evidence[0]
        if decision.field == "notes":  # they stand with the row
            _say_evidence(draft, [entry], question, ranker)
        else:
            row = next(row for row in entry.rows if getattr(row.goal, decision.field))
            say_field(draft, row, decision.field, entry.passage)
    else:
        if decision.form is Form.ROWS:
            draft.say(phrase(draft.language, "ambiguous"))
        if decision.form is Form.TIMELINE:
            draft.say(phrase(draft.language, "over_time"))
        if decision.form in (Form.LIST, Form.DUTIES) and Asked.COUNT in question.asked:
            _say_count(draft, decision)
        if decision.form is Form.UNITS:
            _say_units(draft, decision)
        elif decision.form is Form.OVERVIEW:
            _say_overview(draft, decision)
        elif decision.form is Form.DUTIES:
            rows = [(entry.rows[0], entry.passage) for entry in decision.evidence]
            say_duties(draft, rows, goals=of_goals(question))
        else:
            wants_all = decision.form is Form.ROWS or question.asked & {Asked.INDICATOR, Asked.LIST}
            most = _MOST_BRIEFLY if briefly and not wants_all else len(decision.evidence)
            _say_evidence(
                draft,
                decision.evidence[:most],
                question,
                ranker,
                briefly=briefly or _sets_rows_apart(decision, question),
            )
        if decision.form is Form.PASSAGES and Asked.COMPARE in question.asked:
            _say_comparison(draft, decision, question, begun)
        if decision.form is Form.TIMELINE:
            _say_change(draft, decision, begun)


def _sets_rows_apart(decision: Decision, question: Question) -> bool:
    """Are two rows compared? Their figures then stand side by side, without what else is told of each."""
    kinds = [entry.passage.kind for entry in decision.evidence]
    return Asked.COMPARE in question.asked and kinds == [Kind.ROW, Kind.ROW]


def _say_also(draft: Draft, decision: Decision, question: Question, ranker: Ranker) -> None:
    """Other places that may be meant, under a line that says so; before it the row that what was said is of."""
    shown = {(row.document.id, row.position) for entry in decision.evidence for row in entry.rows}
    own = [entry for entry in decision.also if {(row.document.id, row.position) for row in entry.rows[:1]} & shown]
    for entry in own:
        _say_evidence(draft, [entry], question, ranker)
    begun = len(draft.lines)
    for entry in decision.also:
        if decision.form is Form.FIELD:
            say_field(draft, entry.rows[0], decision.field, entry.passage)
        elif entry not in own:
            _say_evidence(draft, [entry], question, ranker)
    if len(draft.lines) > begun:
        draft.lines.insert(begun, phrase(draft.language, "also"))


def _say_evidence(
    draft: Draft, evidence: Sequence[Evidence], question: Question, ranker: Ranker, *, briefly: bool = False
) -> None:
    """Each evidence in its order, what stands under one action together."""
    together: list[Evidence] = []
    for entry in evidence:
        if together and not same_form(entry, together[-1]):
            _say_form(draft, together, question, ranker, briefly=briefly)
            together = []
        together.append(entry)
    _say_form(draft, together, question, ranker, briefly=briefly)


def _say_form(draft: Draft, evidence: Sequence[Evidence], question: Question, ranker: Ranker, *, briefly: bool) -> None:
    """What was found, then what only stands beside it: a row's progress before the next row, actions last of all."""
    rows: list[GoalRow] = []
    untold: GoalRow | None = None  # its progress waits
    for entry in evidence:
        passage = entry.passage
        if any(passage.spans == known.spans and passage.document == known.document for known in draft.citations):
            continue  # said beside another passage already
        if passage.kind not in FIGURES or not entry.rows:
            _say_words(draft, passage)
            continue
        if untold:
            _say_progress(draft, untold, question, ranker)
        untold = None
        begun = len(draft.lines)
        _say_row(draft, entry, question)
        rows.append(entry.rows[0])
        if passage.kind is Kind.ROW and Asked.PROGRESS in question.asked:
            _say_asked_progress(draft, entry.rows[0], begun, question, ranker)
        elif passage.kind is Kind.ROW and not briefly:
            untold = entry.rows[0]
    if untold:
        _say_progress(draft, untold, question, ranker)
    if not briefly and not question.asked & VALUES:
        for row in rows:
            say_action(draft, row, evidence[0].passage)


def _say_row(draft: Draft, entry: Evidence, question: Question) -> None:
    """A row with its footnotes and, where it was asked for, by when."""
    row, asks_time = entry.rows[0], Asked.DEADLINE in question.asked
    year = min(question.years) if question.years else None
    say_row(draft, row, entry.passage, _order(question), year, dated=not asks_time)
    say_notes(draft, row, entry.passage)
    if asks_time and row.goal.deadline:
        say_deadline(draft, row, entry.passage)


def _say_asked_progress(draft: Draft, row: GoalRow, before: int, question: Question, ranker: Ranker) -> None:
    """The progress of the row: at line `before`, where the row begins, unless its values were asked for, too."""
    begun = len(draft.lines)
    _say_progress(draft, row, question, ranker)
    if not question.asked & VALUES or Asked.COMPARE in question.asked:
        draft.lines = [*draft.lines[:before], *draft.lines[begun:], *draft.lines[before:begun]]


def _say_words(draft: Draft, passage: Passage) -> None:
    """A passage in its own words, under the name of its field where they do not tell it."""
    label = draft.label(passage.field) if passage.field in _NAMED else ""
    if label and draft.lines and draft.lines[-1].startswith(label):
        label = ""
    if label and passage.items:
        label = f"{label} {_of_what(draft, passage)}".rstrip()
    say_passage(draft, passage, label=label)


def _of_what(draft: Draft, passage: Passage) -> str:
    """Whose list it is: of partial goals the goal that they lead to, else the place."""
    if passage.field == "partial_goals" and passage.section:
        return f"– {inert(shortened(passage.section[-1], _LONGEST_HEADING))}"
    place = origin(draft.documents[passage.document].facts, passage.unit)
    return f"({inert(place)})" if place else ""


def _say_overview(draft: Draft, decision: Decision) -> None:
    """Goal by goal, indicator by indicator, action by action; under their places' names where they are several."""
    places = [(entry.passage.document, entry.passage.unit) for entry in decision.evidence]
    with_rows = sum(len(entry.rows) for entry in decision.evidence) <= _MOST_ROWS
    for at, entry in enumerate(decision.evidence):
        if len(set(places)) > 1 and places[at] not in places[:at]:
            draft.say(f"**{inert(_place(draft, entry))}**")
        if entry.passage.kind is Kind.ROW:
            say_row(draft, entry.rows[0], entry.passage, ())
            continue
        say_passage(draft, entry.passage)
        if entry.passage.kind is Kind.GOAL and with_rows:
            indicators = [row for row in entry.rows if row.goal.indicator]
            say_rows_briefly(draft, indicators, entry.passage.section)


def _say_count(draft: Draft, decision: Decision) -> None:
    """How many items the list has, in words: figures are only said where a passage has them."""
    count = len(decision.evidence if decision.form is Form.DUTIES else decision.evidence[0].passage.items)
    number = lexicon().in_words.get(draft.language, {}).get(count)
    if number:
        draft.say(phrase(draft.language, "counted", number=number))


def _say_units(draft: Draft, decision: Decision) -> None:
    """The units to choose from, where there is too much to say."""
    draft.say(phrase(draft.language, "narrow", units=inert("; ".join(_units(decision)))))


def _units(decision: Decision) -> list[str]:
    """The units of an overview, each once."""
    return list(dict.fromkeys(entry.passage.unit for entry in decision.evidence if entry.passage.unit))


def _place(draft: Draft, entry: Evidence) -> str:
    """ "Pori, Perusopetus, Q1/2023"; the title of a document that tells none of these."""
    facts = draft.documents[entry.passage.document].facts
    return origin(facts, entry.passage.unit) or facts.title


def _say_comparison(draft: Draft, decision: Decision, question: Question, begun: int) -> None:
    """At line `begun`, before the figures, which of the two figures is larger, where that can be told."""
    values = compared(question, decision.evidence)
    if values is None:
        return
    larger, smaller = values
    said = "same" if larger.figure == smaller.figure else "larger"
    draft.lines.insert(
        begun,
        phrase(
            draft.language,
            said,
            one=inert(larger.text),
            of_one=f"{inert(larger.name)} {_marker_of(draft, larger.evidence, larger.evidence.passage.spans)}",
            other=inert(smaller.text),
            of_other=f"{inert(smaller.name)} {_marker_of(draft, smaller.evidence, smaller.evidence.passage.spans)}",
        ),
    )


def _say_change(draft: Draft, decision: Decision, begun: int) -> None:
    """At line `begun`, before the rows, the figure in the first and in the last document, where one has changed."""
    change = changed(decision.evidence)
    if change is None:
        return
    then, now = (_when_told(draft, entry, change.field) for entry in (decision.evidence[0], decision.evidence[-1]))
    field = draft.label(change.field)
    said = phrase(
        draft.language, "changed", field=field, first=inert(change.first), then=then, last=inert(change.last), now=now
    )
    draft.lines.insert(begun, said)


def _when_told(draft: Draft, entry: Evidence, field: str) -> str:
    """The period of the evidence's document, and the marker of the row's field."""
    row = entry.rows[0]
    return f"{row.document.period or ''} {_marker_of(draft, entry, getattr(row.goal, field).spans)}".strip()


def _marker_of(draft: Draft, entry: Evidence, spans: tuple[Span, ...]) -> str:
    """The marker of the first citation that covers the beginning of the spans in the evidence's document."""
    known = (
        f"[{citation.number}]"
        for citation in draft.citations
        if citation.document == entry.passage.document
        and any(span.start <= spans[0].start < span.end for span in citation.spans)
    )
    return next(known, None) or draft.marker(entry.passage.document, entry.passage.section, spans)


def _say_progress(draft: Draft, row: GoalRow, question: Question, ranker: Ranker) -> None:
    """What is told of the row's progress: one sentence beside a value, two where more was asked."""
    told = ranker.progress_of(row, 1 if question.asked & VALUES else 2)
    for passage in told:
        if not any(passage.spans == citation.spans for citation in draft.citations):
            label = "" if draft.lines[-1].startswith(draft.label("progress")) else draft.label("progress")
            say_passage(draft, passage, label=label)
    draft.rows[-1] = replace(draft.rows[-1], progress=" ".join(passage.text for passage in told))


def _order(question: Question) -> tuple[str, ...]:
    """Which values of a row come first."""
    if Asked.BASELINE in question.asked and Asked.TARGET not in question.asked:
        return ("baseline",)
    if Asked.TARGET in question.asked:
        return ("target",)
    return ()


def _say_nothing_found(draft: Draft, decision: Decision, question: Question, index: Index, ranker: Ranker) -> None:
    language = draft.language
    if decision.status is Status.REFUSED:
        draft.say(phrase(language, decision.reason))
        return
    if decision.reason == "other_municipality":
        known = ", ".join(
            sorted({doc.facts.municipality for doc in index.documents.values() if doc.facts.municipality})
        )
        draft.say(phrase(language, "no_place", name=decision.detail, known=known))
        return
    if decision.reason == "no_target_year":
        draft.say(phrase(language, "no_target_year", year=decision.detail))
    elif decision.reason == "no_year":
        draft.say(phrase(language, "no_year", year=decision.detail))
    elif decision.reason == "no_field":
        draft.say(phrase(language, "no_field", field=phrase(language, decision.field).lower()))
    elif decision.reason in _PLAIN_REASONS:
        draft.say(phrase(language, decision.reason))
    elif decision.reason == "strange_figure":
        draft.say(phrase(language, "strange_figure", number=decision.detail))
    elif decision.reason == "absent_here":
        draft.say(phrase(language, "absent_here", words=decision.detail))
    else:
        draft.say(phrase(language, "not_found"))
        missing = _missing(decision, question, ranker)
        if missing:
            draft.say(phrase(language, "missing", words=", ".join(missing)))
    _say_nearest(draft, decision)


def _missing(decision: Decision, question: Question, ranker: Ranker) -> list[str]:
    """The question's words that the nearest passage lacks."""
    if not decision.evidence or question.language != "fi":
        return []
    return [word.surface for word in ranker.missing_words(question, decision.evidence[0].number)][:3]


def _say_nearest(draft: Draft, decision: Decision) -> None:
    """The nearest goal by name alone: its figures are not the answer and are not shown."""
    for entry in decision.evidence[:1]:
        row = entry.rows[0] if entry.rows else None
        name = row.goal.indicator if row and row.goal.indicator and not _has_figure(row) else None
        if row is not None and name:
            mark = draft.marker(row.document.id, entry.passage.section, name.spans)
            draft.say(f"{phrase(draft.language, 'nearest')}: {draft.words(row.document.id, name).rstrip('.')}. {mark}")


def _has_figure(row: GoalRow) -> bool:
    return any(letter.isdigit() for letter in row.goal.indicator.text)


def _understood(asked: str, turn: Turn) -> str | None:
    """The question as understood where it was rewritten."""
    if turn.understood:
        return turn.understood
    return turn.question.plain if turn.question.plain.strip() != asked.strip() else None


def _suggestions(decision: Decision) -> tuple[str, ...]:
    """Follow-up questions that the shown rows answer; of an overview that is too long, each unit's."""
    if decision.form is Form.UNITS:
        return tuple(f"{unit}: {_OVERVIEWS[decision.evidence[0].passage.kind]}" for unit in _units(decision))
    found: dict[str, None] = {}
    for entry in decision.evidence[:2]:
        for row in entry.rows[:1]:
            if row.goal.responsible:
                found.setdefault("Kuka siitä vastaa?")
            if row.goal.progress:
                found.setdefault("Miten se on edistynyt?")
            if row.goal.baseline and row.goal.target:
                found.setdefault("Mikä on lähtötaso ja tavoitetaso?")
    return tuple(found)[:_MOST_SUGGESTIONS] if decision.status in (Status.ANSWERED, Status.AMBIGUOUS) else ()
