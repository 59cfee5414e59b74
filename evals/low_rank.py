"""Low-rank changes of a transformer's linear layers, to be learnt (LoRA, Hu et al. 2021)."""

from __future__ import annotations

import math
from typing import Any

_LAYERS = ("query", "key", "value", "dense")


def insert_changes(transformer: Any, rank: int, dropout: float) -> dict[str, Any]:
    """Put a change beside every linear layer, nothing at first, and freeze the rest; the changes by module name.

    Each has the parameters `down` [rank, in] and `up` [out, rank], and a `strength` that scales what it adds.
    """
    for parameter in transformer.parameters():
        parameter.requires_grad_(False)
    found = {}
    for name, module in list(transformer.named_modules()):
        place, _, own = name.rpartition(".")
        if name.startswith("encoder.layer") and own in _LAYERS:
            found[name] = _changed(module, rank, dropout)
            setattr(transformer.get_submodule(place), own, found[name])
    return found


def _changed(linear: Any, rank: int, dropout: float) -> Any:
    import torch

    class Changed(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.linear = linear
            self.down = torch.nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
            self.up = torch.nn.Parameter(torch.zeros(linear.out_features, rank))
            self.dropout = torch.nn.Dropout(dropout) if dropout else torch.nn.Identity()
            self.strength = 1.0

        def forward(self, inputs: torch.Tensor) -> torch.Tensor:
            return self.linear(inputs) + self.strength * (self.dropout(inputs) @ self.down.T @ self.up.T)

    return Changed()
