"""A step of the model's preparation: `python -m index.prepare unpack|make_graph CACHE ADAPTER [MODEL]`.

Run by index/embedder.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.errors import StrategyError
from index.embedder import SentenceEmbedder
from index.own_process import REFUSED


def main() -> int:
    """0: the step is done; REFUSED: it cannot be, with one Finnish line on standard error."""
    step, cache, adapter, *names = sys.argv[1:]

    def report(line: str) -> None:
        print(line, flush=True)

    try:
        embedder = SentenceEmbedder(names[0] if names else None, Path(cache), report, Path(adapter))
        if step == "unpack":
            embedder.unpack()
        else:
            embedder.make_graph()
    except StrategyError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
