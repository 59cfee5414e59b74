"""Feedback: stored by the line, the latest word counts, and a draft for the evaluation set can be made of it."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.feedback import DOWN, UP, Feedback, FeedbackLog, FeedbackUnwritable, evaluation_line, feedback_on

_ANSWER = Answer("Mikä on tavoite?", Status.ANSWERED, "Tavoite on 670.")


def test_what_was_said_is_read_back(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback")
    assert log.entries() == []
    history = [{"role": "user", "content": "Hei"}]
    log.add(feedback_on(_ANSWER, DOWN, id="a", reason="Väärä tieto", comment=" ei 670\n", history=history))
    (entry,) = log.entries()
    assert (entry.vote, entry.reason, entry.comment, entry.history) == (DOWN, "Väärä tieto", "ei 670", tuple(history))
    assert entry.time.endswith("+00:00")


def test_the_latest_word_on_an_answer_counts(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path)
    for name, vote in (("a", UP), ("b", UP), ("a", DOWN)):
        log.add(feedback_on(_ANSWER, vote, id=name))
    assert [(entry.id, entry.vote) for entry in log.entries()] == [("b", UP), ("a", DOWN)]
    assert [json.loads(line)["id"] for line in log.as_lines().splitlines()] == ["b", "a"]


def test_a_damaged_line_harms_no_other(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path)
    log.add(feedback_on(_ANSWER, UP, id="a"))
    with (tmp_path / "feedback.jsonl").open("a", encoding="utf-8") as out:
        out.write('{"id": 1\n[]\n{"id": "c", "strange": 1}\n')
    log.add(feedback_on(_ANSWER, UP, id="b"))
    assert [entry.id for entry in log.entries()] == ["a", "b"]


def test_many_write_at_once(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path)
    writers = [
        threading.Thread(target=log.add, args=(feedback_on(_ANSWER, UP, id=str(number)),)) for number in range(20)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert {entry.id for entry in log.entries()} == {str(number) for number in range(20)}


def test_long_words_are_cut_and_strange_votes_refused() -> None:
    assert len(feedback_on(_ANSWER, UP, id="a", comment="x" * 9_999).comment) == 2_000
    with pytest.raises(ValueError, match="no such vote"):
        feedback_on(_ANSWER, "sideways", id="a")


def test_a_disk_that_refuses_is_a_finnish_sentence(tmp_path: Path) -> None:
    (tmp_path / "feedback").write_text("a file where the folder should be")
    with pytest.raises(FeedbackUnwritable, match="Palautetta ei voitu tallentaa"):
        FeedbackLog(tmp_path / "feedback").add(feedback_on(_ANSWER, UP, id="a"))


def test_an_evaluation_line_has_the_form_of_the_set() -> None:
    good = Feedback("a" * 32, UP, "Mikä?", "answered", "670", documents=("d",), quotes=("670 opp.",))
    line = evaluation_line(good)
    assert (line["id"], line["doc"], line["cite_any"]) == ("palaute-" + "a" * 12, "d", ["670 opp."])
    bad = Feedback("b" * 32, DOWN, "Mikä?", "answered", "670", "Väärä tieto", quotes=("670 opp.",))
    assert (evaluation_line(bad)["cite_any"], evaluation_line(bad)["note"]) == ([], "down – Väärä tieto")
    first = json.loads((Path(__file__).parents[2] / "evals/questions/tuning.jsonl").read_text("utf-8").splitlines()[0])
    assert set(first) <= set(line)
