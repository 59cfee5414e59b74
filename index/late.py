"""Late interaction: how well each of a question's tokens is met by some token of a passage.

Score of a passage: the mean over the question's tokens of the best cosine with the passage's tokens (MaxSim, Khattab
& Zaharia, SIGIR 2020), with the embedding model's own token vectors and no training.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def write_tokens(folder: Path, encoded: Sequence[Encoded]) -> None:
    """Token vectors of all passages one after another in 8 bits, each token's scale, where each passage's end.

    A component is stored as the nearest of 255 steps of its token's largest one: a quarter of the space of float32 and
    quicker to read than float16, for cosines that differ in the fourth decimal.
    """
    import numpy as np

    tokens = np.concatenate([entry.tokens for entry in encoded]) if encoded else np.zeros((0, 1), np.float32)
    scales = np.maximum(np.abs(tokens).max(axis=1, initial=0.0), 1e-9) / _STEPS
    np.save(folder / _TOKENS, np.rint(tokens / scales[:, None]).astype(np.int8))
    np.save(folder / _SCALES, scales.astype(np.float32))
    np.save(folder / _ENDS, np.cumsum([len(entry.tokens) for entry in encoded], dtype=np.int64))
    np.save(folder / _VECTORS, np.array([entry.vector for entry in encoded], dtype=np.float32))


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

    def encoded(self, number: int) -> Encoded:
        """What was stored of one passage."""
        import numpy as np

        start, end = self._range(number)
        tokens = self._tokens[start:end].astype(np.float32) * self._scales[start:end, None]
        return Encoded(np.array(self._vectors[number]), tokens)

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
