"""What the assistant costs beside its parts and its peers, in one run: `python -m evals.bench`.

Compared things are timed in turns, pair by pair, and the order of a pair changes every time, so that whatever else
the machine does falls on both. Times are medians; a ratio is the quotient of two medians of the same run. Everything
is written under one temporary folder, which is removed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from evals.gate import QUESTIONS
from evals.judge import Known, fold, load
from evals.report import quantile, wilson

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from assistant import Assistant
    from corpus.model import Document

_HOME = Path(__file__).resolve().parent.parent
_QUESTION = "mikä on kuraattorimitoituksen tavoite?"
_SAMPLE = 100
_WARM_UP = 10
_PAUSE = 0.005  # seconds between timings: worker threads of one thing must not spin into the time of the next
_CHUNK = 1024
_TOP = 2


def main() -> None:
    """Run every comparison and print it; some minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--builds", type=int, default=3, metavar="N", help="how many times the index is built (3)")
    parser.add_argument("--stage", choices=_STAGES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        print(json.dumps(_STAGES[options.stage]()))
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        data = Path(folder) / "data"
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the beginning", flush=True)
        for part in (_first_start, _start_up, partial(_index_build, builds=options.builds), _answers):
            print("", *part(data), sep="\n", flush=True)


# --- a process of its own for each: what one has loaded or cached must not help or burden another


@dataclass(frozen=True)
class Run:
    """A finished process: its wall-clock seconds, its peak resident memory in MB (10⁶ bytes), its standard output."""

    seconds: float
    megabytes: float
    output: str


def _run(arguments: Sequence[str], data: Path) -> Run:
    """Run `python -m …`. Raises RuntimeError where it does not exit with 0.

    The kernel counts the parent's memory as the child's until it executes: the parent must stay small.
    """
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(data)}
    environment.pop("ASSISTANT_CHROMA_URL", None)
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=_HOME, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} exited with {process.returncode}")
    return Run(seconds, used.ru_maxrss * 1024 / 1e6, output)


def _stage(name: str, data: Path) -> dict[str, float]:
    """What a stage of this module measures, run in a process of its own with the data folder as its setting."""
    found: dict[str, float] = json.loads(_run(["evals.bench", "--stage", name], data).output.splitlines()[-1])
    return found


def _first_start(data: Path) -> list[str]:
    first = _run(["assistant", "ask", _QUESTION], data)
    sizes = {part: _megabytes(data / part) for part in ("index", "model")}
    return [
        "First start: model unpacked, index of the shipped documents built, one question answered",
        f"  {first.seconds:.1f} s, peak memory {first.megabytes:.0f} MB",
        f"  on disk: index {sizes['index']:.1f} MB, model {sizes['model']:.1f} MB",
    ]


