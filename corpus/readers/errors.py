"""The one error of all readers."""

from __future__ import annotations

from corpus.errors import StrategyError


class UnreadableFile(StrategyError):
    """A file that cannot be taken in as a document, and why."""
