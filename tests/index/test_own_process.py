"""A module run in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.errors import StrategyError
from index.own_process import REFUSED, run_module


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module that only this process's path knows; it says its arguments and ends as the first of them says."""
    lines = (
        "import sys",
        "print('päivää', *sys.argv[2:])",
        "print('ensin\\nei käy', file=sys.stderr)",
        "sys.exit(int(sys.argv[1]))",
    )
    (tmp_path / "says_its_arguments.py").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    return "says_its_arguments"


def test_its_lines_are_reported(module: str) -> None:
    """Arguments and letters outside ASCII pass."""
    said: list[str] = []
    run_module(module, ["0", "yksi kaksi", "ä"], said.append)
    assert said == ["päivää yksi kaksi ä"]


def test_a_refusal_is_an_error_for_people(module: str) -> None:
    """The last line that it says is the message."""
    with pytest.raises(StrategyError, match=r"^ei käy$"):
        run_module(module, [str(REFUSED)], lambda _: None)


def test_a_failure_keeps_what_it_said(module: str) -> None:
    """Our own bug is no error for people."""
    with pytest.raises(RuntimeError, match="ensin"):
        run_module(module, ["1"], lambda _: None)
