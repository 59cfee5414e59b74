"""The command line: ask, targets, documents, add, remove, rebuild.

Nothing heavy is imported before a command is known to need it: `--help` answers at once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.service import Assistant, DocumentInfo
    from index.goal_table import GoalRow

_COLUMNS = ("document", "unit", "indicator", "baseline", "target", "responsible", "deadline")
_WIDTHS = {"document": 26, "unit": 18, "indicator": 52, "baseline": 24, "target": 28, "responsible": 22, "deadline": 8}
_HEADINGS = {
    "document": "Asiakirja",
    "unit": "Yksikkö",
    "indicator": "Mittari",
    "baseline": "Lähtötaso",
    "target": "Tavoitetaso",
    "responsible": "Vastuu",
    "deadline": "Aikataulu",
}


class BadBatch(StrategyError):
    """A batch file that cannot be read, or a line of it that is no question."""


class BadFiles(StrategyError):
    """Files that could not be added, a line for each."""

    def __init__(self, errors: Sequence[StrategyError]) -> None:
        super().__init__("\n".join(map(str, errors)))


class BadUsage(StrategyError):
    """Command line arguments that do not go together."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one Finnish line and exits with 2."""

    def error(self, message: str) -> Any:
        print(f"Komentoa ei ymmärretty ({message}). Katso: python -m assistant --help", file=sys.stderr)
        raise SystemExit(2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. 0: it worked; 2: the input was wrong, with one Finnish line on standard error; 1: our fault."""
    options = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], None] = options.run
    try:
        run(options)
    except StrategyError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m assistant", description="Kysy kuntien tavoitteista ja mittareista; vastauksissa on lähteet."
    )
    commands = parser.add_subparsers(title="komennot", metavar="KOMENTO", required=True, parser_class=_Parser)
    ask = commands.add_parser("ask", help="vastaa kysymykseen")
    ask.add_argument("question", nargs="?", help="kysymys lainausmerkeissä")
    ask.add_argument("--json", action="store_true", help="tulosta vastaus JSON-muodossa")
    ask.add_argument("--municipality", help="rajaa kuntaan")
    ask.add_argument("--year", type=int, help="rajaa vuoteen")
    ask.add_argument("--document", help="rajaa asiakirjaan (tunnus)")
    ask.add_argument("--unit", help="rajaa yksikköön tai toimialaan, jonka nimessä on tämä")
    ask.add_argument("--batch", type=Path, metavar="QUESTIONS.jsonl", help="vastaa tiedoston kysymyksiin")
    ask.add_argument("--out", type=Path, metavar="ANSWERS.jsonl", help="mihin --batch kirjoittaa vastaukset")
    ask.set_defaults(run=_ask)
    targets = commands.add_parser("targets", help="luettele tavoitteet ja mittarit")
    targets.add_argument("--municipality", help="kunta")
    targets.add_argument("--unit", help="yksikkö, esimerkiksi perusopetus")
    targets.add_argument("--year", type=int, help="vuosi")
    targets.add_argument("--query", help="sanat, jotka rivillä on oltava")
    targets.add_argument("--format", choices=("table", "csv", "json"), default="table", help="tulostusmuoto")
    targets.set_defaults(run=_targets)
    documents = commands.add_parser("documents", help="luettele asiakirjat")
    documents.add_argument("--format", choices=("table", "json"), default="table", help="tulostusmuoto")
    documents.set_defaults(run=_documents)
    add = commands.add_parser("add", help="lisää asiakirjoja (PDF, DOCX, ODT, XLSX, HTML, MD, TXT)")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help="tiedosto")
    for name, text in (
        ("municipality", "kunta"),
        ("title", "otsikko"),
        ("period", "ajanjakso"),
        ("publisher", "julkaisija"),
    ):
        add.add_argument(f"--{name}", help=text)
    add.set_defaults(run=_add)
    remove = commands.add_parser("remove", help="poista lisätty asiakirja")
    remove.add_argument("id", help="asiakirjan tunnus")
    remove.set_defaults(run=_remove)
    rebuild = commands.add_parser("rebuild", help="rakenna hakemisto uudelleen")
    rebuild.set_defaults(run=_rebuild)
    return parser


def _open() -> Assistant:
    from assistant.service import Assistant

    return Assistant.open(report=_report)


def _report(line: str) -> None:
    """Progress goes to standard error: standard output is the answer's."""
    print(line, file=sys.stderr)


# --- ask


def _ask(options: argparse.Namespace) -> None:
    if options.batch is not None:
        _batch(options)
        return
    if options.question is None:
        raise BadUsage('Kysymys puuttuu. Esimerkki: python -m assistant ask "mikä on kuraattorimitoituksen tavoite?"')
    from assistant.question import checked

    checked(options.question)  # before the model is loaded
    answer = _open().ask(
        options.question,
        municipality=options.municipality,
        document=options.document,
        year=options.year,
        unit=options.unit,
    )
    print(json.dumps(answer.as_dict(), ensure_ascii=False, indent=2) if options.json else _readable(answer))


def _readable(answer: Answer) -> str:
    """The answer and its numbered sources for a terminal."""
    from assistant.plain import place_of, plain
    from corpus.model import fold

    sources = [
        f"[{citation.number}] {place_of(citation)}\n    ”{fold(citation.quote)}”" for citation in answer.citations
    ]
    return "\n\n".join([plain(answer.text), *sources])


def _batch(options: argparse.Namespace) -> None:
    if options.out is None:
        raise BadUsage("Anna --out ANSWERS.jsonl: mihin vastaukset kirjoitetaan.")
    questions = list(_questions(options.batch))
    _writable(options.out)
    assistant = _open()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=options.out.parent, prefix=".answers-", delete=False
    ) as out:
        for entry in questions:
            print(json.dumps(_answered(assistant, entry), ensure_ascii=False), file=out)
    os.replace(out.name, options.out)


