"""Train what ranks the evidence and what decides: `python -m evals.fit [--write]`. A quarter of an hour on two cores.

The questions must be new to the question encoder, or what it has learnt by heart would pass for meaning. The tuning
and the calibration questions are, and to the reader, too (evals/read.py). The invented places, which the reader has
seen, rank only.

Rank: of a question's candidates in the document that answers it, the ones that hold the cited words are to score
highest (softmax over the candidates). Those of other documents are left out in training: else it is learnt in which
documents and kinds of passages these questions find their answers, and a new document of another kind would lose. The
tuning questions, asked as users ask, weigh more than the others.
Decision: does one of the three best hold the cited words? Each question is learnt from twice, with what was read of it
and without: where it is sure without, nothing is read. Questions are ranked for it by a network that was trained
without them, and the unanswerable ones weigh together as much as in the tuning set.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import Assistant
from assistant.answer import Status
from assistant.chance import decision_features
from assistant.decision import decide
from assistant.dialogue import in_context
from assistant.evidence import Evidence, Ranker
from assistant.features import FEATURES, OF_QUESTION
from assistant.network import DECIDE, FARTHEST, RANK, Network, write_network
from assistant.question import Question
from assistant.service import narrowed_to
from evals import invented
from evals.judge import Known, load
from evals.known import CALIBRATION, TUNING, folded_quotes, gold_numbers
from index.embedder import Embedder

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

_UNANSWERABLE_SHARE = 0.14  # unanswerable beside answerable questions, as in the tuning set
_FAIRNESS = 0.5  # 0: kinds of questions weigh as they come, 1: wholly alike
_MOST_ODDS = 30.0  # of an unanswerable question's weight
_FOLDS = 4
_SPREAD = 3.0  # of a question's scores: decision.py's margins are in this measure
_TUNING_TIMES = 4  # a tuning question ranks as so many others (evals/EXPERIMENTS.md)
_DECIDING_TIMES = 2  # and decides as so many
_RANKING = 3  # networks that rank together
_SEEDS = 5  # and that decide
_GOOD = 3  # one of so many best must hold the cited words
_REFUSED = (0.02, 0.04, 0.06, 0.08)


@dataclass(frozen=True)
class Case:
    """A question with its candidates' features and which of them hold the cited words."""

    known: Known
    question: Question
    evidence: list[Evidence]
    gold: NDArray[np.bool_]
    places: frozenset[str]
    ranker: Ranker

    @property
    def matrix(self) -> NDArray[np.float64]:
        """[candidates, features]"""
        import numpy as np

        return np.array([entry.features for entry in self.evidence])

    def ranked(self, scores: NDArray[np.float64]) -> Case:
        """The same, its evidence by these scores and by what is read again."""
        import numpy as np

        holds = {entry.number: bool(gold) for entry, gold in zip(self.evidence, self.gold, strict=True)}
        evidence = self.ranker.ranked(self.question, self.evidence, scores)
        return replace(self, evidence=evidence, gold=np.array([holds[entry.number] for entry in evidence], dtype=bool))


@dataclass(frozen=True)
class Recipe:
    """How a network is trained; chosen by the tuning questions' hit@1 and by areas under the curve."""

    units: int
    times: int
    dropout: float
    rate: float = 3e-3
    decay: float = 1e-2
    batch: int = 64


_RANK = Recipe(units=96, times=30, dropout=0.4)
_DECIDE = Recipe(units=48, times=10, dropout=0.4, rate=2e-3)


def cases(assistant: Assistant, questions: Sequence[Known]) -> list[Case]:
    """Every question that has candidates, with them, not yet ranked."""
    import numpy as np

    loaded = assistant._loaded
    quotes = folded_quotes(loaded.index)
    found = []
    for known in questions:
        turn = in_context(known.question, known.history, loaded.understanding)
        encoded = assistant._embedder.encode_query(turn.question.text)
        evidence = loaded.ranker.measured(
            turn.question, encoded, narrowed_to(loaded.index, turn.question, loaded.places)
        )
        holding = set(gold_numbers(known, loaded.index, quotes))
        gold = np.array([entry.number in holding for entry in evidence], dtype=bool)
        if evidence:
            found.append(Case(known, turn.question, evidence, gold, loaded.places, loaded.ranker))
    return found


def invented_cases(embedder: Embedder) -> list[Case]:
    """Every question about an invented place that one of its passages answers, with all of them."""
    import numpy as np

    found = []
    with invented.opened(embedder) as places:
        for asked, question, evidence in places.found(embedder):
            gold = np.array([entry.number in asked.answering for entry in evidence], dtype=bool)
            if gold.any():
                found.append(Case(asked.known, question, evidence, gold, frozenset(), places.ranker))
    return found


