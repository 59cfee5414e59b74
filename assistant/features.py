"""What is measured of a candidate passage for a question: the columns that the fitted weights weigh.

Measured, not guessed: see evals/fit.py and evals/EXPERIMENTS.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.coverage import OFFICIAL, Coverage, rarity
from assistant.lexicon import lexicon
from assistant.question import NOUN, ROW_VALUES, Asked, Question, Word
from assistant.signs import has_figure, tells_time, years_told
from assistant.spelling import without_dots
from corpus.finnish import words
from index.embedder import Encoded
from index.index import Hit, Index
from index.passages import FIGURES, Kind, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]

_NO_MEANING = 0.78  # cosine of a question word's tokens with unrelated text
_MEANING = 0.14  # and how much more a word of the same meaning has
_MEANT = 0.92  # cosine from which on a word's meaning is there, lacking letters or not
_UNMEANT = 0.12  # and so much less it is not
_LOG_LENGTH = 6.0  # of a passage of four hundred characters
_MOST_WORDS = 8
_MOST_NOUNS = 5
_CROWD = 0.8  # E5's cosines crowd between this
_CROWDED = 0.1  # and so much more

OF_QUESTION = (
    *(f"asks_{asked.value}" for asked in Asked),
    "swedish",
    "english",
    "many_words",
    "many_nouns",
)
FEATURES = (
    # meaning: late interaction and the vectors' cosine
    "late",
    "late_own",
    "cosine",
    "late_gap",
    "foreign_late",
    "late_words",
    "late_words_own",
    "form_late",
    # words: BM25, shares of the question's words that are covered
    "words",
    "words_gap",
    "cover",
    "cover_own",
    "uncovered",
    "letters",
    # words or meaning, whichever meets the word better
    "soft_cover",
    "soft_own",
    "weakest",
    "weakest_own",
    # what is asked for and whether it is there
    "row_for_value",
    "row_has_target",
    "row_has_baseline",
    "progress_asked",
    "list_asked",
    "action_asked",
    "responsible",
    "value_elsewhere",
    "list_of_indicators",
    "indicator_asked",
    "indicators_asked",
    "time_asked",
    "number_asked",
    "cost_asked",
    # where, when, which figures
    "unit_agrees",
    "unit_differs",
    "year_agrees",
    "year_differs",
    "numbers",
    "numbers_missing",
    # what kind of passage
    *(f"kind_{kind.value}" for kind in Kind),
    "length",
    # nouns that the passage lacks, apart those that the documents know (they would be there) and other words
    "lacks_known",
    "lacks_unknown",
    "lacks_known_all",
    "lacks_unknown_all",
    "half_covered",
    "unmeant_known",
    "unmeant_unknown",
    "unmeant_known_all",
    "least_meaning",
    # of the question alone: when the others count
    *OF_QUESTION,
)


class Measure:
    """Measures the features of candidate passages of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.idf, self.rarest = rarity(index.words.all)
        self.own = Coverage(index.words.own, self.idf, self.rarest)
        self.all = Coverage(index.words.all, self.idf, self.rarest)
        self._letters = [_letters(passage.text) for passage in index.passages]
        self._own_share = [len(passage.text) / max(1, len(passage.searched)) for passage in index.passages]

    def features(self, question: Question, encoded: Encoded, hits: Sequence[Hit]) -> tuple[NDArray[np.float64], Column]:
        """[hits, features] in FEATURES' order, each about 0 to 1, and how near each is, all words weighing alike.

        The latter is late interaction as it is without what was learnt, a cosine.
        """
        import numpy as np

        passages = [self._index.passages[hit.number] for hit in hits]
        numbers = [hit.number for hit in hits]
        whole, own = self._index.late(encoded, numbers, [self._own_share[number] for number in numbers])
        columns = {
            **self._meaning_and_words(question, encoded, hits, whole, own),
            **self._asked(question, passages, hits),
            **self._place_and_time(question, passages, hits),
            **{f"kind_{kind.value}": _flags(passage.kind is kind for passage in passages) for kind in Kind},
            "length": np.log([len(passage.text) + 1.0 for passage in passages]) / _LOG_LENGTH,
            **{name: np.full(len(hits), value) for name, value in _of_question(question).items()},
        }
        return np.stack([columns[name] for name in FEATURES], axis=1), whole.mean(axis=1)

    def weight(self, word: Word) -> float:
        """How much a content word says: the idf of its rarest known form; an unknown word says most."""
        known = [self.idf[lemma] for lemma in word.lemmas if lemma in self.idf]
        parts = [self.idf.get(part, self.rarest) for part in word.parts]
        return word.weight * max(known or parts, default=self.rarest)

    def _meaning_and_words(
        self,
        question: Question,
        encoded: Encoded,
        hits: Sequence[Hit],
        whole: NDArray[np.float32],
        own: NDArray[np.float32],
    ) -> dict[str, Column]:
        """`whole` and `own`: the best cosine of each token of the question in each passage, and in its own text."""
        import numpy as np

        numbers = [hit.number for hit in hits]
        late, late_own = whole @ _says(encoded), own @ _says(encoded)
        met, met_own = _word_meanings(question, encoded, whole), _word_meanings(question, encoded, own)
        cover, cover_own = self._covers(self.all, question, numbers), self._covers(self.own, question, numbers)
        soft, soft_own = np.maximum(cover, _meets(met)), np.maximum(cover_own, _meets(met_own))
        scale = np.array([self.weight(word) for word in question.words])
        nouns = [at for at, word in enumerate(question.words) if _is_noun(word)]
        subjects = [at for at in nouns if not _says_where(question.words[at], question)]
        bm25 = np.array([hit.words for hit in hits])
        letters = _letters(" ".join(word.surface for word in question.words))
        return {
            "late": _spread(late),
            "late_own": _spread(late_own),
            "cosine": _spread(np.array([hit.cosine for hit in hits])),
            "late_gap": (late - late.max()) / _CROWDED,
            "foreign_late": _spread(late) * (question.language != "fi"),
            "late_words": _spread(_mean(met, scale)),
            "late_words_own": _spread(_mean(met_own, scale)),
            "form_late": _spread(self._best_of_form(late_own, numbers)),
            "words": np.minimum(bm25 / (scale.sum() or 1.0), 1.5),
            "words_gap": bm25 / (bm25.max() or 1.0),
            "cover": _mean(cover, scale),
            "cover_own": _mean(cover_own, scale),
            "uncovered": (scale * (1 - cover)).max(axis=1, initial=0.0) / self.rarest,
            "letters": np.array([len(letters & self._letters[number]) for number in numbers]) / (len(letters) or 1),
            "soft_cover": _mean(soft, scale),
            "soft_own": _mean(soft_own, scale),
            "weakest": soft[:, nouns].min(axis=1, initial=1.0),
            "weakest_own": soft_own[:, subjects].min(axis=1, initial=1.0),
            **self._lacks(question, cover, met),
        }

    def _lacks(self, question: Question, cover: NDArray[np.float64], met: NDArray[np.float64]) -> dict[str, Column]:
        """How much the nouns say that a passage does not have, `cover` and `met` being [passages, words].

        A noun that stands elsewhere in the documents would stand here too if it were meant; another may be a synonym.
        """
        import numpy as np

        says = np.array([_is_noun(word) * self.weight(word) for word in question.words]) / self.rarest
        known = np.array([any(lemma in self.idf for lemma in word.lemmas) for word in question.words], dtype=bool)
        lacks = says * (1 - cover)
        unmeant = lacks * np.clip((_MEANT - met) / _UNMEANT, 0.0, 1.0)
        return {
            "lacks_known": (lacks * known).max(axis=1, initial=0.0),
            "lacks_unknown": (lacks * ~known).max(axis=1, initial=0.0),
            "lacks_known_all": (lacks * known).sum(axis=1),
            "lacks_unknown_all": (lacks * ~known).sum(axis=1),
            "half_covered": (says * ((cover > 0) & (cover < OFFICIAL))).max(axis=1, initial=0.0),
            "unmeant_known": (unmeant * known).max(axis=1, initial=0.0),
            "unmeant_unknown": (unmeant * ~known).max(axis=1, initial=0.0),
            "unmeant_known_all": (unmeant * known).sum(axis=1),
            "least_meaning": _spread(met.min(axis=1, initial=1.0)),
        }

    def _covers(self, coverage: Coverage, question: Question, numbers: Sequence[int]) -> NDArray[np.float64]:
        """[passages, words]"""
        import numpy as np

        columns = [coverage.of(word)[numbers] for word in question.words]
        return np.stack(columns, axis=1) if columns else np.zeros((len(numbers), 0))

    def _best_of_form(self, late: Column, numbers: Sequence[int]) -> Column:
        """The best late interaction among the candidates of the same form or section: what speaks for its subject."""
        import numpy as np

        best: dict[tuple[object, ...], float] = {}
        forms = [_form(self._index.passages[number]) for number in numbers]
        for form, value in zip(forms, late, strict=True):
            best[form] = max(value, best.get(form, -1.0))
        return np.array([best[form] for form in forms])

    def _asked(self, question: Question, passages: Sequence[Passage], hits: Sequence[Hit]) -> dict[str, Column]:
        import numpy as np

        asked = question.asked
        value = bool(asked & ROW_VALUES)
        kinds = [passage.kind for passage in passages]
        goals = [
            self._index.goal(passage.document, passage.rows[0]) if passage.kind in FIGURES and passage.rows else None
            for passage in passages
        ]
        own = self._index.words.own

        def where(wanted: bool, holds: Callable[[int], bool]) -> Column:
            return _flags(map(holds, range(len(passages)))) if wanted else np.zeros(len(passages))

        return {
            "row_for_value": where(value, lambda at: kinds[at] in FIGURES),
            "row_has_target": where(Asked.TARGET in asked, lambda at: bool((goal := goals[at]) and goal.target)),
            "row_has_baseline": where(Asked.BASELINE in asked, lambda at: bool((goal := goals[at]) and goal.baseline)),
            "progress_asked": where(Asked.PROGRESS in asked, lambda at: kinds[at] is Kind.PROGRESS),
            "list_asked": where(Asked.LIST in asked, lambda at: kinds[at] is Kind.LIST),
            "action_asked": where(not asked, lambda at: kinds[at] in (Kind.ACTION, Kind.TEXT)),
            "responsible": where(Asked.RESPONSIBLE in asked, lambda at: passages[at].field == "responsible"),
            "value_elsewhere": where(value, lambda at: kinds[at] in (Kind.ACTION, Kind.GOAL, Kind.TEXT)),
            "list_of_indicators": where(True, lambda at: _lists_indicators(passages[at])),
            "indicator_asked": where(Asked.INDICATOR in asked, lambda at: kinds[at] in FIGURES),
            "indicators_asked": where(Asked.INDICATOR in asked, lambda at: _lists_indicators(passages[at])),
            "time_asked": where(Asked.DEADLINE in asked, lambda at: tells_time(passages[at].text)),
            "number_asked": where(Asked.NUMBER in asked, lambda at: has_figure(passages[at].text)),
            "cost_asked": where(Asked.COST in asked, lambda at: bool(own[hits[at].number] & lexicon().cost_words)),
        }

    def _place_and_time(
        self, question: Question, passages: Sequence[Passage], hits: Sequence[Hit]
    ) -> dict[str, Column]:
        import numpy as np

        units = [self._unit(question, passage, hit.number) for passage, hit in zip(passages, hits, strict=True)]
        years = [self._year(question, passage) for passage in passages]
        figures = [[figure in passage.text for figure in question.numbers] for passage in passages]
        missing = [[figure not in passage.searched for figure in question.numbers] for passage in passages]
        return {
            "unit_agrees": np.array([agrees for agrees, _ in units]),
            "unit_differs": np.array([differs for _, differs in units]),
            "year_agrees": np.array([agrees for agrees, _ in years]),
            "year_differs": np.array([differs for _, differs in years]),
            "numbers": np.array([sum(found) / (len(found) or 1) for found in figures]),
            "numbers_missing": np.array([sum(found) / (len(found) or 1) for found in missing]),
        }

    def _unit(self, question: Question, passage: Passage, number: int) -> tuple[float, float]:
        """Does the passage concern the unit asked about? Neither where none is named."""
        if not question.units:
            return 0.0, 0.0
        names = {name for unit in question.units for name in (unit, *lexicon().units.get(unit, ()))}
        low = passage.unit.lower()
        if any(name in low for name in names):
            return 1.0, 0.0
        if names & self._index.words.own[number]:
            return 0.5, 0.0
        return 0.0, 1.0

    def _year(self, question: Question, passage: Passage) -> tuple[float, float]:
        """Does the passage or its document's period name a year asked about?"""
        if not question.years:
            return 0.0, 0.0
        told = years_told(passage.text)
        if question.years & told:
            return 1.0, 0.0
        if passage.kind is Kind.ITEM and told:  # a figure of another year
            return 0.0, 1.0
        period = self._index.documents[passage.document].facts.years()
        return (0.5, 0.0) if question.years & period else (0.0, 1.0)


