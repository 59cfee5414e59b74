"""All goals, indicators or actions of a unit, document or municipality: "mitkä ovat perusopetuksen tavoitteet?"

Such a question names no goal, so no single passage is its answer: each one of the place that it names is.
"""

from __future__ import annotations

from assistant.everyday import bare_name
from assistant.lexicon import lexicon
from assistant.question import SLIGHT, Asked, Question, Word, asks_field
from corpus.finnish import lemmas, terms, words
from corpus.model import Facts
from index.index import Index
from index.passages import Kind, Passage

_KINDS = {"goal": Kind.GOAL, "indicator": Kind.ROW, "action": Kind.ACTION}
_MAY_ASK = frozenset({Asked.TARGET, Asked.LIST, Asked.INDICATOR})


def all_asked(question: Question, index: Index) -> list[int]:
    """Numbers of the passages that tell the goals, indicators or actions asked for, in the documents' order.

    Empty where the question names more than a place.
    """
    asked = _asked(question)
    named = [word for word in question.words if not _is_aside(word, asked)]
    if not asked or not (named or question.municipalities) or question.asked - _MAY_ASK:
        return []
    found: dict[bool, dict[str, int]] = {True: {}, False: {}}  # is it the unit that is named? -> text -> number
    for number, passage in enumerate(index.passages):
        if passage.kind is not _KINDS[asked] or not _is_whole(passage):
            continue
        facts = index.documents[passage.document].facts
        unit = _names(passage.unit)
        by_unit = [_is_named(word, unit, passage.unit, question) for word in named]
        of_document = _parts(facts.title, facts.publisher, facts.unit, facts.municipality)
        if _concerns(question, facts) and all(
            told or (word.lemmas | word.official) & of_document for word, told in zip(named, by_unit, strict=True)
        ):
            found[any(by_unit)].setdefault(passage.text, number)
    return list((found[True] or found[False]).values())


def asks_for_all(question: Question) -> bool:
    """ "Mitkä ovat Porin tavoitteet?": of a place that it names, whatever was asked before."""
    return bool(_asked(question) and (question.municipalities or question.units))


def _asked(question: Question) -> str:
    """ "goal", "indicator" or "action"; empty where no word asks for all of them."""
    said = f" {' '.join(words(question.plain.lower()))} "
    return next((name for name in _KINDS if any(f" {word} " in said for word in lexicon().overview[name])), "")


def _is_aside(word: Word, asked: str) -> bool:
    """Does the word say neither what nor where? The municipality is known from the question."""
    known = lexicon().overview
    place = {bare_name(word.surface), *word.lemmas} & {*lexicon().places, *lexicon().municipalities}
    aside = known["aside"] | known.get(asked, frozenset()) | lexicon().number_words.keys()  # "kaikki kolme"
    return bool(place) or asks_field(word) or word.weight <= SLIGHT or bool(word.lemmas & aside)


def _is_whole(passage: Passage) -> bool:
    """Is it an indicator, goal or action, not who is responsible for one?"""
    return passage.kind is not Kind.ACTION or passage.field == "action"


def _concerns(question: Question, facts: Facts) -> bool:
    """Is the document of the municipality, of a year and the one that the question names, where it names any?"""
    here = not question.municipalities or facts.municipality in question.municipalities
    then = not question.years or bool(question.years & facts.years())
    return here and then and question.document in (None, facts.id)


def _is_named(word: Word, unit: frozenset[str], whole: str, question: Question) -> bool:
    """Does the word name the unit, by one of its words or another word for it ("lukio" for Lukiokoulutus)?"""
    if (word.lemmas | word.official) & unit:
        return True
    others = lexicon().units
    return any(name in whole.lower() and {name, *others[name]} & (word.lemmas | word.parts) for name in question.units)


def _names(name: str) -> frozenset[str]:
    """The lemmas of the name's words."""
    return frozenset(lemma for word in words(name) for lemma in (word.lower(), *lemmas(word)))


def _parts(*names: str | None) -> frozenset[str]:
    """The lemmas of the names' words and of their parts."""
    return frozenset(term for name in names if name for term in terms(name))
