"""Train the reader of a question and a passage together: `python -m evals.read [--to FILE]`.

An hour on two cores. The model's first layers learn through low-rank changes to score a passage for a question that
stands beside it: the passage that holds the cited words above others that were found for the question (softmax), and
each for itself as answering or not (logarithm of the odds). Nothing of an unanswerable question answers.

What these questions are about would be quickly learnt by heart: which nouns are answered and which are not. So in a
third of the examples a noun that question and passage share is swapped in both for any other, among them the ones of
unanswerable questions: they belong together as before, and the passage as it was answers no more. In a fifth it is
swapped in the passage alone, which then does not answer. What is learnt from invented places (evals/invented.py) is
about no document that users have.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import Assistant
from assistant.evidence import Evidence
from assistant.question import NOUN, Question, Word
from assistant.service import narrowed_to
from evals import invented
from evals.invented import Invented
from evals.judge import Known, load
from evals.known import TRAINING, TUNING, folded_quotes, gold_numbers
from evals.low_rank import Course, insert_changes, learn, learnt
from index.adapter import Adapter, write_adapter
from index.embedder import Embedder
from index.index import Index
from index.passages import Kind
from index.query_graph import READ_TOKENS, transformer_of

if TYPE_CHECKING:
    import torch

_LAYERS = 6
_RANK = 32
_RATE = 7e-4
_EPOCHS = 2
_BATCH = 12  # questions
_AT_ONCE = 24  # pairs read at once
_GOLD = 3  # one of so many best answering passages is read
_NEAR = 4  # of the so many best others two are read, of the next ones up to _FAR one
_FAR = 14
_NEAR_NONE = 6  # and of so many best of an unanswerable question two
_SWAPPED = 0.35  # share of examples with a noun swapped in both, and, further, in the passage alone
_SPOILT = 0.55
_SHORTEST = 5  # letters of a noun that is swapped
_BESIDE = 1.5  # weight of each for itself, beside half of the softmax
_LIST = 0.5
_BEST = 5


@dataclass(frozen=True)
class Example:
    """A question, the passages that answer it and others that were found for it, best first."""

    text: str
    words: tuple[Word, ...]
    gold: tuple[str, ...]
    others: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True)
class Pair:
    """A question and a passage as they are read, and whether the passage answers."""

    question: str
    passage: str
    answers: bool


def examples(assistant: Assistant, questions: Sequence[Known]) -> list[Example]:
    """Every question with candidates; one whose answer no passage holds is left out."""
    loaded = assistant._loaded
    quotes = folded_quotes(loaded.index)
    found = []
    for known in questions:
        question = loaded.understanding.understand(known.question)
        holding = set(gold_numbers(known, loaded.index, quotes))
        if known.history or (known.answerable and not holding):
            continue
        scope = narrowed_to(loaded.index, question, loaded.places)
        evidence = loaded.ranker.evidence(question, assistant._embedder.encode_query(question.text), scope)
        found.append(_example(question, evidence, holding, loaded.index))
    return found


def of_invented(found: Invented, embedder: Embedder) -> list[Example]:
    """Every question about an invented place, with the place's passages."""
    return [
        _example(question, evidence, asked.answering, found.index)
        for asked, question, evidence in found.found(embedder)
    ]


def _example(question: Question, evidence: Sequence[Evidence], holding: Set[int], index: Index) -> Example:
    """The question with what was found for it, best first; nothing holds the answer of an unanswerable one."""
    numbers = [entry.number for entry in evidence]
    gold = [number for number in numbers if number in holding][:_GOLD] or sorted(holding)[:_GOLD]
    rows = _rows(index, gold, (Kind.ROW, Kind.ITEM))
    others = [
        number
        for number in numbers[:_FAR]
        if number not in holding and not rows & _rows(index, [number], (Kind.ROW, Kind.ITEM, Kind.PROGRESS))
    ]
    return Example(
        question.text,
        tuple(question.words),
        tuple(index.passages[number].read for number in gold),
        tuple(index.passages[number].read for number in others),
        bool(holding),
    )


