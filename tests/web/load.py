"""Twenty people asking at once, each in a session of their own: python -m tests.web.load [people]

Starts the app as its users meet it, in a process of its own, and prints the times of two rounds: the same question
from all, and different ones. Exits with 1 where the slowest takes more than two seconds or a question fails.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.web.conftest import free_port

LIMIT = 2.0  # seconds
_HOME = Path(__file__).resolve().parents[2]


def main(people: int) -> int:
    """One round that warms up and two that count."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    app = subprocess.Popen([sys.executable, "app.py"], cwd=_HOME, env={**os.environ, "ASSISTANT_PORT": str(port)})
    try:
        _wait_for(address, app)
        rows = _call(address, "targets", [None] * 5)
        names = [row["indicator"] for row in rows if row["indicator"] and row["target"]]
        questions = [f"Mikä on tavoitetaso: {names[at * len(names) // people]}?" for at in range(people)]
        _round(address, questions[:2])
        slowest = 0.0
        for name, asked in (("sama kysymys", questions[:1] * people), ("eri kysymykset", questions)):
            before = _cpu(app.pid)
            slowest = max(slowest, _told(name, _round(address, asked)))
            print(f"  palvelimen suoritinaikaa {_cpu(app.pid) - before:.2f} s")
        return 0 if slowest <= LIMIT else 1
    finally:
        app.terminate()
        app.wait()


def _cpu(process: int) -> float:
    """Processor seconds that the process has used: on a busy machine they say more than the clock. Linux only."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait_for(address: str, app: subprocess.Popen[bytes]) -> None:
    while app.poll() is None:
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.URLError:
            time.sleep(0.5)
    sys.exit("app.py did not start")


def _call(address: str, endpoint: str, values: list[object]) -> Any:
    """What the endpoint answers. Plain HTTP, since a client library's own work would be measured with the server's."""
    body = json.dumps({"data": values}).encode()
    asked = urllib.request.Request(f"{address}/gradio_api/call/{endpoint}", body, {"content-type": "application/json"})
    with urllib.request.urlopen(asked) as response:
        event = json.loads(response.read())["event_id"]
    with urllib.request.urlopen(f"{address}/gradio_api/call/{endpoint}/{event}") as response:
        lines = [line.removeprefix("data: ") for line in response.read().decode().split("\n") if line[:5] == "data:"]
    return json.loads(lines[-1])[0]


def _round(address: str, questions: Sequence[str]) -> list[float]:
    """Seconds of each question, all asked at once; one that fails takes for ever."""
    taken = [float("inf")] * len(questions)
    start = threading.Barrier(len(questions))

    def one(at: int) -> None:
        start.wait()
        begin = time.perf_counter()
        if _call(address, "ask", [questions[at], [], None, None, None, None])["text"]:
            taken[at] = time.perf_counter() - begin

    threads = [threading.Thread(target=one, args=(at,)) for at in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _told(name: str, taken: list[float]) -> float:
    fastest, middle, slowest = min(taken), statistics.median(taken), max(taken)
    print(f"{name}: {len(taken)} yhtä aikaa, nopein {fastest:.2f} s, mediaani {middle:.2f} s, hitain {slowest:.2f} s")
    return slowest


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
