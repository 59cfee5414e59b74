"""What is said: which evidence answers, whether it answers at all, and in which form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answer import Status
from assistant.beside import MOST_BESIDE, also, beside, overlaps, row_behind, with_progress, with_sign
from assistant.chance import LEAST, chance
from assistant.comparison import Side, sides_told
from assistant.evidence import Evidence, Ranker
from assistant.lacking import BESIDE, SAME_FORM, Lack, beforehand, lacking, same_form, same_place
from assistant.lexicon import lexicon
from assistant.otherwise import names_other_year
from assistant.question import ROW_VALUES, SLIGHT, Asked, Question, Word
from assistant.signs import amounts_told, is_figure_line
from assistant.timeline import timeline
from assistant.untold import asks_responsible, costs_of_another
from corpus.finnish import is_past, lemmas, words
from index.passages import FIGURES, Kind

_SAME = 0.9  # scores nearer than this are not told apart when rows of several units fit
_NEIGHBOURS = 8  # of so many best an item may stand for its row
_UNCLEAR = 2.5  # a place elsewhere so near in score may be the one that is meant
_MOST_MORE = 2
_HALF = 0.5  # of the topic's words an indicator has itself, not only its heading or action
_TOPIC = 2  # words that name a topic and ask for nothing
_NEAR_BEST = 6
_FEWEST_LINES = 3
_MOST_LINES = 15
_FEW_ALIKE = 3  # items: more are alike where none is named
_ALIKE = 0.3  # lines so near in score fit equally
# of an overview: more are no answer but a document, and the units to choose from are named
_MOST_OF_ALL = {Kind.GOAL: 24, Kind.ACTION: 40, Kind.ROW: 45}
_SURE_OF_HERE = 0.9  # chance from which on a noun that only other municipalities' documents have does not matter
_LESS_WORDS = 0.05  # of the question's, as much as does not matter
_NOT_MEANT = 0.3  # a noun that the best passage meets no better is not what it is about
_STRONG_BASELINE = ("lähtö", "utgångs", "baseline", "alkutila")
_STRONG_TARGET = ("tavoit", "tavote", "pyrk", "pyrit", "tähdät", "tähtä", "mål", "target", "goal", "aim")
_NOT_PROGRESS = {Asked.TARGET, Asked.BASELINE, Asked.COMPARE}
_OUTSIDE = ("attack", "task", "help")
_DONE_FOR = re.compile(  # what is done for a goal
    r"\bmi(?:tä|llaisia)\b[^?]{1,80}\b(?:tekee|tehdä|tehdään|tekevät|tehneet|tehty)\b|\bmitä keinoja\b"
    r"|\bmi(?:llä|llaisin|lläkin) (?:eri |kaikilla )?(?:tavo|toimi|kons)\w{1,6}\b"
    r"|\bwhat (?:does|is|will)\b[^?]{1,60}\b(?:do|doing|done)\b|\bvad (?:gör|ska|görs)\b[^?]{1,60}\b(?:för att|göra)\b",
    re.IGNORECASE,
)
_SEEN_BY = re.compile(
    r"\bmi(?:stä|tä|ltä|llä|tkä)\b[^?]{1,60}\b(?:nähdään|näkee|katsotaan|lasketaan|laskee|seurataan|seuraa|mitataan|mittaa"
    r"|arvioidaan|kertovat|kertoo)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*(\d)\s*=")


class Form(StrEnum):
    """The form of an answer."""

    ROW = "row"
    ROWS = "rows"
    PASSAGES = "passages"
    LIST = "list"
    FIELD = "field"
    OVERVIEW = "overview"
    DUTIES = "duties"
    UNITS = "units"
    TIMELINE = "timeline"
    NOTHING = "nothing"


_WHOLE = (Form.FIELD, Form.OVERVIEW, Form.DUTIES, Form.TIMELINE)  # nothing else can be meant


@dataclass(frozen=True)
class Decision:
    """Status, form, the evidence to show (best first) and, where there is no answer, the reason."""

    status: Status
    form: Form
    evidence: tuple[Evidence, ...] = ()
    also: tuple[Evidence, ...] = ()  # other places that may be meant, where the best is not clear
    field: str = ""
    reason: str = ""
    detail: str = ""


def decide(
    question: Question,
    evidence: Sequence[Evidence],
    known_places: frozenset[str],
    ranker: Ranker,
    absent: Sequence[Word] = (),
    sides: Sequence[Side] = (),
    least: float = LEAST,
) -> Decision:
    """The decision for a question and its ranked evidence, with the other places that may be meant.

    `absent` are nouns that only documents know to which the question is not narrowed: the same thing elsewhere.
    `sides` are those of a comparison, each asked alone.
    """
    decision = _decide(question, evidence, known_places, ranker, absent, sides, least)
    if decision.status is not Status.ANSWERED or not decision.evidence or decision.form in _WHOLE:
        return decision
    margin = _UNCLEAR / 2 if question.asked & {Asked.TARGET, Asked.BASELINE} else _UNCLEAR
    return replace(decision, also=also(question, decision.evidence, evidence, margin))


def tell_apart(parts: Sequence[Decision]) -> bool:
    """Is each part of a question answered, and from another place than the other?"""
    one, other = parts
    if any(part.status is not Status.ANSWERED for part in parts):
        return False
    return not overlaps(one.evidence[0], [other.evidence[0]])


def _decide(
    question: Question,
    evidence: Sequence[Evidence],
    known_places: frozenset[str],
    ranker: Ranker,
    absent: Sequence[Word],
    sides: Sequence[Side],
    least: float,
) -> Decision:
    lack = beforehand(question, known_places)
    if lack or not evidence:
        return _nothing(lack or Lack("no_evidence"))
    headed = ranker.list_headed(question, evidence) if _may_be_headed(question) else None
    if headed:
        return Decision(Status.ANSWERED, Form.LIST, (headed,))
    whole = _overview(question, evidence, ranker)
    if whole:
        return whole
    if duties := ranker.duties(question, evidence):
        return Decision(Status.ANSWERED, Form.DUTIES, duties)
    elsewhere = absent and evidence[0].feature("weakest") < _NOT_MEANT
    if elsewhere and (least <= 0.0 or chance(evidence, question, ranker) < _SURE_OF_HERE):
        return _nothing(Lack("absent_here", ", ".join(word.surface for word in absent[:2])), evidence)
    evidence = _figure_first(question, _item_first(question, where_asked(question, evidence)))
    lack = lacking(question, evidence, ranker)
    if lack:
        return _nothing(lack, evidence)

    def likely(found: Sequence[Evidence]) -> bool:  # with 0 the chance is not reckoned: evals.fit has none yet
        return least <= 0.0 or chance(found, question, ranker) >= least

    best = evidence[0]
    scale = _scale(question, evidence)
    told = (scale and Asked.DEFINITION in question.asked) or _tells_who(question, best, ranker)
    sure = bool(told) or _tells_all(question, best, ranker) or likely(evidence)
    found = all(side.evidence for side in sides)
    of_sides = [replace(side, evidence=_item_first(question, side.evidence)) for side in sides if found]
    compared = sides_told(question, evidence, of_sides, sure, likely, ranker)
    if compared:
        return Decision(Status.ANSWERED, Form.PASSAGES, compared)
    if not sure:
        return _nothing(Lack("weak_evidence"), evidence)
    if _is_topic(question) and (about := _about(question, evidence, ranker)):
        return Decision(Status.ANSWERED, Form.PASSAGES, about)
    if scale:
        return Decision(Status.ANSWERED, Form.PASSAGES, scale)
    typed = _typed(question, evidence)
    if typed:
        return typed
    over_time = timeline(question, evidence, ranker)
    if over_time:
        return Decision(Status.ANSWERED, Form.TIMELINE, over_time)
    if named := _named_lines(question, evidence, ranker):
        return Decision(Status.ANSWERED, Form.PASSAGES, named)
    listed = _list(question, evidence, ranker)
    if listed:
        return Decision(Status.ANSWERED, Form.LIST, (_named_first(question, listed, evidence, ranker),))
    if best.passage.kind in FIGURES:
        decision = _row(question, evidence)
        return replace(decision, evidence=with_sign(question, decision.evidence, evidence))
    near = [entry for entry in beside(evidence) if entry is best or not costs_of_another(question, entry)]
    shown = with_progress(question, (*near, *row_behind(question, evidence)), evidence)
    return Decision(Status.ANSWERED, Form.PASSAGES, with_sign(question, shown, evidence, ranker.next_of(best)))


def _may_be_headed(question: Question) -> bool:
    """Can the list under a heading be asked for: as a list, by number, or by nothing but its name?"""
    return Asked.LIST in question.asked or question.asked <= {Asked.COUNT, Asked.NUMBER}


def _overview(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> Decision | None:
    """All goals, indicators or actions of a place; its units where they are too many."""
    found = ranker.overview(question, evidence)
    if not found:
        return None
    if len(found) <= _MOST_OF_ALL[found[0].passage.kind]:
        return Decision(Status.ANSWERED, Form.OVERVIEW, found)
    units = {entry.passage.unit for entry in found if entry.passage.unit}
    return Decision(Status.AMBIGUOUS, Form.UNITS, found) if len(units) > 1 else None


def _tells_who(question: Question, best: Evidence, ranker: Ranker) -> bool:
    """Does the row name who is responsible, as is asked, and have all words of the question? Then nothing is unsure.

    The chance is reckoned from the passage, which seldom says who is responsible: that is another cell of its row.
    """
    named = any(row.goal.responsible for row in best.rows)
    return named and asks_responsible(question) and ranker.covers(question, best)


def _tells_all(question: Question, best: Evidence, ranker: Ranker) -> bool:
    """Stand the fields that are asked for beside the best evidence, and has it all other words of the question?"""
    if not any(ranker.list_of(best, field) for field in question.lists):
        return False
    asking = tuple(stem for field in question.lists for stem in lexicon().lists[field])
    told = (word for word in question.words if word.weight > SLIGHT and not word.surface.lower().startswith(asking))
    return ranker.covers(replace(question, words=tuple(told)), best)


def _nothing(lack: Lack, evidence: Sequence[Evidence] = ()) -> Decision:
    """No answer; the nearest evidence is kept to name its goal."""
    status = Status.REFUSED if lack.reason in _OUTSIDE else Status.NOT_FOUND
    return Decision(status, Form.NOTHING, tuple(evidence[:1]), reason=lack.reason, detail=lack.detail)


def where_asked(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Evidence of the level, year and quarter asked about, where any is nearly as good as the best."""
    best = next(iter(evidence), None)
    of_progress = Asked.PROGRESS in question.asked and not question.asked & _NOT_PROGRESS
    differs: list[tuple[object, Callable[[Evidence], object]]] = [
        (question.units & lexicon().levels, lambda entry: entry.feature("unit_differs")),
        (question.years, lambda entry: entry.feature("year_differs")),
        (question.years, lambda entry: names_other_year(question, entry)),
        (of_progress and question.years, lambda entry: not _is_progress_line(entry, best)),
    ]
    for wanted, elsewhere in differs:
        agreeing = [entry for entry in evidence if not elsewhere(entry)] if wanted else []
        if agreeing and agreeing[0].score > evidence[0].score - SAME_FORM:
            evidence = agreeing
    return evidence


