"""What a follow-up leaves out: "entä tytöistä?" is the question before with another word in the place of one."""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.lexicon import lexicon
from assistant.question import Question, Word, asks_field
from corpus.finnish import compound_parts, lemmas, readings, words

_COMMON_CASES = frozenset(["nimento", "omanto", "osanto"])  # of so many words that they make no two of a kind


def exchanged(named: Word, bare: str, before: Question) -> str | None:
    """The text of the question before with `bare`, which names the word, in the place of what is of its kind.

    "tytöistä", of "Montako prosenttia pojista jäi heikolle tasolle?" -> "Montako prosenttia tytöistä jäi …". Of a kind
    are people, compounds that share a part, or the only other word in a local case. None where nothing is.
    """
    others = [other for other in before.words if not asks_field(other) and not other.terms & named.lemmas]
    of_kind = [other for other in others if _are_akin(named, other)]
    alike = [other for other in of_kind or others if _cases(other) & _cases(named) - _COMMON_CASES]
    chosen = of_kind if len(of_kind) == 1 else alike
    if len(chosen) != 1:
        return None
    earlier = [*takewhile(lambda word: word != chosen[0].surface, words(before.plain))]
    own = [*takewhile(lambda word: _is_owner(word, before), reversed(earlier))]
    phrase = r"\W+".join(map(re.escape, (*reversed(own), chosen[0].surface)))
    return re.sub(rf"(?<!\w){phrase}(?!\w)", lambda _: bare, before.plain, count=1)


def _is_owner(word: str, question: Question) -> bool:
    """Is it a noun in the genitive, and no place: of "Porin tekoälyn suunnitelmasta" the "tekoälyn"?"""
    found = readings(word)
    if not found or lemmas(word) & {name.lower() for name in question.municipalities}:
        return False
    return all(reading.case == "omanto" and reading.word_class == "nimisana" for reading in found)


def _are_akin(one: Word, other: Word) -> bool:
    """Are both people, compounds that share a part, or everyday words for one kind ("kasit", "ysit")?"""
    people = lexicon().people
    if one.official & other.official or all((word.lemmas | word.official) & people for word in (one, other)):
        return True
    return bool(compound_parts(one.surface) & compound_parts(other.surface))


def _cases(word: Word) -> frozenset[str]:
    return frozenset(reading.case for reading in readings(word.surface) if reading.word_class.startswith("nimisana"))
