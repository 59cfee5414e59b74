"""Building with a fake model: atomic, incremental, and clear about what is wrong with an index."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.finnish import terms
from corpus.model import Document, Facts
from index import build as build_module
from index.build import DamagedIndex, DataFolderUnusable, IndexMismatch, build, current, fingerprint, read_manifest
from index.index import Index, Scope
from tests import made
from tests.fakes import Crash, FakeEmbedder

FORM = Document(Facts("lammi", "Lammin tavoitteet", "Lammin kaupunki", "Lammi", None, "Q1/2031"), made.FORM)
COLUMNS = Document(Facts("aalto", "Aallon taulukko", "Aallon kaupunki", "Aalto", None, "2027"), made.COLUMNS)


def quiet(_done: int, _all: int) -> None:
    """Progress that nobody watches."""


def built(root: Path, *documents: Document, embedder: FakeEmbedder | None = None) -> FakeEmbedder:
    """Build an index of the documents; the embedder that was used."""
    embedder = embedder or FakeEmbedder()
    build(root, documents or (FORM,), embedder, quiet)
    return embedder


def opened(root: Path, model: str = "fake-1") -> Index:
    """The current index."""
    folder = current(root)
    assert folder is not None
    return Index(folder, model)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with an index of the form."""
    built(tmp_path / "index")
    return tmp_path / "index"


def test_what_an_index_holds(root: Path) -> None:
    """Documents, rows and passages, and a report of what was read."""
    index = opened(root)
    assert index.documents["lammi"] == FORM
    assert [row.goal.indicator.text for row in index.rows][2] == "Tarkastettujen leikkipaikkojen osuus"
    (report,) = index.manifest.documents
    assert (report.id, report.layout, report.goals, report.uncovered) == ("lammi", "form", 3, 0)
    assert report.passages == len(index.passages) == index.store.count()
    assert index.goal("lammi", 1).target.text == "Enintään 12 %"
    index.close()


def test_rows_of_a_passage(root: Path) -> None:
    """A passage leads to its rows."""
    index = opened(root)
    shared = next(passage for passage in index.passages if passage.text == "Putkia on uusittu 1,7 km.")
    assert [row.goal.number for row in index.rows_of(shared)] == ["1", "2"]
    index.close()


def test_search_by_words_and_vectors(tmp_path: Path) -> None:
    """The passage that holds the question's words is first, with its scores."""
    built(tmp_path, FORM, COLUMNS)
    index = opened(tmp_path)
    question = FakeEmbedder().encode_query("Vuotovesien osuus")
    hits = index.search(question, ["vuotovesi", "osuus"], 5)
    best = index.passages[hits[0].number]
    assert "Vuotovesien osuus" in best.text
    assert hits[0].words == max(hit.words for hit in hits)
    assert [hit.fused for hit in hits] == sorted((hit.fused for hit in hits), reverse=True)
    index.close()


def test_search_narrowed(tmp_path: Path) -> None:
    """Another document's passages are not found however well they fit, nor do they crowd out this one's."""
    built(tmp_path, FORM, COLUMNS)
    index = opened(tmp_path)
    hits = index.search(FakeEmbedder().encode_query("Vuotovesien osuus"), ["vuotovesi"], 1, Scope(frozenset({"aalto"})))
    assert [index.passages[hit.number].document for hit in hits] == ["aalto"]
    index.close()


def test_search_within_a_unit(tmp_path: Path) -> None:
    """A part of the unit's name is enough; with a document that has no such unit nothing is found."""
    built(tmp_path, FORM, COLUMNS)
    index = opened(tmp_path)
    unit = next(passage.unit for passage in index.passages if passage.unit)
    question = FakeEmbedder().encode_query("Vuotovesien osuus")
    hits = index.search(question, ["vuotovesi"], len(index.passages), Scope(unit=unit[1:].upper()))
    assert {index.passages[hit.number].unit for hit in hits} == {unit}
    other = next(id_ for id_ in index.documents if not any(p.unit == unit for p in index.passages if p.document == id_))
    assert index.search(question, ["vuotovesi"], 5, Scope(frozenset({other}), unit)) == []
    index.close()


