"""Text files in any common encoding."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import StrategyError

LARGEST_BYTES = 20_000_000
_SUFFIXES = {".txt", ".text", ".md"}


class UnreadableFile(StrategyError):
    """A file that cannot be taken in as a document, and why."""


def read_text(path: Path) -> str:
    """The file's text with "\\n" line ends. Raises UnreadableFile with the reason and the next step."""
    if not path.is_file():
        raise UnreadableFile(f"Tiedostoa {path} ei ole. Tarkista polku.")
    if path.suffix.lower() not in _SUFFIXES:
        raise UnreadableFile(
            f"Tiedostoa {path.name} ei voi lukea: vain tekstitiedostot (.txt, .md) käyvät. Tallenna asiakirja tekstinä."
        )
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST_BYTES else b""
    except OSError as error:
        raise UnreadableFile(f"Tiedostoa {path} ei voitu lukea ({error.strerror}). Tarkista lukuoikeus.") from error
    if size > LARGEST_BYTES:
        raise UnreadableFile(
            f"Tiedosto {path.name} on liian suuri "
            f"({size // 1_000_000} Mt, enintään {LARGEST_BYTES // 1_000_000} Mt). Jaa se osiin."
        )
    text = _decode(raw, path)
    if not text.strip():
        raise UnreadableFile(f"Tiedosto {path.name} on tyhjä. Valitse tiedosto, jossa on tekstiä.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(raw: bytes, path: Path) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    control = sum(1 for letter in text[:10_000] if letter < " " and letter not in "\n\r\t\f")
    if "\x00" in text or control > 20:
        raise UnreadableFile(f"Tiedosto {path.name} ei ole tekstiä. Tallenna asiakirja tekstitiedostona (UTF-8).")
    return text
