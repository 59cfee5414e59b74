"""Files that mean harm or are broken: one clear sentence each, nothing half-written, no memory eaten."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import StrategyError
from corpus.library import DuplicateDocument, Library
from corpus.model import Facts
from corpus.reader import UnreadableFile, check, read_text
from tests.corpus import papers

NONE = Facts("", "")
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{}">'.format("x" * 1000)
    + "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(9))
    + "]><a>&k;</a>"
)


def package(path: Path, **members: bytes) -> Path:
    """A ZIP file; "__" in a name stands for "/"."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name.replace("__", "/") + ".xml", content)
    return path


def no_pages(path: Path) -> None:
    """A PDF of 0 pages."""
    import pypdfium2

    pypdfium2.PdfDocument.new().save(str(path))


def encrypted(path: Path) -> None:
    """A PDF that asks for a password."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt="salasana")
    canvas.drawString(50, 700, "Salainen tavoite")
    canvas.save()


def scanned(path: Path) -> None:
    """A PDF of two pictures."""
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.drawInlineImage(Image.new("L", (60, 80), 200), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()


def cut_off(path: Path) -> None:
    """The first half of a PDF."""
    papers.write(path, "Otsikko", "Teksti.", [["a", "b"]])
    path.write_bytes(path.read_bytes()[:300])


def pdf_named_docx(path: Path) -> None:
    """A PDF under a Word file's name."""
    papers.write(path.with_suffix(".pdf"), "Otsikko", "Teksti.", [["a", "b"]]).rename(path)


def docx_named(path: Path) -> None:
    """A Word file under another name."""
    papers.write(path.parent / "oikea.docx", "Otsikko", "Teksti.", [["a", "b"]]).rename(path)


def zip_bomb(path: Path) -> None:
    """200 MB of XML in 200 kB."""
    package(path, word__document=b" " * 200_000_000)


def many_members(path: Path) -> None:
    """More members than any document has."""
    with zipfile.ZipFile(path, "w") as out:
        for number in range(20_001):
            out.writestr(f"{number}.xml", b"")


def xml_bomb(path: Path) -> None:
    """Entities of entities."""
    package(path, word__document=BOMB.encode(), content=BOMB.encode(), xl__workbook=BOMB.encode())


def xml_bomb_utf16(path: Path) -> None:
    """The same in another encoding."""
    package(path, content=BOMB.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"))


def locked_zip(path: Path) -> None:
    """A package whose members are marked as encrypted."""
    raw = bytearray(package(path, word__document=b"<a/>").read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))


def not_xml(path: Path) -> None:
    """The right members with nonsense in them."""
    package(path, word__document=b"<<<", content=b"<<<", xl__workbook=b"<<<")


def sparse(path: Path) -> None:
    """500 MB that take no room."""
    with path.open("wb") as out:
        out.truncate(500_000_000)


def raw(content: bytes) -> Callable[[Path], None]:
    """The bytes as they are."""

    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("tyhja.pdf", raw(b""), "tyhjä"),
        ("tyhja.docx", raw(b""), "tyhjä"),
        ("valeja.html", raw(b"<html><body> </body></html>"), "tyhjä"),
        ("sivuton.pdf", no_pages, "ei ole sivuja"),
        ("lukittu.pdf", encrypted, "salasanalla"),
        ("skannattu.pdf", scanned, "tekstintunnistuksen"),
        ("katkennut.pdf", cut_off, "vioittunut"),
        ("vaara.docx", pdf_named_docx, "Korjaa pääte"),
        ("vaara.pdf", docx_named, "Korjaa pääte"),
        ("vaara.odt", docx_named, "Tarkista tiedoston pääte"),
        ("vaara.xlsx", docx_named, "Tarkista tiedoston pääte"),
        ("vaara.txt", docx_named, "Korjaa pääte"),
        ("vanha.docx", raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)), "vanhaa Office-muotoa"),
        ("ohjelma.exe", raw(b"MZ"), "Muodot: PDF"),
        ("pommi.docx", zip_bomb, "liian suureksi"),
        ("osia.odt", many_members, "liian suureksi"),
        ("pommi2.docx", xml_bomb, "ei kuulu olla"),
        ("pommi2.odt", xml_bomb, "ei kuulu olla"),
        ("pommi2.xlsx", xml_bomb, "ei kuulu olla"),
        ("pommi3.odt", xml_bomb_utf16, "ei kuulu olla"),
        ("lukittu.docx", locked_zip, "salasanalla"),
        ("sotku.docx", not_xml, "Tallenna se uudelleen"),
        ("sotku.odt", not_xml, "Tallenna se uudelleen"),
        ("sotku.xlsx", not_xml, "Tallenna se uudelleen"),
        ("rikki.docx", raw(b"PK\x03\x04" + bytes(100)), "vioittunut"),
        ("valtava.txt", sparse, "liian suuri (500 Mt"),
        ("valtava.pdf", sparse, "liian suuri (500 Mt"),
    ],
)
def test_one_clear_sentence(tmp_path: Path, name: str, make: Callable[[Path], None], said: str) -> None:
    """The reason and the next step in one line; the library stays empty."""
    path = tmp_path / name
    make(path)
    library = Library(tmp_path / "added", tmp_path / "none")
    with pytest.raises(UnreadableFile) as caught:
        library.add(path, NONE)
    line = str(caught.value)
    assert said in line
    assert name in line
    assert "\n" not in line and line[-1] == "." and "Error" not in line and len(line) < 250
    assert not (tmp_path / "added").exists()