def test_headings_are_not_found(tmp_path: Path) -> None:
    """Whatever is asked, and however many are wanted."""
    built(tmp_path, FORM, COLUMNS)
    index = opened(tmp_path)
    headings = [passage for passage in index.passages if passage.field == "heading"]
    assert headings
    for heading in headings:
        hits = index.search(FakeEmbedder().encode_query(heading.text), terms(heading.text), len(index.passages))
        assert len(hits) == len(index.passages) - len(headings)
        assert all(index.passages[hit.number].field != "heading" for hit in hits)
    index.close()


def test_nothing_changed_nothing_encoded(root: Path) -> None:
    """A second build of the same documents encodes no passage."""
    assert built(root).encoded == []


def test_only_what_is_new_is_encoded(root: Path) -> None:
    """A document more: its passages alone; one less: none."""
    second = built(root, FORM, COLUMNS)
    assert second.encoded
    index = opened(root)
    assert set(second.encoded) == {passage.searched for passage in index.passages if passage.document == "aalto"}
    index.close()
    assert built(root, COLUMNS).encoded == []
    index = opened(root)
    assert set(index.documents) == {"aalto"}
    index.close()


def test_a_changed_figure_is_encoded_again(root: Path) -> None:
    """Only the passages whose words changed."""
    changed = Document(FORM.facts, FORM.text.replace("6,5 km", "8,9 km"))
    found = built(root, changed).encoded
    assert found
    assert all("8,9 km" in text for text in found)


def test_vectors_survive_a_build(root: Path) -> None:
    """Vectors taken over from the old index are those that were encoded."""
    before = opened(root)
    vectors = [before.tokens.encoded(number).vector.tolist() for number in range(len(before.passages))]
    before.close()
    built(root)
    after = opened(root)
    assert [after.tokens.encoded(number).vector.tolist() for number in range(len(after.passages))] == vectors
    after.close()


def test_same_text_is_encoded_once(tmp_path: Path) -> None:
    """Passages that say the same share their vectors."""
    found = built(tmp_path, Document(Facts("a", "A"), "Sama lause tässä.\n\nSama lause tässä.")).encoded
    assert len(found) == len(set(found))


def test_interrupted_build_leaves_the_old_index(root: Path) -> None:
    """A crash in the middle: the old index answers, no draft stays."""
    before = sorted(path.name for path in root.iterdir())
    with pytest.raises(Crash):
        built(root, FORM, COLUMNS, embedder=FakeEmbedder(fail_after=3))
    assert sorted(path.name for path in root.iterdir()) == before
    index = opened(root)
    assert set(index.documents) == {"lammi"}
    index.close()


