"""Plain text in any common encoding."""

from __future__ import annotations

import re

from corpus.readers.errors import UnreadableFile

_CHARSET = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([\w-]{3,20})""", re.IGNORECASE)


def read(raw: bytes, name: str) -> str:
    """The text with "\\n" line ends. Raises UnreadableFile for what is no text."""
    text = decode(raw)
    control = sum(1 for letter in text[:10_000] if letter < " " and letter not in "\n\r\t\f")
    if "\x00" in text or control > 20:
        raise UnreadableFile(f"Tiedosto {name} ei ole tekstiä. Tallenna asiakirja tekstitiedostona (UTF-8).")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x1c-\x1f]", " ", text)  # the marks are ours


def decode(raw: bytes, *, declared: bool = False) -> str:
    """The text of the bytes: by byte order mark, as UTF-8, as what it declares (HTML), else as Windows-1252.

    A UTF-8 text with a few broken bytes stays UTF-8: read as Windows-1252 every "ä" of it would be two letters.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared and (match := _CHARSET.search(raw[:4096])):
        try:
            return raw.decode(match[1].decode("ascii"), errors="replace")
        except LookupError:
            pass
    mended = raw.decode("utf-8", errors="replace")
    letters = sum(mended.count(letter) for letter in "äöåÄÖÅ–”€")
    broken = mended.count("\ufffd")
    return mended if letters > 4 * broken else raw.decode("cp1252", errors="replace")
