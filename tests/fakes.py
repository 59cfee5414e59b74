"""Fakes whose outputs can be worked out by hand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.finnish import words
from index.embedder import Encoded, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 32


def axis(word: str) -> int:
    """The axis that a word points along: its checksum, the same on every machine and in every run."""
    return zlib.crc32(word.lower().encode()) % DIMENSIONS


class Crash(Exception):
    """What a build is interrupted with."""


class FakeEmbedder:
    """Each word is the unit vector of its axis; a text's vector is their mean, of length 1. `encoded` counts texts."""

    def __init__(self, fingerprint: str = "fake-1", fail_after: int | None = None) -> None:
        self._fingerprint = fingerprint
        self._fail_after = fail_after
        self.encoded: list[str] = []

    @property
    def fingerprint(self) -> str:
        """Tells this fake from another."""
        return self._fingerprint

    def encode_query(self, text: str) -> Encoded:
        """A question's vectors with a place for each word."""
        found = words(text)
        places = []
        at = 0
        for word in found:
            at = text.index(word, at)
            places.append((at, at + len(word)))
            at += len(word)
        return Encoded(_mean(_tokens(found)), _tokens(found), places=tuple(places))

    def reading(self, question: str, passage: str) -> float:
        """The share of the question's words that the passage has."""
        asked = words(question.lower())
        return sum(word in words(passage.lower()) for word in asked) / max(1, len(asked))

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> list[Encoded]:
        """The texts' vectors; raises Crash once `fail_after` of them are done."""
        results = []
        for number, text in enumerate(texts, start=1):
            if self._fail_after is not None and number > self._fail_after:
                raise Crash
            self.encoded.append(text)
            tokens = _tokens(words(text))
            results.append(Encoded(_mean(tokens), tokens))
            progress(number, len(texts))
        return results

    def release(self) -> None:
        """Nothing is held."""


def _tokens(found: Sequence[str]) -> NDArray[np.float32]:
    import numpy as np

    vectors = np.zeros((max(1, len(found)), DIMENSIONS), dtype=np.float32)
    for row, word in enumerate(found or ["…"]):
        vectors[row, axis(word)] = 1.0
    return vectors


def _mean(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    mean = tokens.mean(axis=0)
    unit: NDArray[np.float32] = (mean / np.linalg.norm(mean)).astype(np.float32)
    return unit
