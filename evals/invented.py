"""Invented places of invented documents, with questions: what is learnt from them is about nobody's documents.

A line of evals/questions/invented.jsonl is a place: its context line, five to eight passages that are easily confused,
and questions, each with the numbers of the passages that answer it; none for a near miss.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.evidence import Evidence, Ranker
from assistant.question import Question, Understanding
from corpus.finnish import words
from corpus.model import Document, Facts, Span
from evals.judge import Known
from evals.known import QUESTIONS
from index.build import Contents, write_index
from index.embedder import Embedder
from index.index import Index, Scope
from index.passages import Kind, Passage

INVENTED = QUESTIONS / "invented.jsonl"


@dataclass(frozen=True)
class Asked:
    """A question about a place and the place's passages that answer it, by their number in the index."""

    known: Known
    document: str
    answering: frozenset[int]


@dataclass(frozen=True)
class Invented:
    """The open index of all places, each a document of its own, and their questions."""

    index: Index
    ranker: Ranker
    understanding: Understanding
    asked: list[Asked]

    def found(self, embedder: Embedder) -> Iterator[tuple[Asked, Question, list[Evidence]]]:
        """Each question as understood, with the place's passages, not yet ranked."""
        for asked in self.asked:
            question = self.understanding.understand(asked.known.question)
            encoded = embedder.encode_query(question.text)
            yield asked, question, self.ranker.measured(question, encoded, Scope(frozenset({asked.document})))


@contextmanager
def opened(embedder: Embedder, path: Path = INVENTED) -> Iterator[Invented]:
    """Index the places for as long as they are used; a minute or two."""
    documents: list[Document] = []
    passages: list[Passage] = []
    asked: list[Asked] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        place = json.loads(line)
        id_, before = f"place{number}", len(passages)
        document, own = _document(id_, place["context"], place["passages"])
        documents.append(document)
        passages += own
        for at, (question, answering, style) in enumerate(place["questions"]):
            kind = "text" if answering else "unanswerable"
            known = Known(f"{id_}-{at}", question, (), kind, style, None, (), (), ())
            asked.append(Asked(known, id_, frozenset(before + which for which in answering)))
    with tempfile.TemporaryDirectory(prefix="invented-") as made:
        write_index(Path(made), Contents(documents, passages, (), ()), embedder, lambda _done, _total: None)
        index = Index(Path(made), embedder.fingerprint)
        try:
            vocabulary = {word.lower() for document in documents for word in words(document.text)}
            yield Invented(index, Ranker(index, embedder.reading), Understanding(vocabulary, ()), asked)
        finally:
            index.close()


def _document(id_: str, context: str, texts: list[str]) -> tuple[Document, list[Passage]]:
    """The place as a document whose passages stand under one heading."""
    whole, passages = "", []
    for number, text in enumerate(texts):
        span = Span(len(whole), len(whole) + len(text))
        whole += text + "\n"
        section = (context,)
        passages.append(
            Passage(f"{id_}#{number}", id_, Kind.TEXT, "paragraph", text, context, (span,), section=section)
        )
    return Document(Facts(id_, context, period=context), whole), passages