def _trained(
    recipe: Recipe,
    names: Sequence[str],
    inputs: NDArray[np.float32],
    count: int,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    seed: int = 0,
) -> Network:
    """A network over `inputs` [..., features] by the loss of (scores, chosen ones of the `count` examples)."""
    import numpy as np
    import torch

    torch.manual_seed(seed)
    flat = inputs.reshape(-1, len(names))
    used = flat[np.abs(flat).sum(axis=1) > 0]  # the rest fills short lists up
    mean, spread = used.mean(axis=0), used.std(axis=0) + 1e-3
    whole = torch.from_numpy((inputs - mean) / spread).clamp(-FARTHEST, FARTHEST)
    linear = torch.nn.Linear(len(names), 1)
    hidden = torch.nn.Linear(len(names), recipe.units)
    output = torch.nn.Linear(recipe.units, 1)
    weights = [weight for layer in (linear, hidden, output) for weight in layer.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.times * math.ceil(count / recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps)
    for _ in range(recipe.times):
        for chosen in torch.randperm(count).split(recipe.batch):
            units = torch.nn.functional.dropout(torch.relu(hidden(whole[chosen])), recipe.dropout)
            value = loss((linear(whole[chosen]) + output(units)).squeeze(-1), chosen)
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
    return Network(
        tuple(names),
        mean,
        spread,
        linear.weight.detach().numpy()[0],
        hidden.weight.detach().numpy().T,
        hidden.bias.detach().numpy(),
        output.weight.detach().numpy()[0],
        float((linear.bias + output.bias).detach()),
    )


def _own_document(case: Case) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Features and gold of the candidates in the documents that answer."""
    import numpy as np

    answering = {entry.passage.document for entry, gold in zip(case.evidence, case.gold, strict=True) if gold}
    kept = np.array([entry.passage.document in answering for entry in case.evidence], dtype=bool)
    return case.matrix[kept], case.gold[kept]


def train_rank(tuning: Sequence[Case], others: Sequence[Case], seed: int = 0) -> Network:
    """A network that ranks candidates, its scores in the measure of `_SPREAD`."""
    import numpy as np
    import torch

    lists = [_own_document(case) for case in (*others, *_TUNING_TIMES * list(tuning)) if case.gold.any()]
    lists = [(matrix, gold) for matrix, gold in lists if not gold.all()]
    longest = max(len(gold) for _, gold in lists)
    inputs = np.zeros((len(lists), longest, len(FEATURES)), dtype=np.float32)
    barred = torch.full((len(lists), longest), -1e9)
    wanted = torch.full((len(lists), longest), -1e9)
    for at, (matrix, gold) in enumerate(lists):
        inputs[at, : len(gold)] = matrix
        barred[at, : len(gold)] = 0.0
        wanted[at, : len(gold)] = torch.where(torch.from_numpy(gold), 0.0, -1e9)

    def loss(scores: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
        logs = torch.log_softmax(scores + barred[chosen], dim=1)
        return -torch.logsumexp(logs + wanted[chosen], dim=1).mean()

    network = _trained(_RANK, FEATURES, inputs, len(lists), loss, seed)
    measure = _SPREAD / float(np.mean([network.scores(matrix).std() for matrix, _ in lists]))
    return replace(
        network, linear=network.linear * measure, output=network.output * measure, bias=network.bias * measure
    )


def _ranked_unseen(tuning: Sequence[Case], others: Sequence[Case], elsewhere: Sequence[Case]) -> list[Case]:
    """The tuning cases and the others, each ranked by a network that was trained without it, and on `elsewhere`."""
    ranked: dict[str, Case] = {}
    for fold in range(_FOLDS):
        left = [[case for at, case in enumerate(found) if at % _FOLDS != fold] for found in (tuning, others)]
        network = train_rank(left[0], [*left[1], *elsewhere])
        for case in (*tuning[fold::_FOLDS], *others[fold::_FOLDS]):
            ranked[case.known.id] = case.ranked(network.scores(case.matrix))
    return [ranked[case.known.id] for case in (*tuning, *others)]


def _undecided(ranked: Sequence[Case]) -> list[Case]:
    """What the chance is for: not declined for what it lacks; answerable ones with a good place among the best.

    Whether a bad first candidate is declined or not is no matter of calibration.
    """
    return [
        case
        for case in ranked
        if (case.gold[:_GOOD].any() or not case.known.answerable)
        and decide(case.question, case.evidence, case.places, case.ranker, least=0.0).status is not Status.NOT_FOUND
    ]


def _fair(inputs: NDArray[np.float32], labels: NDArray[np.float32], names: Sequence[str]) -> NDArray[np.float32]:
    """Weights of the unanswerable questions: together as in the tuning set, and more alike for every kind of question.

    Whoever writes unanswerable questions asks more often "how many" than users do. Weighed by the odds that a question
    of its kind is answerable (inverse propensity), what is asked would tell nothing of whether it is answered. Half of
    that is done: wholly alike, 7 % fewer of the unanswerable reported questions are declined; not at all, a plain "how
    many" about a document added a moment ago is refused.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    kind = [at for at, name in enumerate(names) if name in OF_QUESTION]
    chance = LogisticRegression(C=1.0, max_iter=1000).fit(inputs[:, kind], labels).predict_proba(inputs[:, kind])[:, 1]
    odds = np.minimum(chance / (1 - chance), _MOST_ODDS) ** _FAIRNESS
    share: float = _UNANSWERABLE_SHARE * labels.sum() / odds[labels == 0].sum()
    return np.asarray(odds * share, dtype=np.float32)


def decision_rows(found: Sequence[Case], *, read: bool) -> list[dict[str, float]]:
    """What the chance of each case's best evidence is reckoned from, read together with the question or not."""
    return [
        decision_features(
            case.evidence, case.question, case.ranker.readings(case.question, case.evidence) if read else ()
        )
        for case in found
    ]


def train_decision(
    read: Sequence[dict[str, float]], unread: Sequence[dict[str, float]], answers: Sequence[bool]
) -> Network:
    """The network whose score is the logarithm of the odds that the best evidence answers, read or not."""
    import numpy as np
    import torch

    rows = [*read, *unread]
    inputs = np.array([list(row.values()) for row in rows], dtype=np.float32)
    labels = torch.tensor([*answers, *answers], dtype=torch.float32)
    weight = torch.where(labels > 0, 1.0, torch.from_numpy(_fair(inputs, labels.numpy(), tuple(rows[0]))))

    def loss(scores: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(scores, labels[chosen], weight=weight[chosen])

    return _mean([_trained(_DECIDE, tuple(rows[0]), inputs, len(rows), loss, seed) for seed in range(_SEEDS)])


def _mean(networks: Sequence[Network]) -> Network:
    """One network whose score is the mean of theirs; all were trained on the same inputs."""
    import numpy as np

    count = len(networks)
    return replace(
        networks[0],
        linear=np.mean([network.linear for network in networks], axis=0),
        hidden=np.concatenate([network.hidden for network in networks], axis=1),
        hidden_bias=np.concatenate([network.hidden_bias for network in networks]),
        output=np.asarray(np.concatenate([network.output for network in networks]) / count, dtype=np.float32),
        bias=sum(network.bias for network in networks) / count,
    )


def hit_at_one(ranked: Sequence[Case]) -> float:
    """Of the answerable questions, how often the best candidate holds the cited words."""
    hits = [bool(case.gold[0]) for case in ranked if case.known.answerable]
    return sum(hits) / len(hits)


def _decision_report(
    read: Sequence[dict[str, float]], unread: Sequence[dict[str, float]], answers: Sequence[bool]
) -> str:
    """Cross-validated: unanswerable questions declined where so many answerable ones are refused, all read."""
    import numpy as np
    from sklearn.metrics import roc_auc_score

    label = np.array(answers)
    odds = np.zeros(len(read))
    for fold in range(_FOLDS):
        other = [at for at in range(len(read)) if at % _FOLDS != fold]
        network = train_decision(
            [read[at] for at in other], [unread[at] for at in other], [answers[at] for at in other]
        )
        odds[fold::_FOLDS] = network.scores(np.array([list(row.values()) for row in read[fold::_FOLDS]]))
    lines = [f"decision, cross-validated: area under the curve {roc_auc_score(label, odds):.3f}"]
    for refused in _REFUSED:
        least = np.quantile(odds[label], refused)
        lines.append(
            f"  {refused:.0%} of {label.sum()} answerable refused (chance under {1 / (1 + math.exp(-least)):.2f}): "
            f"{(odds[~label] < least).mean():.0%} of {(~label).sum()} unanswerable declined"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the cross-validation and, with --write, save the networks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="save assistant/rank.npz and assistant/decide.npz")
    options = parser.parse_args()
    assistant = Assistant.open()
    tuning, others = cases(assistant, load(TUNING)), cases(assistant, load(CALIBRATION))
    elsewhere = invented_cases(assistant._embedder)
    rank = _mean([train_rank(tuning, [*others, *elsewhere], seed) for seed in range(_RANKING)])
    ranked = _ranked_unseen(tuning, others, elsewhere)
    hits = hit_at_one(ranked[: len(tuning)]), hit_at_one(ranked)
    print(f"hit@1, cross-validated: tuning {hits[0]:.3f}, with the others {hits[1]:.3f}", flush=True)
    undecided = _undecided(ranked)
    answers = [case.known.answerable for case in undecided]
    rows = decision_rows(undecided, read=True), decision_rows(undecided, read=False)
    print(_decision_report(*rows, answers))
    tuned = {case.known.id for case in tuning}
    chosen = [at for at, case in enumerate(undecided) for _ in range(_DECIDING_TIMES if case.known.id in tuned else 1)]
    read, unread = ([kind[at] for at in chosen] for kind in rows)
    decision = train_decision(read, unread, [answers[at] for at in chosen])
    if options.write:
        write_network(rank, RANK)
        write_network(decision, DECIDE)


if __name__ == "__main__":
    main()
