"""What was learnt from questions of our own about the shipped documents: low-rank changes of the model's weights.

ENCODER changes it into the encoder of questions, its head says how much each token says (evals/adapt.py): at a part of
its full strength so that questions about other texts fare no worse (weight interpolation, Wortsman et al. 2022).
READER changes its first layers into the reader of a question and a passage together, its head scores them
(cross-encoder, Nogueira & Cho 2019; evals/read.py). The changes are of low rank (LoRA, Hu et al. 2021); figures are in
evals/EXPERIMENTS.md. Passages and their index do not change with either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

ENCODER = Path(__file__).with_name("question_adapter.npz")  # both are for multilingual-e5-small
READER = Path(__file__).with_name("reader_adapter.npz")
_DOWN, _UP, _HEAD, _BIAS = ".down", ".up", "token_weight", "token_weight_bias"


@dataclass(frozen=True)
class Adapter:
    """Changes by module name: weight [out, in] += up [out, rank] @ down [rank, in].

    ENCODER: a token's weight is softplus(head · vector + bias), the vector being the last layer's, of any length.
    READER: the score is head · (vector of the first token, mean of all) + bias; the layers above its last are left out.
    """

    changes: dict[str, tuple[Matrix, Matrix]]
    head: Matrix
    bias: float

    @property
    def layers(self) -> int:
        """How many layers are changed, from the first on."""
        return 1 + max(int(name.split(".")[2]) for name in self.changes)

    @contextmanager
    def merged_into(self, transformer: Any) -> Iterator[None]:
        """Add the changes to the transformer's weights for the time of the block; they are exactly restored after."""
        import torch

        kept = {}
        with torch.no_grad():
            for name, (down, up) in self.changes.items():
                weight = transformer.get_submodule(name).weight
                kept[name] = weight.detach().clone()
                weight += torch.from_numpy(up @ down)
        try:
            yield
        finally:
            with torch.no_grad():
                for name, before in kept.items():
                    transformer.get_submodule(name).weight.copy_(before)


def write_adapter(adapter: Adapter, path: Path) -> None:
    """Save as float16."""
    import numpy as np

    body = {_HEAD: adapter.head, _BIAS: np.float32(adapter.bias)}
    for name, (down, up) in adapter.changes.items():
        body[name + _DOWN], body[name + _UP] = down, up
    halved: dict[str, Any] = {name: np.asarray(value, dtype=np.float16) for name, value in body.items()}
    np.savez_compressed(path, **halved)


def read_adapter(path: Path) -> Adapter:
    """What `write_adapter` saved."""
    import numpy as np

    with np.load(path) as body:
        found = {name: body[name].astype(np.float32) for name in body.files}
    names = [name.removesuffix(_DOWN) for name in found if name.endswith(_DOWN)]
    changes = {name: (found[name + _DOWN], found[name + _UP]) for name in names}
    return Adapter(changes, found[_HEAD], float(found[_BIAS]))


@cache
def adapter_mark(path: Path) -> str:
    """What tells this adapter from any other."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