def _is_progress_line(entry: Evidence, best: Evidence | None) -> bool:
    """Is it a line of progress with a figure, of the best one's form?"""
    is_line = entry.passage.kind is Kind.PROGRESS and is_figure_line(entry.passage.text)
    return is_line and best is not None and same_form(entry, best)


def _is_topic(question: Question) -> bool:
    """Is nothing but a topic named: "kiusaaminen", "kerro kuraattoreista"?"""
    topic = {word.surface.lower() for word in question.words} - lexicon().topic
    said = {word.lower() for word in words(question.plain)} - lexicon().topic
    return not question.asked - {Asked.LIST} and 0 < len(topic) <= _TOPIC and said == topic


def _about(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> tuple[Evidence, ...]:
    """Every indicator of the topic, then the best of what else is told of it; nothing where it has no indicator."""
    topic = replace(question, words=tuple(w for w in question.words if w.surface.lower() not in lexicon().topic))
    whole = [entry for entry in evidence if not ranker.missing_words(topic, entry.number)]
    rows = [entry for entry in whole if entry.passage.kind is Kind.ROW and entry.feature("cover_own") >= _HALF]
    rows = rows[:MOST_BESIDE]
    if not rows:
        return ()
    barred = FIGURES | {Kind.LIST}
    others = [entry for entry in whole if entry.passage.kind not in barred and not overlaps(entry, rows)]
    return (*rows, *others[:_MOST_MORE])


def _typed(question: Question, evidence: Sequence[Evidence]) -> Decision | None:
    """Answers of a field: who is responsible; and fields that the row does not have."""
    best = evidence[0]
    if asks_goal(question) and (serving := next((entry for entry in evidence[:3] if _has_goal(entry)), None)):
        return Decision(Status.ANSWERED, Form.FIELD, (serving,), field="goal")
    if Asked.RESPONSIBLE in question.asked and not question.asked & {Asked.PROGRESS}:
        for entry in evidence[:3]:
            if entry.score < best.score - BESIDE:
                break
            if any(row.goal.responsible for row in entry.rows):
                others = _otherwise_responsible(entry, evidence)
                return Decision(Status.ANSWERED, Form.FIELD, (entry,), others, field="responsible")
        footnoted = next((entry for entry in evidence[:8] if _has_footnote(entry)), None)
        if footnoted is not None and same_form(footnoted, best):
            return Decision(Status.ANSWERED, Form.FIELD, (footnoted,), field="notes")
        if asks_responsible(question) and best.rows and not any(row.goal.responsible for row in best.rows):
            return Decision(Status.NOT_FOUND, Form.NOTHING, (best,), reason="no_field", field="responsible")
    if best.passage.kind is not Kind.ROW or not best.rows:
        return None
    goal = best.rows[0].goal
    years = {year for year, _ in goal.targets}
    if Asked.TARGET in question.asked and years and question.years and not question.years & years:
        reason = "no_target_year" if question.spells_years else "no_period"
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason=reason, detail=str(min(question.years)))
    if _asks_target(question) and goal.baseline and not goal.target and Asked.BASELINE not in question.asked:
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason="no_field", field="target")
    if _asks_baseline(question) and not goal.baseline and Asked.TARGET not in question.asked:
        return Decision(Status.NOT_FOUND, Form.ROW, (best,), reason="no_field", field="baseline")
    return None