def _megabytes(folder: Path) -> float:
    """Size of the files under the folder, 10⁶ bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _start_up(data: Path, rounds: int = 3) -> list[str]:
    asked, helped = [], []
    for _ in range(rounds):
        asked.append(_run(["assistant", "ask", _QUESTION], data))
        helped.append(_run(["assistant", "--help"], data))
    return [
        f"Whole process on a warm index (median of {rounds})",
        f"  ask      {_medians(asked)}",
        f"  --help   {_medians(helped)}",
    ]


def _medians(runs: Sequence[Run]) -> str:
    seconds, megabytes = median(run.seconds for run in runs), median(run.megabytes for run in runs)
    return f"{seconds:.2f} s, peak memory {megabytes:.0f} MB"


def _index_build(data: Path, builds: int) -> list[str]:
    found = [_stage(("build-first", "encode-first")[at % 2], data) for at in range(builds)]
    middle = {name: median(entry[name] for entry in found) for name in found[0]}
    pairs = ", ".join(f"{entry['build'] / entry['encode']:.2f}" for entry in found)
    return [
        f"Index build against encoding its passages alone (median of {builds}, model loaded)",
        f"  build    {middle['build']:.2f} s, {middle['build_cpu']:.2f} s of processor time",
        f"  encode   {middle['encode']:.2f} s, {middle['encode_cpu']:.2f} s of processor time"
        f"   ({middle['passages']:.0f} distinct passages)",
        f"  ratio    {middle['build'] / middle['encode']:.2f} (by pairs: {pairs}),"
        f" of processor time {middle['build_cpu'] / middle['encode_cpu']:.2f}",
    ]


def _build_stage(*, build_first: bool) -> dict[str, float]:
    """Seconds to build an index of the shipped documents and to encode its passages alone, in the order asked.

    A build that comes first pays for every Finnish word that it reads; in one that comes second, and for the passages
    of the encoding, the parsing and its words are known already.
    """
    from assistant import Settings
    from corpus.library import Library
    from index.build import build
    from index.embedder import SentenceEmbedder

    settings = Settings.from_env()
    embedder = SentenceEmbedder(settings.embedding_model, settings.data_dir / "model", print)

    def warm() -> None:
        """Load the model: a build lets go of it."""
        embedder.encode_passages(["lämmittely " * 20] * 32, _silent)

    with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
        documents = Library(Path(folder) / "none").documents()
        times: dict[str, float] = {}
        warm()
        if build_first:
            times |= _both_times("build", lambda: build(Path(folder) / "index", documents, embedder, _silent))
            warm()
        texts = _searched(documents)
        times |= _both_times("encode", lambda: embedder.encode_passages(texts, _silent))
        if not build_first:
            times |= _both_times("build", lambda: build(Path(folder) / "index", documents, embedder, _silent))
    return {**times, "passages": len(texts)}


def _both_times(name: str, work: Callable[[], object]) -> dict[str, float]:
    """Wall-clock seconds of one call and, as `…_cpu`, the processor seconds of all threads: other load adds none."""
    begin = time.process_time()
    seconds = _timed(work)
    return {name: seconds, f"{name}_cpu": time.process_time() - begin}


def _searched(documents: Sequence[Document]) -> list[str]:
    """The distinct texts that an index of the documents embeds."""
    from corpus.parse import parse
    from index.passages import make_passages

    passages = [passage for document in documents for passage in make_passages(document, parse(document.text))]
    return list(dict.fromkeys(passage.searched for passage in passages))


def _silent(done: int, all_: int) -> None:
    """Progress that nobody watches."""


def _timed(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


# --- answers, in a process of their own as well


def _answers(data: Path) -> list[str]:
    own, peer = _stage("answers", data), _stage("peer", data)
    return [
        f"Whole answer against encoding the question alone ({own['n']:.0f} reported questions, history included)",
        f"  answer                         {1000 * own['ask']:.1f} ms   (p95 {1000 * own['ask95']:.1f} ms)",
        f"  own query encoder              {1000 * own['encode']:.1f} ms",
        f"  ratio                          {own['ask'] / own['encode']:.2f}",
        f"  sentence-transformers encode   {1000 * peer['encode']:.1f} ms"
        f"   (answer beside it {1000 * peer['ask']:.1f} ms, ratio {peer['ask'] / peer['encode']:.2f})",
        "",
        f"Against the llama-index starter: SentenceSplitter {_CHUNK}, same weights, Chroma, top {_TOP}"
        f" ({peer['n']:.0f} standalone answerable reported questions)",
        f"  ours      {1000 * peer['ask']:.1f} ms   full gold in {_percent(peer['ours'], peer['n'])}"
        f"   (median {peer['our_length']:.0f} characters returned)",
        f"  starter   {1000 * peer['retrieve']:.1f} ms   full gold in {_percent(peer['theirs'], peer['n'])}"
        f"   (median {peer['their_length']:.0f} characters returned, {peer['chunks']:.0f} chunks in all)",
        f"  ratio     {peer['ask'] / peer['retrieve']:.2f} of its time,"
        f" {peer['ours'] / max(1, peer['theirs']):.2f} times as often the full gold",
    ]


def _percent(count: float, n: float) -> str:
    low, high = wilson(int(count), int(n))
    return f"{100 * count / n:.1f} % (95 %: {100 * low:.1f}–{100 * high:.1f})"


def _open() -> tuple[Assistant, list[Known]]:
    """The assistant, warmed up with tuning questions, and the reported questions, shuffled the same way every time."""
    from assistant import Assistant, Settings

    assistant = Assistant.open(Settings.from_env(), report=lambda line: None)
    for known in load(QUESTIONS / "tuning.jsonl")[:_WARM_UP]:
        assistant.ask(known.question, known.history)
    questions = load(QUESTIONS / "reported.jsonl")
    random.Random(0).shuffle(questions)
    return assistant, questions


def _in_turns(works: Sequence[Callable[[], object]], turn: int) -> list[float]:
    """Seconds of each call, in the order given; which goes first changes with the turn."""
    times = [0.0] * len(works)
    for at in range(len(works)):
        place = (at + turn) % len(works)
        time.sleep(_PAUSE)
        times[place] = _timed(works[place])
    return times


def _answers_stage() -> dict[str, float]:
    """Median seconds of whole answers and of encoding their questions, and the answers' 95th percentile."""
    assistant, questions = _open()
    pairs = [
        _in_turns([partial(assistant.ask, known.question, known.history), partial(_encode, assistant, known)], turn)
        for turn, known in enumerate(questions[:_SAMPLE])
    ]
    asked, encoded = zip(*pairs, strict=True)
    return {"n": len(pairs), "ask": median(asked), "ask95": quantile(asked, 0.95), "encode": median(encoded)}