def _rows(index: Index, numbers: Sequence[int], kinds: Sequence[Kind]) -> set[tuple[str, int]]:
    """The goal rows that passages of these kinds belong to: another passage of the row may answer, too."""
    passages = [index.passages[number] for number in numbers]
    return {(passage.document, row) for passage in passages if passage.kind in kinds for row in passage.rows}


class Pairs:
    """Makes pairs of an example, another time others."""

    def __init__(self, found: Sequence[Example], seed: int = 0) -> None:
        self._chance = random.Random(seed)
        self._nouns = [word.surface for example in found for word in _nouns(example)]
        self._unanswered = [word.surface for example in found if not example.answerable for word in _nouns(example)]

    def batches(self, found: Sequence[Example]) -> Iterator[list[list[Pair]]]:
        """The examples in chance order, each as its pairs, the one that answers first."""
        order = self._chance.sample(found, len(found))
        for begin in range(0, len(order), _BATCH):
            yield [pairs for example in order[begin : begin + _BATCH] if (pairs := self.of(example))]

    def of(self, example: Example) -> list[Pair]:
        """One that answers and three that do not; two that do not of an unanswerable question."""
        if not example.answerable:
            return [Pair(example.text, passage, False) for passage in self._some(example.others[:_NEAR_NONE], 2)]
        others = [*self._some(example.others[:_NEAR], 2), *self._some(example.others[_NEAR:], 1)]
        passage = self._chance.choice(example.gold)
        draw = self._chance.random()
        shared = self._shared(example, passage) if draw < _SPOILT else None
        if shared is None:
            return _pairs(example.text, passage, others)
        stem, other = shared
        swapped = _swapped(passage, stem, other)
        if draw < _SWAPPED:
            return _pairs(_swapped(example.text, stem, other), swapped, [passage, *others[:2]])
        return _pairs(example.text, passage, [swapped, *others[:2]])

    def _some(self, passages: Sequence[str], most: int) -> list[str]:
        return self._chance.sample(passages, min(most, len(passages)))

    def _shared(self, example: Example, passage: str) -> tuple[str, str] | None:
        """The stem of a noun that question and passage share, and another noun."""
        nouns = _nouns(example)
        for word in self._chance.sample(nouns, len(nouns)):
            stem = word.surface.lower()[: max(_SHORTEST, len(word.surface) - 4)]
            other = self._chance.choice(self._unanswered if self._chance.random() < 0.5 else self._nouns)
            if stem in passage.lower() and stem in example.text.lower() and not other.lower().startswith(stem[:5]):
                return stem, other
        return None


def _nouns(example: Example) -> list[Word]:
    return [
        word
        for word in example.words
        if word.weight >= NOUN and len(word.surface) >= _SHORTEST and word.surface.isalpha()
    ]


def _swapped(text: str, stem: str, other: str) -> str:
    """The text with another word in place of every word that holds the stem."""
    return re.sub(rf"\b\w*{re.escape(stem)}\w*", other, text, flags=re.IGNORECASE)


def _pairs(question: str, gold: str, others: Sequence[str]) -> list[Pair]:
    return [Pair(question, gold, True), *(Pair(question, passage, False) for passage in others)]