def test_broken_utf8_is_read(tmp_path: Path) -> None:
    """A few broken bytes do not turn every other letter into two."""
    path = tmp_path / "rikki.txt"
    path.write_bytes("Lähtötaso ja määrä äänestäjiä – hyvä".encode() + b"\xc3 \xff loppu")
    text = read_text(path)
    assert text.startswith("Lähtötaso ja määrä äänestäjiä – hyvä")
    assert text.endswith("loppu")


def test_deep_page(tmp_path: Path) -> None:
    """Tags inside tags without end: read or refused, never a crash."""
    path = tmp_path / "syva.html"
    path.write_text("<div>" * 50_000 + "sana" + "<table><tr><td>" * 5_000, encoding="utf-8")
    try:
        read_text(path)
    except UnreadableFile as error:
        assert "syva.html" in str(error)


def test_same_content_under_another_name(tmp_path: Path) -> None:
    """Refused with the id that has it; the same name again changes nothing."""
    library = Library(tmp_path / "added", tmp_path / "none")
    for name in ("yksi.txt", "kaksi.txt"):
        (tmp_path / name).write_text("Sama teksti molemmissa", encoding="utf-8")
    library.add(tmp_path / "yksi.txt", NONE)
    with pytest.raises(DuplicateDocument, match="asiakirjassa yksi"):
        library.add(tmp_path / "kaksi.txt", NONE)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "added").iterdir())
    library.add(tmp_path / "yksi.txt", NONE)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "added").iterdir()) == before
    assert [document.facts.id for document in library.documents()] == ["yksi"]


def test_name_that_leads_elsewhere(tmp_path: Path) -> None:
    """A path with dots in it is stored under a plain name in the library's own folder."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "..salainen.txt").write_text("Teksti", encoding="utf-8")
    library = Library(tmp_path / "lib" / "added", tmp_path / "none")
    added = library.add(tmp_path / "sub" / ".." / "..salainen.txt", NONE)
    assert added.facts.id == "salainen"
    assert (tmp_path / "lib" / "added" / added.facts.file).is_file()
    assert "/" not in added.facts.file and ".." not in added.facts.file


def test_file_that_disappears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and reading the file goes away."""
    path = papers.write(tmp_path / "a.docx", "Otsikko", "Teksti.", [["a", "b"]])
    check(path)
    real = Path.read_bytes

    def vanish(self: Path) -> bytes:
        self.unlink()
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", vanish)
    with pytest.raises(StrategyError, match="ei voitu lukea"):
        Library(tmp_path / "added", tmp_path / "none").add(path, NONE)
    assert not (tmp_path / "added").exists()


def test_marks_in_a_text_file_are_spaces(tmp_path: Path) -> None:
    """A text file cannot pretend to have tables or headings; a page break is one."""
    path = tmp_path / "a.txt"
    path.write_text("a\x1eb\x1fc\x1d\x1cd\fe", encoding="utf-8")
    assert read_text(path) == "a b c  d\fe"


def test_the_bomb_is_one() -> None:
    """The entities above would grow to a terabyte."""
    assert BOMB.count("<!ENTITY") == 10
    with zipfile.ZipFile(io.BytesIO(), "w"):
        assert len(BOMB) < 3000
