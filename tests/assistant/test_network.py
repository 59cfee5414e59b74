"""A network whose scores can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.chance import decision_features
from assistant.evidence import Evidence
from assistant.features import FEATURES
from assistant.network import DECIDE, FARTHEST, RANK, Network, read_network, write_network


def small() -> Network:
    """Two inputs, one unit that is on where the second is above its mean."""

    def row(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return np.array(values, dtype=np.float32)

    return Network(
        names=("one", "two"),
        mean=row(1, 2),
        spread=row(2, 1),
        linear=row(3, 0),
        hidden=row(0, 10).reshape(2, 1),
        hidden_bias=row(0),
        output=row(0.5),
        bias=7.0,
    )


@pytest.mark.parametrize(
    ("one", "two", "score"),
    [
        (1, 2, 7.0),  # both at their mean: the bias alone
        (3, 2, 7.0 + 3 * 1),  # one spread above the mean: the linear weight once
        (1, 3, 7.0 + 0.5 * 10 * 1),  # the unit is on
        (1, 1, 7.0),  # and off below the mean
        (1001, 2, 7.0 + 3 * FARTHEST),  # so far counts as six spreads
    ],
)
def test_score(one: float, two: float, score: float) -> None:
    assert small().scores(np.array([[one, two]])) == pytest.approx([score])


def test_rows_are_scored_each_by_itself() -> None:
    rows = np.array([[1.0, 2.0], [3.0, 2.0]])
    assert small().scores(rows) == pytest.approx([7.0, 10.0])


def test_written_and_read_back(tmp_path: Path) -> None:
    write_network(small(), tmp_path / "small.npz")
    back = read_network(tmp_path / "small.npz", ("one", "two"))
    assert back.scores(np.array([[3.0, 3.0]])) == pytest.approx(small().scores(np.array([[3.0, 3.0]])))


def test_other_features_than_trained_on_are_refused(tmp_path: Path) -> None:
    write_network(small(), tmp_path / "small.npz")
    with pytest.raises(ValueError, match="other features"):
        read_network(tmp_path / "small.npz", ("one", "three"))


def test_the_packaged_networks_fit_the_features() -> None:
    assert read_network(RANK, FEATURES).linear.shape == (len(FEATURES),)
    assert read_network(DECIDE, _names_of_decision()).linear.shape == (len(_names_of_decision()),)


def _names_of_decision() -> tuple[str, ...]:
    from assistant.question import Understanding
    from index.passages import Kind, Passage

    passage = Passage("a#0", "a", Kind.TEXT, "text", "x", "", ())
    evidence = [Evidence(0, passage, (), (0.0,) * len(FEATURES), 0.0)]
    return tuple(decision_features(evidence, Understanding((), ()).understand("mikä se on"), [0.0]))
