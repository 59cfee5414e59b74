"""From a file to the text of a document, whatever program wrote it.

The file is read once, whole; what kind it is its content says, and a suffix that says otherwise is an error rather
than a guess.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from corpus import marks
from corpus.readers.errors import UnreadableFile

__all__ = ["LARGEST_BYTES", "SUFFIXES", "UnreadableFile", "check", "page_count", "read_text"]

LARGEST_BYTES = 20_000_000  # of plain text and pages; the text of any document stays under it too
_LARGEST_PACKED = 200_000_000  # of files that hold pictures beside their text
_READERS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".xlsx": "xlsx",
}
SUFFIXES = tuple(_READERS)
_NAMES = {
    "plain": "tekstitiedosto",
    "markdown": "Markdown-tiedosto",
    "html": "verkkosivu",
    "pdf": "PDF-tiedosto",
    "docx": "Word-asiakirja",
    "odt": "ODT-asiakirja",
    "xlsx": "Excel-työkirja",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_text(path: Path) -> str:
    """The file's text with "\\n" line ends and its marks (corpus.marks).

    Raises UnreadableFile with the reason and the next step.
    """
    kind, raw = _opened(path)
    text: str = import_module(f"corpus.readers.{kind}").read(raw, path.name)
    if not text.strip():
        raise UnreadableFile(f"Tiedosto {path.name} on tyhjä. Valitse tiedosto, jossa on tekstiä.")
    if len(text) > LARGEST_BYTES:
        raise UnreadableFile(f"Tiedostossa {path.name} on liian paljon tekstiä. Jaa asiakirja osiin.")
    return text


def check(path: Path) -> None:
    """Raises UnreadableFile for what can be told without reading the file through: missing, unknown, empty, another
    kind than its suffix says."""
    _opened(path)


def page_count(text: str) -> int | None:
    """How many pages a text from `read_text` has; None where its file has none (text, web page, Word)."""
    return marks.page_count(text)


def _opened(path: Path) -> tuple[str, bytes]:
    """The reader's name and the file's content."""
    if not path.is_file():
        raise UnreadableFile(f"Tiedostoa {path} ei ole. Tarkista polku.")
    kind = _READERS.get(path.suffix.lower())
    if kind is None:
        raise UnreadableFile(
            f"Tiedostoa {path.name} ei voi lukea: pääte {path.suffix or 'puuttuu'}. "
            "Muodot: PDF, DOCX, ODT, XLSX, HTML, MD ja TXT."
        )
    raw = _bytes(path, LARGEST_BYTES if kind in ("plain", "markdown", "html") else _LARGEST_PACKED)
    _check_kind(raw, kind, path.name)
    return kind, raw


def _bytes(path: Path, most: int) -> bytes:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= most else b""
    except OSError as error:
        raise UnreadableFile(f"Tiedostoa {path} ei voitu lukea ({error.strerror}). Tarkista lukuoikeus.") from error
    if size > most:
        raise UnreadableFile(
            f"Tiedosto {path.name} on liian suuri ({size // 1_000_000} Mt, enintään {most // 1_000_000} Mt). "
            "Jaa se osiin."
        )
    if not raw.strip():
        raise UnreadableFile(f"Tiedosto {path.name} on tyhjä. Valitse tiedosto, jossa on tekstiä.")
    return raw


def _check_kind(raw: bytes, kind: str, name: str) -> None:
    """Raises UnreadableFile where the content is of another kind than the suffix says."""
    if raw.startswith(_OLD_OFFICE):
        raise UnreadableFile(
            f"Tiedosto {name} on vanhaa Office-muotoa tai suojattu salasanalla. "
            "Tallenna se ilman salasanaa DOCX- tai XLSX-muodossa."
        )
    found = _signature(raw)
    expected = {"pdf": "pdf", "docx": "zip", "odt": "zip", "xlsx": "zip"}.get(kind, "")
    if found != expected:
        said = {"pdf": "PDF", "zip": "pakattu tiedosto (DOCX, ODT, XLSX tai ZIP)"}.get(found, "muuta")
        raise UnreadableFile(
            f"Tiedoston {name} pääte lupaa muodon {_NAMES[kind]}, mutta sisältö on {said}. Korjaa pääte."
        )


def _signature(raw: bytes) -> str:
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    return "zip" if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")) else ""
