"""A small assistant whose answers can be worked out by hand: it finds rows by the words of their indicator."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation, RowView, Status, cite
from corpus.errors import StrategyError
from corpus.model import Document, Facts, Goal
from corpus.model import Field as DocumentField
from index.build import DocumentReport
from index.goal_table import GoalRow

EVIL = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>'
    "[linkki](javascript:alert(1)) {{value}} ${1+1}"
)
_TEXT = f"""Opetuspalvelut
TAVOITE: Jokainen oppilas saa tukea ajoissa
MITTARI: Kuraattorimitoitus, oppilasta kuraattoria kohden
LÄHTÖTASO: 780
TAVOITETASO: 670
SELVITYS: Uusi kuraattori aloitti elokuussa, ja
mitoitus on nyt 705.
MITTARI: Psykologimitoitus
LÄHTÖTASO: 900
TAVOITETASO: 800
{EVIL}
"""


@dataclass(frozen=True)
class FakeInfo:
    """As the service's DocumentInfo."""

    facts: Facts
    report: DocumentReport


@dataclass(frozen=True)
class FakeTaken:
    """As the service's Taken."""

    path: Path
    document: FakeInfo | None = None
    error: StrategyError | None = None


def _field(words: str) -> DocumentField:
    start = _TEXT.index(words)
    return DocumentField.cut(_TEXT, start, start + len(words))


_DOCUMENTS = [
    Document(
        Facts("oppila-2024", "Opetuspalvelujen tavoitteet", "Oppilan kaupunki", "Oppila", None, "2024", "Tavoitteet"),
        _TEXT,
    ),
    Document(Facts("paha", EVIL, EVIL, EVIL, EVIL, "2025", EVIL), EVIL),
]
_EVIL_FIELD = DocumentField.cut(EVIL, 0, len(EVIL))
_GOAL = _field("Jokainen oppilas saa tukea ajoissa")
_ROWS = [
    GoalRow(
        _DOCUMENTS[0].facts,
        0,
        Goal(
            0,
            unit=_field("Opetuspalvelut"),
            goal=_GOAL,
            section=(_field("Opetuspalvelut"),),
            indicator=_field("Kuraattorimitoitus, oppilasta kuraattoria kohden"),
            baseline=_field("780"),
            target=_field("670"),
            progress=_field("Uusi kuraattori aloitti elokuussa, ja\nmitoitus on nyt 705."),
        ),
    ),
    GoalRow(
        _DOCUMENTS[0].facts,
        1,
        Goal(
            0,
            unit=_field("Opetuspalvelut"),
            goal=_GOAL,
            indicator=_field("Psykologimitoitus"),
            baseline=_field("900"),
            target=_field("800"),
        ),
    ),
    GoalRow(_DOCUMENTS[1].facts, 0, Goal(0, indicator=_EVIL_FIELD, target=_EVIL_FIELD)),
]


class FakeError(StrategyError):
    """A question that cannot be taken."""


