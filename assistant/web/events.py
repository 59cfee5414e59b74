"""HTML of our own inside Gradio: its buttons and forms send named events with their data to Python."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from assistant.web.render import asset

AT_ONCE = 4  # answers made at the same time; the rest wait in order

# gr.HTML knows a custom event by finding its quoted name in the script.
_SCRIPT = """
const names = [%s];
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-event]');
  if (button && names.includes(button.dataset.event)) trigger(button.dataset.event, {...button.dataset});
});
"""


def html(value: str | Callable[[], str], *, name: str, events: tuple[str, ...] = (), script: str = "") -> gr.HTML:
    """A place for HTML with the element id `name`. A `data-event` button in it fires the event of that name.

    `value` is HTML or a function that makes it, called again each time the page is opened (Gradio would do that by
    itself, but with a public endpoint for each function).
    """
    quoted = ", ".join(f"'{event}'" for event in events)
    made = value() if callable(value) else value
    place = gr.HTML(made, elem_id=name, apply_default_css=False, js_on_load=_SCRIPT % quoted + script)
    if callable(value):
        gr.on(None, value, None, place, api_visibility="private", show_progress="hidden")
    return place


def form(value: str | Callable[[], str], *, name: str) -> gr.HTML:
    """HTML that holds a form: its `change` event carries every field of the form by name."""
    return html(value, name=name, script=asset("form.js") + "// fires 'change'")


def data(event: gr.EventData, name: str, longest: int = 20_000) -> str:
    """A text that came with the event; empty where there is none. It came from a browser: trust nothing in it."""
    value = (event._data or {}).get(name, "") if isinstance(event._data, dict) else ""
    return value[:longest] if isinstance(value, str) else ""
