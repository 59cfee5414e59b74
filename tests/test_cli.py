"""The command line as in the contract: what it prints, where, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import cli
from corpus.library import SHIPPED
from tests.conftest import HOME, environment
from tests.made import COLUMNS

HEAVY = (
    "torch",
    "numpy",
    "chromadb",
    "llama_index",
    "sentence_transformers",
    "transformers",
    "onnxruntime",
    "bm25s",
    "pyvoikko",
    "gradio",
    "rapidfuzz",
    "tokenizers",
)
FORM = "pori-sivistys-2023-q1"
CURATORS = "mikä on kuraattorimitoituksen tavoite?"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process over the session's data folder: exit status, standard output, standard error."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(data_dir))

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = cli.main(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def process(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """`python -m assistant` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        env=environment(**changes),
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_refused(result: tuple[int, str, str], *said: str) -> None:
    """Exit status 2, nothing on standard output, one Finnish line on standard error."""
    status, out, err = result
    assert status == 2
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert "Error" not in err
    for part in said:
        assert part in err


# --- help


def test_help_imports_nothing_heavy() -> None:
    """Whatever is imported for --help is of the standard library or ours."""
    probe = (
        "import sys\nfrom assistant.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('HEAVY', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env=environment(),
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_help_is_quick() -> None:
    """The best of three starts; the contract says half a second, a busy machine gets two."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        assert process("--help").returncode == 0
        times.append(time.perf_counter() - begin)
    assert min(times) < 2.0


@pytest.mark.parametrize("command", [(), ("ask",), ("targets",), ("documents",), ("add",), ("remove",), ("rebuild",)])
def test_help_of_every_command(run: Run, command: tuple[str, ...]) -> None:
    """Every command of the contract has help in Finnish."""
    status, out, err = run(*command, "--help")
    assert (status, err) == (0, "")
    assert "python -m assistant" in out
    assert out.isprintable() or "\n" in out


def test_help_names_every_command(run: Run) -> None:
    """The contract's six commands."""
    _, out, _ = run("--help")
    for command in ("ask", "targets", "documents", "add", "remove", "rebuild"):
        assert command in out


# --- ask


def test_ask(run: Run) -> None:
    """The answer, then its numbered sources with their quotes."""
    status, out, err = run("ask", CURATORS)
    assert (status, err) == (0, "")
    assert "670" in out
    assert "\n[1] " in out
    assert "Talousarvion toiminnallisten tavoitteiden toteutuminen" in out
    assert "**" not in out


def test_ask_in_a_process_of_its_own(data_dir: Path) -> None:
    """The JSON of the contract on standard output and nothing else, whatever the terminal's encoding."""
    done = process("ask", CURATORS, "--json", ASSISTANT_DATA_DIR=str(data_dir))
    assert (done.returncode, done.stderr) == (0, "")
    body = json.loads(done.stdout)
    assert body["question"] == CURATORS
    assert body["status"] in ("answered", "ambiguous")
    text = (SHIPPED / f"{FORM}.txt").read_bytes().decode("utf-8")
    for citation in body["citations"]:
        assert citation["document"] == FORM
        assert citation["quote"] == " … ".join(text[start:end] for start, end in citation["spans"])


def test_not_found_is_no_failure(run: Run) -> None:
    """A question that no document answers worked."""
    status, out, _ = run("ask", "Mikä on kuraattorimitoituksen tavoite Tampereella?", "--json")
    assert status == 0
    assert json.loads(out)["status"] == "not_found"


def test_ask_narrowed(run: Run) -> None:
    """The filters hold."""
    for option in (("--municipality", "Kemi"), ("--document", "kemi-hyvinvointi-2023")):
        status, out, _ = run("ask", "Mikä on päiväkotien auditoinnin tavoite?", "--json", *option)
        assert status == 0
        body = json.loads(out)
        assert {citation["document"] for citation in body["citations"]} == {"kemi-hyvinvointi-2023"}
    status, out, _ = run("ask", "Mikä on johtamisen avoimuuden tavoite?", "--year", "2028", "--json")
    assert status == 0
    assert "3,6" in json.loads(out)["text"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", ""), "tyhjä"),
        (("ask", "a" * 20_000), "liian pitkä"),
        (("ask", "Какова цель?"), "suomen-"),
        (("ask",), "Kysymys puuttuu"),
        ((), "--help"),
        (("nonsense",), "--help"),
        (("ask", "x", "--year", "ensi"), "--help"),
        (("targets", "--format", "xml"), "--help"),
        (("ask", "--batch", "puuttuu.jsonl"), "--out"),
        (("ask", "--batch", "puuttuu.jsonl", "--out", "ulos.jsonl"), "puuttuu.jsonl"),
        (("add", "puuttuu.txt"), "puuttuu.txt"),
        (("remove", "zzz"), "zzz"),
        (("remove", FORM), "osa ohjelmaa"),
        (("add",), "--help"),
        (("add", "a.txt", "b.txt", "--title", "T"), "--title"),
    ],
)
def test_wrong_input(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """One Finnish line on standard error, status 2."""
    assert_refused(run(*arguments), said)


def test_unknown_document_filter(run: Run) -> None:
    """A document that is not there is no document that does not tell."""
    assert_refused(run("ask", CURATORS, "--document", "zzz"), "zzz")


def test_our_own_bug_is_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything else keeps its traceback and exits with 1."""

    def broken() -> None:
        raise RuntimeError("vika")

    monkeypatch.setattr(cli, "_open", broken)
    status, out, err = run("documents")
    assert (status, out) == (1, "")
    assert "RuntimeError: vika" in err


# --- batch


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def written(path: Path, *records: object) -> Path:
    """A file of the records, one a line."""
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n\n", encoding="utf-8")
    return path


def test_batch(run: Run, tmp_path: Path) -> None:
    """An answer a line, in order, with the question's id; history counts; a bad question does not stop the others."""
    history = [
        {"role": "user", "content": "mikä on kuraattorimitoituksen tavoite lukiossa?"},
        {"role": "assistant", "content": "670"},
    ]
    questions = written(
        tmp_path / "questions.jsonl",
        {"id": "a", "question": CURATORS},
        {"id": 7, "question": "entä perusopetuksessa?", "history": history},
        {"id": "tyhjä", "question": "  "},
        {"id": "kemi", "question": "Mikä on Kemin päiväkotien auditoinnin tavoite?", "history": []},
    )
    out = tmp_path / "answers.jsonl"
    status, said, _ = run("ask", "--batch", str(questions), "--out", str(out))
    assert (status, said) == (0, "")
    answers = lines(out)
    assert [answer["id"] for answer in answers] == ["a", 7, "tyhjä", "kemi"]
    assert "670" in answers[0]["text"]
    assert "Enintään 670" in answers[1]["text"]
    assert (answers[2]["status"], answers[2]["citations"]) == ("refused", [])
    assert "80 %" in answers[3]["text"]
    assert {path.name for path in tmp_path.iterdir()} == {"questions.jsonl", "answers.jsonl"}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        '"mikä?"',
        '{"id": 1}',
        '{"question": 5}',
        '{"question": "a", "history": [5]}',
        '{"question": "a", "history": 5}',
    ],
)
def test_bad_batch(run: Run, tmp_path: Path, line: str) -> None:
    """The line that is no question is named; nothing is written."""
    path = written(tmp_path / "questions.jsonl", {"id": 1, "question": CURATORS})
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n{line}\n", encoding="utf-8")
    assert_refused(run("ask", "--batch", str(path), "--out", str(tmp_path / "out.jsonl")), "rivi 2")
    assert not (tmp_path / "out.jsonl").exists()


