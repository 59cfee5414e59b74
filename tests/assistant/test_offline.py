"""With the network shut the index builds and questions are answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant


def test_builds_and_answers(offline_build: dict[str, Any]) -> None:
    """A fresh folder, loopback alone: an answer with the figure and its source."""
    answer = offline_build["answer"]
    assert answer["status"] in ("answered", "ambiguous")
    assert "670" in answer["text"]
    assert any("670" in citation["quote"] for citation in answer["citations"])


def test_nobody_reaches_out(offline_build: dict[str, Any]) -> None:
    """No library tries to reach the network, whether or not it is there."""
    assert offline_build["shut"]
    assert offline_build["refused"] == ""


def test_progress_is_shown(offline_build: dict[str, Any]) -> None:
    """The first start says in Finnish what it does."""
    said = offline_build["said"]
    assert said[0] == "Rakennetaan hakemistoa …"
    assert any("100 %" in line for line in said)
    assert "Hakemisto on valmis." in said


def test_nothing_is_written_elsewhere(data_dir: Path) -> None:
    """All stays under the data folder, and no draft is left."""
    assert {path.name for path in data_dir.iterdir()} <= {"index", "model", "documents"}
    assert list(data_dir.rglob("draft-*")) == []


@pytest.mark.usefixtures("assistant")
def test_opening_again_builds_nothing(data_dir: Path) -> None:
    """A second start is silent: what was built is used."""
    from assistant import Settings

    said: list[str] = []
    again = Assistant.open(Settings(data_dir=data_dir), report=said.append)
    assert said == []
    assert len(again.documents()) == 5
