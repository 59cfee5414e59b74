"""Markdown: read as the page that it describes."""

from __future__ import annotations

from corpus.readers import html, plain


def read(raw: bytes, name: str) -> str:
    """The text without Markdown's signs, with headings, items and tables marked."""
    from markdown_it import MarkdownIt

    source = plain.read(raw, name)
    page = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").render(source)
    return html.read_page(f"<html><body>{page}</body></html>", name)