def _of_question(question: Question) -> dict[str, float]:
    """What is asked, in which language, with how many words: it orders nothing by itself but says what orders."""
    return {
        **{f"asks_{asked.value}": float(asked in question.asked) for asked in Asked},
        "swedish": float(question.language == "sv"),
        "english": float(question.language == "en"),
        "many_words": min(len(question.words), _MOST_WORDS) / _MOST_WORDS,
        "many_nouns": min(sum(map(_is_noun, question.words)), _MOST_NOUNS) / _MOST_NOUNS,
    }


def _form(passage: Passage) -> tuple[object, ...]:
    """What the passages of one form or, outside forms, under one heading have in common."""
    return passage.document, passage.section if passage.form is None else passage.form


def _flags(found: object) -> Column:
    import numpy as np

    return np.array([float(flag) for flag in found])  # type: ignore[attr-defined]


def _lists_indicators(passage: Passage) -> bool:
    return passage.kind is Kind.LIST and passage.field == "indicator"


def _spread(cosines: Column) -> Column:
    """Cosines, crowded as E5's are, spread to about 0 to 1."""
    return (cosines - _CROWD) / _CROWDED


def _mean(shares: NDArray[np.float64], scale: Column) -> Column:
    """Mean of the shares [passages, words] by the words' weights; 0 where nothing has weight."""
    return shares @ (scale / (scale.sum() or 1.0))


