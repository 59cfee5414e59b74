"""The parts of the tab Keskustelu that several kinds of events write into."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True)
class ChatParts:
    """`current` and `kept` live in the browser: the open conversation's records, and the earlier ones."""

    welcome: gr.HTML
    log: gr.HTML
    current: gr.BrowserState
    kept: gr.BrowserState
    earlier: gr.HTML
