"""Evidence for a question: candidate passages, their features and their rank.

The features are measured (see evals/fit.py and evals/EXPERIMENTS.md); their weights stand in weights.json.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.lexicon import lexicon
from assistant.question import Asked, Question, Word
from assistant.spelling import without_dots
from corpus.finnish import readings, terms, words
from index.embedder import Encoded
from index.goal_table import GoalRow
from index.index import Hit, Index
from index.passages import Kind, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 40
_RARE = 3.5  # idf of a term that about one passage in thirty holds
_NOUN = 0.8  # weight from which on a word names a thing
_PART = 0.8  # a compound's part is worth less than the word
_NO_MEANING = 0.78  # cosine of a question word's tokens with unrelated text
_MEANING = 0.14  # and how much more a word of the same meaning has
_OFFICIAL = 0.9  # and so is the official word for an everyday one

FEATURES = (
    "late",
    "late_own",
    "cosine",
    "words",
    "cover",
    "cover_own",
    "late_gap",
    "words_gap",
    "uncovered",
    "row_for_value",
    "row_has_target",
    "row_has_baseline",
    "progress_asked",
    "list_asked",
    "action_asked",
    "responsible",
    "value_elsewhere",
    "unit_agrees",
    "unit_differs",
    "year_agrees",
    "year_differs",
    "numbers",
    "kind_row",
    "kind_item",
    "kind_progress",
    "kind_action",
    "kind_goal",
    "kind_partial",
    "kind_note",
    "kind_text",
    "kind_list",
    "list_of_indicators",
    "foreign_late",
    "soft_cover",
    "weakest",
    "numbers_missing",
    "time_asked",
    "number_asked",
    "cost_asked",
    "soft_own",
    "weakest_own",
    "late_words",
    "late_words_own",
    "letters",
)

_PLACES = {name: at for at, name in enumerate(FEATURES)}


@dataclass(frozen=True)
class Evidence:
    """A candidate passage with its goal rows, its features (in FEATURES' order) and its score, higher is better."""

    number: int
    passage: Passage
    rows: tuple[GoalRow, ...]
    features: tuple[float, ...]
    score: float

    def feature(self, name: str) -> float:
        """One feature by name."""
        return self.features[_PLACES[name]]


@cache
def weights() -> dict[str, dict[str, float]]:
    """The fitted weights: "rank" and "decide", feature -> weight."""
    found: dict[str, dict[str, float]] = json.loads(
        Path(__file__).with_name("weights.json").read_text(encoding="utf-8")
    )
    return found


class Ranker:
    """Finds and ranks evidence in one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._own = index.words.own
        self._all = index.words.all
        self._letters = [_letters(passage.text) for passage in index.passages]
        self._own_tokens = [_share(passage) for passage in index.passages]
        counts = Counter(term for found in self._all for term in found)
        total = len(self._all)
        self._idf = {term: math.log((total + 1) / (count + 0.5)) for term, count in counts.items()}
        self._rarest = math.log((total + 1) / 0.5)

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        import numpy as np

        rank = weights()["rank"]
        return np.array([rank.get(name, 0.0) for name in FEATURES])

    def evidence(
        self, question: Question, encoded: Encoded, keep: Callable[[Passage], bool] | None = None
    ) -> list[Evidence]:
        """Candidates best first."""
        hits = self._index.search(encoded, question.terms, CANDIDATES, keep=keep)
        if not hits:
            return []
        matrix = self.features(question, encoded, hits)
        scores = matrix @ self._weights
        order = sorted(range(len(hits)), key=lambda at: -scores[at])
        return [
            Evidence(
                hits[at].number,
                passage := self._index.passages[hits[at].number],
                tuple(self._index.rows_of(passage)),
                tuple(matrix[at].tolist()),
                float(scores[at]),
            )
            for at in order
        ]

    def features(self, question: Question, encoded: Encoded, hits: Sequence[Hit]) -> NDArray[np.float64]:
        """[hits, features] in FEATURES' order; each about 0 to 1."""
        import numpy as np

        numbers = [hit.number for hit in hits]
        whole, own = self._index.late(encoded, numbers, [self._own_tokens[number] for number in numbers])
        late_all, late_own = whole.mean(axis=1), own.mean(axis=1)
        meaning, meaning_own = _word_meanings(question, encoded, whole), _word_meanings(question, encoded, own)
        met, met_own = _met(meaning), _met(meaning_own)
        letters = _letters(" ".join(word.surface for word in question.words))
        most = max((hit.words for hit in hits), default=0.0) or 1.0
        scale = [self._weight(word) for word in question.words]
        possible = sum(scale) or 1.0
        rows = []
        for at, hit in enumerate(hits):
            passage = self._index.passages[hit.number]
            shares = [self._word_cover(word, self._all[hit.number]) for word in question.words]
            own_shares = [self._word_cover(word, self._own[hit.number]) for word in question.words]
            soft = [max(share, meaning) for share, meaning in zip(shares, met[at], strict=True)]
            soft_own = [max(share, meaning) for share, meaning in zip(own_shares, met_own[at], strict=True)]
            nouns = [share for share, word in zip(soft, question.words, strict=True) if _is_noun(word)]
            subjects = [
                share
                for share, word in zip(soft_own, question.words, strict=True)
                if _is_noun(word) and not _says_where(word, question)
            ]
            figures = [float(figure not in passage.searched) for figure in question.numbers]
            measured = [
                (late_all[at] - 0.8) * 10,
                (late_own[at] - 0.8) * 10,
                (hit.cosine - 0.8) * 10,
                min(hit.words / possible, 1.5),
                _weighted(shares, scale),
                _weighted(own_shares, scale),
                (late_all[at] - late_all.max()) * 10,
                hit.words / most,
                max((weight * (1 - share) for weight, share in zip(scale, shares, strict=True)), default=0.0)
                / self._rarest,
            ]
            rows.append(
                [
                    *measured,
                    *self._fit(question, passage, hit.number),
                    measured[0] if question.language != "fi" else 0.0,
                    _weighted(soft, scale),
                    min(nouns, default=1.0),
                    sum(figures) / len(figures) if figures else 0.0,
                    float(Asked.DEADLINE in question.asked and bool(tells_time(passage.text))),
                    float(Asked.NUMBER in question.asked and has_figure(passage.text)),
                    float(Asked.COST in question.asked and bool(self._own[hit.number] & lexicon().cost_words)),
                    _weighted(soft_own, scale),
                    min(subjects, default=1.0),
                    (_weighted(meaning[at].tolist(), scale) - 0.8) * 10,
                    (_weighted(meaning_own[at].tolist(), scale) - 0.8) * 10,
                    len(letters & self._letters[hit.number]) / len(letters) if letters else 0.0,
                ]
            )
        return np.array(rows, dtype=np.float64)

    # --- words

    def _weight(self, word: Word) -> float:
        """How much a content word says: the idf of its rarest known form; an unknown word says most."""
        known = [self._idf[lemma] for lemma in word.lemmas if lemma in self._idf]
        parts = [self._idf.get(part, self._rarest) for part in word.parts]
        return word.weight * max(known or parts, default=self._rarest)

    def _word_cover(self, word: Word, found: frozenset[str]) -> float:
        if word.lemmas & found:
            return 1.0
        best = _OFFICIAL if word.official & found else 0.0
        if word.parts:
            weights = {part: self._idf.get(part, self._rarest) for part in word.parts}
            shared = sum(weight for part, weight in weights.items() if part in found)
            best = max(best, _PART * (shared / sum(weights.values())) ** 2)
        return best

    def missing_words(self, question: Question, number: int) -> list[Word]:
        """The content words that the passage covers less than half."""
        return [word for word in question.words if self._word_cover(word, self._all[number]) < 0.5]

    def absent_here(self, question: Question, keep: Callable[[Passage], bool]) -> list[Word]:
        """Nouns that indicators of other documents are about, but nothing in those the question is narrowed to."""
        inside = frozenset(passage.document for passage in self._index.passages if keep(passage))
        here, elsewhere = self._terms_of(inside)
        found = []
        for word in question.words:
            own = word.lemmas | word.official
            rare = max((self._idf[term] for term in own if term in self._idf), default=0.0) >= _RARE
            if word.weight >= 1.0 and rare and own & elsewhere and not (own | word.parts) & here:
                found.append(word)
        return found

    @lru_cache(maxsize=64)  # noqa: B019 - a ranker lives as long as its index
    def _terms_of(self, inside: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """All terms of these documents; the terms of the indicators of the others."""
        here: set[str] = set()
        elsewhere: set[str] = set()
        for number, passage in enumerate(self._index.passages):
            if passage.document in inside:
                here |= self._all[number]
            elif passage.kind in (Kind.ROW, Kind.ITEM):
                elsewhere |= self._own[number]
        return frozenset(here), frozenset(elsewhere)

    def alike(self, one: Evidence, other: Evidence) -> float:
        """How much of the one's own terms, weighted by rarity, the other has too, 0 to 1."""
        mine, theirs = self._own[one.number], self._own[other.number]
        total = sum(self._idf[term] for term in mine)
        return sum(self._idf[term] for term in mine & theirs) / total if total else 0.0

    def progress_of(self, row: GoalRow, most: int) -> list[Passage]:
        """The sentences of the row's progress note that speak of its indicator, in document order.

        Where the note belongs to this row alone, its first ones; at most `most`.
        """
        sentences = [
            passage
            for passage in self._index.passages_of(row.document.id, row.position)
            if passage.kind is Kind.PROGRESS
        ]
        if all(len(passage.rows) == 1 for passage in sentences):
            return sentences[:most]
        about = frozenset(terms(row.goal.indicator.text))
        shared = [
            (sum(self._idf.get(term, 0.0) for term in about & frozenset(terms(passage.text))), at, passage)
            for at, passage in enumerate(sentences)
        ]
        best = sorted(shared, key=lambda entry: -entry[0])[:most]
        return [passage for weight, _, passage in sorted(best, key=lambda entry: entry[1]) if weight >= _RARE]

    def covers(self, word: Word, entry: Evidence) -> float:
        """How far the evidence's own text covers the word, 0 to 1."""
        return self._word_cover(word, self._own[entry.number])

    def tells_cost(self, entry: Evidence) -> bool:
        """Does the passage speak of money?"""
        return bool(self._own[entry.number] & lexicon().cost_words)

    def unknown(self, word: Word) -> bool:
        """Does no passage know the word, nor a part of it?"""
        return not any(term in self._idf for term in word.lemmas | word.parts | word.official)

    # --- what the question asks for and where

    def _fit(self, question: Question, passage: Passage, number: int) -> list[float]:
        asked, kind = question.asked, passage.kind
        value = bool(asked & {Asked.TARGET, Asked.BASELINE, Asked.COUNT})
        single = kind in (Kind.ROW, Kind.ITEM)
        goal = self._index.goal(passage.document, passage.rows[0]) if single and passage.rows else None
        unit_agrees, unit_differs = self._unit(question, passage, number)
        year_agrees, year_differs = self._year(question, passage)
        numbers = [float(figure in passage.text) for figure in question.numbers]
        kinds = [float(kind is other) for other in _KINDS]
        return [
            float(value and single),
            float(Asked.TARGET in asked and goal is not None and bool(goal.target)),
            float(Asked.BASELINE in asked and goal is not None and bool(goal.baseline)),
            float(Asked.PROGRESS in asked and kind is Kind.PROGRESS),
            float(Asked.LIST in asked and kind is Kind.LIST),
            float(not asked and kind in (Kind.ACTION, Kind.TEXT)),
            float(Asked.RESPONSIBLE in asked and passage.field == "responsible"),
            float(value and kind in (Kind.ACTION, Kind.GOAL, Kind.TEXT)),
            unit_agrees,
            unit_differs,
            year_agrees,
            year_differs,
            sum(numbers) / len(numbers) if numbers else 0.0,
            *kinds,
            float(kind is Kind.LIST and passage.field == "indicator"),
        ]

    def _unit(self, question: Question, passage: Passage, number: int) -> tuple[float, float]:
        """Does the passage concern the unit asked about? Neither where none is named."""
        if not question.units:
            return 0.0, 0.0
        names = {name for unit in question.units for name in (unit, *lexicon().units.get(unit, ()))}
        low = passage.unit.lower()
        if any(name in low for name in names):
            return 1.0, 0.0
        if names & self._own[number]:
            return 0.5, 0.0
        return 0.0, 1.0

    def _year(self, question: Question, passage: Passage) -> tuple[float, float]:
        """Does the passage or its document's period name a year asked about?"""
        if not question.years:
            return 0.0, 0.0
        if any(str(year) in passage.text for year in question.years):
            return 1.0, 0.0
        if passage.kind is Kind.ITEM and _YEAR.search(passage.text):  # a figure of another year
            return 0.0, 1.0
        period = self._index.documents[passage.document].facts.years()
        return (0.5, 0.0) if question.years & period else (0.0, 1.0)


_KINDS = (
    Kind.ROW,
    Kind.ITEM,
    Kind.PROGRESS,
    Kind.ACTION,
    Kind.GOAL,
    Kind.PARTIAL,
    Kind.NOTE,
    Kind.TEXT,
    Kind.LIST,
)


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}/\d{2,4}"
    r"|\b(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu|\b(?:kevä|syksy|kesä|talve)"
    r"|vuosittain|kuukausittain|kolmannesvuosittain|kerran|jatkuva",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\(?(?:lv\.? )?(?<!\d)(?:19|20)\d\d(?:[-–]\d{2,4})?\)?|\d{1,2}/\d{4}")


def tells_time(text: str) -> bool:
    """Does the text say when: a date, a year, a month, a season, how often?"""
    return _TIME.search(text) is not None


def has_figure(text: str) -> bool:
    """Does the text hold a figure that is no date, or a number word?"""
    bare = _DATE.sub(" ", text)
    if re.search(r"\d", bare):
        return True
    return any(reading.word_class == "lukusana" for word in words(bare) for reading in readings(word))


def _says_where(word: Word, question: Question) -> bool:
    """Does the word only name the municipality or unit?"""
    names = {name.lower() for name in question.municipalities}
    units = {alias for unit in question.units for alias in (unit, *lexicon().units.get(unit, ()))}
    return bool(word.lemmas & names) or bool((word.lemmas | word.official) & units)


def _word_meanings(question: Question, encoded: Encoded, best: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean best cosine of each content word's tokens in each passage: [passages, words]."""
    import numpy as np

    columns = [
        best[:, tokens].mean(axis=1) if tokens else np.zeros(len(best)) for tokens in _word_tokens(question, encoded)
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((len(best), 0))


def _met(meaning: NDArray[np.float64]) -> list[list[float]]:
    """How well each passage meets each content word by meaning, 0 to 1: [passages][words]."""
    import numpy as np

    found: list[list[float]] = np.clip((meaning - _NO_MEANING) / _MEANING, 0.0, 1.0).tolist()
    return found


def _letters(text: str) -> frozenset[str]:
    """Runs of four letters within the words, dots aside: what misspelt and inflected words still share."""
    return frozenset(piece[at : at + 4] for piece in words(without_dots(text)) for at in range(len(piece) - 3))


def _weighted(shares: Sequence[float], scale: Sequence[float]) -> float:
    """Mean of the shares by weight; 0 where nothing has weight."""
    total = sum(scale)
    return sum(share * weight for share, weight in zip(shares, scale, strict=True)) / total if total else 0.0


def _is_noun(word: Word) -> bool:
    return word.weight >= _NOUN and not word.surface[0].isdigit()


def _word_tokens(question: Question, encoded: Encoded) -> list[list[int]]:
    """For each content word the question's tokens that it is made of; none for a word not found in the text."""
    found: list[list[int]] = []
    at = 0
    low = question.text.lower()
    for word in question.words:
        start = low.find(word.surface.lower(), at)
        if start < 0:
            start = low.find(word.surface.lower())
        end = start + len(word.surface)
        at = end if start >= 0 else at
        tokens = [number for number, (a, b) in enumerate(encoded.places) if start >= 0 and a < end and b > start]
        found.append(tokens)
    return found


def _share(passage: Passage) -> float:
    """The part of the passage's searched characters that is its own text, 0 to 1."""
    return len(passage.text) / max(1, len(passage.searched))
