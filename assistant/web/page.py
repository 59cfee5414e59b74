"""The page around the app: Finnish from its first byte, and closed to every other host."""

from __future__ import annotations

import re
from html import escape
from typing import Any

# Gradio's page runs inline scripts and makes functions of templates; nothing may come from or go to another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_FOREIGN_META = re.compile(rb'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')


class FinnishPage:
    """ASGI middleware: mends Gradio's HTML page and adds the security headers to every answer.

    Our style and script go into the page itself: Gradio's own way inserts them late and drops container queries.
    """

    def __init__(self, app: Any, title: str, style: str, script: str) -> None:
        self._app = app
        self._head = f"<head><title>{escape(title)}</title>".encode()
        self._tail = f"<style>{style}</style><script>{script}</script></head>".encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request; only pages of HTML are held back until they are whole."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held: dict[str, Any] = {}

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
                if _is_html(message["headers"]):
                    held.update(start=message, body=b"")
                    return
            elif held:
                held["body"] += message.get("body", b"")
                if not message.get("more_body"):
                    await self._send_page(held["start"], held["body"], send)
                return
            await send(message)

        await self._app(scope, receive, sending)

    async def _send_page(self, start: Any, body: bytes, send: Any) -> None:
        page = self.mended(body)
        rest = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        await send({**start, "headers": [*rest, (b"content-length", str(len(page)).encode())]})
        await send({"type": "http.response.body", "body": page})

    def mended(self, body: bytes) -> bytes:
        """The page in Finnish, with title, style and script in place; previews on other hosts are taken out."""
        page = _FOREIGN_META.sub(b"", body.replace(b'lang="en"', b'lang="fi"', 1))
        return page.replace(b"<head>", self._head, 1).replace(b"</head>", self._tail, 1)


_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]


def _is_html(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)
