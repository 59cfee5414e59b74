"""HTML of our own inside Gradio: its buttons and forms send named events with their data to Python."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.context import Context

from assistant.web.render import asset
from corpus.errors import StrategyError

Shown = tuple[Callable[[], str], gr.HTML]  # what makes a place's HTML, and the place
AT_ONCE = 4  # answers made at the same time; the rest wait in order

# gr.HTML knows a custom event by finding its quoted name in the script.
_SCRIPT = """
const names = [%s];
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-event]');
  if (button && names.includes(button.dataset.event)) trigger(button.dataset.event, {...button.dataset});
});
element.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-event]');
  if (!form || !names.includes(form.dataset.event)) return;
  event.preventDefault();
  trigger(form.dataset.event, {...form.dataset, ...Object.fromEntries(new FormData(form))});
});
"""
_BROKEN = "Sovelluksessa on virhe, ja pyyntö jäi kesken. Yritä uudelleen. Jos virhe toistuu, kerro siitä ylläpidolle."


def html(value: str | Callable[[], str], *, name: str, events: tuple[str, ...] = (), script: str = "") -> gr.HTML:
    """A place for HTML with the element id `name`.

    A `data-event` button or form in it fires the event of that name with its data and fields. `value` is HTML or a
    function that makes it, called again each time the page is opened (Gradio would do that by itself, but with a
    public endpoint for each function).
    """
    quoted = ", ".join(f"'{event}'" for event in events)
    made = value() if callable(value) else value
    place = gr.HTML(made, elem_id=name, apply_default_css=False, js_on_load=_SCRIPT % quoted + script)
    if callable(value):
        tie(None, value, None, place)
    return place


def form(value: str | Callable[[], str], *, name: str) -> gr.HTML:
    """HTML that holds a form: its `change` event carries every field of the form by name."""
    return html(value, name=name, script=asset("form.js") + "// fires 'change'")


def tie(triggers: Any, handler: Callable[..., Any], inputs: Any, outputs: Any, **settings: Any) -> None:
    """Call the handler at the triggers (None: when the page opens), as no public endpoint.

    What is our own bug is told in Finnish and keeps its traceback in the log.
    """
    shared: dict[str, Any] = {"concurrency_limit": None, **settings}
    shared |= {"api_visibility": "private", "show_progress": "hidden"}
    told = _told(handler)
    # gr.on without triggers would listen to every change of the inputs, too.
    listening = [Context.root_block.load] if triggers is None else triggers
    for trigger in listening if isinstance(listening, list) else [listening]:
        trigger(told, inputs, outputs, **shared)


def _told(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, or the generator, with its errors told; both keep the signature that Gradio reads."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def generating(*values: Any, **named: Any) -> Any:
            with _telling():
                yield from handler(*values, **named)

        return generating

    @functools.wraps(handler)
    def calling(*values: Any, **named: Any) -> Any:
        with _telling():
            return handler(*values, **named)

    return calling


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except StrategyError as error:
        raise gr.Error(str(error), title="Ei onnistunut", print_exception=False) from error
    except Exception as error:
        raise gr.Error(_BROKEN, title="Virhe") from error


def data(event: gr.EventData, name: str, longest: int = 20_000) -> str:
    """A text that came with the event; empty where there is none. It came from a browser: trust nothing in it."""
    value = (event._data or {}).get(name, "") if isinstance(event._data, dict) else ""
    return value[:longest] if isinstance(value, str) else ""
