"""An answer as plain text: for a terminal, a message, a memo."""

from __future__ import annotations

import re

from assistant.answer import Citation

# What an answer's Markdown may hold besides plain words: an escaped sign, bold words, a marker of a source.
INLINE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])|\*\*(?=\S)(.+?)(?<=\S)\*\*|\[(\d+)\]")


def plain(text: str) -> str:
    """An answer's Markdown as plain text: no stars, no backslashes; markers stay as "[1]"."""
    return INLINE.sub(lambda match: match[1] or (plain(match[2]) if match[2] else match[0]), text)


def place_of(citation: Citation) -> str:
    """Where the quote stands: "Tilinpäätös 2024, Kauhavan kaupunki, 2024, sivu 72"."""
    page = f"sivu {citation.page}" if citation.page else None
    return ", ".join(part for part in (citation.title, citation.publisher, citation.period, page) if part)
