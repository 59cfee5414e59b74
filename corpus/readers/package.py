"""Office files are ZIP packages of XML: what is checked before any library opens one."""

from __future__ import annotations

import io
import zipfile

from corpus.readers.errors import UnreadableFile

# Real reports stay far below; a parser needs about ten times the XML's size in memory.
LARGEST_XML = 80_000_000
LARGEST_TOTAL = 400_000_000
_MOST_MEMBERS = 20_000


def members(raw: bytes, name: str) -> frozenset[str]:
    """The names of the package's members.

    Raises UnreadableFile for a damaged package, one that unpacks to more than memory should hold, and one whose XML
    declares entities: office programs write none, bombs are made of them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            entries = package.infolist()
            xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
            if (
                len(entries) > _MOST_MEMBERS
                or sum(entry.file_size for entry in xml) > LARGEST_XML
                or sum(entry.file_size for entry in entries) > LARGEST_TOTAL
            ):
                raise UnreadableFile(f"Tiedosto {name} purkautuu liian suureksi. Jaa asiakirja osiin.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableFile(f"Tiedosto {name} on suojattu salasanalla. Tallenna se ilman salasanaa.")
            for entry in xml:
                with package.open(entry) as member:
                    start = member.read(4096).replace(b"\x00", b"")  # UTF-16 too
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise UnreadableFile(
                        f"Tiedostossa {name} on rakenteita, joita asiakirjassa ei kuulu olla. Tallenna se uudelleen."
                    )
            return frozenset(entry.filename for entry in entries)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile(f"Tiedosto {name} on vioittunut. Tallenna asiakirja uudelleen.") from error


def member(raw: bytes, name: str) -> bytes:
    """One member's content; empty where there is none."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return package.read(name) if name in package.namelist() else b""
