"""Files in: encodings, and a Finnish sentence for what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import reader
from corpus.reader import UnreadableFile, read_text

TEXT = "Tavoite: työllisyys 71 % – ”määrä”\nToinen rivi\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """The same text from any common encoding."""
    path = tmp_path / "tavoitteet.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends(tmp_path: Path, ending: str) -> None:
    """Line ends become one sign, so that offsets mean the same everywhere."""
    path = tmp_path / "tavoitteet.md"
    path.write_bytes(TEXT.replace("\n", ending).encode())
    assert read_text(path) == TEXT


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("kuva.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "ei ole tekstiä"),
        ("ohjain.txt", bytes(range(1, 9)) * 10, "ei ole tekstiä"),
        ("tyhja.txt", b"", "on tyhjä"),
        ("valeja.txt", b" \n\t\n ", "on tyhjä"),
        ("asiakirja.docx", b"sanoja", "Korjaa pääte"),
        ("kuva.png", b"\x89PNG", "Muodot: PDF"),
    ],
)
def test_unreadable(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    """The reason and the next step, with the file's name."""
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(UnreadableFile) as caught:
        read_text(path)
    assert said in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_and_folder(tmp_path: Path) -> None:
    """What is no file is not there."""
    for path in (tmp_path / "ei-ole.txt", tmp_path):
        with pytest.raises(UnreadableFile, match="ei ole"):
            read_text(path)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte over the limit is too much, the limit itself is not."""
    path = tmp_path / "suuri.txt"
    path.write_text("kunta", encoding="utf-8")
    monkeypatch.setattr(reader, "LARGEST_BYTES", 5)
    assert read_text(path) == "kunta"
    monkeypatch.setattr(reader, "LARGEST_BYTES", 4)
    with pytest.raises(UnreadableFile, match="liian suuri"):
        read_text(path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system does not let us read (root in a container reads everything, hence the patch)."""
    path = tmp_path / "salattu.txt"
    path.write_text("kunta", encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match="Tarkista lukuoikeus"):
        read_text(path)
