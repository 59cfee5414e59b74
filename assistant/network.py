"""A small network: how features become a score.

A linear layer and beside it one hidden layer of rectified units: score = w·x + v·max(0, Hx + b) + c, where x are the
features by their mean and spread. The linear layer says what speaks for a passage, the hidden one when it does: a
progress sentence answers "miten on edennyt" and not "mikä on tavoite". Trained in evals/fit.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

RANK = Path(__file__).with_name("rank.npz")
DECIDE = Path(__file__).with_name("decide.npz")
FARTHEST = 6.0  # spreads from the mean: what is farther counts as so far, for it was hardly seen in training


@dataclass(frozen=True)
class Network:
    """The network's weights; `hidden` is [inputs, units], the other arrays [inputs] or [units]."""

    names: tuple[str, ...]
    mean: Array
    spread: Array
    linear: Array
    hidden: Array
    hidden_bias: Array
    output: Array
    bias: float

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """A score for each row of features [rows, inputs], the inputs in `names`' order."""
        import numpy as np

        inputs = np.clip((rows - self.mean) / self.spread, -FARTHEST, FARTHEST)
        units = np.maximum(inputs @ self.hidden + self.hidden_bias, 0.0)
        found: NDArray[np.float64] = inputs @ self.linear + units @ self.output + self.bias
        return found


def write_network(network: Network, path: Path) -> None:
    """Save as float32."""
    import numpy as np

    body: dict[str, Any] = {
        entry.name: np.array(value) if entry.name == "names" else np.asarray(value, dtype=np.float32)
        for entry in fields(network)
        for value in [getattr(network, entry.name)]
    }
    np.savez_compressed(path, **body)


@cache
def read_network(path: Path, names: Sequence[str]) -> Network:
    """What `write_network` saved. Raises ValueError where it was trained on other features than `names`."""
    import numpy as np

    with np.load(path) as body:
        found = {name: body[name] for name in body.files}
    trained = tuple(map(str, found.pop("names")))
    if trained != tuple(names):
        raise ValueError(f"{path.name} was trained on other features: run python -m evals.fit --write")
    return Network(names=trained, bias=float(found.pop("bias")), **found)
