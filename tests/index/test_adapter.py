"""The question encoder's low-rank changes, on weights that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from index.adapter import ENCODER, READER, Adapter, read_adapter, write_adapter


class Model(torch.nn.Module):  # type: ignore[misc]
    """One linear layer of two inputs and two outputs, all weights 1."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(2, 2, bias=False)
        torch.nn.init.ones_(self.layer.weight)


def small() -> Adapter:
    """Adds 2 × 3 to the weight from input 1 to output 0."""
    down, up = np.array([[0, 3]], np.float32), np.array([[2], [0]], np.float32)
    return Adapter({"layer": (down, up)}, np.array([0.5, 0.25], np.float32), 0.5)


def test_changes_are_added_for_the_time_of_the_block() -> None:
    """weight += up @ down inside, exactly as before after it."""
    model = Model()
    with small().merged_into(model):
        assert model.layer.weight.tolist() == [[1, 7], [1, 1]]
    assert model.layer.weight.tolist() == [[1, 1], [1, 1]]


def test_weights_come_back_after_an_error() -> None:
    """An export that fails leaves the model of the passages as it was."""
    model = Model()
    with pytest.raises(ZeroDivisionError), small().merged_into(model):
        _ = 1 / 0
    assert model.layer.weight.tolist() == [[1, 1], [1, 1]]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Figures that float16 holds come back unchanged."""
    write_adapter(small(), tmp_path / "adapter.npz")
    back = read_adapter(tmp_path / "adapter.npz")
    assert back.head.tolist() == [0.5, 0.25]
    assert back.bias == 0.5
    assert [matrix.tolist() for matrix in back.changes["layer"]] == [[[0, 3]], [[2], [0]]]


def test_the_packaged_one_fits_the_model() -> None:
    """Every linear layer of the twelve is changed, and by little: the encoder stays what it was."""
    adapter = read_adapter(ENCODER)
    assert len(adapter.changes) == 12 * 6
    assert adapter.head.shape == (384,)
    for down, up in adapter.changes.values():
        assert down.shape[0] == up.shape[1] == 8
        assert np.linalg.norm(up @ down) < 10


def test_the_reader_fits_the_first_layers() -> None:
    """Every linear layer of the first six is changed; the head takes two vectors."""
    adapter = read_adapter(READER)
    assert adapter.layers == 6
    assert len(adapter.changes) == 6 * 6
    assert adapter.head.shape == (2 * 384,)
