"""How well the assistant answers: the last evaluation's table, read from the repository."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.web.render import empty_html, folded
from assistant.web.tables import table

RESULTS = Path(__file__).resolve().parents[2] / "evals" / "RESULTS.md"
# What a reader of the page needs of the table's columns, in Finnish; the rest stays in the file.
_COLUMNS = {
    "kind": "Kysymyksen laji",
    "n": "Kysymyksiä",
    "correct": "Oikein",
    "95 %": "95 %:n väli",
    "wrong": "Väärin",
    "refused": "Ei vastattu, vaikka vastaus on",
    "declined": "Ei vastattu, kun vastausta ei ole",
    "median ms": "Aika (ms, mediaani)",
}
_KINDS = {
    "all": "Kaikki",
    "answerable": "Asiakirjoista vastattavat",
    "unanswerable": "Ei vastausta asiakirjoissa",
    "text": "Vapaa teksti",
    "target": "Tavoitetaso",
    "baseline": "Lähtötaso",
    "baseline_target": "Lähtö- ja tavoitetaso",
    "status": "Tilanne",
    "list": "Luettelo",
    "followup": "Jatkokysymys",
    "yesno": "Kyllä vai ei",
    "deadline": "Aikataulu",
    "compare": "Vertailu",
    "responsible": "Vastuu",
    "ambiguous": "Monitulkintainen",
    "count": "Lukumäärä",
}
_SUMS = ("all", "answerable", "unanswerable")  # the rows that say most; the others are folded away
_SHARES = ("correct", "wrong", "refused", "declined")


def results_html(path: Path = RESULTS) -> str:
    """The first table of the file; a sentence where there is none."""
    rows = first_table(path.read_text(encoding="utf-8")) if path.is_file() else []
    if not rows:
        return empty_html("Arvioinnin tuloksia ei ole tässä asennuksessa.")
    first = [row for row in rows if _bare(row["kind"]) in _SUMS] if "kind" in rows[0] else []
    whole = _table("Arvioinnin tulokset kysymyksen lajin mukaan", rows)
    if not first:
        return whole
    return (
        f"{_table('Arvioinnin tulokset', first)}<details><summary>Näytä tulokset kysymyksen lajin mukaan</summary>"
        f"{whole}</details>"
    )


def _table(caption: str, rows: Sequence[Mapping[str, str]]) -> str:
    shown = [name for name in _COLUMNS if name in rows[0]]
    cells = [[_cell(name, row[name]) for name in shown] for row in rows]
    return table(caption, [_COLUMNS[name] for name in shown], cells, "results")


def _bare(text: str) -> str:
    return text.replace("*", "").strip()


def _cell(name: str, text: str) -> str:
    bare = _bare(text)
    if name == "kind":
        return folded(_KINDS.get(bare, bare))
    if name in _SHARES and re.fullmatch(r"[01]\.\d+", bare):
        return f"{100 * float(bare):.0f} %"
    return folded(bare.replace(".", ",") if name == "95 %" else bare)


def first_table(text: str) -> list[dict[str, str]]:
    """The first Markdown table of a text, each row by the names of its columns; empty where there is none."""
    lines = [line.strip() for line in text.split("\n")]
    start = next((at for at, line in enumerate(lines) if line.startswith("|")), None)
    if start is None:
        return []
    names = _split(lines[start])
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append(dict(zip(names, _split(line), strict=False)))
    return [row for row in found if len(row) == len(names)]


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]
