"""The embedding model as ONNX graphs, for questions: the encoder, and the reader of a question and a passage together.

A question is encoded in a third of the time and without importing PyTorch: a command-line answer starts in two
seconds instead of eight. The graphs are made from the very sentence-transformers model that encodes the passages, with
what was learnt for each added, and the encoder is checked against the model when it is made.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.adapter import Adapter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

_ENCODER = "encoder.onnx"
_READER = "reader.onnx"
_WORDS = "words.npy"
_TOKENIZER = "tokenizer.json"
_MARK = "complete.json"
READ_TOKENS = 128  # of a question and a passage that are read together
_SLICE = 10_000  # rows saved at a time
GRAPH_FORMAT = 3  # raise when what this module writes changes
_LEAST_COSINE = 0.9995
_PROBES = ("query: mikä on tavoite?", "passage: Lähtötaso 687, tavoitetaso enintään 670 oppilasta")


def is_exported(folder: Path) -> bool:
    """Does the folder hold a whole graph?"""
    return (folder / _MARK).is_file()


def export(
    load: Callable[[], SentenceTransformer], folder: Path, encoder: Adapter | None, reader: Adapter | None
) -> None:
    """Write the transformer of the model that `load` gives as graphs with its tokenizer into `folder`, atomically.

    `encoder` changes it into the encoder of questions, `reader` its first layers into the reader of a question and a
    passage together. Raises ValueError where the encoder's vectors are not the model's (cosine of their vectors under
    0.9995).

    The model is loaded twice: one that was read from end to end, as the words are, keeps its whole file in memory.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder.parent))
    try:
        _save_words(load(), draft)
        gc.collect()  # a model's parts refer to each other in circles
        model = load()
        with encoder.merged_into(transformer_of(model)) if encoder else nullcontext():
            _write_encoder(model, draft, encoder)
            _check_encoder(model, draft)
        if reader:
            with reader.merged_into(transformer_of(model)):
                _write_reader(model, draft, reader)
        (draft / _MARK).write_text(json.dumps({"pooling": "mean"}), encoding="utf-8")
        draft.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def transformer_of(model: SentenceTransformer) -> Any:
    """The model's first module's transformer, whose name differs between versions of the library."""
    return getattr(model[0], "auto_model", None) or model[0].model


def _write_encoder(model: SentenceTransformer, folder: Path, adapter: Adapter | None) -> None:
    """The layers above the word embeddings, with each token's vector and how much it says."""
    import torch

    transformer = transformer_of(model)
    head, bias = (torch.from_numpy(adapter.head), adapter.bias) if adapter else (None, 0.0)

    class Encoder(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, words: torch.Tensor) -> Any:
            vectors = self.transformer(inputs_embeds=words).last_hidden_state
            says = vectors @ head + bias if adapter else torch.zeros_like(vectors[:, :, 0])
            return vectors, torch.nn.functional.softplus(says)

    of_tokens = {0: "batch", 1: "tokens"}
    _write_graph(Encoder(), transformer, folder / _ENCODER, {"token_vectors": of_tokens, "token_weights": of_tokens})


