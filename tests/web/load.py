"""Twenty people asking at once, each from a session of their own: python -m tests.web.load [people]

Prints the time of the fastest, the median and the slowest, for one round of the same question and one of different
ones, and exits with 1 where the slowest takes more than two seconds or a question fails. Needs the real index.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Sequence

from assistant import Assistant, Settings
from assistant.web.app import serve
from assistant.web.examples import example_questions
from tests.web.conftest import free_port

LIMIT = 2.0  # seconds


def main(people: int) -> int:
    """One round that warms up and two that count."""
    from gradio_client import Client

    settings = Settings.from_env()
    assistant = Assistant.open(settings)
    address = f"http://127.0.0.1:{(port := free_port())}"
    serve(assistant, Settings(port=port, data_dir=settings.data_dir), block=False)
    clients = [Client(address, verbose=False) for _ in range(people)]
    questions = example_questions(assistant.targets(), people)
    questions = [questions[at % len(questions)] for at in range(people)]
    _round(clients[:2], questions[:2])
    worst = max(_told("sama kysymys", _round(clients, questions[:1] * people)), _told("eri", _round(clients, questions)))
    return 0 if worst <= LIMIT else 1


def _round(clients: Sequence[object], questions: Sequence[str]) -> list[float]:
    """Seconds of each question, all asked at once; one that fails takes for ever."""
    taken = [float("inf")] * len(clients)
    start = threading.Barrier(len(clients))

    def one(at: int) -> None:
        start.wait()
        begin = time.perf_counter()
        answer = clients[at].predict(question=questions[at], api_name="/ask")  # type: ignore[attr-defined]
        taken[at] = time.perf_counter() - begin if answer["text"] else float("inf")

    threads = [threading.Thread(target=one, args=(at,)) for at in range(len(clients))]
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
