"""The one door: open the index, ask, list goal rows and documents, add and remove."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answer import Answer, Status
from assistant.chance import LEAST, LEAST_FOLLOWED
from assistant.comparison import Side
from assistant.compose import Part, compose
from assistant.decision import Decision, decide, tell_apart, where_asked
from assistant.dialogue import Turn, in_context
from assistant.evidence import Evidence, Ranker
from assistant.parts import parts
from assistant.question import NOUN, Question, Understanding, Word, checked, narrowed
from assistant.settings import Settings
from assistant.sides import sides
from corpus.errors import StrategyError
from corpus.finnish import lemmas, terms, words
from corpus.library import Library, UnknownDocument
from corpus.model import Document, Facts
from index.build import DocumentReport, build, current, fingerprint
from index.embedder import Embedder, SentenceEmbedder
from index.goal_table import GoalRow
from index.index import Index, Scope

Report = Callable[[str], None]
History = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class DocumentInfo:
    """A document that the assistant knows: its facts and what was read of it."""

    facts: Facts
    report: DocumentReport


@dataclass(frozen=True)
class Taken:
    """What became of one file of a batch: the document it is now, or why it was skipped."""

    path: Path
    document: DocumentInfo | None = None
    error: StrategyError | None = None


@dataclass(frozen=True)
class _Loaded:
    """Everything made from one index; replaced as a whole, so that an answer is from one index only."""

    index: Index
    understanding: Understanding
    ranker: Ranker
    places: frozenset[str]


class Assistant:
    """Answers questions about the indexed documents. Safe to use from many threads."""

    def __init__(
        self, settings: Settings, library: Library, embedder: Embedder, report: Report, *, anew: bool = False
    ) -> None:
        self._settings = settings
        self._library = library
        self._embedder = embedder
        self._report = report
        self._writing = threading.Lock()
        self._loaded = self._load(anew=anew)

    @classmethod
    def open(cls, settings: Settings | None = None, report: Report = print) -> Assistant:
        """Open the assistant; builds the index where there is none or the documents have changed.

        `report` gets progress in Finnish, a line at a time. Raises a StrategyError with the next step where the data
        folder, the index or the model cannot be used.
        """
        return cls._opened(settings, report, anew=False)

    @classmethod
    def rebuilt(cls, settings: Settings | None = None, report: Report = print) -> Assistant:
        """Open with an index built anew, whatever is there: what mends a damaged one or another model's."""
        return cls._opened(settings, report, anew=True)

    @classmethod
    def _opened(cls, settings: Settings | None, report: Report, *, anew: bool) -> Assistant:
        settings = settings or Settings.from_env()
        _quiet_libraries()
        library = Library(settings.data_dir / "documents")
        embedder = SentenceEmbedder(settings.embedding_model, settings.data_dir / "model", report)
        return cls(settings, library, embedder, report, anew=anew)

    # --- questions

    def ask(
        self,
        question: str,
        history: History = (),
        *,
        municipality: str | None = None,
        document: str | None = None,
        year: int | None = None,
        unit: str | None = None,
    ) -> Answer:
        """The answer to a question in its conversation. Raises BadQuestion where there is nothing to answer."""
        begin = time.perf_counter()
        loaded = self._loaded
        text = checked(question, follows=bool(history))
        if document is not None:
            self.document(document)  # an unknown one is an error, not a document that does not tell

        def narrow(turn: Turn) -> Turn:
            return replace(turn, question=narrowed(turn.question, municipality, document, year, unit))

        turn = narrow(in_context(text, history, loaded.understanding))
        halves = sides(turn.question, loaded.understanding)
        whole = turn.question.outside or halves  # a comparison is told as one
        asked = [] if whole else [narrow(part) for part in parts(text, history, loaded.understanding)]
        said = [Part(part, self._decision(loaded, part, sides(part.question, loaded.understanding))) for part in asked]
        if not said or not tell_apart([part.decision for part in said]):
            said = [Part(turn, self._decision(loaded, turn, halves))]
        answer = compose(text, turn, said, loaded.index, loaded.ranker)
        return replace(answer, seconds=time.perf_counter() - begin)

    def _decision(self, loaded: _Loaded, turn: Turn, halves: Sequence[Question]) -> Decision:
        """What is decided of a turn; `halves` are the two sides of a comparison.

        Another thing may stand in another unit than what was asked before ("entä miten sopimusvalvonta etenee?").
        """
        decision = self._decided(loaded, turn, halves)
        if decision.status is Status.NOT_FOUND and _keeps_place(turn):
            anywhere = replace(turn, question=replace(turn.question, units=frozenset()))
            elsewhere = self._decided(loaded, anywhere, halves)
            return elsewhere if elsewhere.status is Status.ANSWERED else decision
        return decision

    def _decided(self, loaded: _Loaded, turn: Turn, halves: Sequence[Question]) -> Decision:
        evidence = self._evidence(loaded, turn)
        absent = self._absent(loaded, turn.question)
        sided = [Side(half, where_asked(half, self._found(loaded, half))) for half in halves]
        least = LEAST if turn.previous is None else LEAST_FOLLOWED
        return decide(turn.question, evidence, loaded.places, loaded.ranker, absent, sided, least)

    def _evidence(self, loaded: _Loaded, turn: Turn) -> list[Evidence]:
        found = self._found(loaded, turn.question)
        if turn.previous is None:
            return found
        before = self._found(loaded, turn.previous)[:1]
        left = turn.swaps_subject and not _names(turn, before, loaded.ranker)
        swapped = _anchored(found, before, left)
        if turn.added is None or not swapped:
            return swapped
        kept = _anchored(self._found(loaded, turn.added), before, left)
        return kept if _keeps_more(turn, kept[0], swapped[0], loaded.ranker) else swapped

    def _found(self, loaded: _Loaded, question: Question) -> list[Evidence]:
        """Evidence for one question, best first, out of the documents that it names."""
        scope = narrowed_to(loaded.index, question, loaded.places)
        return loaded.ranker.evidence(question, self._embedder.encode_query(question.text), scope)

    @staticmethod
    def _absent(loaded: _Loaded, question: Question) -> Sequence[Word]:
        """What the municipality asked about has nothing of, though others do."""
        documents = narrowed_to(loaded.index, question, loaded.places).documents
        if documents is None or not question.municipalities:
            return ()
        return loaded.ranker.absent_here(question, documents)

    # --- what is known

    def targets(
        self,
        municipality: str | None = None,
        unit: str | None = None,
        year: int | None = None,
        query: str | None = None,
        document: str | None = None,
    ) -> list[GoalRow]:
        """The goal rows that fit every condition given, in document order. `query` words may be inflected."""
        wanted = [lemmas(word) for word in words(query or "")]
        return [
            row
            for row in self._loaded.index.rows
            if (municipality is None or (row.document.municipality or "").lower() == municipality.lower())
            and (unit is None or unit.lower() in row.unit.lower())
            and (year is None or year in row.document.years() or year in {at for at, _ in row.goal.targets})
            and (document is None or row.document.id == document)
            and all(forms & _row_terms(row) for forms in wanted)
        ]

    def documents(self) -> list[DocumentInfo]:
        """Every indexed document and what was read of it."""
        index = self._loaded.index
        return [DocumentInfo(index.documents[report.id].facts, report) for report in index.manifest.documents]

    def document(self, identifier: str) -> Document:
        """One document's facts and text. Raises UnknownDocument."""
        try:
            return self._loaded.index.documents[identifier]
        except KeyError:
            known = ", ".join(self._loaded.index.documents)
            raise UnknownDocument(f"Asiakirjaa {identifier} ei ole. Tunnukset: {known}.") from None

    # --- changes

    def add(
        self,
        path: str | Path,
        *,
        title: str | None = None,
        municipality: str | None = None,
        period: str | None = None,
        publisher: str | None = None,
    ) -> DocumentInfo:
        """Take a file in and index it; a document of the same name is replaced. What is not given is proposed from
        the text. Raises a StrategyError where it cannot be read, and nothing has changed then."""
        (taken,) = self.add_all([path], title=title, municipality=municipality, period=period, publisher=publisher)
        if taken.document is None:
            raise taken.error or AssertionError(path)
        return taken.document

    def add_all(
        self,
        paths: Sequence[str | Path],
        *,
        title: str | None = None,
        municipality: str | None = None,
        period: str | None = None,
        publisher: str | None = None,
    ) -> list[Taken]:
        """Take a batch in and index it at once; goes on past a file that cannot be read."""
        given = Facts("", title or "", publisher, municipality, None, period)
        read: list[tuple[Path, str, StrategyError | None]] = []
        with self._writing:
            for number, path in enumerate(map(Path, paths), start=1):
                if len(paths) > 1:
                    self._report(f"Luetaan {path.name} ({number}/{len(paths)}) …")
                try:
                    read.append((path, self._library.add(path, given).facts.id, None))
                except StrategyError as error:
                    read.append((path, "", error))
            if any(identifier for _, identifier, _ in read):
                self._loaded = self._load()
        known = {info.facts.id: info for info in self.documents()}
        return [Taken(path, known.get(identifier), error) for path, identifier, error in read]

    def remove(self, identifier: str) -> None:
        """Drop an added document and its passages."""
        with self._writing:
            self._library.remove(identifier)
            self._loaded = self._load()

    def rebuild(self) -> None:
        """Build the index anew from the documents, whatever is there."""
        with self._writing:
            self._loaded = self._load(anew=True)

    # --- index

    def _load(self, *, anew: bool = False) -> _Loaded:
        root = self._settings.data_dir / "index"
        documents = self._library.documents()
        folder = None if anew else current(root)
        mark = fingerprint(documents, self._embedder.fingerprint)
        if folder is None or _built_from_others(folder, mark, self._embedder.fingerprint):
            folder = self._build(root, documents)
        index = Index(folder, self._embedder.fingerprint, self._settings.chroma_url)
        places = frozenset(
            facts.municipality for document in documents if (facts := document.facts).municipality is not None
        )
        vocabulary = {word.lower() for document in documents for word in words(document.text)}
        titles = {document.facts.id: document.facts.title for document in documents}
        understanding = Understanding(vocabulary, places, titles)
        return _Loaded(index, understanding, Ranker(index, self._embedder.reading), places)

    def _build(self, root: Path, documents: Sequence[Document]) -> Path:
        self._report("Rakennetaan hakemistoa …")
        shown = -1

        def progress(done: int, all_: int) -> None:
            nonlocal shown
            if (percent := 100 * done // all_ // 20 * 20) > shown:
                shown = percent
                self._report(f"  {percent} % ({done}/{all_} kohtaa)")

        folder = build(root, documents, self._embedder, progress, self._settings.chroma_url)
        self._report("Hakemisto on valmis.")
        return folder


def _built_from_others(folder: Path, mark: str, model: str) -> bool:
    """Was the index built from other documents? One of another model is left for Index to refuse."""
    from index.build import read_manifest

    manifest = read_manifest(folder)
    return manifest.fingerprint != mark and manifest.model == model


def _quiet_libraries() -> None:
    """No telemetry and no call to a hub from any library; one thread for numpy.

    numpy's products are small here, and its waiting threads would take the cores from the question encoder's: an answer
    takes half the time without them.
    """
    for name, value in {
        "ANONYMIZED_TELEMETRY": "False",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "GRADIO_ANALYTICS_ENABLED": "False",
    }.items():
        os.environ.setdefault(name, value)


def _row_terms(row: GoalRow) -> frozenset[str]:
    return frozenset(term for value in row.goal.all_fields() for term in terms(value.text)) | frozenset(terms(row.unit))


def narrowed_to(index: Index, question: Question, places: frozenset[str]) -> Scope:
    """The documents and the unit that the question or the caller names."""
    local = question.municipalities & places
    chosen = frozenset(
        id_
        for id_, document in index.documents.items()
        if (not local or document.facts.municipality in local) and question.document in (None, id_)
    )
    return Scope(None if len(chosen) == len(index.documents) else chosen, question.unit)


_NAMED = 0.5  # of the words named now
_MORE = 0.1  # of the words asked about before
_ANCHOR_FORM = 1.5
_ANCHOR_DOCUMENT = 0.7


def _keeps_place(turn: Turn) -> bool:
    """Is another thing asked about in the unit and municipality that were asked about before?"""
    question, before = turn.question, turn.previous
    if before is None or not turn.swaps_subject or not question.units:
        return False
    return question.units == before.units and question.municipalities == before.municipalities


def _keeps_more(turn: Turn, kept: Evidence, swapped: Evidence, ranker: Ranker) -> bool:
    """Has what was found with all that was asked before kept the thing named now, and more of the rest?

    "Entä esihenkilöt?" after "kuinka moni työntekijä kouluttautuu?" is about training; "entä psykologi?" after a
    question about kuraattorit is about psychologists alone.
    """
    now = [word for word in turn.question.words if word.weight >= NOUN]
    rest = [word for word in (turn.added or turn.question).words if word.weight >= NOUN and word not in now]
    if not now or not rest or ranker.holds(now, kept) < _NAMED:
        return False
    return ranker.holds(rest, kept) > ranker.holds(rest, swapped) + _MORE


def _names(turn: Turn, before: Sequence[Evidence], ranker: Ranker) -> bool:
    """Has what the question before was answered from the thing named now, too?"""
    if turn.exchanged is None or not before:
        return False
    return ranker.holds([turn.exchanged], before[0]) >= _NAMED


def _anchored(found: list[Evidence], before: Sequence[Evidence], leaves: bool) -> list[Evidence]:
    """Evidence of a follow-up, drawn towards the place that the question before was answered from.

    Where it `leaves` for another thing, it is not what was said before.
    """
    if not before:
        return found
    anchor = before[0].passage

    def lifted(entry: Evidence) -> Evidence:
        passage = entry.passage
        bonus = _ANCHOR_DOCUMENT * (passage.document == anchor.document)
        same_form = passage.document == anchor.document and passage.form == anchor.form and passage.form is not None
        bonus += _ANCHOR_FORM * same_form
        if leaves and passage.id == anchor.id:
            bonus -= 2 * _ANCHOR_FORM
        return replace(entry, score=entry.score + bonus)

    return sorted(map(lifted, found), key=lambda entry: -entry.score)