def _says(encoded: Encoded) -> Column:
    """How much each token of the question says, 1 together."""
    import numpy as np

    weights = np.ones(len(encoded.tokens)) if encoded.weights is None else encoded.weights.astype(np.float64)
    return np.asarray(weights / weights.sum())


def _word_meanings(question: Question, encoded: Encoded, best: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean best cosine of each content word's tokens in each passage: [passages, words]."""
    import numpy as np

    columns = [
        best[:, tokens].mean(axis=1) if tokens else np.zeros(len(best)) for tokens in _word_tokens(question, encoded)
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((len(best), 0))


def _meets(meaning: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well each passage meets each content word by meaning, 0 to 1."""
    import numpy as np

    return np.clip((meaning - _NO_MEANING) / _MEANING, 0.0, 1.0)


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


def _letters(text: str) -> frozenset[str]:
    """Runs of four letters within the words, dots aside: what misspelt and inflected words still share."""
    return frozenset(piece[at : at + 4] for piece in words(without_dots(text)) for at in range(len(piece) - 3))


def _is_noun(word: Word) -> bool:
    return word.weight >= NOUN and not word.surface[0].isdigit()


def _says_where(word: Word, question: Question) -> bool:
    """Does the word only name the municipality or unit?"""
    names = {name.lower() for name in question.municipalities}
    units = {alias for unit in question.units for alias in (unit, *lexicon().units.get(unit, ()))}
    return bool(word.lemmas & names) or bool((word.lemmas | word.official) & units)
