"""The weights file's pieces, on bytes made by hand."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest

from index import e5_weights
from index.e5_weights import WeightsDamaged, materialise

SIZES = (4, 1, 2, 8, 3, 16, 2)  # hidden, layers, heads, feed-forward, vocabulary, positions, token types


def header() -> bytes:
    """Magic, version, seven sizes, epsilon, block size."""
    return struct.pack("<4sI7ifi", b"E5S1", 1, *SIZES, 0.5, 32)


def block(scale: float, nibbles: list[int]) -> bytes:
    """Thirty-two 4-bit weights: byte i holds weight i in its low half and weight 16 + i in its high half."""
    return struct.pack("<e", scale) + bytes(nibbles[at] | nibbles[16 + at] << 4 for at in range(16))


def test_unpacking_one_block() -> None:
    """weight = (nibble - 8) x scale."""
    nibbles = [*range(16), *range(15, -1, -1)]
    found = e5_weights._unpack_q4(block(0.5, nibbles), 32)
    assert found.tolist() == [(nibble - 8) * 0.5 for nibble in nibbles]
    assert found.tolist()[:3] == [-4.0, -3.5, -3.0]
    assert found.tolist()[16] == 3.5
    assert found.dtype == np.float32


def test_unpacking_blocks_with_their_own_scales() -> None:
    """Every block has its scale; weights past the last one wanted are dropped."""
    raw = block(1.0, [9] * 32) + block(-2.0, [10] * 32)
    found = e5_weights._unpack_q4(raw, 40)
    assert found.tolist() == [1.0] * 32 + [-4.0] * 8


def test_header() -> None:
    """Sizes in the file's order, and where the header ends."""
    found, offset = e5_weights._read_header(header())
    assert (found.hidden, found.layers, found.heads, found.feed_forward) == (4, 1, 2, 8)
    assert (found.vocabulary, found.positions, found.token_types, found.epsilon) == (3, 16, 2, 0.5)
    assert offset == len(header()) == 8 + 7 * 4 + 4 + 4


def test_header_of_another_file() -> None:
    """Another format is refused by name."""
    with pytest.raises(ValueError, match="PK"):
        e5_weights._read_header(b"PK\x03\x04" + bytes(60))


def test_tokenizer() -> None:
    """Pieces are cut at their offsets; the normalisation map is stepped over."""
    pieces = ["<s>", "\u2581ä", "ö"]
    blob = "".join(pieces).encode()
    starts = [0, 3, 3 + len("\u2581ä".encode()), len(blob)]
    raw = (
        struct.pack("<5iQ4I3f", 3, 0, 2, 1, 3, len(blob), *starts, 0.0, -1.5, -2.5)
        + blob
        + struct.pack("<iI", 1, 9)
        + bytes(9)
    )
    found, offset = e5_weights._read_tokenizer(b"xx" + raw + b"rest", 2)
    assert found == {"vocab": [("<s>", 0.0), ("\u2581ä", -1.5), ("ö", -2.5)], "bos": 0, "eos": 2, "pad": 1, "unk": 3}
    assert offset == 2 + len(raw)


def test_tensors() -> None:
    """Full floats and 4-bit blocks told apart by their length; matrices in the shape of their part."""
    head, _ = e5_weights._read_header(header())
    bias = np.arange(4, dtype="<f4")
    matrix = block(1.0, [8 + at % 4 for at in range(32)])
    entries = [(b"l0.q.b", 4, bias.tobytes()), (b"l0.fi.w", 32, matrix)]
    size = 4 + sum(2 + len(name) + struct.calcsize("<BIQQ") for name, _, _ in entries)
    directory, data = struct.pack("<i", len(entries)), b""
    for name, elements, raw in entries:
        directory += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", 0, elements, size + len(data), len(raw))
        data += raw
    found = e5_weights._read_tensors(directory + data, 0, head)
    assert found["l0.q.b"].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert found["l0.fi.w"].tolist() == [[0.0, 1.0, 2.0, 3.0]] * 8


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("emb.word", "embeddings.word_embeddings.weight"),
        ("emb.ln.b", "embeddings.LayerNorm.bias"),
        ("l3.ao.w", "encoder.layer.3.attention.output.dense.weight"),
        ("l11.oln.b", "encoder.layer.11.output.LayerNorm.bias"),
    ],
)
def test_names(ours: str, theirs: str) -> None:
    """Names as transformers has them."""
    assert e5_weights._transformers_name(ours) == theirs


def test_strange_weights_are_refused(tmp_path: Path) -> None:
    """A file with another hash is not read, and nothing is left in the cache."""
    weights = tmp_path / "weights.bin"
    weights.write_bytes(header())
    with pytest.raises(WeightsDamaged, match="force-reinstall"):
        materialise(weights, tmp_path / "cache", lambda _: None)
    assert not (tmp_path / "cache").exists()


def test_packaged_weights_are_the_ones_we_read() -> None:
    """The pip package holds the file whose hash the module names."""
    path = e5_weights.packaged_weights()
    assert path is not None
    assert hashlib.sha256(path.read_bytes()).hexdigest() == e5_weights.PACKAGE_FILE_SHA256


def test_crash_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted conversion leaves nothing that looks complete."""
    weights = tmp_path / "weights.bin"
    weights.write_bytes(header())
    monkeypatch.setattr(e5_weights, "PACKAGE_FILE_SHA256", hashlib.sha256(header()).hexdigest())
    with pytest.raises(struct.error):
        materialise(weights, tmp_path / "cache", lambda _: None)
    assert list((tmp_path / "cache").iterdir()) == []
