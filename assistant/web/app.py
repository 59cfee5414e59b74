"""The web app put together: tabs, endpoints for machines, and the server that serves them."""

from __future__ import annotations

import os
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from assistant.feedback import FeedbackLog
from assistant.web.progress import Progress
from corpus.errors import StrategyError

if TYPE_CHECKING:
    import gradio as gr

    from assistant.service import Assistant
    from assistant.settings import Settings
    from assistant.web.downloads import Keys

TITLE = "Tavoiteavustaja"
_LARGEST_FILE = "25mb"
_HEADER = f'<h1>{TITLE}</h1><p class="tagline">Kuntien tavoitteet, mittarit ja toteutuminen lähteineen</p>'


class PortTaken(StrategyError):
    """Something else listens where the app should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Osoite {host}:{port} on jo käytössä. Valitse toinen portti asetuksella ASSISTANT_PORT.")


def build_app(
    assistant: Assistant, settings: Settings, feedback: FeedbackLog, keys: Keys, progress: Progress
) -> gr.Blocks:
    """The Blocks of the whole app; the tab Ylläpito is there only where a password is set."""
    import gradio as gr

    from assistant.web.about import build_about
    from assistant.web.admin import Backstage, build_admin
    from assistant.web.api import add_endpoints
    from assistant.web.chat import build_chat
    from assistant.web.documents import TAB, build_documents, tie_openers
    from assistant.web.goals import build_goals

    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(_HEADER, elem_id="otsake", apply_default_css=False)
        with gr.Tabs(overflow_behavior="wrap", elem_id="valilehdet") as tabs:
            with gr.Tab("Keskustelu", id="keskustelu", elem_id="keskustelu"):
                chat = build_chat(assistant, feedback)
            with gr.Tab("Tavoitteet ja mittarit", id="tavoitteet", elem_id="tavoitteet"):
                goals = build_goals(assistant)
            with gr.Tab("Asiakirjat", id=TAB, elem_id=TAB, render_children=True):
                documents = build_documents(assistant)
            with gr.Tab("Tietoja", id="tietoja", elem_id="tietoja"):
                about = build_about(assistant)
            if settings.admin_password:
                shown = (*chat.shown, *goals.shown, *documents.shown, *about)
                with gr.Tab("Ylläpito", id="yllapito", elem_id="yllapito"):
                    build_admin(Backstage(assistant, settings.admin_password, feedback, keys, progress, shown))
        tie_openers(assistant, [chat.log, goals.detail], tabs, documents)
        add_endpoints(assistant)
    return blocks


def serve(
    assistant: Assistant, settings: Settings, progress: Progress | None = None, *, block: bool = True
) -> gr.Blocks:
    """Serve the app on the settings' address; `block=False` returns at once. Raises PortTaken.

    `progress` is what the assistant reports to, shown while a document is taken in.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by Gradio when it is imported
    from starlette.middleware import Middleware

    from assistant.web.downloads import Keys, routes
    from assistant.web.page import FinnishPage
    from assistant.web.render import asset
    from assistant.web.theme import theme

    feedback, keys = FeedbackLog(settings.data_dir / "feedback"), Keys()
    blocks = build_app(assistant, settings, feedback, keys, progress or Progress())
    middleware: list[Any] = [Middleware(FinnishPage, title=TITLE, style=asset("app.css"), script=asset("app.js"))]
    with as_file(files(__package__) / "assets" / "favicon.svg") as favicon:
        try:
            blocks.launch(
                server_name=settings.host,
                server_port=settings.port,
                prevent_thread_lock=True,
                quiet=True,
                share=False,
                footer_links=[],
                run_history=False,
                favicon_path=favicon,
                theme=theme(),
                ssr_mode=False,
                mcp_server=True,
                # Gradio takes uploads from anyone; without the tab Ylläpito there is nothing to upload for.
                max_file_size=_LARGEST_FILE if settings.admin_password else 1,
                app_kwargs={"middleware": middleware, "routes": routes(assistant, feedback, keys)},
            )
        except OSError as error:
            raise PortTaken(settings.host, settings.port) from error
        print(f"Avustaja on valmis: http://{settings.host}:{settings.port} (lopeta: Ctrl+C)", flush=True)
        if block:
            blocks.block_thread()
    return blocks
