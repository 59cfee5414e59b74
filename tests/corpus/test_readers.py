"""Each reader on small real files: headings, paragraphs, lists, merged cells, pages, columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import marks
from corpus.marks import Merge
from corpus.model import BlockKind
from corpus.parse import parse
from corpus.reader import read_text
from tests.corpus import papers

ROWS = [["Vuosi", "Kävijöitä"], ["2031", "14 200"], ["2032", "15 870"]]


def grid(text: str, at: int = 0) -> list[list[str]]:
    """The cells of a table as text; "<" and "^" where merged."""
    shown = {Merge.LEFT: "<", Merge.ABOVE: "^"}
    return [
        [shown.get(cell.merge) or " ".join(text[cell.span.start : cell.span.end].split()) for cell in row]
        for row in marks.tables(text)[at].rows
    ]


@pytest.mark.parametrize("suffix", ["docx", "odt", "html", "md", "pdf"])
def test_same_paper_in_every_format(tmp_path: Path, suffix: str) -> None:
    """A heading, a paragraph under it and a table under both; nothing of the page's furniture."""
    path = papers.write(tmp_path / f"paperi.{suffix}", "Kirjaston vuosi", "Kävijöitä oli ennätysmäärä.", ROWS)
    text = read_text(path)
    assert grid(text) == ROWS
    blocks = parse(text).blocks
    assert [(block.kind, block.content.text) for block in blocks if block.content.text.startswith("Kirj")] == [
        (BlockKind.HEADING, "Kirjaston vuosi")
    ]
    paragraph = next(block for block in blocks if block.content.text.startswith("Kävijöitä oli"))
    assert [heading.text for heading in paragraph.section] == ["Kirjaston vuosi"]
    rows = [block for block in blocks if block.kind is BlockKind.ROW]
    assert [row.content.text for row in rows] == ["Vuosi Kävijöitä", "2031 14 200", "2032 15 870"]
    assert [heading.text for heading in rows[1].section] == ["Kirjaston vuosi", "Vuosi Kävijöitä"]
    assert not any(word in text for word in ("Ylätunniste", "Valikko", "Alatunniste", "td{}"))


def test_docx_merged_cells_and_styles(tmp_path: Path) -> None:
    """Merged cells say which neighbour they go on from; a bold line is a heading, a list item has its bullet."""
    import docx

    document = docx.Document()
    document.add_heading("Pääluku", 0)
    document.add_paragraph().add_run("Lihavoitu rivi").bold = True
    document.add_paragraph("Ensimmäinen kohta", style="List Bullet")
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "leveä"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "korkea"
    document.save(str(tmp_path / "a.docx"))
    text = read_text(tmp_path / "a.docx")
    assert grid(text) == [["leveä", "<", "02"], ["korkea", "11", "12"], ["^", "21", "22"]]
    assert text.startswith("\x1cPääluku\n\n\x1c\x1c\x1c\x1c\x1c\x1cLihavoitu rivi\n\n• Ensimmäinen kohta\n")


def test_html_merged_cells_and_inline(tmp_path: Path) -> None:
    """Row and column spans, inline tags inside words, line breaks, hidden parts."""
    (tmp_path / "a.html").write_text(
        "<html><meta charset='iso-8859-1'><body><h2>Ta<b>voit</b>teet</h2><p>Yksi<br>kaksi <i hidden>ei</i></p>"
        "<ul><li>kohta</li><li><p>toinen</p></li></ul><script>x()</script>"
        "<table><tr><td rowspan=2>a</td><td colspan='2'>b</td></tr><tr><td>c</td><td>ä</td></tr></table>",
        encoding="iso-8859-1",
    )
    text = read_text(tmp_path / "a.html")
    assert grid(text) == [["a", "b", "<"], ["^", "c", "ä"]]
    assert text.startswith("\x1c\x1cTavoitteet\n\nYksi\nkaksi\n\n• kohta\n\n• toinen\n\n")
    assert "x()" not in text


def test_odt_spaces_and_merged_cells(tmp_path: Path) -> None:
    """Written-out spaces and breaks, covered cells, tracked changes left out."""
    body = (
        "<text:tracked-changes><text:p>poistettu</text:p></text:tracked-changes>"
        '<text:p>a<text:s text:c="2"/>b<text:line-break/>c</text:p>'
        "<text:list><text:list-item><text:p>kohta</text:p></text:list-item></text:list>"
        '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>1</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
        '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>2</text:p></table:table-cell>'
        "<table:table-cell><text:p>3</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell/><table:table-cell/></table:table-row></table:table>"
    )
    text = read_text(papers.odt(tmp_path / "a.odt", body))
    assert text.startswith("a  b\nc\n\n• kohta\n\n")
    assert grid(text) == [["1", "<"], ["2", "3"], ["^", ""]]
    assert "poistettu" not in text