class FakeAssistant:
    """The part of Assistant that the web app uses."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.added: list[Document] = []
        self.delay = 0.0  # seconds that an answer takes

    def ask(
        self,
        question: str,
        history: list[dict[str, str]] | None = None,
        municipality: str | None = None,
        document: str | None = None,
        year: int | None = None,
        unit: str | None = None,
    ) -> Answer:
        """Answered for "kuraattori", ambiguous for "mitoitus", refused for "runo", a bug for "vika"."""
        self.asked.append(
            {
                "question": question,
                "history": history,
                "municipality": municipality,
                "document": document,
                "year": year,
                "unit": unit,
            }
        )
        time.sleep(self.delay)
        if question == "vika":
            raise RuntimeError("a bug of our own")
        if not question.strip():
            raise FakeError("Kysymys on tyhjä. Kirjoita, mitä haluat tietää.")
        if "paha" in question:
            return _answer(question, Status.ANSWERED, EVIL + " [1]", [2])
        if "kuraattori" in question.lower():
            return _answer(question, Status.ANSWERED, "Tavoitetaso on **670** [1].", [0])
        if "mitoitus" in question.lower():
            text = "Löytyi kaksi:\n\n- Kuraattorit: 670 [1]\n- Psykologit: 800 [2]"
            return _answer(question, Status.AMBIGUOUS, text, [0, 1])
        if "runo" in question:
            return Answer(question, Status.REFUSED, "Vastaan vain asiakirjoista.")
        follow = ("Mikä on kuraattorimitoitus?",)
        return Answer(question, Status.NOT_FOUND, "Asiakirjat eivät kerro tästä.", suggestions=follow)

    def targets(
        self,
        municipality: str | None = None,
        unit: str | None = None,
        year: int | None = None,
        query: str | None = None,
        document: str | None = None,
    ) -> list[GoalRow]:
        """Rows whose facts are the same and whose indicator holds the query."""
        return [
            row
            for row in _ROWS
            if municipality in (None, row.document.municipality)
            and unit in (None, row.unit)
            and document in (None, row.document.id)
            and (query or "").lower() in row.goal.indicator.text.lower()
        ]

    def documents(self) -> list[FakeInfo]:
        """Both documents; the second has a problem to report."""
        reports = [
            DocumentReport("oppila-2024", "form", len(_TEXT), 0, 12, 2),
            DocumentReport("paha", "prose", 100, 3, 1, 1, (EVIL,)),
            *(DocumentReport(document.facts.id, "prose", len(document.text), 0, 1, 0) for document in self.added),
        ]
        shown = [*_DOCUMENTS, *self.added]
        return [FakeInfo(document.facts, report) for document, report in zip(shown, reports, strict=True)]

    def add_all(self, paths: list[Path], **given: str | None) -> list[FakeTaken]:
        """Takes in text files; an empty one is an error. A document of the same name is replaced."""
        return [self._taken(path, given) for path in paths]

    def _taken(self, path: Path, given: dict[str, str | None]) -> FakeTaken:
        try:
            return FakeTaken(path, self._add(path, given))
        except FakeError as error:
            return FakeTaken(path, error=error)

    def _add(self, path: Path, given: dict[str, str | None]) -> FakeInfo:
        text = path.read_text(encoding="utf-8")
        if not text.strip():
            raise FakeError(f"Tiedosto {path.name} on tyhjä.")
        facts = Facts(
            path.stem, given["title"] or path.stem, given["publisher"], given["municipality"], None, given["period"]
        )
        self.added = [*(each for each in self.added if each.facts.id != path.stem), Document(facts, text)]
        return self.documents()[-1]

    def remove(self, identifier: str) -> None:
        """Only what was added goes."""
        if identifier not in {document.facts.id for document in self.added}:
            raise FakeError(f"Asiakirja {identifier} on osa ohjelmaa, eikä sitä voi poistaa.")
        self.added = [document for document in self.added if document.facts.id != identifier]

    def document(self, identifier: str) -> Document:
        """The document, or an error."""
        found = next((document for document in (*_DOCUMENTS, *self.added) if document.facts.id == identifier), None)
        if found is None:
            raise FakeError(f"Asiakirjaa {identifier} ei ole.")
        return found


def _answer(question: str, status: Status, text: str, rows: list[int]) -> Answer:
    chosen = list(enumerate((_ROWS[number] for number in rows), 1))
    views = tuple(
        RowView(
            row.document.id,
            row.unit,
            row.goal.indicator.text,
            row.goal.baseline.text,
            row.goal.target.text,
            row.goal.progress.text,
            number,
        )
        for number, row in chosen
    )
    citations = tuple(_citation(number, row) for number, row in chosen)
    follow = ("Entä psykologimitoitus?",)
    return Answer(question, status, text, citations, follow, understood="Mikä on tavoite?", rows=views)


def _citation(number: int, row: GoalRow) -> Citation:
    document = next(each for each in _DOCUMENTS if each.facts.id == row.document.id)
    spans = (*row.goal.indicator.spans, *row.goal.target.spans)
    return cite(number, document, ("Opetuspalvelut", "Oppilashuolto"), spans)
