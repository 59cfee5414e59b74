"""Question words put right against the documents' own words and Voikko, never at the price of a right word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import combinations, pairwise

from assistant.spoken import written
from corpus.finnish import can_be_verb, is_word, lemmas, readings

_FRONT = str.maketrans("ao", "äö")
_BACK = str.maketrans("äöå", "aoa")
_MOST_SWAPS = 6
_SHORTEST = 5
_SHORTEST_PART = 3  # of a compound,
_LONGER_PART = 7  # and what follows
_LONG_ENOUGH = 6  # a shorter word with a letter less is another one: "millo"
_WORDS = re.compile(r"[^\W\d_]{3,}")
_RIGHTLY_HYPHENED = re.compile(r"([aeiouyäö])-\1")
_OF_NAME_IN_S = re.compile(r"kse\w{0,5}$")
_STEM = 0.65  # share of a name that its endings leave alone


class Spelling:
    """Repairs words with the vocabulary of the indexed documents (word forms, lower case)."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._forms = frozenset(vocabulary)
        self._bare: dict[str, str] = {}
        for form in sorted(self._forms):
            self._bare.setdefault(form.translate(_BACK), form)
        self._list = [form for form in sorted(self._forms) if len(form) >= _SHORTEST]

    def repaired(self, word: str) -> str:
        """The word as it was probably meant; unchanged where it is a word or nothing near enough is known.

        "lahtotaso" -> "lähtötaso", "muutunut" -> "muuttunut", "kuraattori" unchanged.
        """
        return self._cached(word)

    @lru_cache(maxsize=20_000)  # noqa: B019 - one Spelling lives as long as the index it was made for
    def _cached(self, word: str) -> str:
        low = word.lower()
        if len(low) < 3 or low in self._forms or any(letter.isdigit() for letter in low):
            return word
        if "-" in low and (compound := self._unhyphenated(low)):
            return compound
        if is_word(low) or _joins_words(low):
            return word
        return self._umlauts(low) or self._written(low) or self._doubled(low) or self._nearest(low) or word

    def joined(self, text: str) -> str:
        """The text with the documents' compounds that it writes as two words written as one.

        "lähtö taso" -> "lähtötaso"; a genitive stands apart rightly: "terveyden edistäminen".
        """
        pieces: list[str] = []
        told = 0  # so much of the text
        for one, other in pairwise(_WORDS.finditer(text)):
            apart = text[one.end() : other.start()] != " " or one[0].lower().endswith("n")
            if apart or one.start() < told or not (compound := self._known(f"{one[0]}{other[0]}".lower())):
                continue
            pieces += [text[told : one.start()], compound]
            told = other.end()
        return "".join([*pieces, text[told:]])

    def _unhyphenated(self, low: str) -> str | None:
        """The documents' compound without its hyphens: "vastuu-henkilönä" -> "vastuuhenkilönä".

        Between two vowels that are the same the hyphen stands rightly: "opinto-ohjaaja".
        """
        joined = low.replace("-", "")
        if _RIGHTLY_HYPHENED.search(low):
            return None
        return self._known(joined) or (joined if lemmas(joined) & self._forms else None)

    def _known(self, low: str) -> str | None:
        """The documents' word of these letters, dots aside."""
        return low if low in self._forms else self._bare.get(low.translate(_BACK))

    def _written(self, low: str) -> str | None:
        """The written form of a spoken word, its dots put back: "pitas" -> "pitäisi".

        A form that the documents have before any other, and of "sais" the verb's "saisi" before "saissa"; but of a
        name the name's.
        """
        forms = list(written(low))
        likely = [form for form in forms if form in self._forms]
        if not any(reading.proper for form in forms for reading in readings(form)):
            likely += [form for form in forms if form.endswith("isi") and can_be_verb(form)]
        if likely:
            return likely[0]
        for form in forms:
            if found := form if is_word(form) else self._dotted(form):
                return found
        return None

    def relatives(self, word: str) -> frozenset[str]:
        """Forms in the documents of a name that Voikko does not know: "sinfonietalla" -> {"sinfonietta", …}.

        So is the nominative of one in -s: "anniksessa" -> {"annis"}.
        """
        low = without_dots(word)
        if len(low) < _SHORTEST or is_word(word) or any(letter.isdigit() for letter in low):
            return frozenset()
        stem = low[: max(_SHORTEST, round(len(low) * _STEM))]
        name = _OF_NAME_IN_S.sub("s", low)
        return frozenset(form for form in self._strange if without_dots(form).startswith(stem) or form == name)

    @cached_property
    def _strange(self) -> tuple[str, ...]:
        return tuple(form for form in self._list if not is_word(form))

    def _umlauts(self, low: str) -> str | None:
        """The word with its dots put back: from the documents' words, by vowel harmony, or letter by letter."""
        if any(letter in "äöå" for letter in low):
            return None
        if dotted := self._dotted(low):
            return dotted
        places = [at for at, letter in enumerate(low) if letter in "ao"]
        if len(places) > 2 * _MOST_SWAPS:
            return None
        for size in range(1, min(_MOST_SWAPS, len(places)) + 1):
            for chosen in combinations(places, size):
                trial = "".join(letter.translate(_FRONT) if at in chosen else letter for at, letter in enumerate(low))
                if is_word(trial):
                    return trial
        return None

    def _dotted(self, low: str) -> str | None:
        """The documents' word of these letters, else the word with every dot that a letter can have."""
        if low in self._bare:
            return self._bare[low]
        fronted = low.translate(_FRONT)
        return fronted if fronted != low and is_word(fronted) else None

    def _doubled(self, low: str) -> str | None:
        """The one word with a letter doubled, or a doubled one single: "peruskouluisa" -> "peruskouluissa"."""
        if len(low) < _SHORTEST or "-" in low or self.relatives(low):
            return None
        more = {low[:at] + low[at] + low[at:] for at in range(1, len(low))}
        fewer = {low[:at] + low[at + 1 :] for at in range(1, len(low)) if low[at] == low[at - 1]}
        found = [trial for trial in sorted(more | fewer if len(low) >= _LONG_ENOUGH else more) if is_word(trial)]
        return found[0] if len(found) == 1 else None

    def _nearest(self, low: str) -> str | None:
        """A word of the documents one slip away (two in a long word), dots aside."""
        from rapidfuzz.distance import DamerauLevenshtein
        from rapidfuzz.process import extractOne

        if len(low) < _SHORTEST:
            return None
        slips = 1 if len(low) < 9 else 2
        found = extractOne(
            low,
            self._list,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=slips,
            processor=without_dots,
        )
        return found[0] if found else None


def _joins_words(low: str) -> bool:
    """Is it a compound that Voikko does not know, of a noun in its basic form and another word: "syyselvittelylle"?"""
    return any(
        any(reading.case == "nimento" and reading.lemma == low[:at] for reading in readings(low[:at]))
        and any(reading.word_class == "nimisana" and not reading.parts for reading in readings(low[at:]))
        for at in range(_SHORTEST_PART, len(low) - _LONGER_PART + 1)
    )


def without_dots(word: str) -> str:
    """The word in small letters without umlauts: "Lähtötaso" -> "lahtotaso"."""
    return word.lower().translate(_BACK)
