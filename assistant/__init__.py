"""From a question to a cited answer.

from assistant import Assistant
assistant = Assistant.open()
answer = assistant.ask("mikä on kuraattorimitoituksen tavoite?")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Status
    from assistant.service import Assistant
    from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "Citation", "Settings", "Status"]

_HOMES = {
    "Answer": "assistant.answer",
    "Citation": "assistant.answer",
    "Status": "assistant.answer",
    "Assistant": "assistant.service",
    "Settings": "assistant.settings",
}


def __getattr__(name: str) -> Any:
    """Import on first use: `--help` must not pay for the model's libraries."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
