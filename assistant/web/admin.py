"""The tab Ylläpito: documents in and out, and what users said. Drawn only where a password is set."""

from __future__ import annotations

import hmac
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.feedback import FeedbackLog
from assistant.web.downloads import Keys
from assistant.web.events import Shown, data, html, tie
from assistant.web.progress import Progress
from assistant.web.render import error_html
from assistant.web.render_admin import (
    admin_documents_html,
    feedback_html,
    progress_html,
    removed_html,
    replacing_html,
    taken_html,
)

if TYPE_CHECKING:
    from assistant.service import Assistant, DocumentInfo, Taken

_GUESS_EVERY = 1.0  # seconds between two passwords, whoever tries
_TELL_EVERY = 0.4  # seconds
_INTRO = (
    "<h2>Ylläpito</h2><p>Lisää, korvaa ja poista asiakirjoja ja lue palautetta. Muutokset näkyvät kaikille heti.</p>"
)
_LOGIN_AGAIN = error_html("Istunto on päättynyt. Lataa sivu uudelleen ja kirjaudu.")


@dataclass(frozen=True)
class Backstage:
    """What the tab works on; `shown` are the places of other tabs that change with the documents."""

    assistant: Assistant
    password: str
    feedback: FeedbackLog
    keys: Keys
    progress: Progress
    shown: Sequence[Shown]


class Gate:
    """Compares passwords one at a time and slowly, so that guessing leads nowhere."""

    def __init__(self, password: str) -> None:
        self._password = password.encode()
        self._one = threading.Lock()

    def opens(self, attempt: str) -> bool:
        """Is it the password?"""
        with self._one:
            right = hmac.compare_digest(attempt.encode(), self._password)
            if not right:
                time.sleep(_GUESS_EVERY)
            return right


def build_admin(stage: Backstage) -> None:
    """Draw the tab inside the current Blocks and tie its events."""
    gr.HTML(_INTRO, apply_default_css=False)
    entered = gr.State(False)
    gate = Gate(stage.password)
    with gr.Column(elem_id="kirjaudu") as door:
        password = gr.Textbox(label="Salasana", type="password", elem_id="salasana")
        enter = gr.Button("Kirjaudu", variant="primary", elem_id="kirjaudu-nappi")
        refused = html("", name="kirjautuminen")
    with gr.Column(visible=False, elem_id="yllapito-tyot") as room:
        documents = _build_documents(stage, entered)
        words = _build_feedback(stage, entered)

    def log_in(attempt: str) -> tuple[Any, ...]:
        if not gate.opens(attempt or ""):
            again = error_html("Salasana on väärä. Yritä uudelleen.")
            return False, "", again, gr.Column(), gr.Column(), "", ""
        listed, told = admin_documents_html(stage.assistant.documents()), _feedback_shown(stage)
        return True, "", "", gr.Column(visible=False), gr.Column(visible=True), listed, told

    outputs = [entered, password, refused, door, room, documents, words]
    tie([password.submit, enter.click], log_in, password, outputs, concurrency_limit=1)


def _feedback_shown(stage: Backstage) -> str:
    return feedback_html(stage.feedback.entries(), stage.keys.give())


def _build_feedback(stage: Backstage, entered: gr.State) -> gr.HTML:
    place = html("", name="palautteet", events=("refresh",))
    tie(place.refresh, lambda inside: _feedback_shown(stage) if inside else _LOGIN_AGAIN, entered, place)
    return place


