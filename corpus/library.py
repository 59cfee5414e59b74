"""The documents on disk: the ones shipped with the project and the ones a user added."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from corpus.errors import StrategyError
from corpus.facts import Proposal, propose
from corpus.model import Document, Facts
from corpus.reader import read_text

SHIPPED = Path(__file__).with_name("documents")
MANIFEST = "manifest.json"


class UnknownDocument(StrategyError):
    """A document id that is not in the library, or that may not be removed."""


class DuplicateDocument(StrategyError):
    """The same text is there already under another id."""


class DamagedLibrary(StrategyError):
    """A manifest that cannot be read, or a document that is not the one its manifest names."""


class LibraryUnwritable(StrategyError):
    """The folder of added documents cannot be written."""


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """An operating system's refusal to write as one sentence for the user."""
    try:
        yield
    except OSError as error:
        raise LibraryUnwritable(
            f"Kansioon {folder} ei voitu kirjoittaa ({error.strerror}). "
            "Mitään ei muutettu; tarkista levytila ja oikeudet."
        ) from error


class Library:
    """Documents in two folders, each with a manifest: the shipped ones are read-only, added ones come and go."""

    def __init__(self, added: Path, shipped: Path = SHIPPED) -> None:
        self._added = added
        self._shipped = shipped

    def documents(self) -> list[Document]:
        """Every document, shipped ones first, in the manifests' order."""
        return [self._load(folder, facts) for folder in (self._shipped, self._added) for facts in _facts(folder)]

    def add(self, path: Path, given: Facts) -> Document:
        """Take in a file of any kind that is read; a document with the same id is replaced.

        `given` holds what the user said of it; what was not said is proposed from the text. Raises UnreadableFile,
        DuplicateDocument or DamagedLibrary; nothing is written then, nor for a document that is there unchanged.
        """
        text = read_text(path)
        known = list(_facts(self._added))
        facts = _completed(replace(given, id=given.id or _identifier(path.stem)), propose(text), path)
        sha256 = _sha256(text.encode("utf-8"))
        self._check_new(facts.id, sha256, path)
        # The name holds the content's hash: until the manifest names the new file, the old one stays what it was.
        facts = replace(facts, file=f"{facts.id}-{sha256[:8]}.txt", sha256=sha256)
        if facts in known:
            return Document(facts, text)
        with _writing(self._added):
            self._added.mkdir(parents=True, exist_ok=True)
            _write(self._added / facts.file, text)
            self._save([*(other for other in known if other.id != facts.id), facts])
        for other in known:
            if other.id == facts.id and other.file != facts.file:
                (self._added / other.file).unlink(missing_ok=True)
        return Document(facts, text)

    def _check_new(self, identifier: str, sha256: str, path: Path) -> None:
        shipped = list(_facts(self._shipped))
        if identifier in {facts.id for facts in shipped}:
            raise UnknownDocument(f"Tunnus {identifier} on mukana toimitetulla asiakirjalla. Nimeä tiedosto toisin.")
        for other in (*shipped, *_facts(self._added)):
            if other.sha256 == sha256 and other.id != identifier:
                raise DuplicateDocument(
                    f"Tiedoston {path.name} sisältö on jo asiakirjassa {other.id}. "
                    "Poista se ensin, jos haluat uuden tunnuksen."
                )

    def remove(self, identifier: str) -> Facts:
        """Drop an added document. Raises UnknownDocument for one that is not there or that was shipped."""
        known = list(_facts(self._added))
        found = next((facts for facts in known if facts.id == identifier), None)
        if found is None:
            if identifier in {facts.id for facts in _facts(self._shipped)}:
                raise UnknownDocument(f"Asiakirja {identifier} on osa ohjelmaa, eikä sitä voi poistaa.")
            ids = ", ".join(facts.id for facts in known) or "ei yhtään"
            raise UnknownDocument(f"Asiakirjaa {identifier} ei ole. Lisätyt asiakirjat: {ids}.")
        with _writing(self._added):
            self._save([facts for facts in known if facts.id != identifier])
        (self._added / found.file).unlink(missing_ok=True)
        return found

    def _save(self, facts: list[Facts]) -> None:
        body = {"documents": [asdict(entry) for entry in facts]}
        _write(self._added / MANIFEST, json.dumps(body, ensure_ascii=False, indent=2) + "\n")

    def _load(self, folder: Path, facts: Facts) -> Document:
        try:
            raw = (folder / facts.file).read_bytes()
        except OSError as error:
            raise DamagedLibrary(
                f"Asiakirjan {facts.id} tiedosto {facts.file} puuttuu. "
                f"Palauta se tai aja: python -m assistant remove {facts.id}"
            ) from error
        if _sha256(raw) != facts.sha256:
            raise DamagedLibrary(
                f"Asiakirjan {facts.id} tiedosto {facts.file} on muuttunut. Palauta se tai lisää uudelleen."
            )
        return Document(facts, raw.decode("utf-8"))


def _facts(folder: Path) -> Iterator[Facts]:
    path = folder / MANIFEST
    if not path.is_file():
        return
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["documents"]
        found = [Facts(**entry) for entry in entries]
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedLibrary(f"Asiakirjaluettelo {path} on vioittunut. Palauta se varmuuskopiosta.") from error
    yield from found


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _write(path: Path, text: str) -> None:
    """Write beside the file and rename, so that a crash leaves the old one."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        os.replace(draft, path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _identifier(stem: str) -> str:
    """ "Kemin tavoitteet 2024" -> "kemin-tavoitteet-2024"."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "asiakirja"


def _completed(given: Facts, found: Proposal, path: Path) -> Facts:
    """What was given, and for what was not the proposal from the text; the title at last from the file's name."""
    return replace(
        given,
        title=given.title or (found.title.value if found.title else path.stem),
        publisher=given.publisher or (found.publisher.value if found.publisher else None),
        municipality=given.municipality or (found.municipality.value if found.municipality else None),
        period=given.period or (found.period.value if found.period else None),
    )
