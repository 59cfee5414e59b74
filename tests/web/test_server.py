"""The app as other programs see it: endpoints, headers, the page's own language, a port that is taken."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.settings import Settings
from tests.web.fake import FakeAssistant


def test_page_is_finnish_before_any_script_runs(address: str) -> None:
    with urllib.request.urlopen(address) as response:
        page = response.read().decode()
        policy = response.headers["content-security-policy"]
    assert 'lang="fi"' in page
    assert "<title>Tavoiteavustaja</title>" in page
    assert "og:image" not in page
    assert "connect-src 'self'" in policy
    assert int(response.headers["content-length"]) == len(page.encode())


def test_endpoints(address: str) -> None:
    client = pytest.importorskip("gradio_client").Client(address, verbose=False)
    assert set(client.view_api(return_format="dict")["named_endpoints"]) == {"/ask", "/targets"}
    answer = client.predict(question="kuraattori", api_name="/ask")
    assert (answer["status"], answer["citations"][0]["document"]) == ("answered", "oppila-2024")
    assert [row["target"] for row in client.predict(query="kuraattori", api_name="/targets")] == ["670"]


def test_an_endpoint_tells_what_is_wrong(address: str) -> None:
    client = pytest.importorskip("gradio_client").Client(address, verbose=False)
    with pytest.raises(Exception, match="Kysymys on tyhjä"):
        client.predict(question="", api_name="/ask")


def test_other_chat_clients_can_use_it_as_a_tool(address: str) -> None:
    pytest.importorskip("mcp")
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async def talk() -> tuple[dict[str, Any], str]:
        async with (
            streamablehttp_client(f"{address}/gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            result = await session.call_tool("ask", {"question": "kuraattori"})
            return tools, str(result.content[0])

    with ThreadPoolExecutor(1) as pool:  # the browser tests have an event loop of theirs in this thread
        tools, told = pool.submit(lambda: asyncio.run(talk())).result()
    assert set(tools) == {"ask", "targets"}
    assert "asiakirjoja lainaten" in tools["ask"].description
    assert tools["ask"].inputSchema["properties"]["year"]["description"].startswith("Rajaa vastauksen vuoteen")
    assert "answered" in told
    assert "670" in told


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_files_at_plain_addresses(address: str) -> None:
    with urllib.request.urlopen(f"{address}/lataa/tavoitteet.csv?query=psyko") as response:
        lines = response.read().decode("utf-8-sig").splitlines()
        assert response.headers["content-disposition"] == 'attachment; filename="tavoitteet.csv"'
    assert len(lines) == 2
    with urllib.request.urlopen(f"{address}/lataa/tavoitteet.xlsx") as response:
        assert response.read(2) == b"PK"


@pytest.mark.parametrize("query", ["", "?avain=", "?avain=arvaus"])
def test_feedback_is_not_for_everyone(address: str, query: str) -> None:
    assert _status(f"{address}/lataa/palaute.jsonl{query}") == 403


def test_a_key_opens_until_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.web import downloads

    keys = downloads.Keys()
    key = keys.give()
    assert (keys.fit(key), keys.fit("arvaus")) == (True, False)
    now = downloads.time.monotonic()
    monkeypatch.setattr(downloads.time, "monotonic", lambda: now + 601)
    assert not keys.fit(key)


def test_there_is_no_administration_without_a_password(tmp_path: Path) -> None:
    from assistant.feedback import FeedbackLog
    from assistant.web.app import build_app
    from assistant.web.downloads import Keys
    from assistant.web.progress import Progress

    def tabs(password: str | None) -> list[str]:
        settings = Settings(data_dir=tmp_path, admin_password=password)
        blocks = build_app(cast(Any, FakeAssistant()), settings, FeedbackLog(tmp_path), Keys(), Progress())
        return [part["props"]["label"] for part in blocks.get_config_file()["components"] if part["type"] == "tabitem"]

    assert "Ylläpito" not in tabs(None)
    assert "Ylläpito" in tabs("sana")


def test_a_taken_port_is_a_finnish_sentence(tmp_path: Path) -> None:
    from assistant.web.app import PortTaken, serve

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with pytest.raises(PortTaken, match="ASSISTANT_PORT"):
            serve(cast(Any, FakeAssistant()), Settings(port=holder.getsockname()[1], data_dir=tmp_path), block=False)
