"""Passage vectors in Chroma. The only module that imports chromadb and llama-index."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.late import Stored
from index.passages import Passage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as Passages

_BATCH = 1000
# Of so many nearest neighbours the best are taken. With Chroma's own 100 the approximate search found other passages
# from one start of the program to the next; an answer must not depend on that.
_THOROUGH: Any = {"ef_search": 800, "ef_construction": 200, "max_neighbors": 32}


def _client(folder: Path, url: str | None) -> ClientAPI:
    """An embedded Chroma in the folder, or the server at the URL. Telemetry is off either way."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "localhost", port=parts.port or (443 if secure else 8000), ssl=secure, settings=settings
    )


def write_store(
    folder: Path,
    url: str | None,
    name: str,
    passages: Sequence[Passage],
    entries: Sequence[Stored],
    facts: Callable[[Passage], dict[str, str | int]],
) -> None:
    """Put the passages into a new collection as llama-index nodes with their vectors and metadata."""
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = _client(folder, url)
    if any(existing.name == name for existing in client.list_collections()):
        client.delete_collection(name)
    collection = client.create_collection(name, configuration={"hnsw": {"space": "cosine", **_THOROUGH}})
    store = ChromaVectorStore(chroma_collection=collection)
    for begin in range(0, len(passages), _BATCH):
        store.add(
            [
                TextNode(
                    id_=passage.id, text=passage.searched, embedding=entry.vector.tolist(), metadata=facts(passage)
                )
                for passage, entry in zip(
                    passages[begin : begin + _BATCH], entries[begin : begin + _BATCH], strict=True
                )
            ]
        )
    _close(client, url)


def _close(client: Any, url: str | None) -> None:
    """Let an embedded Chroma flush and free its files, so that the folder can be renamed."""
    if url is None:
        client.close()


class Store:
    """An open collection."""

    def __init__(self, folder: Path, url: str | None, name: str) -> None:
        self._client = _client(folder, url)
        self._url = url
        self._collection: Passages = self._client.get_collection(name)

    def count(self) -> int:
        """How many passages the collection holds."""
        return int(self._collection.count())

    def nearest(self, vector: Any, k: int, where: Any = None) -> list[tuple[str, float]]:
        """Ids of the k nearest passages that meet Chroma's `where`, and their cosine similarity, best first."""
        found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"], where=where)
        distances = found["distances"] or [[]]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def close(self) -> None:
        """Free the files of an embedded Chroma."""
        _close(self._client, self._url)
