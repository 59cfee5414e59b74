"""Evidence for a question: candidate passages and their rank by measured features through a trained network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from statistics import fmean, pstdev

from assistant.coverage import OFFICIAL
from assistant.duties import duties
from assistant.features import FEATURES, Measure
from assistant.lexicon import lexicon
from assistant.network import RANK, read_network
from assistant.overview import all_asked
from assistant.question import NAME, NOUN, Question, Word, asks_field
from assistant.signs import per_what
from corpus.finnish import can_be_verb, lemmas, terms, words
from index.embedder import Encoded
from index.goal_table import GoalRow, same_indicator
from index.index import EVERYWHERE, Index, Scope
from index.passages import FIGURES, Kind, Passage

CANDIDATES = 40
MOST_READ = 3  # of the best so many are read together with the question,
_NEAR = 1.0  # if their scores are as near to the best's
_READING = 0.5  # weight of a reading beside the score (evals/EXPERIMENTS.md)
_NEARNESS = 0.5  # weight of the nearness of running text beside its score
_RARE = 3.5  # idf of a term that about one passage in thirty holds
_HALF = 0.5  # a word that a passage covers less it does not have

_SHORTEST_STEM = 5
_LONGEST_TAIL = 2  # letters that words of one stem end in, each in its own

_PLACES = {name: at for at, name in enumerate(FEATURES)}


@dataclass(frozen=True)
class Evidence:
    """A candidate passage with its goal rows, its features (in FEATURES' order) and its score, higher is better.

    `nearness` is its late interaction with the question, all words weighing alike.
    """

    number: int
    passage: Passage
    rows: tuple[GoalRow, ...]
    features: tuple[float, ...]
    score: float
    nearness: float = 0.0

    def feature(self, name: str) -> float:
        """One feature by name."""
        return self.features[_PLACES[name]]


def _stands_in(own: frozenset[str], terms: frozenset[str]) -> bool:
    """Is one of the words a term or of one stem with a term ("kokeilu", "kokeilla")?"""
    stems = tuple(word[: max(_SHORTEST_STEM, len(word) - _LONGEST_TAIL)] for word in own if len(word) > _SHORTEST_STEM)
    return bool(own & terms) or (bool(stems) and any(term.startswith(stems) for term in terms))


def _levels(passage: Passage) -> frozenset[str]:
    """The levels of school, or other units that the lexicon tells apart, that its unit is named by."""
    unit = passage.unit.lower()
    return frozenset(level for level in lexicon().levels if level in unit)


def _near(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best and those so near it that they are worth reading."""
    return [entry for entry in ranked[:MOST_READ] if entry.score > ranked[0].score - _NEAR]


def _prose_by_nearness(ranked: list[Evidence]) -> list[Evidence]:
    """The same with running text ordered among itself by its nearness and its section's, too; scores stay in place.

    The network has learnt from goal documents. Text of another kind (law, minutes) it ranks worse than late interaction
    alone with the best of the same section; both together rank invented prose best (evals/EXPERIMENTS.md).
    """
    prose = [entry for entry in ranked if entry.passage.kind is Kind.TEXT and entry.passage.form is None]
    if len(prose) < 2:
        return ranked
    best: dict[object, float] = {}
    for entry in prose:
        section = (entry.passage.document, entry.passage.section)
        best[section] = max(entry.nearness, best.get(section, -1.0))
    near = [entry.nearness + best[entry.passage.document, entry.passage.section] for entry in prose]
    told = [
        score + _NEARNESS * nearness
        for score, nearness in zip(_standard([entry.score for entry in prose]), _standard(near), strict=True)
    ]
    again = [prose[at] for at in sorted(range(len(prose)), key=lambda at: -told[at])]
    moved = {place.number: replace(entry, score=place.score) for place, entry in zip(prose, again, strict=True)}
    return [moved.get(entry.number, entry) for entry in ranked]


def _standard(values: Sequence[float]) -> list[float]:
    """In standard deviations from the mean; zeros where all are the same."""
    spread = pstdev(values)
    return [(value - fmean(values)) / spread if spread else 0.0 for value in values]


class Ranker:
    """Finds and ranks evidence in one index; `reads` scores a question and a passage read together."""

    def __init__(self, index: Index, reads: Callable[[str, str], float]) -> None:
        self._index = index
        self._reads = reads
        self._own = index.words.own
        self._all = index.words.all
        self._measure = Measure(index)

    def evidence(self, question: Question, encoded: Encoded, scope: Scope = EVERYWHERE) -> list[Evidence]:
        """Candidates best first."""
        import numpy as np

        found = self.measured(question, encoded, scope)
        if not found:
            return []
        scores = read_network(RANK, FEATURES).scores(np.array([entry.features for entry in found]))
        return self.ranked(question, found, scores)

    def ranked(self, question: Question, found: Sequence[Evidence], scores: Iterable[float]) -> list[Evidence]:
        """The candidates by their scores, the first ones in the order that they have when read with the question, too.

        Only those near the best are read, for reading takes time; they change places, and the scores stay in place.
        """
        scored = [replace(entry, score=float(score)) for entry, score in zip(found, scores, strict=True)]
        ranked = _prose_by_nearness(sorted(scored, key=lambda entry: -entry.score))
        near = _near(ranked)
        if len(near) < 2:
            return ranked
        again = sorted(near, key=lambda entry: -entry.score - _READING * self._reading(question.text, entry.number))
        placed = [replace(entry, score=place.score) for entry, place in zip(again, near, strict=True)]
        return [*placed, *ranked[len(near) :]]

    def measured(self, question: Question, encoded: Encoded, scope: Scope = EVERYWHERE) -> list[Evidence]:
        """Candidates in the order of their fusion, not yet scored."""
        hits = self._index.search(encoded, question.terms, CANDIDATES, scope)
        if not hits:
            return []
        matrix, nearness = self._measure.features(question, encoded, hits)
        passages = [self._index.passages[hit.number] for hit in hits]
        return [
            Evidence(hit.number, passage, tuple(self._index.rows_of(passage)), tuple(row), 0.0, near)
            for hit, passage, row, near in zip(hits, passages, matrix.tolist(), nearness.tolist(), strict=True)
        ]

    def readings(self, question: Question, evidence: Sequence[Evidence]) -> list[float]:
        """How surely the best passage and those near it answer the question: logarithms of the odds."""
        return [self._reading(question.text, entry.number) for entry in _near(evidence)]

    def known_readings(self, question: Question, evidence: Sequence[Evidence]) -> list[float]:
        """The same where they were read to rank them; empty where the best one stands alone."""
        return self.readings(question, evidence) if len(_near(evidence)) > 1 else []

    @lru_cache(maxsize=256)  # noqa: B019 - a ranker lives as long as its index
    def _reading(self, question: str, number: int) -> float:
        return self._reads(question, self._index.passages[number].read)

    def missing_words(self, question: Question, number: int) -> list[Word]:
        """The content words that the passage covers less than half."""
        return [word for word in question.words if self._measure.all.of(word)[number] < _HALF]

    def holds(self, words: Sequence[Word], entry: Evidence) -> float:
        """How far the passage's own text covers the words in the mean, 0 to 1; 0 where there are none."""
        return fmean(float(self._measure.own.of(word)[entry.number]) for word in words) if words else 0.0

    def alike(self, one: Evidence, other: Evidence) -> float:
        """The share of the one's own terms, or the other's if they weigh less, that both have, by rarity; 0 to 1."""
        first, second = self._own[one.number], self._own[other.number]
        weights = [
            sum(self._measure.idf.get(term, 0.0) for term in shared) for shared in (first & second, first, second)
        ]
        return weights[0] / min(weights[1:]) if min(weights[1:]) else 0.0

    def names(self, word: Word, entry: Evidence) -> bool:
        """Has the passage's own text the word, a noun, whole or by its official name?"""
        return word.weight >= NAME and self._has_whole(word, entry)

    def names_one(self, question: Question, entry: Evidence) -> bool:
        """Has the passage's own text a word of the question whole, a municipality's name aside?"""
        named = {name.lower() for name in question.municipalities}
        words = (word for word in question.words if not word.lemmas & named)
        return any(self._has_whole(word, entry) for word in words)

    def _has_whole(self, word: Word, entry: Evidence) -> bool:
        return bool(self._measure.own.of(word)[entry.number] >= OFFICIAL)

    def covers(self, question: Question, entry: Evidence) -> bool:
        """Has the passage every content word of the question but those that ask for a field, a rare one among them?"""
        subject = [word for word in question.words if not asks_field(word)]
        rare = any(self._measure.weight(word) >= _RARE for word in subject)
        return rare and all(map(asks_field, self.missing_words(question, entry.number)))

    def absent_here(self, question: Question, documents: frozenset[str]) -> list[Word]:
        """Nouns that indicators of other documents are about, but nothing in these."""
        here, elsewhere = self._terms_of(documents)
        found = []
        for word in question.words:
            if asks_field(word) or can_be_verb(word.surface):
                continue
            own = word.lemmas if question.language == "fi" else word.official
            rare = max((self._measure.idf[term] for term in own if term in self._measure.idf), default=0.0) >= _RARE
            if word.weight >= 1.0 and rare and own & elsewhere and not _stands_in(own | word.parts, here):
                found.append(word)
        return found

    def of_another_level(self, levels: frozenset[str], entry: Evidence) -> bool:
        """Is it of another unit than the levels asked about, in a document that tells these levels apart?"""
        if not entry.feature("unit_differs"):
            return False
        return bool(_levels(entry.passage) - levels or levels & self._levels_of[entry.passage.document])

    @cached_property
    def _levels_of(self) -> dict[str, frozenset[str]]:
        """The levels that the units of each document are named by."""
        found: dict[str, set[str]] = {passage.document: set() for passage in self._index.passages}
        for passage in self._index.passages:
            found[passage.document] |= _levels(passage)
        return {document: frozenset(levels) for document, levels in found.items()}

    def absent_at(self, level: str, question: Question, best: Evidence) -> bool:
        """Has the best evidence none of the question's nouns, and its document one of them at another level alone?"""
        here, elsewhere = self._terms_at(level, best.passage.document)
        nouns = [word for word in question.words if word.weight >= 1.0 and not asks_field(word)]
        nouns = [word for word in nouns if level not in word.lemmas | word.official | word.parts]
        if any(self._measure.own.of(word)[best.number] > 0 for word in nouns):
            return False
        return any(word.lemmas & elsewhere and not (word.lemmas | word.official | word.parts) & here for word in nouns)

    def asks_per_another(self, question: Question, best: Evidence) -> bool:
        """Is something asked for by each of what other indicators count by, and the best evidence says nothing of?"""
        counted = per_what(question.plain)
        asked = [word for word in question.words if word.surface in counted]
        return any(
            (word.lemmas | word.official) & self._counted_by and self._measure.own.of(word)[best.number] < _HALF
            for word in asked
        )

    @cached_property
    def _counted_by(self) -> frozenset[str]:
        """The lemmas of what indicators count by: of "Oppilasmäärä / kuraattori" the "kuraattori"."""
        rows = self._index.rows
        return frozenset(term for row in rows for name in per_what(row.goal.indicator.text) for term in lemmas(name))

    @lru_cache(maxsize=64)  # noqa: B019 - a ranker lives as long as its index
    def _terms_at(self, level: str, document: str) -> tuple[frozenset[str], frozenset[str]]:
        """All terms of the document's passages of this level; the terms of its indicators of the other levels."""
        here: set[str] = set()
        elsewhere: set[str] = set()
        for number, passage in enumerate(self._index.passages):
            levels = _levels(passage)
            if passage.document == document and level in levels:
                here |= self._all[number]
            elif passage.document == document and levels and passage.kind in FIGURES:
                elsewhere |= self._own[number]
        return frozenset(here), frozenset(elsewhere if here else ())

    @lru_cache(maxsize=64)  # noqa: B019 - a ranker lives as long as its index
    def _terms_of(self, documents: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """All terms of these documents; the terms of the indicators of the others."""
        here: set[str] = set()
        elsewhere: set[str] = set()
        for number, passage in enumerate(self._index.passages):
            if passage.document in documents:
                here |= self._all[number]
            elif passage.kind in FIGURES:
                elsewhere |= self._own[number]
        return frozenset(here), frozenset(elsewhere)

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
            (sum(self._measure.idf.get(term, 0.0) for term in about & frozenset(terms(passage.text))), at, passage)
            for at, passage in enumerate(sentences)
        ]
        best = sorted(shared, key=lambda entry: -entry[0])[:most]
        return [passage for weight, _, passage in sorted(best, key=lambda entry: entry[1]) if weight >= _RARE]

    def next_of(self, entry: Evidence) -> tuple[Evidence, ...]:
        """The sentence that follows in the same note, if it begins with a word of this one.

        "On valmisteltu pilotti …. Pilotti pyritään käynnistämään …" It has the score and features of the evidence.
        """
        number = entry.number + 1
        if entry.passage.kind is not Kind.PROGRESS or number >= len(self._index.passages):
            return ()
        passage, before = self._index.passages[number], entry.passage
        same = ("document", "form", "kind", "rows", "section")
        if any(getattr(passage, name) != getattr(before, name) for name in same):
            return ()
        if not self._own[entry.number].intersection(terms(" ".join(words(passage.text)[:1]))):
            return ()
        return (replace(entry, number=number, passage=passage, rows=tuple(self._index.rows_of(passage))),)

    def over_time(self, entry: Evidence) -> tuple[Evidence, ...]:
        """The evidence's row in every document where its indicator returns, oldest first; empty where in none.

        All have the score and features of the evidence.
        """
        rows = same_indicator(entry.rows[0], self._index.rows)
        if len(rows) == 1 or len({row.document.id for row in rows}) < len(rows):  # twice in one: nobody knows which
            return ()
        numbers = [self._index.row_passage(row) for row in rows]
        return tuple(
            replace(entry, number=number, passage=self._index.passages[number], rows=(row,))
            for number, row in zip(numbers, rows, strict=True)
        )

    def list_of(self, entry: Evidence, field: str | None = None) -> Evidence | None:
        """The list that the passage is an item of, or of all the fields of that name beside it.

        It has the passage's features and score.
        """
        form = (entry.passage.document, entry.passage.form, field)
        number = self._form_lists.get(form) if field else self._lists.get(entry.number)
        if number is None:
            return None
        return replace(entry, number=number, passage=self._index.passages[number])

    def overview(self, question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """Every goal, indicator or action of the place that the question names and nothing else; see overview.py."""
        return self._entries(all_asked(question, self._index), evidence)

    def duties(self, question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """A row of each action that the named office answers for; see duties.py."""
        return self._entries(duties(question, self._index, {entry.passage.document for entry in evidence}), evidence)

    def _entries(self, numbers: Iterable[int], evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The passages of these numbers as evidence that was not ranked."""
        return tuple(
            replace(evidence[0], number=number, passage=passage, rows=tuple(self._index.rows_of(passage)))
            for number in numbers
            for passage in (self._index.passages[number],)
        )

    def list_headed(self, question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
        """The one list under headings that hold all of the question's nouns ("esihenkilön lupaukset"), or their parts.

        The document's title may hold some, not all, and a municipality's name alone is none. None where several lists
        do; out of the evidence's documents alone, and of those of the years asked about.
        """
        numbers = lexicon().number_words.keys()
        told = (word for word in question.words if question.language == "fi" or word.official)
        nouns = [(word.lemmas | word.official, word.parts) for word in told if word.weight >= 1.0]
        nouns = [(noun, parts) for noun, parts in nouns if not noun & numbers]
        documents = {entry.passage.document for entry in evidence}
        found = [
            number
            for number, heading, title in self._headings
            if self._index.passages[number].document in documents
            and self._is_of_years(self._index.passages[number], question.years)
            and any(noun & heading and not noun & lexicon().municipalities.keys() for noun, _ in nouns)
            and all(noun & (heading | title) or (parts and parts <= heading) for noun, parts in nouns)
        ]
        if len(found) != 1:
            return None
        return replace(evidence[0], number=found[0], passage=self._index.passages[found[0]], rows=())

    def _is_of_years(self, passage: Passage, years: frozenset[int]) -> bool:
        return not years or bool(years & self._index.documents[passage.document].facts.years())

    @cached_property
    def _headings(self) -> list[tuple[int, frozenset[str], frozenset[str]]]:
        """Number, terms of the headings and terms of the document's title of each list under a heading."""
        return [
            (
                number,
                frozenset(terms(" ".join(passage.section))),
                frozenset(terms(self._index.documents[passage.document].facts.title)),
            )
            for number, passage in enumerate(self._index.passages)
            if passage.kind is Kind.LIST and not passage.rows
        ]

    @cached_property
    def _form_lists(self) -> dict[tuple[str, int | None, str | None], int]:
        """Document, form and field -> number of the passage that lists its fields of that name."""
        return {
            (passage.document, passage.form, passage.field): number
            for number, passage in enumerate(self._index.passages)
            if passage.kind is Kind.LIST and passage.form is not None
        }

    @cached_property
    def _lists(self) -> dict[int, int]:
        """Number of each list item's passage -> number of its list's."""
        places = {
            (passage.document, item.spans): number
            for number, passage in enumerate(self._index.passages)
            if passage.kind is Kind.LIST and not passage.rows
            for item in passage.items
        }
        found = {
            number: places.get((passage.document, passage.spans))
            for number, passage in enumerate(self._index.passages)
            if passage.kind is Kind.TEXT
        }
        return {number: place for number, place in found.items() if place is not None}

    def own_words(self, question: Question, entry: Evidence) -> list[Word]:
        """The question's nouns that the passage has in its own text and not only in its headings."""
        heading = frozenset(terms(" ".join(entry.passage.section)))
        own = self._own[entry.number]
        return [
            word
            for word in question.words
            if word.weight >= NOUN and (word.lemmas | word.official) & own and not word.lemmas & heading
        ]

    def tells_cost(self, entry: Evidence) -> bool:
        """Does the passage speak of money?"""
        return bool(self._own[entry.number] & lexicon().cost_words)
