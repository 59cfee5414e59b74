"""An open index: documents, passages, goal rows, and the search over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.model import Document, Facts, Goal
from index.build import (
    FORMAT,
    DamagedIndex,
    IndexMismatch,
    Manifest,
    _passage,
    read_manifest,
    read_records,
)
from index.embedder import Encoded
from index.fusion import reciprocal_rank_fusion
from index.goal_table import GoalRow, read_goals
from index.late import TokenVectors
from index.passages import Kind, Passage
from index.store import Store
from index.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Hit:
    """A passage found, and how: BM25 of the question's terms, cosine of the vectors, reciprocal rank fusion."""

    number: int
    words: float
    cosine: float
    fused: float


@dataclass(frozen=True)
class Scope:
    """Where to look: in these documents, in passages of a unit whose name holds this; None and empty: anywhere."""

    documents: frozenset[str] | None = None
    unit: str = ""

    def holds(self, passage: Passage) -> bool:
        """Is the passage within?"""
        known = self.documents is None or passage.document in self.documents
        return known and self.unit.lower() in passage.unit.lower()


EVERYWHERE = Scope()


class Index:
    """A built index, loaded. Safe to read from many threads."""

    def __init__(self, folder: Path, model: str, chroma_url: str | None = None) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        if self.manifest.model != model:
            raise IndexMismatch(self.manifest.model, model)
        if self.manifest.format != FORMAT:
            raise DamagedIndex(folder)
        try:
            records = read_records(folder)
            self.passages: list[Passage] = [_passage(entry) for entry in records["passages"]]
            self.documents: dict[str, Document] = {
                entry["id"]: Document(Facts(**entry), records["texts"][entry["id"]]) for entry in records["facts"]
            }
            self.rows: list[GoalRow] = read_goals(folder)
            self.words = Words(folder)
            self.tokens = TokenVectors(folder)
            self.store = Store(folder / "chroma", chroma_url, self.manifest.collection)
        except DamagedIndex:
            raise
        except Exception as error:  # every library says "damaged" in its own way
            raise DamagedIndex(folder) from error
        if not len(self.passages) == len(self.tokens) == self.store.count():
            raise DamagedIndex(folder)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {passage.id: number for number, passage in enumerate(self.passages)}

    @cached_property
    def _row_at(self) -> dict[tuple[str, int], GoalRow]:
        return {(row.document.id, row.position): row for row in self.rows}

    def rows_of(self, passage: Passage) -> list[GoalRow]:
        """The goal rows that the passage belongs to."""
        return [self._row_at[passage.document, position] for position in passage.rows]

    @cached_property
    def _by_row(self) -> dict[tuple[str, int], list[Passage]]:
        found: dict[tuple[str, int], list[Passage]] = {}
        for passage in self.passages:
            for position in passage.rows:
                found.setdefault((passage.document, position), []).append(passage)
        return found

    def passages_of(self, document: str, position: int) -> list[Passage]:
        """The passages that belong to a goal row, in document order."""
        return self._by_row.get((document, position), [])

    def row_passage(self, row: GoalRow) -> int:
        """The number of the passage that shows the goal row; every row with an indicator has one."""
        shown = self.passages_of(row.document.id, row.position)
        return self._numbers[next(passage.id for passage in shown if passage.kind is Kind.ROW)]

    def goal(self, document: str, position: int) -> Goal:
        """One goal row of a document."""
        return self._row_at[document, position].goal

    def search(self, question: Encoded, terms: Sequence[str], k: int, scope: Scope = EVERYWHERE) -> list[Hit]:
        """The best passages of the scope by words and by vectors, fused; at most `k` of them, best first.

        A heading answers nothing by itself and is never found.
        """
        import numpy as np

        tells = self._tells(scope)
        if not tells.any():
            return []
        scores = self.words.scores(terms) * tells
        nearest = self.store.nearest(question.vector, min(len(self.passages), k + k // 4), self._where(scope))
        cosines = {number: cosine for id_, cosine in nearest if tells[number := self._numbers[id_]]}
        order = np.argsort(-scores, kind="stable")
        by_words = [int(number) for number in order[: 2 * k] if scores[number] > 0]
        fused = reciprocal_rank_fusion([list(cosines), by_words])[:k]
        missing = [number for number, _ in fused if number not in cosines]
        if missing:
            cosines.update(zip(missing, map(float, self.tokens.cosines(question.vector, missing)), strict=True))
        return [Hit(number, float(scores[number]), cosines[number], score) for number, score in fused]

    @lru_cache(maxsize=64)  # noqa: B019 - an index lives as long as the assistant over it
    def _tells(self, scope: Scope) -> NDArray[np.bool_]:
        """Which passages may be found."""
        import numpy as np

        return np.array([passage.field != "heading" and scope.holds(passage) for passage in self.passages], dtype=bool)

    @lru_cache(maxsize=64)  # noqa: B019
    def _where(self, scope: Scope) -> Any:
        """The scope in Chroma's words, which know no parts of names."""
        units = {passage.unit for passage in self.passages if scope.holds(passage)}
        wanted = [("document", scope.documents), ("unit", units if scope.unit else None)]
        told = [{name: {"$in": sorted(values)}} for name, values in wanted if values is not None]
        return {"$and": told} if len(told) > 1 else next(iter(told), None)

    def late(
        self, question: Encoded, numbers: Sequence[int], shares: Sequence[float]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Best cosine of each question token in each passage, and in its own text: [passages, tokens], twice."""
        return self.tokens.best(question.tokens, numbers, shares)

    def close(self) -> None:
        """Free the store's files."""
        self.store.close()