class Trainer:
    """The model's first layers with low-rank changes to be learnt, and a head over them."""

    def __init__(self, assistant: Assistant) -> None:
        import torch

        model = assistant._embedder._model()  # type: ignore[attr-defined]
        self._transformer = transformer_of(model)
        self._tokenizer = model.tokenizer
        del self._transformer.encoder.layer[_LAYERS:]
        self._changes: dict[str, Any] = insert_changes(self._transformer, _RANK, dropout=0.0)
        self._transformer.eval()  # dropout on these few processors takes longer than all the rest
        self._head = torch.nn.Linear(2 * self._transformer.config.hidden_size, 1)
        torch.nn.init.normal_(self._head.weight, std=0.02)
        torch.nn.init.zeros_(self._head.bias)

    def train(self, found: Sequence[Example]) -> None:
        """Learn from the examples, from other pairs of each every time through."""
        course = Course(_EPOCHS, math.ceil(len(found) / _BATCH), _RATE, warm_up=0.08, decay=0.01)
        pairs = Pairs(found)
        learn(course, self._changes, self._head, lambda _epoch: pairs.batches(found), self._loss)

    def _loss(self, batch: Sequence[Sequence[Pair]]) -> torch.Tensor:
        import torch

        scores = self.scores([pair for pairs in batch for pair in pairs]).split([len(pairs) for pairs in batch])
        lists = [-torch.log_softmax(own, 0)[0] for pairs, own in zip(batch, scores, strict=True) if pairs[0].answers]
        answers = torch.tensor([float(pair.answers) for pairs in batch for pair in pairs])
        weight = torch.tensor([_weight(pair, pairs) for pairs in batch for pair in pairs])
        each = torch.nn.functional.binary_cross_entropy_with_logits(torch.cat(scores), answers, weight=weight)
        return _BESIDE * each + (_LIST * torch.stack(lists).mean() if lists else 0.0)

    def scores(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """Each pair's score, pairs of like length read together."""
        import torch

        order = sorted(range(len(pairs)), key=lambda at: len(pairs[at].question) + len(pairs[at].passage))
        read = [
            self._read([pairs[at] for at in order[begin : begin + _AT_ONCE]])
            for begin in range(0, len(order), _AT_ONCE)
        ]
        return torch.cat(read)[torch.tensor(order).argsort()]

    def _read(self, pairs: Sequence[Pair]) -> torch.Tensor:
        import torch

        batch = self._tokenizer(
            [f"query: {pair.question}" for pair in pairs],
            [pair.passage for pair in pairs],
            padding=True,
            truncation="only_second",
            max_length=READ_TOKENS,
            return_tensors="pt",
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self._transformer(
                input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
            ).last_hidden_state.float()
        mask = batch["attention_mask"][..., None]
        both = torch.cat([hidden[:, 0], (hidden * mask).sum(1) / mask.sum(1)], dim=1)
        found: torch.Tensor = self._head(both).squeeze(1)
        return found

    def hit_at_one(self, found: Sequence[Example]) -> float:
        """How often an answering passage is read as the best of the first few, itself among them."""
        import torch

        hits = 0
        with torch.inference_mode():
            for example in found:
                pairs = _pairs(example.text, example.gold[0], example.others[: _BEST - 1])
                hits += int(self.scores(pairs).argmax()) == 0
        return hits / len(found)

    def adapter(self) -> Adapter:
        """What was learnt."""
        head, bias = self._head.weight.detach().numpy()[0], float(self._head.bias.detach())
        return Adapter(learnt(self._changes), head, bias)


def _weight(pair: Pair, pairs: Sequence[Pair]) -> float:
    """The one that answers weighs as much as the others together; one of an unanswerable question half."""
    if not pairs[0].answers:
        return 0.5
    return 1.0 if pair.answers else 1.0 / (len(pairs) - 1)


def main() -> None:
    """Train, save the changes where asked, and print how the tuning questions' passages are told apart."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="save the changes here; the assistant's are index/reader_adapter.npz")
    options = parser.parse_args()
    torch.manual_seed(0)
    assistant = Assistant.open()
    training = examples(assistant, load(TRAINING))
    with invented.opened(assistant._embedder) as places:
        training += of_invented(places, assistant._embedder)
    tuning = [example for example in examples(assistant, load(TUNING)) if example.answerable]
    print(f"{len(training)} to train on", flush=True)
    trainer = Trainer(assistant)
    trainer.train(training)
    if options.to:
        write_adapter(trainer.adapter(), options.to)
    print(f"best of {_BEST}, {len(tuning)} tuning questions: {trainer.hit_at_one(tuning):.3f}")


if __name__ == "__main__":
    main()
