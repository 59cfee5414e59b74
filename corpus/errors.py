"""Errors that a user can mend.

StrategyError                 base: its message is one Finnish sentence with the value and the next step
├── corpus: UnreadableFile, UnknownDocument, DuplicateDocument, DamagedLibrary
├── index: WeightsDamaged, ModelUnavailable, IndexMismatch, DataFolderUnusable
└── assistant: BadQuestion, BadBatch

The command line and the web app catch StrategyError and show its message. Anything else is our own bug and keeps
its traceback.
"""

from __future__ import annotations


class StrategyError(Exception):
    """Base of all errors that are shown to users; the message is a Finnish sentence with the next step."""