def _build_documents(stage: Backstage, entered: gr.State) -> gr.HTML:
    gr.HTML("<h3>Lisää tai korvaa asiakirja</h3>", apply_default_css=False)
    note = html(replacing_html(None), name="korvattava", events=("cancel",))
    replaced = gr.State("")
    files = gr.File(label="Tiedosto", file_count="multiple", elem_id="tiedosto", height=140)
    with gr.Row():
        fields = [gr.Textbox(label=label, info=hint, min_width=200) for label, hint in _FIELDS]
    add = gr.Button("Lisää asiakirja", variant="primary", elem_id="lisaa")
    report = html("", name="raportti")
    listed = html("", name="yllapito-asiakirjat", events=("replace", "remove"))
    places = [place for _, place in stage.shown]

    def fresh() -> list[str]:
        return [admin_documents_html(stage.assistant.documents()), *(make() for make, _ in stage.shown)]

    def take_in(inside: bool, paths: list[str] | None, old: str, *given: str) -> Iterator[tuple[Any, ...]]:
        yield from taken_in(stage, inside, paths or [], old, given, fresh, 1 + len(places))

    def choose(inside: bool, event: gr.EventData) -> tuple[Any, ...]:
        info = _known(stage.assistant, data(event, "document", 500)) if inside else None
        if info is None:
            return "", replacing_html(None), *(gr.skip() for _ in _FIELDS)
        facts = info.facts
        given = (facts.title, facts.municipality, facts.publisher, facts.period)
        return facts.id, replacing_html(facts), *(text or "" for text in given)

    def remove(inside: bool, event: gr.EventData) -> list[Any]:
        if not inside:
            return [_LOGIN_AGAIN, *(gr.skip() for _ in range(1 + len(places)))]
        info = _known(stage.assistant, data(event, "document", 500))
        stage.assistant.remove(data(event, "document", 500))
        return [removed_html(info.facts.title if info else ""), *fresh()]

    tie(add.click, take_in, [entered, files, replaced, *fields], [report, files, listed, *places])
    tie(listed.replace, choose, entered, [replaced, note, *fields])
    tie(note.cancel, lambda: ("", replacing_html(None)), None, [replaced, note])
    tie(listed.remove, remove, entered, [report, listed, *places])
    return listed


_FIELDS = (
    ("Otsikko", "Tyhjänä, tai jos tiedostoja on monta: otetaan tiedostosta"),
    ("Kunta", "Jätä tyhjäksi, jos asiakirja ei koske yhtä kuntaa"),
    ("Julkaisija", "Esimerkiksi kaupunki ja toimiala"),
    ("Kausi", "Esimerkiksi 2026 tai Q1/2023"),
)


def _known(assistant: Assistant, identifier: str) -> DocumentInfo | None:
    return next((info for info in assistant.documents() if info.facts.id == identifier), None)


def taken_in(
    stage: Backstage,
    inside: bool,
    paths: Sequence[str],
    replaced: str,
    given: Sequence[str],
    fresh: Callable[[], list[str]],
    others: int,
) -> Iterator[tuple[Any, ...]]:
    """Add the files, telling how far the work is; the uploaded copies are deleted in the end.

    Yields the report, the file field's value and `others` more values. A file that cannot be taken in is reported
    and harms no other.
    """
    unchanged = [gr.skip() for _ in range(1 + others)]
    if not inside or not paths:
        yield _LOGIN_AGAIN if not inside else error_html("Valitse ensin tiedosto."), *unchanged
        return
    names = ", ".join(Path(path).name for path in paths)
    stage.progress.line = ""
    with ThreadPoolExecutor(1) as worker:
        work = worker.submit(_added, stage.assistant, paths, replaced, given)
        while not work.done():
            yield progress_html(names, stage.progress.line), *unchanged
            time.sleep(_TELL_EVERY)
    results = zip(paths, work.result(), strict=True)
    yield "".join(taken_html(Path(path).name, taken, replaced) for path, taken in results), None, *fresh()


def _added(assistant: Assistant, paths: Sequence[str], replaced: str, given: Sequence[str]) -> list[Taken]:
    """Take the files in. One that replaces a document goes by its id, which comes from the file's name."""
    title, municipality, publisher, period = (text.strip() or None for text in given)
    with tempfile.TemporaryDirectory() as folder:
        files: list[Path] = []
        for path in map(Path, paths):
            files.append(Path(folder) / f"{replaced if replaced and not files else path.stem}{path.suffix}")
            shutil.move(path, files[-1])
        return assistant.add_all(
            files,
            title=title if len(files) == 1 else None,  # one title is not for many
            municipality=municipality,
            publisher=publisher,
            period=period,
        )
