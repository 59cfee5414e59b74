"""Finnish terms in BM25."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.finnish import terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLDER = "words"


def write_words(texts: Sequence[str], folder: Path) -> None:
    """Index the texts' Finnish terms (every lemma and compound part) into `folder`."""
    import bm25s

    engine = bm25s.BM25(method="lucene")
    engine.index([terms(text) for text in texts], show_progress=False)
    engine.save(str(folder / _FOLDER), show_progress=False)


class Words:
    """A loaded BM25 index; the scores' order is the texts' order."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._engine: Any = bm25s.BM25.load(str(folder / _FOLDER), mmap=False, show_progress=False)
        self._vocabulary: dict[str, int] = self._engine.vocab_dict

    def knows(self, term: str) -> bool:
        """Does any text hold the term?"""
        return term in self._vocabulary

    def scores(self, question_terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of each text for the terms; zeros where none is known."""
        import numpy as np

        known = [self._vocabulary[term] for term in question_terms if term in self._vocabulary]
        if not known:
            return np.zeros(self._engine.scores["num_docs"], dtype=np.float32)
        found: NDArray[np.float32] = self._engine.get_scores_from_ids(known)
        return found
