"""Files that the app gives out at plain addresses: goal rows to everyone, feedback to who was given a key."""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.feedback import FeedbackLog
from assistant.web.exports import goals_csv, goals_xlsx
from assistant.web.goal_choice import GoalChoice, chosen
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant

CSV, XLSX, FEEDBACK = "lataa/tavoitteet.csv", "lataa/tavoitteet.xlsx", "lataa/palaute.jsonl"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_VALID = 600  # seconds that a key opens its file


class Keys:
    """Keys to files that are not for everyone: each works for ten minutes in the process that gave it."""

    def __init__(self) -> None:
        self._given: dict[str, float] = {}
        self._changing = threading.Lock()

    def give(self) -> str:
        """A new key."""
        key, now = secrets.token_urlsafe(24), time.monotonic()
        with self._changing:
            self._given = {old: until for old, until in self._given.items() if until > now} | {key: now + _VALID}
        return key

    def fit(self, key: str) -> bool:
        """Was the key given, and lately enough?"""
        return self._given.get(key, 0) > time.monotonic()


def routes(assistant: Assistant, feedback: FeedbackLog, keys: Keys) -> list[Route]:
    """The addresses; those of goal rows take the fields of GoalChoice."""

    async def rows_csv(request: Request) -> Response:
        return await run_in_threadpool(_rows, assistant, request, "csv")

    async def rows_xlsx(request: Request) -> Response:
        return await run_in_threadpool(_rows, assistant, request, "xlsx")

    async def lines(request: Request) -> Response:
        if not keys.fit(request.query_params.get("avain", "")):
            return PlainTextResponse("Linkki on vanhentunut. Avaa se uudelleen Ylläpito-välilehdeltä.", 403)
        body = (await run_in_threadpool(feedback.as_lines)).encode()
        return _file(body, "application/jsonl", "palaute.jsonl")

    return [Route(f"/{CSV}", rows_csv), Route(f"/{XLSX}", rows_xlsx), Route(f"/{FEEDBACK}", lines)]


def _rows(assistant: Assistant, request: Request, form: str) -> Response:
    try:
        rows = chosen(assistant, GoalChoice.of(request.query_params))
    except StrategyError as error:
        return PlainTextResponse(str(error), 400)
    if form == "csv":
        return _file(goals_csv(rows), "text/csv; charset=utf-8", "tavoitteet.csv")
    return _file(goals_xlsx(rows), _SHEET, "tavoitteet.xlsx")


def _file(body: bytes, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=kind, headers=headers)
