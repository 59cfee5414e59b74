"""Late interaction: how well each of a question's tokens is met by some token of a passage.

Score of a passage: the mean over the question's tokens of the best cosine with the passage's tokens (MaxSim, Khattab
& Zaharia, SIGIR 2020), with the embedding model's own token vectors and no training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedder import Encoded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TOKENS = "tokens.npy"
_SCALES = "scales.npy"
_ENDS = "ends.npy"
_VECTORS = "vectors.npy"
_STEPS = 127


@dataclass(frozen=True)
class Stored:
    """A passage's vector [dimensions], its tokens' vectors [tokens, dimensions] in steps, and the tokens' steps."""

    vector: NDArray[np.float32]
    tokens: NDArray[np.int8]
    scales: NDArray[np.float32]


def stored(encoded: Encoded) -> Stored:
    """In 8 bits: a component is the nearest of 255 steps of its token's largest one.

    A quarter of the space of float32 and quicker to read than float16, for cosines that differ in the fourth decimal.
    """
    import numpy as np

    scales = np.maximum(np.abs(encoded.tokens).max(axis=1, initial=0.0), 1e-9) / _STEPS
    tokens = np.rint(encoded.tokens / scales[:, None]).astype(np.int8)
    return Stored(encoded.vector.astype(np.float32), tokens, scales.astype(np.float32))


def write_tokens(folder: Path, entries: Sequence[Stored]) -> None:
    """Token vectors of all passages one after another, each token's scale, where each passage's end."""
    import numpy as np

    tokens = [entry.tokens for entry in entries] or [np.zeros((0, 1), np.int8)]
    scales = [entry.scales for entry in entries] or [np.zeros(0, np.float32)]
    np.save(folder / _TOKENS, np.concatenate(tokens))
    np.save(folder / _SCALES, np.concatenate(scales))
    np.save(folder / _ENDS, np.cumsum([len(entry.tokens) for entry in entries], dtype=np.int64))
    np.save(folder / _VECTORS, np.array([entry.vector for entry in entries], dtype=np.float32))


class TokenVectors:
    """Token vectors on disk, mapped into memory: only what is asked for is read."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        # as plain arrays over the mapped files: slices of a memmap take a microsecond each, ten times as long
        self._tokens = np.asarray(np.load(folder / _TOKENS, mmap_mode="r"))
        self._scales = np.asarray(np.load(folder / _SCALES, mmap_mode="r"))
        self._vectors = np.asarray(np.load(folder / _VECTORS, mmap_mode="r"))
        self._ends = np.load(folder / _ENDS)

    def __len__(self) -> int:
        return len(self._ends)

    def stored(self, number: int) -> Stored:
        """What was stored of one passage."""
        start, end = self._range(number)
        return Stored(self._vectors[number], self._tokens[start:end], self._scales[start:end])

    def encoded(self, number: int) -> Encoded:
        """One passage's vectors as they were, but for the steps."""
        import numpy as np

        entry = self.stored(number)
        return Encoded(np.array(entry.vector), entry.tokens.astype(np.float32) * entry.scales[:, None])

    def cosines(self, vector: NDArray[np.float32], numbers: Sequence[int]) -> NDArray[np.float32]:
        """Cosine of the question's vector with each passage's."""
        found: NDArray[np.float32] = self._vectors[list(numbers)] @ vector
        return found

    def best(
        self, question: NDArray[np.float32], numbers: Sequence[int], shares: Sequence[float]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """For each passage and question token the best cosine with the passage's tokens: [passages, tokens], twice.

        First over the whole passage, then over its own text alone, which is the first `shares` of its tokens.
        """
        import numpy as np

        ranges = [self._range(number) for number in numbers]
        rows = np.concatenate([self._tokens[start:end] for start, end in ranges]).astype(np.float32)
        scales = np.concatenate([self._scales[start:end] for start, end in ranges])
        similar = rows @ question.T * scales[:, None]
        cuts: list[int] = []
        begin = 0
        for (start, end), share in zip(ranges, shares, strict=True):
            own = min(max(1, round((end - start) * share)), end - start - 1) if end - start > 1 else 0
            cuts += [begin, begin + own]
            begin += end - start
        found = np.maximum.reduceat(similar, cuts, axis=0)
        own_best, rest = found[0::2], found[1::2]
        return np.maximum(own_best, rest), own_best

    def _range(self, number: int) -> tuple[int, int]:
        return (int(self._ends[number - 1]) if number else 0), int(self._ends[number])
