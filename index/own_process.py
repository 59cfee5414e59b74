"""Work that takes much memory, done by a module of ours in a process of its own: what it took is given back."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable

from corpus.errors import StrategyError

_START = (  # finds what this process finds
    "import json, runpy, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "sys.argv = sys.argv[2:]; runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
)
REFUSED = 2  # exit status of a module that says on standard error why it could not


def run_module(module: str, arguments: list[str], report: Callable[[str], None]) -> None:
    """Run `python -m module`; each line that it prints is reported as it comes.

    Raises StrategyError with what it says where it ends with REFUSED, RuntimeError with its traceback where it fails.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        command = [sys.executable, "-X", "utf8", "-c", _START, json.dumps(sys.path), module, *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8") as process:
            for line in process.stdout or ():
                report(line.rstrip("\n"))
        errors.seek(0)
        said = errors.read().strip()
    if process.returncode == REFUSED:
        raise StrategyError(said.rpartition("\n")[2])
    if process.returncode:
        raise RuntimeError(f"{module} ended with {process.returncode}:\n{said}")
