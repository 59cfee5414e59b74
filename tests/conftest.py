"""The real assistant, built once a session in a folder of its own with the network shut."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, Settings

HOME = Path(__file__).resolve().parent.parent
SHUT = """
import os, socket

real, real_look_up = socket.socket.connect, socket.getaddrinfo

def refuse(what):
    with open(os.environ["REFUSED"], "a") as file:
        print(what, file=file)

def connect(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if self.family == socket.AF_UNIX or host in ("127.0.0.1", "::1", "localhost"):
        return real(self, address)
    refuse(address)
    raise OSError(101, "Network is unreachable")

def look_up(host, *rest, **named):
    if host not in ("127.0.0.1", "::1", "localhost"):
        refuse(host)
        raise socket.gaierror(-3, "no name service")
    return real_look_up(host, *rest, **named)

socket.socket.connect = socket.socket.connect_ex = connect
socket.getaddrinfo = look_up
"""
BUILD = """
import json, socket, sys
from pathlib import Path
from assistant import Assistant, Settings

said = []
assistant = Assistant.open(Settings(data_dir=Path(sys.argv[1])), report=said.append)
answer = assistant.ask("mikä on kuraattorimitoituksen tavoite?")
shut = socket.getaddrinfo.__name__ == "look_up"
print(json.dumps({"answer": answer.as_dict(), "said": said, "shut": shut}))
"""


def environment(**changes: str) -> dict[str, str]:
    """This process's environment without the project's settings, and with the project importable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return {**kept, "PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8", **changes}


@pytest.fixture(scope="session")
def offline_build(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A fresh data folder, built and asked where only loopback can be reached: what was said, and the folder.

    Python runs `sitecustomize` at the start of every process, of those that the build starts as well.
    """
    folder = tmp_path_factory.mktemp("assistant") / "data"
    shut = tmp_path_factory.mktemp("shut")
    (shut / "sitecustomize.py").write_text(SHUT)
    refused = shut / "refused"
    refused.touch()
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        env=environment(PYTHONPATH=os.pathsep.join([str(shut), str(HOME)]), REFUSED=str(refused)),
        cwd=folder.parent,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {**json.loads(done.stdout.splitlines()[-1]), "refused": refused.read_text(), "folder": folder}


@pytest.fixture(scope="session")
def data_dir(offline_build: dict[str, Any]) -> Path:
    """The data folder with the index of the shipped documents. Not to be changed: copy it."""
    folder: Path = offline_build["folder"]
    return folder


@pytest.fixture(scope="session")
def assistant(data_dir: Path) -> Iterator[Assistant]:
    """The real assistant over the shipped documents. Not to be changed: ask only."""
    yield Assistant.open(Settings(data_dir=data_dir), report=lambda _: None)


@pytest.fixture(scope="session")
def data_copy(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes copies of the data folder that may be changed; the model's files are shared, they are only read."""

    def copy() -> Path:
        folder = tmp_path_factory.mktemp("copy") / "data"
        shutil.copytree(data_dir, folder, ignore=shutil.ignore_patterns("model"))
        (folder / "model").symlink_to(data_dir / "model")
        return folder

    return copy
