"""Finnish terms in BM25."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.finnish import terms
from index.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLDER = "words"
_TERMS = "terms.json"


def write_words(passages: Sequence[Passage], folder: Path) -> None:
    """Index the passages' Finnish terms (every lemma and compound part) into `folder`, and keep the terms."""
    import bm25s

    own = [terms(passage.text) for passage in passages]
    context = [terms(passage.context) for passage in passages]
    engine = bm25s.BM25(method="lucene")
    engine.index([first + second for first, second in zip(own, context, strict=True)], show_progress=False)
    engine.save(str(folder / _FOLDER), show_progress=False)
    body = [[sorted(set(first)), sorted(set(second))] for first, second in zip(own, context, strict=True)]
    (folder / _TERMS).write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")


class Words:
    """A loaded BM25 index; the scores' order is the passages' order.

    `own` are the terms of each passage's own text, `all` those of its context line too.
    """

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._engine: Any = bm25s.BM25.load(str(folder / _FOLDER), mmap=False, show_progress=False)
        self._vocabulary: dict[str, int] = self._engine.vocab_dict
        body = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
        self.own: list[frozenset[str]] = [frozenset(own) for own, _ in body]
        self.all: list[frozenset[str]] = [frozenset(own) | frozenset(context) for own, context in body]

    def scores(self, question_terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of each passage for the terms; zeros where none is known."""
        import numpy as np

        known = [self._vocabulary[term] for term in question_terms if term in self._vocabulary]
        if not known:
            return np.zeros(len(self.own), dtype=np.float32)
        found: NDArray[np.float32] = self._engine.get_scores_from_ids(known)
        return found
