"""What somebody is responsible for: "mistä tietohallintojohtaja vastaa?" asks for actions, not for a name."""

from __future__ import annotations

from collections.abc import Collection

from assistant.lexicon import lexicon
from assistant.question import Asked, Question, Word, asks_field
from corpus.finnish import lemmas, terms, words
from index.goal_table import GoalRow
from index.index import Index
from index.passages import Kind

_ADJECTIVE = 0.5  # weight of a word that names no office and no thing


def asks_duties(question: Question) -> bool:
    """ "Mistä X vastaa?", "mitä X:n vastuulle kuuluu?": a word for a duty and none for "who"."""
    known = lexicon().responsible
    low = set(words(question.asked_text.lower()))
    asks = not low.isdisjoint(known["what"]) and low.isdisjoint(known["who"]) and Asked.YES_NO not in question.asked
    return asks and any(word.startswith(known["duty"]) for word in low)


def of_goals(question: Question) -> bool:
    """Are goals asked for ("mistä tavoitteista …"), where else an office answers for actions?"""
    return Asked.TARGET in question.asked


def duties(question: Question, index: Index, documents: Collection[str]) -> list[int]:
    """Numbers of the passages of an indicator for each action of the documents that the named office answers for.

    For each goal where goals are asked for. Those of one cell "responsible" stand together. What else the question
    names ("kulttuurin puolella") the action has, too. Empty where another thing is asked.
    """
    if not asks_duties(question):
        return []
    places = lexicon().municipalities.keys()
    nouns = [word for word in question.words if word.weight > _ADJECTIVE and not asks_field(word)]
    named = [word for word in nouns if not word.lemmas & places]
    found: dict[tuple[str, object], tuple[str, int]] = {}
    for number, passage in enumerate(index.passages):
        if passage.kind is Kind.ROW and passage.document in documents:
            row = index.rows_of(passage)[0]
            if _answers_for(row, named):
                duty = row.goal.goal.spans if of_goals(question) else passage.form
                found.setdefault((passage.document, duty), (row.goal.responsible.text, number))
    cells = list(dict.fromkeys(cell for cell, _ in found.values()))
    return [number for cell, number in sorted(found.values(), key=lambda entry: cells.index(entry[0]))]


def _answers_for(row: GoalRow, named: list[Word]) -> bool:
    """Does the row's cell "responsible" have one of the words, and the row all the others?"""
    responsible = frozenset(form for word in words(row.goal.responsible.text) for form in lemmas(word))
    others = [word for word in named if not (word.lemmas | word.official) & responsible]
    if len(others) == len(named):
        return False
    said = (row.unit, *(value.text for value in row.goal.all_fields()))
    whole = frozenset(term for text in said for term in terms(text))
    return all((word.lemmas | word.official | word.parts) & whole for word in others)