def _answered(assistant: Assistant, entry: dict[str, Any]) -> dict[str, Any]:
    """One line's answer; a question that cannot be asked gives its error in place of an answer."""
    try:
        answer = assistant.ask(entry["question"], entry["history"])
    except StrategyError as error:
        return {
            "id": entry["id"],
            "question": entry["question"],
            "status": "refused",
            "text": str(error),
            "language": "fi",
            "citations": [],
            "suggestions": [],
            "seconds": 0.0,
        }
    return {"id": entry["id"], **answer.as_dict()}


def _questions(path: Path) -> Iterable[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadBatch(f"Tiedostoa {path} ei voitu lukea ({error.strerror}). Tarkista polku.") from error
    except UnicodeDecodeError as error:
        raise BadBatch(f"Tiedosto {path} ei ole UTF-8-tekstiä. Tallenna se JSON Lines -muodossa.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            question, history = entry["question"], entry.get("history") or []
            valid = isinstance(question, str) and all(isinstance(turn["content"], str) for turn in history)
        except (ValueError, KeyError, TypeError, AttributeError):
            valid = False
        if not valid:
            raise BadBatch(f"Tiedoston {path} rivi {number} ei ole kysymys: tarvitaan kenttä question.")
        yield {"id": entry.get("id", number), "question": question, "history": history}


def _writable(path: Path) -> None:
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise BadUsage(f"Kansioon {path.parent} ei voi kirjoittaa. Valitse toinen --out.")


# --- lists


def _targets(options: argparse.Namespace) -> None:
    rows = _open().targets(options.municipality, options.unit, options.year, options.query)
    if options.format == "json":
        print(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=2))
    elif options.format == "csv":
        _csv(rows)
    else:
        _table([_HEADINGS[name] for name in _COLUMNS], [_cells(row) for row in rows], list(_WIDTHS.values()))
        print(f"{len(rows)} riviä")


def _cells(row: GoalRow) -> list[str]:
    record = row.as_dict()
    return [str(record[name] or "") for name in _COLUMNS]


def _csv(rows: Sequence[GoalRow]) -> None:
    import csv

    from index.goal_table import FIELDS

    records = [row.as_dict() for row in rows]
    names = ["document", "municipality", "organisation", "period", *FIELDS]
    writer = csv.DictWriter(sys.stdout, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(records)


def _documents(options: argparse.Namespace) -> None:
    found = _open().documents()
    if options.format == "json":
        print(json.dumps([_document(info) for info in found], ensure_ascii=False, indent=2))
        return
    rows = [
        [
            info.facts.id,
            info.facts.title,
            info.facts.municipality or "–",
            info.facts.period or "–",
            str(info.report.passages),
            str(info.report.goals),
        ]
        for info in found
    ]
    _table(["Tunnus", "Otsikko", "Kunta", "Ajanjakso", "Kohtia", "Tavoiterivejä"], rows, [32, 62, 8, 11, 7, 13])


def _document(info: DocumentInfo) -> dict[str, Any]:
    facts, report = info.facts, info.report
    return {
        "id": facts.id,
        "title": facts.title,
        "publisher": facts.publisher,
        "municipality": facts.municipality,
        "unit": facts.unit,
        "period": facts.period,
        "kind": facts.kind,
        "sha256": facts.sha256,
        "layout": report.layout,
        "passages": report.passages,
        "goals": report.goals,
        "characters": report.characters,
        "uncovered": report.uncovered,
    }


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    def line(cells: Sequence[str]) -> str:
        return "  ".join(_clip(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    print(line(headings))
    print(line(["-" * width for width in widths]))
    for row in rows:
        print(line(row))


def _clip(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


# --- changes


def _add(options: argparse.Namespace) -> None:
    if options.title and len(options.files) > 1:
        raise BadUsage("Otsikon (--title) voi antaa vain yhdelle tiedostolle kerrallaan.")
    failed = [error for path in options.files if (error := _unreadable(path))]
    if len(failed) == len(options.files):  # before the model is loaded
        raise BadFiles(failed)
    assistant = _open()
    taken = assistant.add_all(
        options.files,
        title=options.title,
        municipality=options.municipality,
        period=options.period,
        publisher=options.publisher,
    )
    for one in taken:
        if one.document is not None:
            print(_added(one.document, assistant.document(one.document.facts.id).text))
    skipped = [one.error for one in taken if one.error is not None]
    if skipped:
        raise BadFiles(skipped)


def _unreadable(path: Path) -> StrategyError | None:
    from corpus.reader import check

    try:
        check(path)
    except StrategyError as error:
        return error
    return None


def _added(info: DocumentInfo, text: str) -> str:
    """What was read of a file, what it is taken to be, and where that was found."""
    from corpus.facts import propose
    from corpus.marks import page_count, page_of

    report, facts, found = info.report, info.facts, propose(text)
    pages = f"{count} sivua, " if (count := page_count(text)) else ""
    lines = [
        f"Lisätty {facts.id}: {pages}{report.characters} merkkiä, {report.passages} kohtaa, "
        f"{report.goals} tavoiteriviä."
    ]
    for name, value, place in (
        ("otsikko", facts.title, found.title),
        ("julkaisija", facts.publisher, found.publisher),
        ("kunta", facts.municipality, found.municipality),
        ("ajanjakso", facts.period, found.period),
    ):
        origin = "–"
        if value and place and place.value == value:
            page = page_of(text, place.place.start)
            quote = " ".join(text[place.place.start : place.place.end].split())
            origin = f"tekstistä ”{quote}”" + (f", sivu {page}" if page else "")
        elif value:
            origin = "tiedoston nimestä" if name == "otsikko" and not place else "annettu"
        lines.append(f"  {name}: {value or 'ei tiedossa'}" + (f" ({origin})" if value else ""))
    if report.uncovered:
        lines.append(f"  lukematta jäi {report.uncovered} merkkiä")
    lines += [f"  {problem}" for problem in report.problems]
    return "\n".join(lines)


def _remove(options: argparse.Namespace) -> None:
    _open().remove(options.id)
    print(f"Poistettu {options.id}.")


def _rebuild(_: argparse.Namespace) -> None:
    from assistant.service import Assistant

    Assistant.rebuilt(report=_report)
    print("Hakemisto on rakennettu uudelleen.")
