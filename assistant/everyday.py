"""Everyday words and the official ones that documents use for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.lexicon import Lexicon
from corpus.finnish import compound_parts, lemmas, readings, words

_LONGEST_ENDING = 5
_SHORTEST_INSIDE = 5
_SHORTEST_REST = 4
_SHORTEST_BEGUN = 3
_PHRASE = 3  # words between those of a phrase, and more
_STEMS = (
    (re.compile(r"([kpt])\1([aeiouyäö])$"), r"\1\2"),  # of "saikku", which has one k in "saikulla"
    (re.compile(r"is$"), "iks"),  # of "amis": "amiksessa"
)


class Everyday:
    """Finds the official words in the lexicon's glossary."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def of_all(self, tokens: Sequence[str], language: str) -> list[list[str]]:
        """Official words for each token, those for a phrase at its last word: "pidetään silmällä" -> "seuranta"."""
        found = [self.official(token, language) for token in tokens]
        if language != "fi":
            return found
        forms = [{token.lower(), *lemmas(token)} for token in tokens]
        for said, phrase in self._phrases:
            at = next((at for at, own in enumerate(forms) if said[-1] in own), None)
            if at is not None and all(any(word in own for own in _around(forms, at)) for word in said[:-1]):
                found[at] = [*found[at], phrase]
        return found

    @cached_property
    def _phrases(self) -> list[tuple[list[str], str]]:
        """The glossary's phrases, by words, and their official words."""
        return [(said.split(), phrase) for said, phrase in self._lexicon.glossary["fi"].items() if " " in said]

    def official(self, token: str, language: str) -> list[str]:
        """Official words for a token of a question in the language: "opo" -> ["opinto-ohjaaja"].

        A word that Voikko does not know counts as an inflected one ("opolla") or as a compound that begins with one.
        """
        low = token.lower()
        glossary = self._lexicon.glossary[language]
        if language != "fi":
            if (name := self._lexicon.places.get(bare_name(token))) is not None:
                return [name]
            if low in glossary or low in self._lexicon.foreign_stop[language]:
                return [glossary[low]] if low in glossary else []
            inside = [word for word in glossary if len(word) >= _SHORTEST_INSIDE and word in low]  # "ungdomsarbetets"
            return [glossary[word] for word in sorted(inside, key=len, reverse=True)[:2]]
        whole = [glossary[form] for form in sorted({low, *lemmas(token)}) if form in glossary]
        found = whole or [glossary[part] for part in sorted(compound_parts(token)) if part in glossary]
        found += [phrase for stem, phrase in self._stems if low.startswith(stem)]
        if not found and not readings(token):
            begun = [(phrase, low[len(stem) :]) for stem, phrase in self._inflected if low.startswith(stem)]
            found += [phrase for phrase, end in begun if 0 < len(end) <= _LONGEST_ENDING]
            found = found or [phrase for phrase, end in begun if self._goes_on(end)][-1:]
        return found

    @cached_property
    def _inflected(self) -> list[tuple[str, str]]:
        """What everyday words begin with when they are inflected ("saiku-", "amikse-"), and their official words."""
        known = [pair for pair in self._lexicon.glossary["fi"].items() if len(pair[0]) >= _SHORTEST_BEGUN]
        changed = [
            (ending.sub(stem, everyday), phrase)
            for everyday, phrase in known
            for ending, stem in _STEMS
            if ending.search(everyday)
        ]
        return [*known, *changed]

    def _goes_on(self, end: str) -> bool:
        """Is the rest of an unknown compound a word or everyday words: of "erkkaopetavoite" the "opetavoite"?"""
        if len(end) < _SHORTEST_REST:
            return False
        return bool(readings(end)) or any(
            end.startswith(begun) and self._goes_on(end[len(begun) :]) for begun in self._lexicon.glossary["fi"]
        )

    def of_parts(self, token: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """Terms of the official words for a compound's parts, by part, where there are none for the whole."""
        glossary = self._lexicon.glossary["fi"]
        if any(form in glossary for form in (token.lower(), *lemmas(token))):
            return ()
        return tuple((part, terms_of([glossary[part]])) for part in sorted(compound_parts(token)) if part in glossary)

    @cached_property
    def _stems(self) -> list[tuple[str, str]]:
        """Beginnings of everyday words ("opetuskokoo*") and their official words."""
        glossary = self._lexicon.glossary["fi"]
        return [(everyday[:-1], phrase) for everyday, phrase in glossary.items() if everyday.endswith("*")]


def _around(forms: Sequence[set[str]], at: int) -> Sequence[set[str]]:
    """What stands so near that it can belong to the same phrase."""
    return forms[max(0, at - _PHRASE) : at + _PHRASE + 1]


def terms_of(phrases: Iterable[str]) -> frozenset[str]:
    """The index terms of official words."""
    return frozenset(term for phrase in phrases for word in words(phrase) for term in lemmas(word))


def bare_name(token: str) -> str:
    """In small letters without an English genitive's ending: "Pori's" -> "pori"."""
    return re.sub(r"['’]s?$", "", token.lower())
