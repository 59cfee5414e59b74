"""Documents on disk: shipped ones stay, added ones come, are replaced and go."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from corpus.library import MANIFEST, SHIPPED, DamagedLibrary, Library, LibraryUnwritable, UnknownDocument
from corpus.model import Facts
from corpus.reader import UnreadableFile

NONE = Facts("", "")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with one shipped document and nothing added."""
    shipped = tmp_path / "shipped"
    first = Library(shipped, tmp_path / "none")
    source = tmp_path / "perus.txt"
    source.write_text("Lammin tavoitteet\n", encoding="utf-8")
    first.add(source, NONE)
    return Library(tmp_path / "added", shipped)


def written(tmp_path: Path, name: str, text: str) -> Path:
    """A text file."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def stored(tmp_path: Path) -> Path:
    """The file of the only added document."""
    (path,) = (tmp_path / "added").glob("*.txt")
    return path


def ids(library: Library) -> list[str]:
    """The ids of all documents."""
    return [document.facts.id for document in library.documents()]


def test_shipped_documents_are_whole() -> None:
    """Five documents, each with the hash that the manifest names and nothing beside them left out."""
    documents = Library(Path("nowhere")).documents()
    assert len(documents) == 5
    assert {document.facts.file for document in documents} == {path.name for path in SHIPPED.glob("*.txt")}


def test_add(library: Library, tmp_path: Path) -> None:
    """Id from the file's name, title from the first line, the text character for character."""
    text = "\n  Lammin kaupungin tavoitteet \n\nTavoite 7,25 %\u00a0\u200b – ok\n"
    added = library.add(written(tmp_path, "Lammin Tavoitteet Äö 2031.txt", text), Facts("", "", municipality="Lammi"))
    assert added.facts.id == "lammin-tavoitteet-ao-2031"
    assert added.facts.title == "Lammin kaupungin tavoitteet"
    assert added.facts.municipality == "Lammi"
    assert added.text == text
    assert library.documents()[-1] == added
    assert ids(library) == ["perus", "lammin-tavoitteet-ao-2031"]


def test_title_that_is_none(library: Library, tmp_path: Path) -> None:
    """A first line that is too long to be a title gives way to the file's name."""
    assert library.add(written(tmp_path, "pitka.txt", "sana " * 60), NONE).facts.title == "pitka"


def test_replace(library: Library, tmp_path: Path) -> None:
    """The same name again replaces the document."""
    library.add(written(tmp_path, "a.txt", "Ensimmäinen"), NONE)
    library.add(written(tmp_path, "b.txt", "Toinen"), NONE)
    library.add(written(tmp_path, "a.txt", "Kolmas"), NONE)
    assert [(document.facts.id, document.text) for document in library.documents()[1:]] == [
        ("b", "Toinen"),
        ("a", "Kolmas"),
    ]
    assert len(list((tmp_path / "added").glob("*.txt"))) == 2


def test_remove(library: Library, tmp_path: Path) -> None:
    """The file goes with the entry."""
    library.add(written(tmp_path, "a.txt", "Ensimmäinen"), NONE)
    assert library.remove("a").id == "a"
    assert ids(library) == ["perus"]
    assert list((tmp_path / "added").glob("*.txt")) == []


def test_what_may_not_be_removed(library: Library, tmp_path: Path) -> None:
    """A shipped document stays, an unknown one is named with those that are there."""
    library.add(written(tmp_path, "a.txt", "Ensimmäinen"), NONE)
    with pytest.raises(UnknownDocument, match="osa ohjelmaa"):
        library.remove("perus")
    with pytest.raises(UnknownDocument, match="Lisätyt asiakirjat: a"):
        library.remove("zzz")
    assert ids(library) == ["perus", "a"]


def test_shipped_id_is_taken(library: Library, tmp_path: Path) -> None:
    """An added document cannot hide a shipped one."""
    with pytest.raises(UnknownDocument, match="Nimeä tiedosto toisin"):
        library.add(written(tmp_path, "perus.txt", "Väärä"), NONE)
    assert [document.text for document in library.documents()] == ["Lammin tavoitteet\n"]


def test_unreadable_file_changes_nothing(library: Library, tmp_path: Path) -> None:
    """Nothing is written for a file that cannot be read."""
    with pytest.raises(UnreadableFile):
        library.add(written(tmp_path, "tyhja.txt", " "), NONE)
    assert not (tmp_path / "added").exists()


def test_tampered_file(library: Library, tmp_path: Path) -> None:
    """A document that is not the one its manifest names is not quoted."""
    library.add(written(tmp_path, "a.txt", "Tavoite 4"), NONE)
    stored(tmp_path).write_text("Tavoite 9", encoding="utf-8")
    with pytest.raises(DamagedLibrary, match="on muuttunut"):
        library.documents()


def test_lost_file(library: Library, tmp_path: Path) -> None:
    """The next step is named, and works."""
    library.add(written(tmp_path, "a.txt", "Tavoite 4"), NONE)
    stored(tmp_path).unlink()
    with pytest.raises(DamagedLibrary, match="remove a"):
        library.documents()
    library.remove("a")
    assert ids(library) == ["perus"]


@pytest.mark.parametrize("body", ["{", "[]", '{"documents": [{"id": "a", "colour": "red"}]}', '{"documents": [7]}'])
def test_damaged_manifest(library: Library, tmp_path: Path, body: str) -> None:
    """A manifest that cannot be read says so."""
    folder = tmp_path / "added"
    folder.mkdir()
    (folder / MANIFEST).write_text(body, encoding="utf-8")
    with pytest.raises(DamagedLibrary, match="vioittunut"):
        library.documents()


def test_crash_while_writing_keeps_the_old(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest is replaced whole or not at all."""
    library.add(written(tmp_path, "a.txt", "Ensimmäinen"), NONE)
    before = (tmp_path / "added" / MANIFEST).read_text(encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.library.os.replace", fail)
    with pytest.raises(LibraryUnwritable, match="No space"):
        library.add(written(tmp_path, "b.txt", "Toinen"), NONE)
    assert (tmp_path / "added" / MANIFEST).read_text(encoding="utf-8") == before
    assert json.loads(before)["documents"][0]["id"] == "a"
    assert list((tmp_path / "added").glob(".draft-*")) == []


def test_crash_while_replacing_keeps_the_old(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new text is written, the manifest is not: the old document is whole and still there."""
    library.add(written(tmp_path, "a.txt", "Ensimmäinen"), NONE)
    real = os.replace

    def fail_at_manifest(source: str, target: Path) -> None:
        if target.name == MANIFEST:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr("corpus.library.os.replace", fail_at_manifest)
    with pytest.raises(LibraryUnwritable):
        library.add(written(tmp_path, "a.txt", "Toinen"), NONE)
    assert [document.text for document in library.documents()[1:]] == ["Ensimmäinen"]
