"""Small real files in every format: a heading, a paragraph and a table, written by the libraries that people's programs
use or, for ODT, by hand."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

Rows = Sequence[Sequence[str]]


def write(path: Path, heading: str, lead: str, rows: Rows) -> Path:
    """A file of the kind that the path's suffix names."""
    {"docx": _docx, "odt": _odt, "xlsx": _xlsx, "html": _html, "md": _markdown, "pdf": _pdf}[path.suffix[1:]](
        path, heading, lead, rows
    )
    return path


def _docx(path: Path, heading: str, lead: str, rows: Rows) -> None:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ylätunniste"
    document.add_heading(heading, 1)
    document.add_paragraph(lead)
    table = document.add_table(len(rows), len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    document.save(str(path))


def _html(path: Path, heading: str, lead: str, rows: Rows) -> None:
    def cell(text: str) -> str:
        return f"<td>{html.escape(text)}</td>".replace("\n", "<br>")

    body = "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows)
    path.write_text(
        "<!DOCTYPE html><html><head><title>Sivu</title><style>td{}</style></head><body><nav>Valikko</nav>"
        f"<h1>{html.escape(heading)}</h1><p>{html.escape(lead)}</p><table>{body}</table>"
        "<footer>Alatunniste</footer></body></html>",
        encoding="utf-8",
    )


def _markdown(path: Path, heading: str, lead: str, rows: Rows) -> None:
    lines = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    path.write_text(f"# {heading}\n\n{lead}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _xlsx(path: Path, heading: str, lead: str, rows: Rows) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = heading[:31]
    sheet.append([lead])
    sheet.append([])
    for row in rows:
        sheet.append(list(row))
    book.save(path)


def _odt(path: Path, heading: str, lead: str, rows: Rows) -> None:
    def cell(text: str) -> str:
        said = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.split("\n"))
        return f"<table:table-cell>{said}</table:table-cell>"

    body = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    odt(
        path,
        f'<text:h text:outline-level="1">{html.escape(heading)}</text:h><text:p>{html.escape(lead)}</text:p>'
        f"<table:table>{body}</table:table>",
    )


def odt(path: Path, body: str) -> Path:
    """An OpenDocument text with the given body."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    return path


def _pdf(path: Path, heading: str, lead: str, rows: Rows) -> None:
    pdf(path, [("heading", heading), ("paragraph", lead), ("table", rows)])


def pdf(path: Path, blocks: Sequence[tuple[str, object]], size: tuple[float, float] = (1600.0, 900.0)) -> Path:
    """A PDF of headings, paragraphs, page breaks and ruled tables, with a running header and page numbers."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    font = _font()
    plain = ParagraphStyle("plain", fontName=font, fontSize=8, leading=10)
    large = ParagraphStyle("large", fontName=font, fontSize=14, leading=18, spaceAfter=8)
    story: list[object] = []
    for kind, content in blocks:
        if kind == "page":
            story.append(PageBreak())
        elif kind == "table":
            cells = [[Paragraph(html.escape(text).replace("\n", "<br/>"), plain) for text in row] for row in content]  # type: ignore[attr-defined]
            style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            story.append(Table(cells, repeatRows=1, style=style))
        else:
            story.append(Paragraph(html.escape(str(content)), large if kind == "heading" else plain))
        story.append(Spacer(1, 8))

    def furniture(canvas: object, document: object) -> None:
        canvas.setFont(font, 8)  # type: ignore[attr-defined]
        canvas.drawString(40, size[1] - 25, "Lammin kaupunki, vuosikatsaus")  # type: ignore[attr-defined]
        canvas.drawString(size[0] / 2, 20, f"{document.page}")  # type: ignore[attr-defined]

    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=size, leftMargin=40, rightMargin=40, topMargin=50, bottomMargin=50).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    path.write_bytes(buffer.getvalue())
    return path


def _font() -> str:
    """A font with Finnish letters and typographic signs, shipped with the library."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    return "Vera"
