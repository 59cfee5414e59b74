"""How far passages cover a question's words, by their terms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.question import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shares = NDArray[np.float64]
    Numbers = NDArray[np.int64]

_PART = 0.8  # a compound's part is worth less than the word
_AS_RARE = 0.6  # of the rarest official word's idf: from which on another one says as much
_KIN = 0.8  # and so is what is derived from it
OFFICIAL = 0.9  # and so is the official word for an everyday one


class Coverage:
    """Terms of passages, found by term: `found` holds each passage's terms, `idf` how rare each term is."""

    def __init__(self, found: Sequence[frozenset[str]], idf: dict[str, float], rarest: float) -> None:
        import numpy as np

        self._count = len(found)
        self._idf = idf
        self._rarest = rarest
        places: dict[str, list[int]] = {}
        for number, own in enumerate(found):
            for term in own:
                places.setdefault(term, []).append(number)
        self._places = {term: np.array(numbers) for term, numbers in places.items()}

    def _holding(self, part: str, official: frozenset[str]) -> Numbers:
        """The passages that hold the part or one of the official words for it."""
        import numpy as np

        found = [self._places[term] for term in (part, *official) if term in self._places]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)

    def of(self, word: Word) -> Shares:
        """How far each passage covers the word, 0 to 1: [passages].

        1 where it has the word itself, up to 0.9 an official word for it; of a compound's parts the squared share by
        rarity, at most 0.8: one common part of three says little.
        """
        import numpy as np

        shares = np.zeros(self._count)
        if word.parts:
            weights = {part: self._idf.get(part, self._rarest) for part in word.parts}
            total = sum(weights.values())
            official = dict(word.official_of)
            for part, weight in weights.items():
                shares[self._holding(part, official.get(part, frozenset()))] += weight / total
            shares = _PART * shares**2
        for term, share in self._official(word.official):
            shares[self._places[term]] = np.maximum(shares[self._places[term]], share)
        for term in word.kin & self._places.keys():
            shares[self._places[term]] = np.maximum(shares[self._places[term]], _KIN)
        for term in word.lemmas & self._places.keys():
            shares[self._places[term]] = 1.0
        return shares

    def _official(self, terms: frozenset[str]) -> list[tuple[str, float]]:
        """How far each of the official words stands for the everyday one: a common word beside a rare one says less."""
        known = {term: self._idf.get(term, self._rarest) for term in terms & self._places.keys()}
        rarest = max(known.values(), default=0.0)
        return [(term, OFFICIAL * (1.0 if idf >= _AS_RARE * rarest else idf / rarest)) for term, idf in known.items()]


def rarity(found: Sequence[frozenset[str]]) -> tuple[dict[str, float], float]:
    """Inverse document frequency of each term, and that of a term which no passage has."""
    from collections import Counter

    counts = Counter(term for own in found for term in own)
    total = len(found) + 1
    return {term: math.log(total / (count + 0.5)) for term, count in counts.items()}, math.log(total / 0.5)
