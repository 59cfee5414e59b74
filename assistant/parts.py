"""A question that asks two things: "mikä on X:n tavoite Porissa, ja miten Kemi seuraa Y:tä?" is two questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from assistant.dialogue import Turn, in_context, names_things
from assistant.lexicon import lexicon
from assistant.question import Question, Understanding
from corpus.finnish import lemmas, words

_MOST = 3  # places where a text may be parted; a long one has many
_AND = re.compile(r"[,;]?\s+(?:ja|sekä|och|and)\s+(?:toisaalta\s+)?", re.IGNORECASE)
_PLACES = re.compile(
    r"(?<!\w)(?:(?:sekä|både|both)\s+)?(?P<one>[\w-]+)\s+(?:ja|sekä|että|och|and)\s+(?P<other>[\w-]+)(?!\w)",
    re.IGNORECASE,
)


def parts(text: str, history: Sequence[Mapping[str, str]], understanding: Understanding) -> tuple[Turn, ...]:
    """The two questions of the text, each standalone in the conversation; none where it asks one.

    The second is understood as one that follows the first. They are two only where the second names another place, year
    or thing: "mikä on tavoite ja paljonko se oli lähtötilanteessa?" asks two values of one row.
    """
    halves = chain(islice(_clauses(text), _MOST), islice(_of_places(text, understanding), _MOST))
    for one, other in halves:
        first = in_context(one, history, understanding)
        said = f"ja {other}" if _is_elliptic(other, one, understanding) else other
        second = in_context(said, [*history, {"role": "user", "content": one}], understanding)
        second = replace(second, question=_placed(second.question, first.question))
        apart = _is_elsewhere(second.question, first.question) or _is_of_other_year(second.question, first.question)
        if apart or _is_of_another(other, first.question, understanding):
            return first, second
    return ()


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """The text at each "ja" after which another question begins."""
    asking = lexicon().clause
    for match in _AND.finditer(text):
        begun, following = words(text[: match.start()]), words(text[match.end() :])
        if following and _asks(following[0], asking) and any(_asks(word, asking) for word in begun):
            yield text[: match.start()].strip(), text[match.end() :].strip()


def _asks(word: str, asking: frozenset[str]) -> bool:
    return word.lower() in asking or bool(lemmas(word) & asking)


def _is_elliptic(clause: str, first: str, understanding: Understanding) -> bool:
    """Does the clause ask in the same word as the first, of one thing at most: "montako A:lle ja montako B:lle"?"""
    asking = words(clause)[0].lower()
    return asking in words(first.lower()) and len(names_things(understanding.understand(clause))) <= 1


def _of_places(text: str, understanding: Understanding) -> Iterator[tuple[str, str]]:
    """The text with each of two places named side by side: "… Porissa ja Kemissä"."""
    for match in _PLACES.finditer(text):
        one, other = (understanding.understand(match[side]) for side in ("one", "other"))
        if _is_elsewhere(one, other):
            before, after = text[: match.start()], text[match.end() :]
            yield f"{before}{match['one']}{after}", f"{before}{match['other']}{after}"


def _is_elsewhere(one: Question, other: Question) -> bool:
    """Do they name different municipalities or units?"""
    pairs = ((one.municipalities, other.municipalities), (one.units, other.units))
    return any(here and there and not here & there for here, there in pairs)


def _is_of_other_year(one: Question, other: Question) -> bool:
    return bool(one.years and other.years) and one.years.isdisjoint(other.years)


def _is_of_another(clause: str, first: Question, understanding: Understanding) -> bool:
    """Does the clause itself name a thing that the first question does not, and the first one another?"""
    known = frozenset(first.terms)
    own = names_things(understanding.understand(clause))
    return bool(names_things(first)) and any(not word.terms & known for word in own)


def _placed(question: Question, other: Question) -> Question:
    """In the other one's municipality where it names none itself."""
    return replace(question, municipalities=question.municipalities or other.municipalities)
