"""Train the question encoder on the training questions: `python -m evals.adapt [--to FILE]`.

Half an hour on two cores.

Only the encoder of questions learns; the passages' vectors stay as they are. Each question's score of every passage
(late interaction, the tokens weighed by a learnt head) and its cosine with every passage are drawn towards the
passages that hold its cited words (softmax over all passages, temperature 0.03) through low-rank changes of every
linear layer. Half of the changes is kept, so that questions about other texts fare no worse; the MRR of the tuning
questions at other strengths is printed. The tuning and reported questions are not trained on.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import Assistant
from evals.judge import Known, load
from evals.known import TRAINING, TUNING, folded_quotes, gold_numbers
from evals.low_rank import Course, insert_changes, learn, learnt
from index.adapter import Adapter, write_adapter
from index.index import Index
from index.query_graph import transformer_of

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

_RANK = 8
_DROPOUT = 0.1
_RATE = 1e-3
_EPOCHS = 2
_BATCH = 32
_TEMPERATURE = 0.03
_COSINE_SHARE = 0.5  # of the cosine's loss beside late interaction's
_STRENGTH = 0.5
_STRENGTHS = (0.25, _STRENGTH, 0.75, 1.0)
_EVEN = math.log(math.e - 1)  # softplus of it is 1
_SHELF = 20 * _BATCH  # questions out of which batches of like length are made


@dataclass(frozen=True)
class Example:
    """A question as the encoder reads it and the numbers of the passages that answer it."""

    text: str
    gold: NDArray[np.int64]


def examples(assistant: Assistant, questions: Sequence[Known]) -> list[Example]:
    """The questions that stand alone and that passages answer."""
    import numpy as np

    loaded = assistant._loaded
    quotes = folded_quotes(loaded.index)
    found = []
    for known in questions:
        gold = gold_numbers(known, loaded.index, quotes)
        if gold and not known.history:
            found.append(Example(loaded.understanding.understand(known.question).text, np.array(gold)))
    return found


def _batches(found: Sequence[Example], seed: int) -> list[list[Example]]:
    """The examples in chance order, in batches of like length: little is lost to padding."""
    import numpy as np

    chance = np.random.default_rng(seed)
    order = [found[at] for at in chance.permutation(len(found))]
    shelves = [
        sorted(order[begin : begin + _SHELF], key=lambda example: len(example.text))
        for begin in range(0, len(order), _SHELF)
    ]
    batches = [shelf[begin : begin + _BATCH] for shelf in shelves for begin in range(0, len(shelf), _BATCH)]
    return [batches[at] for at in chance.permutation(len(batches))]


class Trainer:
    """The model's transformer with low-rank changes to be learnt, and the passages of an index."""

    def __init__(self, assistant: Assistant) -> None:
        import numpy as np
        import torch

        index: Index = assistant._loaded.index
        model = assistant._embedder._model()  # type: ignore[attr-defined]
        self._transformer = transformer_of(model)
        self._tokenizer = model.tokenizer
        encoded = [index.tokens.encoded(number) for number in range(len(index.tokens))]
        self._tokens = torch.from_numpy(np.concatenate([entry.tokens for entry in encoded]))
        self._starts = np.cumsum([0, *(len(entry.tokens) for entry in encoded)])
        self._vectors = torch.from_numpy(np.stack([entry.vector for entry in encoded]))
        self._never = torch.tensor([passage.field == "heading" for passage in index.passages])
        self._changes: dict[str, Any] = insert_changes(self._transformer, _RANK, _DROPOUT)
        self._head = torch.nn.Linear(self._tokens.shape[1], 1)
        torch.nn.init.zeros_(self._head.weight)
        torch.nn.init.constant_(self._head.bias, _EVEN)
        self._skip = 1 + len(self._tokenizer.encode("query:", add_special_tokens=False))

    def train(self, found: Sequence[Example]) -> None:
        """Learn from the examples, in a new order each time through."""
        course = Course(_EPOCHS, math.ceil(len(found) / _BATCH), _RATE, warm_up=0.1)
        self._transformer.train()
        learn(course, self._changes, self._head, lambda epoch: _batches(found, seed=epoch), self._loss)

    def _loss(self, batch: Sequence[Example]) -> torch.Tensor:
        import torch

        late, cosine = self.scores([example.text for example in batch])
        gold = torch.full_like(late, -1e9)
        for row, example in enumerate(batch):
            gold[row, example.gold] = 0.0
        losses = [
            -torch.logsumexp(torch.log_softmax(scores / _TEMPERATURE, 1) + gold, 1).mean() for scores in (late, cosine)
        ]
        return losses[0] + _COSINE_SHARE * losses[1]

    def scores(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Late interaction and cosine of each text with each passage: [texts, passages], twice."""
        import torch

        batch = self._tokenizer(
            [f"query: {text}" for text in texts], padding=True, truncation=True, return_tensors="pt"
        )
        hidden = self._transformer(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
        ).last_hidden_state
        mask = batch["attention_mask"]
        vectors = torch.nn.functional.normalize((hidden * mask[..., None]).sum(1), dim=-1)
        own = mask.bool()
        own[:, : self._skip] = False
        own[torch.arange(len(texts)), mask.sum(1) - 1] = False
        says = torch.nn.functional.softplus(self._head(hidden[own]).squeeze(-1))
        best = _max_similarity(torch.nn.functional.normalize(hidden[own], dim=-1), self._tokens, self._starts)
        owner = torch.repeat_interleave(torch.arange(len(texts)), own.sum(1))
        total = torch.zeros(len(texts)).index_add(0, owner, says)
        late = torch.zeros(len(texts), best.shape[1]).index_add(0, owner, best * says[:, None]) / total[:, None]
        return late.masked_fill(self._never, -9.0), (vectors @ self._vectors.T).masked_fill(self._never, -9.0)

    def mean_reciprocal_rank(self, found: Sequence[Example], strength: float) -> float:
        """Of the first passage that answers, by late interaction and cosine together, at a part of what was learnt."""
        import torch

        self._transformer.eval()
        kept = [self._head.weight.data, self._head.bias.data]
        adapter = self.adapter(strength)
        self._head.weight.data = torch.from_numpy(adapter.head)[None]
        self._head.bias.data = torch.tensor([adapter.bias])
        for change in self._changes.values():
            change.strength = strength
        ranks = []
        with torch.inference_mode():
            for begin in range(0, len(found), _BATCH):
                batch = found[begin : begin + _BATCH]
                late, cosine = self.scores([example.text for example in batch])
                for scores, example in zip(late + cosine, batch, strict=True):
                    ranks.append(1 + int((scores > scores[example.gold].max()).sum()))
        for change in self._changes.values():
            change.strength = 1.0
        self._head.weight.data, self._head.bias.data = kept
        return sum(1 / rank for rank in ranks) / len(ranks)

    def adapter(self, strength: float) -> Adapter:
        """What was learnt, at a part of its strength."""
        head = strength * self._head.weight.detach().numpy()[0]
        bias = strength * float(self._head.bias.detach()) + (1 - strength) * _EVEN
        return Adapter(learnt(self._changes, strength), head, bias)


def _max_similarity(questions: torch.Tensor, tokens: torch.Tensor, starts: NDArray[np.int64]) -> Any:
    """Best cosine of each question token in each passage [question tokens, passages]; gradient through the best."""
    import numpy as np
    import torch
    from scipy.sparse import csr_array

    class Best(torch.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(context: Any, vectors: torch.Tensor) -> torch.Tensor:
            context.similar = (vectors.detach() @ tokens.T).numpy()
            return torch.from_numpy(np.maximum.reduceat(context.similar, starts[:-1], axis=1))

        @staticmethod
        def backward(context: Any, gradient: torch.Tensor) -> torch.Tensor:
            best = np.maximum.reduceat(context.similar, starts[:-1], axis=1)
            rows, columns = np.nonzero(context.similar >= np.repeat(best, np.diff(starts), axis=1))
            owner = np.searchsorted(starts, columns, side="right") - 1
            chosen = csr_array((gradient.numpy()[rows, owner], (rows, columns)), shape=context.similar.shape)
            return torch.from_numpy(chosen @ tokens.numpy())

    return Best.apply(questions)


def main() -> None:
    """Train, save the adapter where asked, and print the tuning questions' MRR by strength."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="save the adapter here; the assistant's is index/question_adapter.npz")
    options = parser.parse_args()
    torch.manual_seed(0)
    assistant = Assistant.open()
    trainer = Trainer(assistant)
    training = examples(assistant, load(TRAINING))
    tuning = examples(assistant, load(TUNING))
    print(f"{len(training)} to train on; MRR of {len(tuning)} tuning questions as it is:", end=" ")
    print(f"{trainer.mean_reciprocal_rank(tuning, 0.0):.3f}", flush=True)
    trainer.train(training)
    if options.to:
        write_adapter(trainer.adapter(_STRENGTH), options.to)
    found = {strength: round(trainer.mean_reciprocal_rank(tuning, strength), 3) for strength in _STRENGTHS}
    print("MRR by strength:", json.dumps(found))


if __name__ == "__main__":
    main()
