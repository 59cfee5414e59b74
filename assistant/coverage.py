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

_PART = 0.8  # a compound's part is worth less than the word
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

    def of(self, word: Word) -> Shares:
        """How far each passage covers the word, 0 to 1: [passages].

        1 where it has the word itself, 0.9 an official word for it; of a compound's parts the squared share by rarity,
        at most 0.8: one common part of three says little.
        """
        import numpy as np

        shares = np.zeros(self._count)
        if word.parts:
            weights = {part: self._idf.get(part, self._rarest) for part in word.parts}
            total = sum(weights.values())
            for part, weight in weights.items():
                if part in self._places:
                    shares[self._places[part]] += weight / total
            shares = _PART * shares**2
        for terms, share in ((word.official, OFFICIAL), (word.lemmas, 1.0)):
            for term in terms:
                if term in self._places:
                    shares[self._places[term]] = share
        return shares


def rarity(found: Sequence[frozenset[str]]) -> tuple[dict[str, float], float]:
    """Inverse document frequency of each term, and that of a term which no passage has."""
    from collections import Counter

    counts = Counter(term for own in found for term in own)
    total = len(found) + 1
    return {term: math.log(total / (count + 0.5)) for term, count in counts.items()}, math.log(total / 0.5)
