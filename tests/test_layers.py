"""The arrows of the house, read from the imports; and that no code knows the shipped documents."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from corpus.finnish import compound_parts, lemmas, words
from corpus.library import MANIFEST, SHIPPED

HOME = Path(__file__).resolve().parent.parent
ROOMS = ("corpus", "index", "assistant", "evals", "app")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"index", "corpus"},
    "assistant": {"assistant", "index", "corpus"},
    "evals": {"evals", "assistant", "index", "corpus"},
    "app": {"assistant", "corpus"},  # corpus for the base of all errors
}
ONLY_IN = {
    "gradio": ("assistant/web/", "app.py"),
    "chromadb": ("index/store.py", "evals/"),
    "llama_index": ("index/store.py", "evals/"),
    "sentence_transformers": ("index/embedder.py", "index/e5_weights.py", "index/query_graph.py", "evals/"),
    "torch": ("index/adapter.py", "index/embedder.py", "index/e5_weights.py", "index/query_graph.py", "evals/"),
    "transformers": ("index/embedder.py", "index/e5_weights.py", "index/query_graph.py", "evals/"),
    "onnxruntime": ("index/query_graph.py",),
    "bm25s": ("index/words.py", "evals/"),
    "pyvoikko": ("corpus/finnish.py",),
    "sqlite3": ("index/goal_table.py",),
}
HEAVY = (
    "numpy",
    "torch",
    "chromadb",
    "llama_index",
    "sentence_transformers",
    "transformers",
    "onnxruntime",
    "bm25s",
    "pyvoikko",
    "rapidfuzz",
    "tokenizers",
    "scipy",
    "sklearn",
    "gradio",
)
# Stems of what the shipped documents are about: none belongs into code.
FOREIGN = frozenset(
    "kuraattori psykologi auditoida auditointi kouluterveyskysely seurafoorumi uimataito satakunta kuntoliikunta"
    " liikkumisohjelma mielenterveyspoissaolo palkkavirhe museokävijä kirjastokäynti sertifikaatti".split()
)


def sources() -> list[Path]:
    """Every Python file of the rooms."""
    return [HOME / "app.py", *(path for room in ROOMS for path in sorted((HOME / room).rglob("*.py")))]


def name(path: Path) -> str:
    """The path from the repository's root."""
    return path.relative_to(HOME).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The parsed source."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; relative ones are not used in this house."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "relative import"
        return [node.module or ""]
    return []


def imports(path: Path) -> set[str]:
    """The top names of all that the file imports, inside functions too."""
    return {module.split(".")[0] for node in ast.walk(tree(path)) for module in imported(node)}


def runtime_top_level(body: list[ast.stmt]) -> Iterator[str]:
    """What is imported when the module is: functions and TYPE_CHECKING blocks left out."""
    for node in body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from runtime_top_level([child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)])
        yield from imported(node)


def test_there_is_something_to_check() -> None:
    """The rooms are where the map says."""
    assert {name(path).split("/")[0].removesuffix(".py") for path in sources()} == set(ROOMS)
    assert "numpy" in imports(HOME / "index" / "late.py")


@pytest.mark.parametrize("path", sources(), ids=name)
def test_arrows_point_down(path: Path) -> None:
    """A room imports itself and the rooms under it."""
    room = name(path).split("/")[0].removesuffix(".py")
    assert (imports(path) & set(ROOMS)) <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", sources(), ids=name)
def test_library_has_its_room(path: Path) -> None:
    """A heavy library is known in one place."""
    for library in imports(path) & set(ONLY_IN):
        assert name(path).startswith(ONLY_IN[library]), f"{name(path)} imports {library}"


@pytest.mark.parametrize("path", [path for path in sources() if not name(path).startswith("evals")], ids=name)
def test_heavy_imports_wait(path: Path) -> None:
    """What takes time to import is imported in the function that needs it; the web rooms may know gradio."""
    heavy = {module.split(".")[0] for module in runtime_top_level(tree(path).body)} & set(HEAVY)
    assert heavy <= ({"gradio"} if name(path).startswith("assistant/web/") else set())


@pytest.mark.parametrize("path", [path for path in sources() if name(path).startswith(("corpus", "index"))], ids=name)
def test_lower_rooms_take_plain_arguments(path: Path) -> None:
    """No lower room reads the environment (libraries' own switches may be set)."""
    read = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    ]
    switches = [
        node.func.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setdefault"
    ]
    assert all(node in switches for node in read)


def strings(path: Path) -> Iterator[str]:
    """String constants of the file but for docstrings and the examples that messages give."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            example = "esimerk" in node.value.lower()
            if not example:
                yield node.value


def subject(text: str) -> set[str]:
    """The lemmas and compound parts of a text's words."""
    return {term for word in words(text) for term in (*lemmas(word), *compound_parts(word))}


def identifiers(path: Path) -> set[str]:
    """Names in the code, taken apart at underscores."""
    found = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    return {piece.lower() for one in found for piece in one.split("_")}


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sources()
        if name(path).startswith(("corpus", "index", "assistant")) and name(path) != "assistant/web/examples.py"
    ],
    ids=name,
)
def test_code_does_not_know_the_documents(path: Path) -> None:
    """No municipality and no indicator of the shipped documents stands in code."""
    manifest = json.loads((SHIPPED / MANIFEST).read_text(encoding="utf-8"))["documents"]
    municipalities = {entry["municipality"].lower() for entry in manifest if entry["municipality"]}
    ids = {entry["id"] for entry in manifest}
    known = {term for text in strings(path) for term in subject(text)} | identifiers(path)
    assert not known & (FOREIGN | municipalities)
    assert not ids & set(strings(path))


def test_the_subject_is_found_in_inflected_words() -> None:
    """The check above can fail."""
    assert subject("Kuraattorimitoituksen tavoite Porissa") & FOREIGN == {"kuraattori"}
    assert "pori" in subject("porin tavoite")
