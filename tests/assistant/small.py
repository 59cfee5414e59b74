"""A small understanding: an index of one municipality and a few words, no model."""

from __future__ import annotations

from assistant.question import Understanding

VOCABULARY = "tavoite lähtötaso kuraattori putkien pituus pituuden vuotovesien kirjasto käyntiä pysähtyneisyys".split()


def small_understanding() -> Understanding:
    """Understands questions about an index of Pori."""
    return Understanding(VOCABULARY, ["Pori"])
