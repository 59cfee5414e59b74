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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import StrategyError
from corpus.model import Document, Field, Parsed, Span
from corpus.parse import parse
from index.embedder import Embedder, Encoded, Progress
from index.goal_table import GoalRow, write_goals
from index.late import TokenVectors, write_tokens
from index.passages import Kind, Passage, coverage, make_passages
from index.store import write_store
from index.words import write_words

FORMAT = 3  # raise when what an index holds changes
_CURRENT = "CURRENT"


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
            _fill(draft, root, documents, embedder, progress, chroma_url)
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


def _fill(
    draft: Path, root: Path, documents: Sequence[Document], embedder: Embedder, progress: Progress, url: str | None
) -> None:
    passages: list[Passage] = []
    rows: list[GoalRow] = []
    reports: list[DocumentReport] = []
    for document in documents:
        parsed = parse(document.text)
        own = make_passages(document, parsed)
        passages += own
        rows += [GoalRow(document.facts, position, goal) for position, goal in enumerate(parsed.goals)]
        reports.append(_report(document, parsed, own))
    encoded = _encode(passages, _known(root, embedder.fingerprint), embedder, progress)
    mark = fingerprint(documents, embedder.fingerprint)
    collection = f"passages-{mark[:16]}"
    facts = {document.facts.id: document.facts for document in documents}

    def metadata(passage: Passage) -> dict[str, str | int]:
        known = facts[passage.document]
        return {
            "document": passage.document,
            "municipality": known.municipality or "",
            "period": known.period or "",
            "unit": passage.unit,
            "kind": passage.kind.value,
            "field": passage.field,
            "spans": json.dumps([[span.start, span.end] for span in passage.spans]),
        }

    write_store(draft / "chroma", url, collection, passages, encoded, metadata)
    write_words(passages, draft)
    write_tokens(draft, encoded)
    write_goals(draft, rows)
    _write_passages(draft, passages, documents)
    manifest = Manifest(FORMAT, embedder.fingerprint, mark, collection, tuple(reports))
    (draft / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")


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


def _known(root: Path, model: str) -> dict[str, Encoded]:
    """Vectors of the current index by the hash of their text; none where it is of another model or damaged."""
    try:
        folder = current(root)
        if folder is None or read_manifest(folder).model != model or read_manifest(folder).format != FORMAT:
            return {}
        tokens = TokenVectors(folder)
        passages = read_passages(folder)
    except (DamagedIndex, OSError, ValueError, KeyError):
        return {}
    return {_digest(passage): tokens.encoded(number) for number, passage in enumerate(passages)}


def _encode(
    passages: Sequence[Passage], known: dict[str, Encoded], embedder: Embedder, progress: Progress
) -> list[Encoded]:
    new = list(dict.fromkeys(passage.searched for passage in passages if _digest(passage) not in known))
    fresh = dict(zip(new, embedder.encode_passages(new, progress), strict=True)) if new else {}
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
