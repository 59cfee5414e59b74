"""Judging an answer against what is known: correct, lead, wrong, refused, uncited figures, inexact quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEAD = 350


@dataclass(frozen=True)
class Known:
    """A question and what a right answer to it holds; the fields as in the question files."""

    id: str
    question: str
    history: tuple[dict[str, str], ...]
    kind: str
    style: str
    doc: str | None
    answer_all: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    cite_any: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Do the documents answer it?"""
        return self.kind != "unanswerable"


@dataclass(frozen=True)
class Verdict:
    """How one answer fared. `wrong`: an answerable question was answered and missed; `refused`: it was declined."""

    correct: bool
    lead: bool
    wrong: bool
    refused: bool
    uncited: tuple[str, ...]
    inexact: int
    why: str


def load(path: Path) -> list[Known]:
    """The questions of a file in its order; those to train on have no history and no more than the cited words."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            entry = json.loads(line)
            found.append(
                Known(
                    entry["id"],
                    entry["question"],
                    tuple(entry.get("history", ())),
                    entry["kind"],
                    entry["style"],
                    entry["doc"],
                    tuple(map(tuple, entry.get("answer_all", ()))),
                    tuple(entry.get("must_not", ())),
                    tuple(entry["cite_any"]),
                )
            )
    return found


def fold(text: str) -> str:
    """Case and white space aside."""
    return re.sub(r"\s+", " ", text).strip().lower()


def judge(known: Known, answer: Mapping[str, Any], texts: Mapping[str, str]) -> Verdict:
    """Judge an answer (as in the contract's JSON) with the documents' texts by id."""
    uncited = tuple(uncited_figures(answer, known.question, known.history))
    inexact = sum(not exact(citation, texts) for citation in answer["citations"])
    declined = answer["status"] in ("not_found", "refused")
    if not known.answerable:
        shown = [word for word in known.must_not if fold(word) in fold(answer["text"])]
        correct = declined and not shown
        why = "" if correct else (f"shows {shown}" if declined else f"answered ({answer['status']})")
        return Verdict(correct, correct, False, False, uncited, inexact, why)
    why = _why_not(known, answer["text"], answer["citations"])
    correct = not declined and not why
    lead = correct and not _why_not(known, answer["text"][:LEAD], answer["citations"])
    wrong = not declined and not correct
    return Verdict(correct, lead, wrong, declined, uncited, inexact, "declined" if declined else why)


def _why_not(known: Known, text: str, citations: Sequence[Mapping[str, Any]]) -> str:
    """What keeps the text from being right; empty where nothing does."""
    said = fold(text)
    lacking = [options for options in known.answer_all if not any(fold(option) in said for option in options)]
    if lacking:
        return f"lacks {lacking[0]}"
    shown = [word for word in known.must_not if fold(word) in said]
    if shown:
        return f"shows {shown}"
    quotes = [fold(citation["quote"]) for citation in citations]
    if not any(fold(words) in quote for words in known.cite_any for quote in quotes):
        return "cites another place"
    return ""


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def uncited_figures(answer: Mapping[str, Any], question: str, history: Sequence[Mapping[str, str]] = ()) -> list[str]:
    """Figures of the text that stand in no quote, no citation's metadata and not in the question."""
    sources = [question, *(turn["content"] for turn in history)]
    for citation in answer["citations"]:
        sources += [citation["quote"], citation["title"], str(citation["period"] or ""), " ".join(citation["section"])]
        sources.append(str(citation.get("page") or ""))
    known = {figure for source in sources for figure in _FIGURE.findall(source)}
    known |= {piece for figure in known for piece in re.split(r"[.,]", figure)}
    text = re.sub(r"\[\d+\]", "", answer["text"])
    return [figure for figure in _FIGURE.findall(text) if figure not in known]


def exact(citation: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    """Is the quote the text of its spans, and are there spans at all?"""
    text = texts.get(citation["document"], "")
    pieces = [text[start:end] for start, end in citation["spans"]]
    return bool(pieces) and all(pieces) and " … ".join(pieces) == citation["quote"]