def test_crash_before_publishing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk at the last moment is said, and the old index stays in use."""
    folder = current(root)

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build_module, "_publish", full)
    with pytest.raises(DataFolderUnusable, match="No space left"):
        built(root, COLUMNS)
    assert current(root) == folder
    assert list(root.glob("draft-*")) == []


def test_old_indexes_are_dropped(root: Path) -> None:
    """One index at a time."""
    built(root, COLUMNS)
    assert len(list(root.glob("index-*"))) == 1


def test_another_model_is_refused(root: Path) -> None:
    """Both models and the next step are named."""
    folder = current(root)
    assert folder is not None
    with pytest.raises(IndexMismatch) as caught:
        Index(folder, "fake-2")
    assert all(part in str(caught.value) for part in ("fake-1", "fake-2", "rebuild"))


def test_another_model_encodes_everything(root: Path) -> None:
    """Vectors of another model are never taken over."""
    found = built(root, FORM, embedder=FakeEmbedder("fake-2"))
    index = opened(root, "fake-2")
    assert set(found.encoded) == {passage.searched for passage in index.passages}
    index.close()


def test_fingerprint() -> None:
    """It depends on the model and on every fact of every document."""
    base = fingerprint([FORM], "fake-1")
    assert base == fingerprint([FORM], "fake-1")
    assert base != fingerprint([FORM], "fake-2")
    assert base != fingerprint([FORM, COLUMNS], "fake-1")
    assert base != fingerprint([Document(Facts("lammi", "Toinen", "Lammin kaupunki", "Lammi"), FORM.text)], "fake-1")


def test_no_index_yet(tmp_path: Path) -> None:
    """Nothing built is no damage."""
    assert current(tmp_path) is None


def _spoil_text(path: Path) -> None:
    path.write_text("{", encoding="utf-8")


def _spoil_bytes(path: Path) -> None:
    path.write_bytes(b"\xff\x00\xff")


def _spoil_json(path: Path) -> None:
    path.write_text("[]", encoding="utf-8")


@pytest.mark.parametrize("spoil", [_spoil_text, _spoil_bytes, Path.unlink, _spoil_json])
@pytest.mark.parametrize(
    "file", ["manifest.json", "passages.json", "goals.sqlite", "tokens.npy", "vectors.npy", "ends.npy"]
)
def test_damaged_file(root: Path, file: str, spoil: Callable[[Path], None]) -> None:
    """Whatever is broken, the message says to rebuild."""
    folder = current(root)
    assert folder is not None
    spoil(folder / file)
    with pytest.raises(DamagedIndex, match="rebuild"):
        opened(root)


@pytest.mark.parametrize("part", ["chroma", "words"])
def test_lost_part(root: Path, part: str) -> None:
    """A lost folder is damage too."""
    folder = current(root)
    assert folder is not None
    shutil.rmtree(folder / part)
    with pytest.raises(DamagedIndex, match="rebuild"):
        opened(root)


@pytest.mark.parametrize("pointer", [b"index-gone", b"", b"\xff\xfe"])
def test_damaged_pointer(root: Path, pointer: bytes) -> None:
    """The file that names the index in use."""
    (root / "CURRENT").write_bytes(pointer)
    with pytest.raises(DamagedIndex, match="rebuild"):
        current(root)


def test_counts_that_disagree(root: Path) -> None:
    """An index whose parts are of two builds is not read."""
    folder = current(root)
    assert folder is not None
    body = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
    body["passages"].pop()
    (folder / "passages.json").write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(DamagedIndex):
        opened(root)


def test_damaged_index_is_built_over(root: Path) -> None:
    """A build does not need the old index."""
    folder = current(root)
    assert folder is not None
    (folder / "passages.json").write_text("{", encoding="utf-8")
    assert built(root).encoded
    index = opened(root)
    assert index.passages
    index.close()


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """What cannot be a folder is named."""
    (tmp_path / "index").write_text("", encoding="utf-8")
    with pytest.raises(DataFolderUnusable, match="ASSISTANT_DATA_DIR"):
        built(tmp_path / "index")


def test_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is said (root in a container writes everywhere, hence the patch)."""

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("index.build.tempfile.mkdtemp", refuse)
    with pytest.raises(DataFolderUnusable, match="Permission denied"):
        built(tmp_path / "index")


def test_manifest_reads_back(root: Path) -> None:
    """What was written is what is read."""
    folder = current(root)
    assert folder is not None
    manifest = read_manifest(folder)
    assert manifest.model == "fake-1"
    assert manifest.fingerprint == fingerprint([FORM], "fake-1")


def test_progress_is_told(tmp_path: Path) -> None:
    """The last call says that all is done."""
    calls: list[tuple[int, int]] = []
    build(tmp_path, [FORM], FakeEmbedder(), lambda done, all_: calls.append((done, all_)))
    assert calls[-1][0] == calls[-1][1] == len(calls)