def test_xlsx_values_as_shown(tmp_path: Path) -> None:
    """Percentages, decimals and dates as a reader of Finnish sees them; sheets and titles as headings."""
    from datetime import date

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Taulu"
    sheet.append(["Otsikko"])
    sheet.append(["Osuus", "Luku", "Päivä", "Kyllä"])
    sheet.append([0.255, 4.5, date(2031, 3, 9), True])
    sheet["A3"].number_format = "0.0 %"
    sheet["B3"].number_format = "0.00"
    sheet.append([])
    sheet.append(["x", "y"])
    sheet.merge_cells("A5:B5")
    sheet.append([1, 12000])
    book.create_sheet("Tyhjä")
    book.save(tmp_path / "a.xlsx")
    text = read_text(tmp_path / "a.xlsx")
    assert text.startswith("\x1cTaulu\n\n\x1c\x1cOtsikko\n\n")
    assert grid(text) == [["Osuus", "Luku", "Päivä", "Kyllä"], ["25,5 %", "4,50", "9.3.2031", "tosi"]]
    assert "\x1c\x1cx\n" in text
    assert grid(text, 1) == [["1", "12000"]]
    assert "Tyhjä" not in text


def test_markdown_signs_are_not_words(tmp_path: Path) -> None:
    """Headings, emphasis, lists; raw HTML stays words."""
    (tmp_path / "a.md").write_text("# Yksi\n\n**Lihava** teksti\n\n* kohta\n", encoding="utf-8")
    assert read_text(tmp_path / "a.md") == "\x1cYksi\n\nLihava teksti\n\n• kohta\n"


# --- PDF


def test_pdf_pages_and_furniture(tmp_path: Path) -> None:
    """Every page is told; a running header stands once, page numbers never."""
    blocks: list[tuple[str, object]] = []
    for number in range(1, 5):
        blocks += [
            ("heading", f"Luku {'abcd'[number - 1]}"),
            ("paragraph", f"Sivun teksti {number * 111}."),
            ("page", ""),
        ]
    text = read_text(papers.pdf(tmp_path / "a.pdf", blocks[:-1]))
    assert marks.page_count(text) == 4
    assert text.count("Lammin kaupunki, vuosikatsaus") == 1
    for number in range(1, 5):
        assert marks.page_of(text, text.index(f"teksti {number * 111}")) == number
    assert text.split("\f")[3].split() == ["\x1cLuku".strip(), "c", "Sivun", "teksti", "333."]


def test_pdf_two_columns(tmp_path: Path) -> None:
    """The left column is read to its end before the right one; a line across both parts what is above it."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(
        50, 780, "Koko sivun levyinen otsikkorivi, joka ulottuu molempien palstojen yli reunasta reunaan."
    )
    for at in range(8):
        canvas.drawString(50, 740 - 13 * at, f"vasemman palstan rivi numero {at} ja sanoja")
        canvas.drawString(310, 740 - 13 * at, f"oikean palstan rivi numero {at} ja sanoja")
    canvas.save()
    text = read_text(tmp_path / "a.pdf")
    order = [text.index(f"{side} palstan rivi numero {at}") for side in ("vasemman", "oikean") for at in range(8)]
    assert order == sorted(order)
    assert text.index("Koko sivun") < order[0]


def test_pdf_figures_side_by_side_stay_on_their_line(tmp_path: Path) -> None:
    """Columns of figures are no columns of prose: each line keeps its figures."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for at in range(8):
        canvas.drawString(50, 740 - 13 * at, f"Rivin {at} toimintatuotot yhteensä")
        canvas.drawString(400, 740 - 13 * at, f"{at}12 300")
    canvas.save()
    assert "Rivin 3 toimintatuotot yhteensä\t312 300" in read_text(tmp_path / "a.pdf")


def test_pdf_merged_cells(tmp_path: Path) -> None:
    """Where a line between two places is missing, they are one cell."""
    from reportlab.platypus import SimpleDocTemplate, Table

    style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 0), (1, 0)), ("SPAN", (0, 1), (0, 2))]
    rows = [["wide", "", "c"], ["tall", "d", "e"], ["", "f", "g"]]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Table(rows, style=style)])
    assert grid(read_text(tmp_path / "a.pdf")) == [["wide", "<", "c"], ["tall", "d", "e"], ["^", "f", "g"]]


def test_pdf_turned_page(tmp_path: Path) -> None:
    """A page that is shown turned is read as it is shown."""
    import pypdfium2

    papers.write(tmp_path / "a.pdf", "Kirjaston vuosi", "Kävijöitä oli paljon.", ROWS)
    document = pypdfium2.PdfDocument(str(tmp_path / "a.pdf"))
    straight = read_text(tmp_path / "a.pdf")
    for turn in (0, 180):  # turning the page by 180 degrees turns its words too: they come out, in their own order
        document[0].set_rotation(turn)
        document.save(str(tmp_path / f"{turn}.pdf"))
    assert read_text(tmp_path / "0.pdf") == straight
    assert sorted(read_text(tmp_path / "180.pdf").split()) == sorted(straight.split())