def test_binary_batch(run: Run, tmp_path: Path) -> None:
    """A file that is no text."""
    (tmp_path / "q.jsonl").write_bytes(b"\xff\xfe\x00\x01")
    assert_refused(run("ask", "--batch", str(tmp_path / "q.jsonl"), "--out", str(tmp_path / "out.jsonl")), "UTF-8")


def test_batch_into_a_folder_that_is_not(run: Run, tmp_path: Path) -> None:
    """Said before any question is answered."""
    path = written(tmp_path / "questions.jsonl", {"id": 1, "question": CURATORS})
    assert_refused(run("ask", "--batch", str(path), "--out", str(tmp_path / "ei" / "out.jsonl")), "--out")


# --- lists


def test_documents(run: Run) -> None:
    """A table and JSON of the same documents."""
    status, out, _ = run("documents", "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert len(found) == 5
    assert {entry["uncovered"] for entry in found} == {0}
    _, table, _ = run("documents")
    assert all(entry["id"] in table for entry in found)


def test_targets(run: Run) -> None:
    """JSON, CSV and a table of the same rows."""
    status, out, _ = run("targets", "--municipality", "Pori", "--query", "kuraattori", "--format", "json")
    rows = json.loads(out)
    assert status == 0
    assert "Enintään 670 opp." in {row["target"] for row in rows}
    _, out, _ = run("targets", "--municipality", "Pori", "--query", "kuraattori", "--format", "csv")
    records = list(csv.DictReader(io.StringIO(out)))
    assert [(record["indicator"], record["target"]) for record in records] == [
        (row["indicator"], row["target"] or "") for row in rows
    ]
    _, out, _ = run("targets", "--municipality", "Pori", "--query", "kuraattori")
    assert out.splitlines()[-1] == f"{len(rows)} riviä"


def test_targets_of_nothing(run: Run) -> None:
    """No row is an empty list."""
    status, out, _ = run("targets", "--municipality", "Rauma", "--format", "json")
    assert (status, json.loads(out)) == (0, [])
    status, out, _ = run("targets", "--year", "1917")
    assert status == 0
    assert "0 riviä" in out


def test_targets_hold_spans(run: Run) -> None:
    """Every field of a row leads to its place."""
    _, out, _ = run("targets", "--municipality", "Kemi", "--format", "json")
    text = (SHIPPED / "kemi-hyvinvointi-2023.txt").read_bytes().decode("utf-8")
    rows = json.loads(out)
    assert len(rows) == 38
    for row in rows:
        for name, spans in row["spans"].items():
            assert " ".join(" ".join(text[start:end] for start, end in spans).split()) == row[name]


# --- changes


def test_add_and_remove(
    data_copy: Callable[[], Path], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text file comes, is answered from, and goes."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(data_copy()))
    (tmp_path / "rauman-taulukko.txt").write_text(COLUMNS, encoding="utf-8")
    status, out, _ = run(
        "add",
        str(tmp_path / "rauman-taulukko.txt"),
        "--municipality",
        "Rauma",
        "--period",
        "2027",
        "--title",
        "Taulukko",
    )
    assert status == 0
    assert "rauman-taulukko" in out
    assert "3 tavoiteriviä" in out
    _, out, _ = run("ask", "Montako uimakoulua järjestetään kesässä Raumalla?", "--json")
    body = json.loads(out)
    assert "13" in body["text"]
    assert {citation["document"] for citation in body["citations"]} == {"rauman-taulukko"}
    status, out, err = run("add", str(tmp_path / "puuttuu.txt"), str(tmp_path / "rauman-taulukko.txt"))
    assert (status, "rauman-taulukko" in out, "puuttuu.txt" in err) == (2, True, True)  # goes on past the bad one
    status, out, _ = run("remove", "rauman-taulukko")
    assert (status, "rauman-taulukko" in out) == (0, True)
    _, out, _ = run("documents", "--format", "json")
    assert len(json.loads(out)) == 5


def test_rebuild_mends_a_damaged_index(
    data_copy: Callable[[], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command that the message names: refused before, answered after; vectors that are whole are taken over."""
    folder = data_copy()
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(folder))
    (index,) = folder.glob("index/index-*")
    (index / "goals.sqlite").write_bytes(b"rikki" * 100)
    assert_refused(run("ask", CURATORS), "python -m assistant rebuild")
    status, out, err = run("rebuild")
    assert (status, out) == (0, "Hakemisto on rakennettu uudelleen.\n")
    assert "Rakennetaan" in err
    status, out, _ = run("ask", CURATORS)
    assert status == 0
    assert "670" in out


def test_bad_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that cannot be used is the user's to mend."""
    monkeypatch.setenv("ASSISTANT_PORT", "ovi")
    assert_refused(run("documents"), "ASSISTANT_PORT")


def test_data_folder_that_is_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback."""
    (tmp_path / "data").write_text("", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    assert_refused(run("documents"))


def test_closed_pipe(data_dir: Path) -> None:
    """`… | head -1` is no failure."""
    command = f"{sys.executable} -m assistant targets --format json | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment(ASSISTANT_DATA_DIR=str(data_dir)),
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[\n", "")