def _otherwise_responsible(entry: Evidence, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best place of another action for which somebody else is responsible, as near in score and in words."""
    named = {row.goal.responsible.text for row in entry.rows}
    near = [other for other in evidence[:_NEIGHBOURS] if other.score > entry.score - _SAME]
    alike = [other for other in near if other.feature("cover") >= entry.feature("cover") - _LESS_WORDS]
    others = [other for other in alike if other.rows and not same_form(other, entry)]
    differing = (other for other in others if not {row.goal.responsible.text for row in other.rows} & {"", *named})
    return tuple(differing)[:1]


def _has_goal(entry: Evidence) -> bool:
    return entry.passage.kind is not Kind.GOAL and any(row.goal.goal for row in entry.rows)


def asks_goal(question: Question) -> bool:
    """ "Mihin tavoitteeseen se liittyy?": which goal something serves, not what is aimed at with it."""
    known = lexicon().goal_of
    forms = [{word.lower(), *lemmas(word)} for word in words(question.plain)]
    asked = any(
        forms[at] & known["goals"] and any(near & known["asking"] for near in forms[max(0, at - 2) : at])
        for at in range(len(forms))
    )
    return asked and bool(question.forms & known["serves"])


def _has_footnote(entry: Evidence) -> bool:
    """Is it a row with a footnote that says whose it is?"""
    notes = entry.rows[0].goal.notes if entry.passage.kind is Kind.ROW else ()
    return any(note.text.startswith("*") for note in notes)


def _asks_target(question: Question) -> bool:
    """By a word for it: "vähintään" may be the indicator's own."""
    low = question.plain.lower()
    return Asked.TARGET in question.asked and any(stem in low for stem in _STRONG_TARGET)


def _asks_baseline(question: Question) -> bool:
    """By a word for it, as what was before the target or, in the past tense, before anything."""
    low = question.plain.lower()
    before_target = Asked.TARGET not in question.asked and any(stem in low for stem in _STRONG_TARGET)
    by_name = any(stem in low for stem in _STRONG_BASELINE) or any(map(is_past, words(question.plain)))
    return Asked.BASELINE in question.asked and (before_target or by_name)


def _row(question: Question, evidence: Sequence[Evidence]) -> Decision:
    """One row; several where rows of different units or documents fit equally and the question names none."""
    best = evidence[0]
    fitting = [best]
    for entry in evidence[1:8]:
        if entry.passage.kind is not best.passage.kind or entry.score < best.score - _SAME:
            continue
        alike = abs(entry.feature("cover_own") - best.feature("cover_own")) < 0.1 and best.feature("cover_own") > 0.4
        if alike and not same_place(entry, best) and not question.units:
            fitting.append(entry)
    fitting = fitting if len(fitting) > 1 else _items_alike(evidence)
    if len(fitting) > 1:
        return Decision(Status.AMBIGUOUS, Form.ROWS, tuple(fitting[:4]))
    most = 2 if question.asked & ROW_VALUES and not question.asked & {Asked.PROGRESS, Asked.YES_NO} else MOST_BESIDE
    return Decision(Status.ANSWERED, Form.ROW, beside(evidence, most, several=question.asks_several))


def _items_alike(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The items of the best one's list that have as much of the question as it: "museo" is two of seven."""
    best = evidence[0]
    items = [entry for entry in evidence if entry.passage.kind is Kind.ITEM and entry.passage.rows == best.passage.rows]
    alike = [entry for entry in items if entry.feature("cover_own") > best.feature("cover_own") - _LESS_WORDS]
    return alike if best in items and len(alike) <= _FEW_ALIKE and len(alike) < len(items) else []


def _list(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> Evidence | None:
    """The list to say as a whole.

    Of the fields that the question names; the one that the best evidence is of, where a list is asked for or nothing
    that the item itself says and its heading does not; the best evidence; one near it, where a list is asked for.
    """
    best = evidence[0]
    for field in sorted(question.lists):
        if found := ranker.list_of(_goal_meant(evidence) if field == "action" else best, field):
            return found
    if best.passage.kind is Kind.GOAL and (of_goal := _field_of_goal(question)):
        return ranker.list_of(best, of_goal)
    if _is_any_of_many(question, evidence, ranker):
        return ranker.list_of(best, best.passage.field)
    whole = ranker.list_of(best)
    if whole and (Asked.LIST in question.asked or not ranker.own_words(question, best)):
        return whole
    if together := _fellows(question, evidence, ranker):
        return together
    if best.passage.kind in FIGURES or (best.passage.kind is not Kind.LIST and Asked.LIST not in question.asked):
        return None
    near = [entry for entry in evidence[:_NEAR_BEST] if entry.score > best.score - BESIDE]
    return next((entry for entry in near if entry.passage.kind is Kind.LIST), None)


def _goal_meant(evidence: Sequence[Evidence]) -> Evidence:
    """The goal near the best evidence that has more of the question itself, or as much and is as near; else the best.

    What is done is asked for a goal, rather than for another action.
    """
    best = evidence[0]
    for entry in evidence[:_NEIGHBOURS]:
        more = entry.feature("cover_own") - best.feature("cover_own")
        margin = SAME_FORM if more > _LESS_WORDS else _ALIKE if more >= 0 else 0.0
        if entry.passage.kind is Kind.GOAL and entry.score > best.score - margin:
            return entry
    return best


def _field_of_goal(question: Question) -> str | None:
    """Which fields of a goal are asked for in other words: by what it is seen, or what is done for it."""
    if _SEEN_BY.search(question.plain):
        return "indicator"
    return "action" if _DONE_FOR.search(question.plain) else None


def _fellows(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> Evidence | None:
    """All fields of the best one's name under its action, where several are asked for and more than one is near."""
    best = evidence[0]
    if Asked.LIST not in question.asked and not question.asks_several:
        return None
    near = [entry for entry in evidence[:_FEWEST_LINES] if entry.score > best.score - BESIDE]
    alike = [entry for entry in near if entry.passage.kind is best.passage.kind and same_form(entry, best)]
    return ranker.list_of(best, best.passage.field) if len(alike) > 1 and best.passage.field else None


def _named_first(question: Question, listed: Evidence, evidence: Sequence[Evidence], ranker: Ranker) -> Evidence:
    """The list with the item that the question is about first: what was asked, then what it is one of.

    That is the item that is the best evidence, or where all are asked for the first that has a noun of the question.
    """
    items = listed.passage.items
    for entry in evidence[:_NEIGHBOURS]:
        if entry.passage.document != listed.passage.document or entry.passage.items:
            continue
        named = [item for item in items if set(item.spans) & set(entry.passage.spans)]
        is_meant = entry is evidence[0] and Asked.LIST not in question.asked
        if len(named) == 1 and (is_meant or ranker.own_words(question, entry)):
            others = (item for item in items if item is not named[0])
            return replace(listed, passage=replace(listed.passage, items=(named[0], *others)))
    return listed


def _is_any_of_many(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> bool:
    """Is the best evidence a line that names something and its figure, and the question asks of none by its name?"""
    best = evidence[0]
    lines = [entry for entry in evidence[:_NEIGHBOURS] if same_form(entry, best) and is_figure_line(entry.passage.text)]
    if best.passage.kind is not Kind.PROGRESS or best not in lines or len(lines) < _FEWEST_LINES:
        return False
    if lines[1].score < best.score - _ALIKE:
        return False
    return not any(ranker.names_one(question, entry) for entry in lines)


def _named_lines(question: Question, evidence: Sequence[Evidence], ranker: Ranker) -> tuple[Evidence, ...]:
    """The lines of figures that the question names, where it names more than the best one: "Anniksen ja kirjaston"."""
    best = evidence[0]
    is_line = best.passage.kind is Kind.ITEM or is_figure_line(best.passage.text)
    if not is_line or question.asked & {Asked.COUNT, Asked.INDICATOR}:
        return ()
    found = [best]
    places = {name.lower() for name in question.municipalities}
    names = [word for word in question.words if not word.lemmas & places]  # "Porin kirjasto" is no Pori Sinfonietta
    for entry in evidence[1:_MOST_LINES]:
        if entry.passage.kind is not best.passage.kind or not same_form(entry, best) or overlaps(entry, found):
            continue
        if any(ranker.names(word, entry) and not any(ranker.names(word, line) for line in found) for word in names):
            found.append(entry)
    return tuple(found) if len(found) > 1 else ()


def _item_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence with an item of the best row before the row, where the item's words are nearer to the question."""
    best = evidence[0]
    if best.passage.kind is not Kind.ROW or question.asked & {Asked.LIST, Asked.TARGET}:
        return evidence
    for entry in evidence[1:_NEIGHBOURS]:
        is_item = entry.passage.kind is Kind.ITEM and same_form(entry, best) and entry.passage.rows == best.passage.rows
        if is_item and entry.score > best.score - BESIDE and entry.feature("late_own") > best.feature("late_own"):
            return [entry, *(other for other in evidence if other is not entry)]
    return evidence


def _figure_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence with a row of the amount asked about before a best row of the same place that has another.

    "Kolme päivää" is not asked of "Vähintään 5 päivää" where a row near it says "Vähintään 3 päivää".
    """
    best, amounts = evidence[0], amounts_told(question.asked_text)  # not those asked of before
    if best.passage.kind is not Kind.ROW or not amounts or amounts & amounts_told(best.passage.text):
        return evidence
    for entry in evidence[1:_NEIGHBOURS]:
        is_rival = entry.passage.kind is Kind.ROW and same_place(entry, best) and entry.score > best.score - SAME_FORM
        if is_rival and amounts & amounts_told(entry.passage.text):
            return [entry, *(other for other in evidence if other is not entry)]
    return evidence


def _scale(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The marks asked about of a scale ("1 = epävarma"), else the whole scale; nothing where none is asked about.

    One is where the best evidence explains a mark, or it is asked what marks mean that lines near it explain.
    """
    near = [entry for entry in evidence[:_MOST_LINES] if entry.score > evidence[0].score - SAME_FORM]
    first = next((entry for entry in near if _MARK.match(entry.passage.text)), None)
    if first is None:
        return ()
    marks = {
        match[1]: entry
        for entry in reversed(evidence)
        if (match := _MARK.match(entry.passage.text)) and entry.passage.section == first.passage.section
    }
    asked = question.figures & marks.keys()
    means = Asked.DEFINITION in question.asked and asked and asked == question.figures
    named = not question.forms.isdisjoint(lexicon().marks["scales"])
    if first is not evidence[0] and not (means or named):
        return ()
    return tuple(marks[mark] for mark in sorted(asked or marks))
