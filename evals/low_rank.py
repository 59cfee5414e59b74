"""Low-rank changes of a transformer's linear layers, and how they are learnt (LoRA, Hu et al. 2021)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import torch

    from index.adapter import Matrix

Batch = TypeVar("Batch")
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


@dataclass(frozen=True)
class Course:
    """How to learn: times through all batches, batches each time, the highest rate and the share of steps up to it."""

    epochs: int
    batches: int
    rate: float
    warm_up: float
    decay: float = 0.0


def learn(
    course: Course,
    changes: Mapping[str, Any],
    head: torch.nn.Linear,
    batches: Callable[[int], Iterable[Batch]],
    loss: Callable[[Batch], torch.Tensor],
) -> None:
    """Change `changes` and `head` by the loss of each of the batches, which `batches` gives for each epoch's number."""
    import torch

    weights = [weight for change in changes.values() for weight in (change.down, change.up)]
    weights += list(head.parameters())
    steps = course.epochs * course.batches
    optimizer = torch.optim.AdamW(weights, lr=course.rate, weight_decay=course.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, course.rate, total_steps=steps, pct_start=course.warm_up)
    for epoch in range(course.epochs):
        for number, batch in enumerate(batches(epoch), start=1):
            value = loss(batch)
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            print(f"\repoch {epoch + 1}, batch {number}: loss {value.item():.2f}", end="", flush=True)
        print()


def learnt(changes: Mapping[str, Any], strength: float = 1.0) -> dict[str, tuple[Matrix, Matrix]]:
    """The changes as an Adapter has them, at a part of their strength."""
    return {
        name: (change.down.detach().numpy(), strength * change.up.detach().numpy()) for name, change in changes.items()
    }
