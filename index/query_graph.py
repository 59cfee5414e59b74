"""The embedding model as an ONNX graph, for questions.

A question is encoded in a third of the time and without importing PyTorch: a command-line answer starts in two
seconds instead of eight. The graph is made from the very sentence-transformers model that encodes the passages, with
what the question encoder has learnt added, and is checked against the model when it is made.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.adapter import Adapter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

_GRAPH = "encoder.onnx"
_WORDS = "words.npy"
_TOKENIZER = "tokenizer.json"
_MARK = "complete.json"
_SLICE = 10_000  # rows saved at a time
_OUTPUTS = ("token_vectors", "token_weights")
GRAPH_FORMAT = 2  # raise when what this module writes changes
_LEAST_COSINE = 0.9995
_PROBES = ("query: mikä on tavoite?", "passage: Lähtötaso 687, tavoitetaso enintään 670 oppilasta")


def is_exported(folder: Path) -> bool:
    """Does the folder hold a whole graph?"""
    return (folder / _MARK).is_file()


def export(model: SentenceTransformer, folder: Path, adapter: Adapter | None = None) -> None:
    """Write the model's transformer as a graph with its tokenizer into `folder`, atomically.

    With an adapter its changes are in the graph; the model stays as it was. Raises ValueError where the graph's vectors
    are not the model's (cosine under 0.9995).
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder.parent))
    try:
        with adapter.merged_into(transformer_of(model)) if adapter else nullcontext():
            _write_graph(model, draft, adapter)
            model.tokenizer.backend_tokenizer.save(str(draft / _TOKENIZER))
            (draft / _MARK).write_text(json.dumps({"pooling": "mean"}), encoding="utf-8")
            _check(model, draft)
        draft.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def transformer_of(model: SentenceTransformer) -> Any:
    """The model's first module's transformer, whose name differs between versions of the library."""
    return getattr(model[0], "auto_model", None) or model[0].model


def _write_graph(model: SentenceTransformer, folder: Path, adapter: Adapter | None) -> None:
    """The layers above the word embeddings as a graph; the word embeddings as an array beside it.

    The word embeddings are four fifths of the weights, and a question touches a dozen rows of them: an array that is
    mapped into memory serves those without loading the rest.
    """
    import torch

    class Encoder(torch.nn.Module):  # type: ignore[misc]
        def __init__(self, transformer: Any) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, words: torch.Tensor) -> Any:
            vectors = self.transformer(inputs_embeds=words).last_hidden_state
            says = vectors @ head + bias if adapter else torch.zeros_like(vectors[:, :, 0])
            return vectors, torch.nn.functional.softplus(says)

    head, bias = (torch.from_numpy(adapter.head), adapter.bias) if adapter else (None, 0.0)
    transformer = transformer_of(model)
    kept = transformer.config._attn_implementation
    transformer.set_attn_implementation("eager")  # the exporter cannot trace the fused one
    table = transformer.get_input_embeddings().weight
    _save_halved(table.detach().numpy(), folder / _WORDS)
    try:
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Encoder(transformer).eval(),
                (table[torch.randint(5, 1000, (1, 11))],),
                str(folder / _GRAPH),
                dynamo=False,
                opset_version=17,
                input_names=["words"],
                output_names=list(_OUTPUTS),
                dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("words", *_OUTPUTS)},
            )
    finally:
        transformer.set_attn_implementation(kept)


def _save_halved(table: NDArray[np.float32], path: Path) -> None:
    """Save as float16, whose error is a hundredth of the 4 bits' that the table comes from, slice by slice."""
    import numpy as np

    saved = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=table.shape)
    for begin in range(0, len(table), _SLICE):
        saved[begin : begin + _SLICE] = table[begin : begin + _SLICE]
    saved.flush()


def _check(model: SentenceTransformer, folder: Path) -> None:
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
    """The loaded graph and its tokenizer. Thread-safe."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        import numpy as np
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to what comes next
        self._session = onnxruntime.InferenceSession(str(folder / _GRAPH), options, providers=["CPUExecutionProvider"])
        self._words = np.load(folder / _WORDS, mmap_mode="r")
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.enable_truncation(max_length=512)
        self._tokenizer.no_padding()

    def tokens(self, text: str) -> Tokens:
        """The text's tokens, special ones included."""
        import numpy as np

        encoding = self._tokenizer.encode(text)
        vectors, weights = self._session.run(None, {"words": self._words[encoding.ids][None].astype(np.float32)})
        return Tokens(vectors[0], weights[0], encoding.offsets)

    def token_count(self, text: str) -> int:
        """How many tokens the text has without special tokens."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)
