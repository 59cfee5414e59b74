"""The retriever alone on text and questions of others: `python -m evals.retrieval DIR [--json] [--set NAME]`.

Each text is read as the assistant reads a document's section: its title is the heading, its passages are at most some
350 characters long, and it is found where the best of them is.

DIR holds sets in the form NAME.corpus.jsonl (a line: id, title, text) and NAME.queries.jsonl (qid, query, positives).
A corpus whose name goes on after an underscore, NAME_MORE.corpus.jsonl, is searched with NAME's queries too. Printed
for words (BM25 of Finnish terms), vectors, their reciprocal rank fusion and the whole retriever (reranked evidence):
n, nDCG@10, MRR@10, hit@5. Nothing is tuned on such sets; they tell whether what was learnt holds elsewhere.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Settings
from assistant.evidence import Ranker
from assistant.question import Understanding
from corpus.finnish import words
from corpus.marks import HEADING
from corpus.model import Document, Facts
from index.build import contents_of, write_index
from index.embedder import SentenceEmbedder
from index.fusion import reciprocal_rank_fusion
from index.index import Index

_DEPTH = 10
_SEARCHED = 100  # passages
_LONGEST = 1500  # characters of a text that are indexed: what 512 tokens hold
_CORPUS = ".corpus.jsonl"
_QUERIES = ".queries.jsonl"


@dataclass(frozen=True)
class Query:
    """A question and the ids of the texts that answer it."""

    text: str
    positives: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """Means over n questions, 0 to 1."""

    n: int
    ndcg10: float
    mrr10: float
    hit5: float


def sets(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, corpus and queries of each set in the folder."""
    for corpus in sorted(folder.glob(f"*{_CORPUS}")):
        name = corpus.name.removesuffix(_CORPUS)
        for owner in (name, name.rpartition("_")[0]):
            queries = folder / f"{owner}{_QUERIES}"
            if owner and queries.is_file():
                yield name, corpus, queries
                break


def measure(corpus: Path, queries: Path, embedder: SentenceEmbedder) -> dict[str, Figures]:
    """Each way of retrieving and its figures."""
    entries = _lines(corpus)
    asked = [Query(entry["query"], frozenset(entry["positives"])) for entry in _lines(queries)]
    with tempfile.TemporaryDirectory(prefix="retrieval-") as made:
        document, starts = _document(entries)
        contents = contents_of([document])
        owners = [entries[bisect(starts, passage.spans[0].start) - 1]["id"] for passage in contents.passages]
        write_index(Path(made), contents, embedder, _show)
        index = Index(Path(made), embedder.fingerprint)
        try:
            understanding = Understanding({word.lower() for word in words(document.text)}, ())
            ranker = Ranker(index, embedder.reading)
            found = [_retrieved(query.text, index, ranker, understanding, embedder) for query in asked]
        finally:
            index.close()
    return {
        way: _figures([(_texts(ranked[way], owners), query) for ranked, query in zip(found, asked, strict=True)])
        for way in found[0]
    }


def _texts(ranked: Sequence[int], owners: Sequence[str]) -> list[str]:
    """The texts of the passages, each where its best passage stands."""
    return list(dict.fromkeys(owners[number] for number in ranked))[:_DEPTH]


def _retrieved(
    text: str, index: Index, ranker: Ranker, understanding: Understanding, embedder: SentenceEmbedder
) -> dict[str, list[int]]:
    """The best passages by each way."""
    question = understanding.understand(text)
    encoded = embedder.encode_query(question.text)
    by_words = [int(number) for number in (-index.words.scores(question.terms)).argsort(kind="stable")[:_SEARCHED]]
    everything = list(range(len(index.passages)))
    by_vectors = [int(number) for number in (-index.tokens.cosines(encoded.vector, everything)).argsort()[:_SEARCHED]]
    return {
        "words": by_words,
        "vectors": by_vectors,
        "fusion": [number for number, _ in reciprocal_rank_fusion([by_vectors, by_words])],
        "retriever": [entry.number for entry in ranker.evidence(question, encoded)],
    }


def _figures(found: Sequence[tuple[Sequence[str], Query]]) -> Figures:
    """Gains are 0 or 1; the ideal has as many positives as there are, at most ten."""
    ndcg = mrr = hit = 0.0
    for ranked, query in found:
        gains = [float(id_ in query.positives) for id_ in ranked]
        ideal = sum(1 / math.log2(rank + 2) for rank in range(min(_DEPTH, len(query.positives))))
        ndcg += sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains)) / ideal
        mrr += next((1 / (rank + 1) for rank, gain in enumerate(gains) if gain), 0.0)
        hit += max(gains[:5], default=0.0)
    count = len(found)
    return Figures(count, ndcg / count, mrr / count, hit / count)


def _document(entries: Sequence[Mapping[str, str]]) -> tuple[Document, list[int]]:
    """The corpus as one document with a section for each text, and where each begins."""
    text, starts = "", []
    for entry in entries:
        starts.append(len(text))
        text += f"{HEADING}{entry['title']}\n\n{entry['text'][:_LONGEST]}\n\n"
    return Document(Facts("outside", "outside"), text), starts


def _lines(path: Path) -> list[Mapping[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _show(done: int, total: int) -> None:
    print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr)


def main() -> int:
    """Measure every set of the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--set", metavar="NAME", help="only this corpus")
    options = parser.parse_args()
    chosen = [entry for entry in sets(options.folder) if options.set in (None, entry[0])]
    if not chosen:
        print(f"{options.folder}: no NAME{_CORPUS} with its queries there", file=sys.stderr)
        return 2
    settings = Settings.from_env()
    embedder = SentenceEmbedder(settings.embedding_model, settings.data_dir / "model", lambda line: None)
    found = {}
    for name, corpus, queries in chosen:
        found[name] = measure(corpus, queries, embedder)
        if not options.json:
            print(f"{name:18} {'n':>6} {'nDCG@10':>8} {'MRR@10':>8} {'hit@5':>8}")
            for way, figures in found[name].items():
                row = f"{figures.ndcg10:8.3f} {figures.mrr10:8.3f} {figures.hit5:8.3f}"
                print(f"  {way:16} {figures.n:6} {row}", flush=True)
    if options.json:
        ways = {name: {way: vars(figures) for way, figures in entry.items()} for name, entry in found.items()}
        print(json.dumps(ways, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
