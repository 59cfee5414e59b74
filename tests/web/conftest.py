"""A real server with a fake assistant behind it, and a real browser; skipped with the reason where it is absent."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.settings import Settings
from tests.web.fake import FakeAssistant
from tests.web.pages import Open, is_foreign

_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "hyvä salasana"
_HOME = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port of this machine that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def assistant() -> FakeAssistant:
    """The fake behind the server."""
    return FakeAssistant()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps its data."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def address(assistant: FakeAssistant, data_dir: Path) -> Iterator[str]:
    """Where the app is served."""
    pytest.importorskip("gradio")
    from assistant.web.app import serve

    settings = Settings(port=free_port(), data_dir=data_dir, admin_password=PASSWORD)
    blocks = serve(cast(Any, assistant), settings, block=False)
    yield f"http://{settings.host}:{settings.port}"
    blocks.close(verbose=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright puuttuu: pip install playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium puuttuu: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=_SWITCHES)
        yield opened
        opened.close()


def _not_of_reload(errors: list[str]) -> list[str]:
    """The errors without those of Gradio's stream that a reload cuts off on a busy machine."""
    cut_off = any("BodyStreamBuffer was aborted" in error for error in errors)
    return [error for error in errors if not (cut_off and ("AbortError" in error or "errored out" in error))]


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Open]:
    """Opens the app; at the end no request may have gone elsewhere and no error may stand in the console."""
    contexts, foreign, errors = [], [], []

    def open_(width: int = 1280, height: int = 900, scheme: str = "light", at: str = "", rights: str = "") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-US",
            reduced_motion="reduce",
            permissions=rights.split(),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)  # machines are busy at times
        page.on("request", lambda request: foreign.append(request.url) if is_foreign(request.url, address) else None)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + at)
        page.wait_for_selector(".turn" if at else ".welcome")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert foreign == []
    assert _not_of_reload(errors) == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    places = [os.environ.get("AXE_PATH", ""), str(_HOME / "node_modules" / "axe-core" / "axe.min.js")]
    found = next((Path(place) for place in places if place and Path(place).is_file()), None)
    if found is None:
        pytest.skip("axe-core puuttuu: npm install axe-core, tai AXE_PATH=axe.min.js")
    return found.read_text(encoding="utf-8")