def _write_reader(model: SentenceTransformer, folder: Path, adapter: Adapter) -> None:
    """The changed first layers alone, and the score from the first token's vector and the mean of all; in 8 bits."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    transformer = transformer_of(model)

    class Reader(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, words: torch.Tensor) -> Any:
            vectors = self.transformer(inputs_embeds=words).last_hidden_state
            both = torch.cat([vectors[:, 0], vectors.mean(dim=1)], dim=1)
            return both @ torch.from_numpy(adapter.head) + adapter.bias

    every = transformer.encoder.layer
    transformer.encoder.layer = every[: adapter.layers]
    whole = folder / "whole.onnx"
    try:
        _write_graph(Reader(), transformer, whole, {"score": {0: "batch"}})
    finally:
        transformer.encoder.layer = every
    quantize_dynamic(str(whole), str(folder / _READER), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()


def _write_graph(module: Any, transformer: Any, path: Path, outputs: dict[str, dict[int, str]]) -> None:
    """The graph from words' embeddings [batch, tokens, dimensions] to the outputs, given with their free axes.

    The word embeddings are four fifths of the weights, and a question touches a dozen rows of them: an array beside the
    graph that is mapped into memory serves those without loading the rest.
    """
    import torch

    kept = transformer.config._attn_implementation
    transformer.set_attn_implementation("eager")  # the exporter cannot trace the fused one
    table = transformer.get_input_embeddings().weight
    try:
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                module.eval(),
                (table[torch.randint(5, 1000, (1, 11))],),
                str(path),
                dynamo=False,
                opset_version=17,
                input_names=["words"],
                output_names=list(outputs),
                dynamic_axes={"words": {0: "batch", 1: "tokens"}, **outputs},
            )
    finally:
        transformer.set_attn_implementation(kept)


def _save_words(model: SentenceTransformer, folder: Path) -> None:
    """The tokenizer, and the word embeddings in float16, whose error is a hundredth of that of their 4 bits."""
    import numpy as np

    model.tokenizer.backend_tokenizer.save(str(folder / _TOKENIZER))
    table = transformer_of(model).get_input_embeddings().weight.detach().numpy()
    saved = np.lib.format.open_memmap(folder / _WORDS, mode="w+", dtype=np.float16, shape=table.shape)
    for begin in range(0, len(table), _SLICE):
        saved[begin : begin + _SLICE] = table[begin : begin + _SLICE]
    saved.flush()


def _check_encoder(model: SentenceTransformer, folder: Path) -> None:
    import numpy as np

    graph = QueryGraph(folder, threads=1)
    for text in _PROBES:
        ours = graph.tokens(text).vectors.mean(axis=0)
        theirs = np.asarray(model.encode(text, show_progress_bar=False))
        cosine = float(ours @ theirs / (np.linalg.norm(ours) * np.linalg.norm(theirs)))
        if cosine < _LEAST_COSINE:
            raise ValueError(f"the exported graph differs from the model: cosine {cosine:.4f}")


@dataclass(frozen=True)
class Tokens:
    """Of each token the last layer's vector [tokens, dimensions], how much it says [tokens] and its characters."""

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    offsets: list[tuple[int, int]]


class QueryGraph:
    """The loaded graphs and their tokenizer. Thread-safe."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        import numpy as np
        from tokenizers import Tokenizer

        self._folder = folder
        self._threads = threads
        self.reads = (folder / _READER).is_file()  # was a reader exported?
        self._encoder = self._session(_ENCODER)
        self._words = np.load(folder / _WORDS, mmap_mode="r")
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.enable_truncation(max_length=512)
        self._tokenizer.no_padding()

    def tokens(self, text: str) -> Tokens:
        """The text's tokens, special ones included."""
        encoding = self._tokenizer.encode(text)
        vectors, weights = self._encoder.run(None, {"words": self._embedded(encoding.ids)})
        return Tokens(vectors[0], weights[0], encoding.offsets)

    def token_count(self, text: str) -> int:
        """How many tokens the text has without special tokens."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def reading(self, question: str, passage: str) -> float:
        """How surely the passage answers the question: logarithm of the odds, of which the first 128 tokens decide."""
        *asked, end = self._tokenizer.encode(question).ids
        asked = [*asked[: READ_TOKENS - 3], end]
        told = self._tokenizer.encode(passage, add_special_tokens=False).ids
        pair = [*asked, end, *told[: max(0, READ_TOKENS - len(asked) - 2)], end]
        (score,) = self._reader.run(None, {"words": self._embedded(pair)})
        return float(score[0])

    @cached_property
    def _reader(self) -> Any:
        return self._session(_READER)

    def _session(self, name: str) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to what comes next
        return onnxruntime.InferenceSession(str(self._folder / name), options, providers=["CPUExecutionProvider"])

    def _embedded(self, ids: list[int]) -> NDArray[np.float32]:
        import numpy as np

        found: NDArray[np.float32] = self._words[ids][None].astype(np.float32)
        return found
