"""Building an index: atomic, and only what changed is embedded again.

An index is a folder of its own under the data folder's `index/`; the file `CURRENT` names the one in use. A build
that is interrupted leaves a draft folder behind and the old index in place.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import StrategyError
from corpus.model import Document, Field, Parsed, Span
from corpus.parse import parse
from index.embedder import Embedder, Progress
from index.goal_table import GoalRow, write_goals
from index.late import Stored, TokenVectors, stored, write_tokens
from index.passages import Kind, Passage, coverage, make_passages
from index.store import write_store
from index.words import write_words

FORMAT = 7  # raise when what an index holds changes
_CURRENT = "CURRENT"
_SHELF = 128  # texts encoded at a time


class DataFolderUnusable(StrategyError):
    """The data folder cannot be written."""


class DamagedIndex(StrategyError):
    """The index on disk cannot be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Hakemisto kansiossa {folder} on vioittunut. Aja: python -m assistant rebuild")


class IndexMismatch(StrategyError):
    """The index was built with another model than the one in the settings."""

    def __init__(self, built_with: str, asked: str) -> None:
        super().__init__(
            f"Hakemisto on tehty mallilla {built_with}, asetuksissa on {asked}. Aja: python -m assistant rebuild"
        )


@dataclass(frozen=True)
class DocumentReport:
    """What was read of one document."""

    id: str
    layout: str
    characters: int
    uncovered: int
    passages: int
    goals: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What an index was built from."""

    format: int
    model: str
    fingerprint: str
    collection: str
    documents: tuple[DocumentReport, ...]


def fingerprint(documents: Sequence[Document], model: str) -> str:
    """Hash of everything an index depends on: format, model, and each document's text and facts."""
    body = json.dumps([FORMAT, model, [asdict(document.facts) for document in documents]], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def current(root: Path) -> Path | None:
    """The folder of the index in use; None where none was built. Raises DamagedIndex where it is named but gone."""
    try:
        name = (root / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise DataFolderUnusable(
            f"{root.parent} ei ole kansio. Poista tiedosto tai aseta ASSISTANT_DATA_DIR."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedIndex(root) from error
    folder = root / name
    if not name or not (folder / "manifest.json").is_file():
        raise DamagedIndex(root)
    return folder


def read_manifest(folder: Path) -> Manifest:
    """Raises DamagedIndex where it cannot be read."""
    try:
        body = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        reports = tuple(
            DocumentReport(**{**entry, "problems": tuple(entry["problems"])}) for entry in body["documents"]
        )
        return Manifest(body["format"], body["model"], body["fingerprint"], body["collection"], reports)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(folder) from error


def build(
    root: Path, documents: Sequence[Document], embedder: Embedder, progress: Progress, chroma_url: str | None = None
) -> Path:
    """Build an index of the documents under `root` and make it the current one; its folder.

    Passages whose searched text has not changed keep their vectors. Raises DataFolderUnusable.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=root))
    except OSError as error:
        raise DataFolderUnusable(
            f"Kansioon {root} ei voi kirjoittaa ({error.strerror}). Tarkista oikeudet tai aseta ASSISTANT_DATA_DIR."
        ) from error
    try:
        with _lock(root):
            known = _known(root, embedder.fingerprint)
            write_index(draft, contents_of(documents), embedder, progress, chroma_url, known)
            return _publish(root, draft)
    except OSError as error:
        raise DataFolderUnusable(f"Hakemiston kirjoitus kansioon {root} ei onnistunut ({error.strerror}).") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _lock(root: Path) -> Iterator[None]:
    """One process builds at a time; others wait."""
    from filelock import FileLock

    with FileLock(str(root / "build.lock")):
        yield


@dataclass(frozen=True)
class Contents:
    """What goes into an index: documents, their passages and goal rows, and what was read of each document."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    rows: Sequence[GoalRow]
    reports: Sequence[DocumentReport]


def contents_of(documents: Sequence[Document]) -> Contents:
    """Read the documents."""
    passages: list[Passage] = []
    rows: list[GoalRow] = []
    reports: list[DocumentReport] = []
    for document in documents:
        parsed = parse(document.text)
        own = make_passages(document, parsed)
        passages += own
        rows += [GoalRow(document.facts, position, goal) for position, goal in enumerate(parsed.goals)]
        reports.append(_report(document, parsed, own))
    return Contents(documents, passages, rows, reports)


def write_index(
    folder: Path,
    contents: Contents,
    embedder: Embedder,
    progress: Progress,
    chroma_url: str | None = None,
    known: Mapping[str, Stored] | None = None,
) -> None:
    """Embed the passages and write everything that `Index` reads into an empty folder.

    `known` are vectors that need not be made again, by the hash of the searched text.
    """
    entries = _encode(contents.passages, known or {}, embedder, progress)
    mark = fingerprint(contents.documents, embedder.fingerprint)
    collection = f"passages-{mark[:16]}"
    facts = {document.facts.id: document.facts for document in contents.documents}

    def metadata(passage: Passage) -> dict[str, str | int]:
        of = facts[passage.document]
        return {
            "document": passage.document,
            "municipality": of.municipality or "",
            "period": of.period or "",
            "unit": passage.unit,
            "kind": passage.kind.value,
            "field": passage.field,
            "spans": json.dumps([[span.start, span.end] for span in passage.spans]),
        }

    write_store(folder / "chroma", chroma_url, collection, contents.passages, entries, metadata)
    write_words(contents.passages, folder)
    write_tokens(folder, entries)
    write_goals(folder, contents.rows)
    _write_passages(folder, contents.passages, contents.documents)
    manifest = Manifest(FORMAT, embedder.fingerprint, mark, collection, tuple(contents.reports))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")


def _report(document: Document, parsed: Parsed, passages: Sequence[Passage]) -> DocumentReport:
    characters, uncovered = coverage(document, parsed, passages)
    return DocumentReport(
        document.facts.id, parsed.layout, characters, uncovered, len(passages), len(parsed.goals), parsed.problems
    )


def _publish(root: Path, draft: Path) -> Path:
    """Rename the draft, point CURRENT at it, drop older ones."""
    folder = root / draft.name.replace("draft-", "index-")
    draft.chmod(0o755)
    os.replace(draft, folder)
    pointer = root / f"{_CURRENT}.new"
    pointer.write_text(folder.name, encoding="utf-8")
    os.replace(pointer, root / _CURRENT)
    for other in root.glob("index-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


# --- what is embedded already


def _digest(passage: Passage) -> str:
    return hashlib.sha256(passage.searched.encode()).hexdigest()


def _known(root: Path, model: str) -> dict[str, Stored]:
    """Vectors of the current index by the hash of their text; none where it is of another model or damaged."""
    try:
        folder = current(root)
        if folder is None or read_manifest(folder).model != model or read_manifest(folder).format != FORMAT:
            return {}
        tokens = TokenVectors(folder)
        passages = read_passages(folder)
    except (DamagedIndex, OSError, ValueError, KeyError):
        return {}
    return {_digest(passage): tokens.stored(number) for number, passage in enumerate(passages)}


def _encode(
    passages: Sequence[Passage], known: Mapping[str, Stored], embedder: Embedder, progress: Progress
) -> list[Stored]:
    """The passages' vectors, those not known made a shelf at a time: in full length they are many times as large.

    The model is let go of before Chroma comes in: together they would be the most that is ever held.
    """
    new = list(dict.fromkeys(passage.searched for passage in passages if _digest(passage) not in known))
    fresh: dict[str, Stored] = {}
    for begin in range(0, len(new), _SHELF):
        shelf = new[begin : begin + _SHELF]

        def told(done: int, _all: int, before: int = begin) -> None:
            progress(before + done, len(new))

        encoded = embedder.encode_passages(shelf, told)
        fresh.update(zip(shelf, map(stored, encoded), strict=True))
    embedder.release()
    return [fresh.get(passage.searched) or known[_digest(passage)] for passage in passages]


# --- passages and texts beside Chroma


def _write_passages(folder: Path, passages: Sequence[Passage], documents: Sequence[Document]) -> None:
    body = {
        "passages": [asdict(passage) for passage in passages],
        "texts": {document.facts.id: document.text for document in documents},
        "facts": [asdict(document.facts) for document in documents],
    }
    (folder / "passages.json").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")


def read_passages(folder: Path) -> list[Passage]:
    """The passages in the order of their vectors."""
    return [_passage(entry) for entry in read_records(folder)["passages"]]


def read_records(folder: Path) -> dict[str, Any]:
    """Passages, document texts and facts as stored. Raises DamagedIndex."""
    try:
        body: dict[str, Any] = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedIndex(folder) from error
    return body


def _passage(entry: dict[str, Any]) -> Passage:
    def spans(found: list[dict[str, int]]) -> tuple[Span, ...]:
        return tuple(Span(span["start"], span["end"]) for span in found)

    items = tuple(Field(item["text"], spans(item["spans"])) for item in entry["items"])
    changed = {"kind": Kind(entry["kind"]), "spans": spans(entry["spans"]), "rows": tuple(entry["rows"])}
    return Passage(**{**entry, **changed, "section": tuple(entry["section"]), "items": items})
