"""What the browser keeps comes back whole, and what was tampered with harms nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.web.conversations import (
    KEPT,
    TURNS,
    Turn,
    archived,
    conversations,
    day,
    title,
    turn_record,
    turns_of,
)
from assistant.web.render_answer import conversation
from assistant.web.render_conversations import conversations_html
from corpus.model import Document
from tests.web.fake import EVIL, FakeAssistant

_FAKE = FakeAssistant()


def _turn(question: str = "kuraattori") -> Turn:
    return Turn(question, _FAKE.ask(question), id="abc", limits=(("year", "2024"),), vote="up")


def _kept(record: Any) -> Any:
    """As it comes from the browser."""
    return json.loads(json.dumps(record))


@pytest.mark.parametrize("question", ["kuraattori", "mitoitus", "runo", "sää", "paha"])
def test_a_turn_comes_back_as_it_was(question: str) -> None:
    turn = _turn(question)
    assert turns_of([_kept(turn_record(turn))], _FAKE.document) == [turn]


def test_a_source_whose_words_have_changed_is_left_out() -> None:
    def changed(identifier: str) -> Document:
        document = _FAKE.document(identifier)
        return replace(document, text=document.text.replace("670", "999"))

    (turn,) = turns_of([_kept(turn_record(_turn()))], changed)
    assert turn.answer is not None
    assert turn.answer.citations == ()
    assert "data-goto" not in conversation([turn])  # no marker leads to nothing


def test_a_source_whose_document_is_gone_is_left_out() -> None:
    record = _kept(turn_record(_turn()))
    record["answer"]["citations"][0]["document"] = "poistettu"
    (turn,) = turns_of([record], _FAKE.document)
    assert turn.answer is not None
    assert turn.answer.citations == ()


@pytest.mark.parametrize("rubbish", [None, 3, "x", {}, [None, 3, {}, {"answer": {"status": "x"}}]])
def test_rubbish_is_left_out(rubbish: Any) -> None:
    assert turns_of(rubbish, _FAKE.document) == []
    assert conversations(rubbish) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("spans", [[0, 10**9]]), ("spans", [["a", "b"]]), ("spans", [[5, 1]]), ("quote", "keksitty"), ("section", 5)],
)
def test_a_made_up_source_is_not_shown(name: str, value: Any) -> None:
    record = _kept(turn_record(_turn()))
    record["answer"]["citations"][0][name] = value
    html = conversation(turns_of([record], _FAKE.document))
    assert "keksitty" not in html
    assert 'class="source"' not in html


def test_hostile_records_stay_text() -> None:
    record = _kept(turn_record(_turn()))
    for place, name in ((record, "question"), (record, "id"), (record, "vote"), (record["answer"], "text")):
        place[name] = EVIL
    record["limits"] = {EVIL: EVIL}
    record["answer"]["rows"][0]["indicator"] = EVIL
    record["answer"]["language"] = f'fi" onload="{EVIL}'
    html = conversation(turns_of([record], _FAKE.document))
    html += conversations_html([{"day": EVIL, "turns": [record]}], EVIL)
    assert "<img" not in html
    assert "<script" not in html
    assert 'onload="' not in html.replace("&quot;", "")


def test_the_oldest_fall_off() -> None:
    record = turn_record(_turn())
    assert len(turns_of([record] * (TURNS + 5), _FAKE.document)) == TURNS
    kept: list[Any] = []
    for _ in range(KEPT + 5):
        kept = archived(kept, [record])
    assert len(kept) == KEPT
    assert archived(kept, []) == kept


def test_names_of_conversations() -> None:
    entry = {"day": "2026-11-02", "turns": [turn_record(_turn())]}
    assert (title(entry), day(entry)) == ("kuraattori", "2.11.2026")
    assert title({"turns": [{"question": "sana " * 50}]}).endswith("sana…")
    assert (title({"turns": []}), day({})) == ("Nimetön keskustelu", "")
