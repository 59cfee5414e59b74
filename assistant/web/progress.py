"""What a long piece of work reports, for the terminal and for the page that waits for it."""

from __future__ import annotations


class Progress:
    """Takes lines as the assistant reports them; `line` is the latest."""

    def __init__(self) -> None:
        self.line = ""

    def __call__(self, line: str) -> None:
        """Print the line and keep it."""
        self.line = line
        print(line, flush=True)
