"""Finnish words through Voikko: readings, lemmas and the parts of compounds.

Every reading is used, not the first: "kuusi" is a tree and a number, "uintikertojen" reads "uintikerto" before
"uintikerta".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyvoikko import VoikkoAnalysis

_WORD = re.compile(r"[^\W_]+(?:[-'’:][^\W_]+)*", re.UNICODE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SHORTEST_PART = 3
_JOINT = "[Bc]"  # Voikko's mark between a compound's parts
_TAG = re.compile(r"\[X[a-z]\].*?\[X\]|\[[^]]*\]")


@dataclass(frozen=True)
class Reading:
    """One way to read a word: its lemma, the lemmas of its compound parts (empty for a simple word), its class."""

    lemma: str
    parts: tuple[str, ...]
    word_class: str
    case: str = ""
    proper: bool = False
    pieces: tuple[str, ...] = ()  # the word cut where its parts meet: "painopistealueen" -> paino piste alueen


def words(text: str) -> list[str]:
    """The words and numbers of a text in order; a word keeps its inner hyphens and colons."""
    return _WORD.findall(text)


@lru_cache(maxsize=1_000)
def _analyses(word: str) -> tuple[VoikkoAnalysis, ...]:
    """Voikko's analyses in any case of letters; of a question's words more than one thing is asked."""
    from pyvoikko import analyse

    return tuple(analyse(word.lower()))


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Every Voikko reading of the word in any case of letters; empty where Voikko does not know it."""
    found: dict[Reading, None] = {}
    for analysis in _analyses(word):
        parts = tuple(_clean(part.BASEFORM) for part in analysis.COMPOUND_PARTS or ())
        proper = "[Le" in analysis.FSTOUTPUT
        pieces = tuple(_TAG.sub("", piece) for piece in analysis.FSTOUTPUT.split(_JOINT)) if parts else ()
        reading = Reading(
            _clean(analysis.BASEFORM), _split(parts), analysis.CLASS, analysis.SIJAMUOTO or "", proper, pieces
        )
        found.setdefault(reading)
    return tuple(found)


def _clean(baseform: str) -> str:
    return re.sub(r"-+", "-", baseform.replace("=", "")).strip("-").lower()


def _split(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece for part in parts for piece in part.split("-") if piece)


def is_word(word: str) -> bool:
    """Does Voikko know the word?"""
    return bool(readings(word))


_ROOT = re.compile(r"\[Xp\](.*?)\[X\]")


@lru_cache(maxsize=200_000)
def derived(word: str) -> frozenset[tuple[str, str]]:
    """Each lemma of the word and of its compound's parts with the word that Voikko derives it from.

    "palkkakartoitus" -> {("kartoitus", "kartoittaa")}; what is derived from nothing is left out.
    """
    found = set()
    for analysis in _analyses(word):
        own = [_clean(part.BASEFORM) for part in analysis.COMPOUND_PARTS or ()] or [_clean(analysis.BASEFORM)]
        pieces = analysis.FSTOUTPUT.split(_JOINT)
        if len(own) == len(pieces):
            roots = [_clean(match[1]) if (match := _ROOT.search(piece)) else "" for piece in pieces]
            found |= {(lemma, root) for lemma, root in zip(own, roots, strict=True) if root and root != lemma}
    return frozenset(found)


@lru_cache(maxsize=200_000)
def lemmas(word: str) -> frozenset[str]:
    """The lemmas of all readings; of an unknown hyphenated word those of its last part too; else the word itself.

    "uintikertojen" -> {"uintikerto", "uintikerta"}; "S2-tukiopintojaksojen" -> {"s2-tukiopintojaksojen",
    "tukiopintojakso"}.
    """
    found = {reading.lemma for reading in readings(word)}
    if not found:
        found = {word.lower()}
        if "-" in word:
            found |= lemmas(word.rsplit("-", 1)[1])
        elif ":" in word:  # "OPH:n", "SAMKin" written with a colon
            found.add(word.split(":", 1)[0].lower())
    return frozenset(found)


def can_be_verb(word: str) -> bool:
    """Can the word be a form of a verb, whatever else it may be: "karsia", "tuen"?"""
    return any(reading.word_class == "teonsana" for reading in readings(word))


def is_past(word: str) -> bool:
    """Is the word a verb in the past tense: "muutettiin"? Not where it can be the present ("voi") or a noun ("vuosi").

    A noun with a suffix for "your" it hardly is: "vastasi".
    """
    tenses = {analysis.TENSE.split("_")[0] for analysis in _analyses(word) if analysis.TENSE}
    nouns = (one for one in _analyses(word) if one.CLASS == "nimisana" and not one.POSSESSIVE)
    return tenses == {"past"} and not any(nouns)


def is_first_person(word: str) -> bool:
    """Does the word speak of oneself: "olen", "hoidamme", "tyttäreni"?"""
    found = _analyses(word)
    return bool(found) and all(one.PERSON == "1" or (one.POSSESSIVE or "").startswith("1") for one in found)


def is_plural(word: str) -> bool:
    """Can the word be a noun in the plural: "lähteistä", "keinoja"?"""
    return any(analysis.NUMBER == "plural" and analysis.CLASS.startswith("nimisana") for analysis in _analyses(word))


@lru_cache(maxsize=200_000)
def compound_parts(word: str) -> frozenset[str]:
    """The lemmas of the word's compound parts over all readings; empty for a simple word.

    "kuraattorimitoituksen" -> {"kuraattori", "mitoitus"}
    """
    found = {part for reading in readings(word) for part in reading.parts}
    if "-" in word and not readings(word):
        for piece in word.split("-"):
            found |= lemmas(piece) | compound_parts(piece)
    return frozenset(part for part in found if len(part) >= _SHORTEST_PART)


@lru_cache(maxsize=200_000)
def nested_compounds(word: str) -> frozenset[str]:
    """The lemmas of the compounds inside a compound of three parts or more.

    "painopistealueen" -> {"painopiste"}; "varhaiskasvatuspalvelut" -> {"varhaiskasvatus"}
    """
    found: set[str] = set()
    for reading in readings(word):
        count = len(reading.pieces)
        for begin, end in combinations(range(count + 1), 2):
            inner = "".join(reading.pieces[begin:end])
            if 1 < end - begin < count and is_word(inner):
                found |= lemmas(inner)
    return frozenset(found)


@lru_cache(maxsize=200_000)
def word_terms(word: str) -> tuple[str, ...]:
    """What a word is indexed under: every lemma, then the lemmas of its compound parts and of compounds inside it."""
    own = sorted(lemmas(word))
    return (*own, *sorted((compound_parts(word) | nested_compounds(word)) - set(own)))


def terms(text: str) -> list[str]:
    """The index terms of a text in order, with repetitions. Numbers stand as written, "0,03" -> "0,03"."""
    found: list[str] = []
    for match in re.finditer(rf"{_NUMBER.pattern}(?![^\W\d_])|{_WORD.pattern}", text):
        token = match.group()
        found.extend((token,) if token[0].isdigit() and _NUMBER.fullmatch(token) else word_terms(token))
    return found
