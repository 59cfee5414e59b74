"""One assistant for a whole evaluation, what it was judged, and the table at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from evals.report import RESULTS, Ranks, Record, gold_ranks, report


@dataclass
class Evaluation:
    """What a session has judged so far, and at its end the rank of each question's gold passage."""

    records: list[Record] = field(default_factory=list)
    ranks: Ranks = field(default_factory=dict)


_EVALUATION = pytest.StashKey[Evaluation]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest evals --write-results` renews evals/RESULTS.md."""
    parser.addoption("--write-results", action="store_true", help="write the evaluation's table to evals/RESULTS.md")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is judged yet."""
    config.stash[_EVALUATION] = Evaluation()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The gate comes last: it checks what the other tests have judged."""
    gate = Path(__file__).with_name("test_gate.py")
    items.sort(key=lambda item: item.path == gate)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The real assistant, warm, in ASSISTANT_DATA_DIR or else in a new folder (the index is then built first)."""
    settings = Settings.from_env({"ASSISTANT_DATA_DIR": str(tmp_path_factory.mktemp("data")), **os.environ})
    opened = Assistant.open(settings)
    opened.ask("mikä on tavoite?")
    return opened


@pytest.fixture(scope="session")
def texts(assistant: Assistant) -> Mapping[str, str]:
    """The documents' texts by id."""
    return {info.facts.id: assistant.document(info.facts.id).text for info in assistant.documents()}


@pytest.fixture(scope="session")
def judged(pytestconfig: pytest.Config) -> list[Record]:
    """What has been judged in this session; tests add to it."""
    return pytestconfig.stash[_EVALUATION].records


@pytest.fixture(scope="session")
def answering(assistant: Assistant, judged: list[Record], pytestconfig: pytest.Config) -> Iterator[Assistant]:
    """The assistant; when all has been asked, the evidence of what was asked is ranked for the table."""
    yield assistant
    pytestconfig.stash[_EVALUATION].ranks = gold_ranks(assistant, [record.known for record in judged])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table; the questions that were not answered right stand under it as XFAIL (pytest -ra)."""
    evaluation = config.stash[_EVALUATION]
    if not evaluation.records:
        return
    table = report(evaluation.records, evaluation.ranks)
    terminalreporter.section("evaluation")
    terminalreporter.write_line(table)
    if config.getoption("--write-results"):
        RESULTS.write_text(f"# Results of `pytest evals`\n\n{table}", encoding="utf-8")
