"""Starts the web app: python app.py"""

from __future__ import annotations

import sys

from assistant import Assistant, Settings
from assistant.web.app import serve
from assistant.web.progress import Progress
from corpus.errors import StrategyError


def main() -> int:
    """Open the assistant and serve until interrupted; 2 where the user must mend something first."""
    try:
        settings = Settings.from_env()
        progress = Progress()
        assistant = Assistant.open(settings, report=progress)
        assistant.ask("mikä on tavoite?")  # loads what the first question loads, so that no user waits for it
        serve(assistant, settings, progress)
    except StrategyError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