def _encode(assistant: Assistant, known: Known) -> None:
    assistant._embedder.encode_query(known.question)


def _peer_stage() -> dict[str, float]:
    """Ours, the starter and sentence-transformers' encode over the same questions: median seconds, and how often the
    full gold is in what ours and the starter return."""
    assistant, questions = _open()
    model = _sentence_model(assistant)
    with tempfile.TemporaryDirectory() as folder:
        retrieve, chunks = _starter(assistant, model, Path(folder))
        for known in load(QUESTIONS / "tuning.jsonl")[:_WARM_UP]:
            retrieve(known.question)
        asked = [known for known in questions if known.answerable and not known.history]
        rows = [_beside(assistant, model, retrieve, known, turn) for turn, known in enumerate(asked)]
    medians = {name: median(row[name] for row in rows) for name in rows[0] if name not in ("ours", "theirs")}
    counts = {name: sum(row[name] for row in rows) for name in ("ours", "theirs")}
    return {"n": len(rows), "chunks": chunks, **medians, **counts}


def _beside(
    assistant: Assistant, model: SentenceTransformer, retrieve: Callable[[str], str], known: Known, turn: int
) -> dict[str, float]:
    """One question to both: seconds, whether the full gold is in what each returns, and how long that is."""
    times = _in_turns(
        [
            lambda: assistant.ask(known.question),
            lambda: retrieve(known.question),
            lambda: model.encode(f"query: {known.question}", show_progress_bar=False),
        ],
        turn,
    )
    answer = assistant.ask(known.question)
    ours = "\n".join([answer.text, *(citation.quote for citation in answer.citations)])
    theirs = retrieve(known.question)
    return {
        **dict(zip(("ask", "retrieve", "encode"), times, strict=True)),
        "ours": full_gold(known, ours),
        "theirs": full_gold(known, theirs),
        "our_length": len(ours),
        "their_length": len(theirs),
    }


def full_gold(known: Known, returned: str) -> bool:
    """Does the text hold one string of every `answer_all` and one of `cite_any` (case and white space aside)?"""
    said = fold(returned)
    wanted = (*known.answer_all, known.cite_any)
    return all(any(fold(option) in said for option in options) for options in wanted)


# --- the peer


def _sentence_model(assistant: Assistant) -> SentenceTransformer:
    """The weights that the assistant's index was made with, in sentence-transformers."""
    from index.embedder import SentenceEmbedder

    embedder = assistant._embedder
    assert isinstance(embedder, SentenceEmbedder)
    return embedder._model()


def _starter(assistant: Assistant, model: SentenceTransformer, folder: Path) -> tuple[Callable[[str], str], int]:
    """llama-index as its starter tutorial has it, over the same documents: a function that returns the text of the
    best chunks, and how many chunks there are. The model gets E5's prefixes, which the tutorial would leave out."""
    from chromadb import PersistentClient
    from chromadb.config import Settings
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection("starter")
    documents = [Document(text=assistant.document(info.facts.id).text) for info in assistant.documents()]
    index = VectorStoreIndex.from_documents(
        documents,
        storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
        transformations=[SentenceSplitter(chunk_size=_CHUNK)],
        embed_model=_embedding(model),
    )
    retriever = index.as_retriever(similarity_top_k=_TOP)
    return lambda question: "\n".join(hit.get_content() for hit in retriever.retrieve(question)), collection.count()


def _embedding(model: SentenceTransformer) -> Any:
    """The model as llama-index wants it."""
    from llama_index.core.embeddings import BaseEmbedding

    class E5(BaseEmbedding):  # type: ignore[misc]  # mypy does not read llama-index: see pyproject.toml
        def _vector(self, text: str) -> list[float]:
            found: list[float] = model.encode(text, show_progress_bar=False).tolist()
            return found

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._vector(f"query: {query}")

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._vector(f"passage: {text}")

    return E5()


_STAGES: dict[str, Callable[[], dict[str, float]]] = {
    "build-first": partial(_build_stage, build_first=True),
    "encode-first": partial(_build_stage, build_first=False),
    "answers": _answers_stage,
    "peer": _peer_stage,
}


if __name__ == "__main__":
    main()
