"""Conversations as the user's own browser keeps them: records on their way out, turns on their way back.

The server holds no conversation, so it may be restarted under an open page. What comes back was in a browser: a
source is cut anew from the document it names, and one whose words have changed since is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answer import Answer, Citation, RowView, Status, cite
from corpus.errors import StrategyError
from corpus.model import Document, Span

Record = dict[str, Any]
Documents = Callable[[str], Document]  # by id; raises a StrategyError for one that is not there
TURNS = 20  # of one conversation; the oldest fall off
KEPT = 20  # earlier conversations; the oldest fall off
_TITLE = 80  # characters


@dataclass(frozen=True)
class Turn:
    """What the user asked, and the answer or the sentence that says why there is none.

    `limits` holds what the question was narrowed to, `vote` what the user thought of the answer.
    """

    question: str
    answer: Answer | None = None
    error: str = ""
    id: str = ""
    limits: tuple[tuple[str, str], ...] = ()
    vote: str = ""


def turn_record(turn: Turn) -> Record:
    """A turn as JSON."""
    answer = turn.answer.as_dict() if turn.answer else None
    limits = dict(turn.limits)
    return {"id": turn.id, "question": turn.question, "error": turn.error, "vote": turn.vote, "limits": limits} | {
        "answer": answer
    }


def turns_of(records: Any, documents: Documents) -> list[Turn]:
    """The turns that records hold; what is no record of a turn is left out."""
    found = [_turn(record, documents) for record in records] if isinstance(records, list) else []
    return [turn for turn in found if turn][-TURNS:]


def _turn(record: Any, documents: Documents) -> Turn | None:
    try:
        answer = _answer(record["answer"], documents) if record["answer"] else None
        limits = tuple((str(name), str(value)) for name, value in record["limits"].items())
        return Turn(
            str(record["question"]), answer, str(record["error"]), str(record["id"]), limits, str(record["vote"])
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _answer(record: Record, documents: Documents) -> Answer:
    citations = (_citation(entry, documents) for entry in record["citations"])
    return Answer(
        str(record["question"]),
        Status(record["status"]),
        str(record["text"]),
        tuple(citation for citation in citations if citation),
        tuple(str(text) for text in record["suggestions"]),
        str(record["language"]),
        str(record["understood"]) if record["understood"] else None,
        tuple(_row(row) for row in record["rows"]),
        reason=str(record.get("reason", "")),  # a conversation kept by an earlier version has none
    )


def _citation(record: Record, documents: Documents) -> Citation | None:
    spans = tuple(Span(int(start), int(end)) for start, end in record["spans"])
    section = tuple(str(part) for part in record["section"])
    try:
        citation = cite(int(record["number"]), documents(str(record["document"])), section, spans)
    except (StrategyError, ValueError):
        return None
    return citation if citation.quote == record["quote"] else None


def _row(record: Record) -> RowView:
    document, unit, indicator, baseline, target, progress = (
        str(record[name]) for name in ("document", "unit", "indicator", "baseline", "target", "progress")
    )
    return RowView(document, unit, indicator, baseline, target, progress, int(record["citation"]))


def archived(kept: Any, records: Sequence[Record]) -> list[Record]:
    """The earlier conversations with one more, newest first; an empty one is not kept."""
    earlier = conversations(kept)
    if not records:
        return earlier
    return [{"day": date.today().isoformat(), "turns": list(records)}, *earlier][:KEPT]


def conversations(kept: Any) -> list[Record]:
    """The earlier conversations in what the browser kept; anything else is left out."""
    entries = kept if isinstance(kept, list) else []
    return [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("turns"), list)]


def identity(conversation: Record) -> str:
    """What tells a conversation from others: its first turn's id."""
    first = next((turn for turn in conversation["turns"] if isinstance(turn, dict)), {})
    return str(first.get("id", ""))


def title(conversation: Record) -> str:
    """What a conversation is called: its first question."""
    first = next((turn for turn in conversation["turns"] if isinstance(turn, dict)), {})
    question = str(first.get("question", "")).strip() or "Nimetön keskustelu"
    return question if len(question) <= _TITLE else question[: _TITLE - 1].rstrip() + "…"


def day(conversation: Record) -> str:
    """When it was put away, in Finnish: "22.11.2026"; empty where it is not known."""
    try:
        kept = date.fromisoformat(str(conversation.get("day", "")))
    except ValueError:
        return ""
    return f"{kept.day}.{kept.month}.{kept.year}"
