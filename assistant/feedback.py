"""What users said of the answers: one JSON object a line under the data folder, the latest of an answer counts."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from corpus.errors import StrategyError

UP, DOWN = "up", "down"
_FILE = "feedback.jsonl"
_LARGEST = 50_000_000  # bytes: anyone may write here, and the disk is for the documents
_LONGEST = 2_000  # characters of what a user writes


class FeedbackUnwritable(StrategyError):
    """A piece of feedback that could not be stored."""


@dataclass(frozen=True)
class Feedback:
    """One user's word on one answer, with enough of the answer to judge it later.

    `id` is the answer's own: who changes their mind replaces what they said. `history` holds the earlier messages as
    `ask` takes them, `limits` what the question was narrowed to, `quotes` what the answer cited.
    """

    id: str
    vote: str
    question: str
    status: str
    text: str
    reason: str = ""
    comment: str = ""
    history: tuple[Mapping[str, str], ...] = ()
    limits: Mapping[str, str] | None = None
    documents: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    time: str = ""  # UTC, ISO 8601; given by the log


def feedback_on(
    answer: Answer,
    vote: str,
    *,
    id: str,
    reason: str = "",
    comment: str = "",
    history: Sequence[Mapping[str, str]] = (),
    limits: Mapping[str, str] | None = None,
) -> Feedback:
    """The feedback on an answer; a reason or a comment of any length is cut. Raises ValueError for another vote."""
    if vote not in (UP, DOWN):
        raise ValueError(f"no such vote: {vote}")
    return Feedback(
        id,
        vote,
        answer.question,
        answer.status.value,
        answer.text,
        reason[:_LONGEST],
        comment.strip()[:_LONGEST],
        tuple(history),
        limits or None,
        tuple(dict.fromkeys(citation.document for citation in answer.citations)),
        tuple(citation.quote for citation in answer.citations),
    )


class FeedbackLog:
    """The file of feedback. Lines are only ever added; safe to use from many threads of one process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._writing = threading.Lock()

    def add(self, entry: Feedback) -> None:
        """Store it with the time. Raises FeedbackUnwritable where the disk refuses or the file has grown too large."""
        stamped = replace(entry, time=datetime.now(UTC).isoformat(timespec="seconds"))
        line = json.dumps(asdict(stamped), ensure_ascii=False) + "\n"
        with self._writing:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if self._path.exists() and self._path.stat().st_size > _LARGEST:
                    raise FeedbackUnwritable("Palautetta ei voitu tallentaa: tiedosto on täynnä. Kerro ylläpidolle.")
                with self._path.open("a", encoding="utf-8") as out:
                    out.write(line)
            except OSError as error:
                raise FeedbackUnwritable(
                    f"Palautetta ei voitu tallentaa ({error.strerror}). Yritä myöhemmin uudelleen."
                ) from error

    def entries(self) -> list[Feedback]:
        """The latest word on each answer, oldest first. A line that cannot be read is left out: it harms no other."""
        if not self._path.is_file():
            return []
        found: dict[str, Feedback] = {}
        for line in self._path.read_text(encoding="utf-8", errors="replace").split("\n"):
            entry = _read(line)
            if entry:
                found.pop(entry.id, None)
                found[entry.id] = entry
        return list(found.values())

    def as_lines(self) -> str:
        """The entries as JSON lines, for downloading."""
        return "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in self.entries())


def _read(line: str) -> Feedback | None:
    try:
        record = json.loads(line)
        lists = {name: tuple(record[name]) for name in ("history", "documents", "quotes")}
        return Feedback(**{**record, **lists})
    except (ValueError, TypeError, KeyError):
        return None


def evaluation_line(entry: Feedback) -> dict[str, Any]:
    """A draft line for the evaluation set, in its files' form.

    What is known is filled in. Of a good answer the quotes are what must be cited; `answer_all`, and after a bad one
    `cite_any` too, are for a person to fill from the documents: an answer must not become its own measure.
    """
    return {
        "id": f"palaute-{entry.id[:12]}",
        "question": entry.question,
        "history": list(entry.history),
        "kind": "unanswerable" if entry.status == "not_found" and entry.vote == UP else "text",
        "style": "plain",
        "doc": ",".join(entry.documents),
        "answer_all": [],
        "must_not": [],
        "cite_any": list(entry.quotes) if entry.vote == UP else [],
        "note": " – ".join(part for part in (entry.vote, entry.reason, entry.comment) if part),
    }
