"""The app as other programs see it: endpoints, headers, the page's own language, a port that is taken."""

from __future__ import annotations

import socket
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


def test_a_taken_port_is_a_finnish_sentence(tmp_path: Path) -> None:
    from assistant.web.app import PortTaken, serve

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with pytest.raises(PortTaken, match="ASSISTANT_PORT"):
            serve(cast(Any, FakeAssistant()), Settings(port=holder.getsockname()[1], data_dir=tmp_path), block=False)
