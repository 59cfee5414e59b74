"""The judge, the metrics and the gate themselves: small cases whose arithmetic is shown, and two hollow assistants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from corpus.library import Library
from evals.gate import QUESTIONS, Judged, limits, shortfalls, tally
from evals.judge import LEAD, Known, Verdict, exact, judge, load, uncited_figures
from evals.report import Record, hit_rate, mean_reciprocal_rank, outcome, quantile, report, wilson

_TEXT = "Kuraattorimitoitus. Lähtötaso 687 opp. Tavoite enintään 670 opp. Psykologit 780 opp."
_TEXTS = {"pori": _TEXT}


def _known(kind: str = "target", **changed: Any) -> Known:
    fields = {
        "id": "k-1",
        "question": "mikä on kuraattorien tavoite?",
        "history": (),
        "kind": kind,
        "style": "plain",
        "doc": "000",
        "answer_all": (("670",), ("opp", "oppilas")),
        "must_not": ("780",),
        "cite_any": ("enintään 670",),
    }
    return Known(**{**fields, **changed})


def _citation(quote: str) -> dict[str, Any]:
    """A citation of the words where they first stand in the text."""
    begin = _TEXT.index(quote)
    return {
        "number": 1,
        "document": "pori",
        "title": "Tavoitteet",
        "municipality": "Pori",
        "period": "2023",
        "section": ["Perusopetus"],
        "page": None,
        "spans": [[begin, begin + len(quote)]],
        "quote": quote,
    }


def _answer(text: str, *quotes: str, status: str = "answered") -> dict[str, Any]:
    return {"status": status, "text": text, "citations": [_citation(quote) for quote in quotes]}


# --- one answer


def test_right_answer_is_correct_and_leads() -> None:
    verdict = judge(_known(), _answer("Tavoite on ENINTÄÄN\n670 opp. [1]", "enintään 670 opp."), _TEXTS)
    assert verdict == Verdict(True, True, False, False, (), 0, "")


def test_right_answer_that_comes_late_does_not_lead() -> None:
    late = "Selvitys. " * (LEAD // 10) + "Tavoite on enintään 670 opp. [1]"  # 35 × 10 characters come first
    verdict = judge(_known(), _answer(late, "enintään 670 opp."), _TEXTS)
    assert (verdict.correct, verdict.lead) == (True, False)


@pytest.mark.parametrize(
    ("text", "quote", "why"),
    [
        ("Tavoite on 687 opp. [1]", "Lähtötaso 687 opp.", "lacks ('670',)"),
        ("Enintään 670 [1]", "enintään 670", "lacks ('opp', 'oppilas')"),
        ("670 opp., psykologit 780 opp. [1]", "enintään 670 opp. Psykologit 780 opp.", "shows ['780']"),
        ("Enintään 670 opp. [1]", "670 opp.", "cites another place"),
    ],
)
def test_answer_that_misses_the_gold_is_wrong(text: str, quote: str, why: str) -> None:
    verdict = judge(_known(), _answer(text, quote), _TEXTS)
    assert (verdict.correct, verdict.wrong, verdict.refused, verdict.why) == (False, True, False, why)


@pytest.mark.parametrize("status", ["not_found", "refused"])
def test_declining_an_answerable_question_is_a_refusal_and_not_wrong(status: str) -> None:
    verdict = judge(_known(), _answer("Asiakirjat eivät kerro.", status=status), _TEXTS)
    assert (verdict.correct, verdict.wrong, verdict.refused) == (False, False, True)


@pytest.mark.parametrize(
    ("status", "text", "correct"),
    [
        ("not_found", "Asiakirjat eivät kerro.", True),
        ("refused", "En vastaa tähän.", True),
        ("answered", "Asiakirjat eivät kerro.", False),
        ("ambiguous", "Asiakirjat eivät kerro.", False),
        ("not_found", "Ei kerrota; psykologeilla 780.", False),
    ],
)
def test_unanswerable_question_is_right_when_declined_without_a_neighbours_value(
    status: str, text: str, correct: bool
) -> None:
    known = _known("unanswerable", answer_all=(), cite_any=(), doc=None)
    verdict = judge(known, _answer(text, status=status), _TEXTS)
    assert (verdict.correct, verdict.wrong, verdict.refused) == (correct, False, False)


def test_figures_must_stand_in_a_quote_its_metadata_the_question_or_the_history() -> None:
    answer = _answer("Vuonna 2023 raja on 670, ennen 687, nyt 700; 12,5 % ja 31 [1][2]", "670 opp.")
    history = [{"role": "user", "content": "entä 12,5 %?"}]
    # 2023: the period; 670: the quote; 687: the question; 12,5: the history; [1] and [2]: markers; 700 and 31: nowhere
    assert uncited_figures(answer, "oliko se 687?", history) == ["700", "31"]


def test_part_of_a_figure_does_not_vouch_for_a_longer_one() -> None:
    assert uncited_figures(_answer("6700 opp. [1]", "670 opp."), "") == ["6700"]


def test_quote_is_exact_only_as_the_text_of_its_spans() -> None:
    good = _citation("enintään 670")
    assert exact(good, _TEXTS)
    assert not exact({**good, "quote": "enintään 680"}, _TEXTS)
    assert not exact({**good, "spans": []}, _TEXTS)
    assert not exact({**good, "document": "kemi"}, _TEXTS)
    (begin, end), two = good["spans"][0], _citation("Lähtötaso 687")["spans"][0]
    assert exact({**good, "spans": [two, [begin, end]], "quote": "Lähtötaso 687 … enintään 670"}, _TEXTS)


# --- metrics


def test_wilson_interval() -> None:
    # z = 1.96: centre (0.5 + 3.8416/20) / 1.38416 = 0.5; half 1.96·√(0.25/10 + 3.8416/400) / 1.38416 = 0.2634
    assert wilson(5, 10) == pytest.approx((0.5 - 0.2634, 0.5 + 0.2634), abs=1e-3)
    assert wilson(0, 10) == pytest.approx((0.0, 3.8415 / 13.8415), abs=1e-4)  # p = 0: z² / (n + z²)
    assert wilson(0, 0) == (0.0, 1.0)


def test_retrieval_metrics() -> None:
    ranks = [1, 2, 5, 6, None]
    assert hit_rate(ranks) == 3 / 5
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 2 + 1 / 5 + 1 / 6 + 0) / 5)


def test_quantile_is_a_measured_value() -> None:
    values = [float(value) for value in range(20, 0, -1)]  # 1 to 20, unsorted
    assert (quantile(values, 0.5), quantile(values, 0.95), quantile(values, 1.0)) == (10.0, 19.0, 20.0)
    assert quantile([7.0], 0.5) == 7.0


def _verdict(what: str) -> Verdict:
    right = what == "right"
    return Verdict(right, right, what == "wrong", what == "refused", (), 0, "" if right else what)


def _judged(*found: tuple[str, str]) -> list[Judged]:
    """Judged questions from (kind, what became of it)."""
    return [Judged(_known(kind, id=f"k-{at}"), _verdict(what)) for at, (kind, what) in enumerate(found)]


def test_shares_are_over_the_questions_they_speak_of() -> None:
    counts = tally(
        _judged(
            ("target", "right"),
            ("target", "wrong"),
            ("list", "refused"),
            ("list", "right"),
            ("unanswerable", "right"),
            ("unanswerable", "answered"),
        )
    )
    assert counts.measure("correct") == 3 / 6
    assert (counts.measure("wrong"), counts.measure("refused")) == (1 / 4, 1 / 4)
    assert counts.measure("declined") == 1 / 2
    assert tally(_judged(("target", "right"))).measure("declined") is None


def test_outcome_names_what_happened() -> None:
    found = _judged(("list", "right"), ("list", "refused"), ("list", "wrong"), ("unanswerable", "answered"))
    assert list(map(outcome, found)) == ["correct", "declined", "wrong: wrong", "not declined: answered"]


def test_report_has_a_row_for_each_value_and_only_the_halves_that_were_asked() -> None:
    judged = _judged(("target", "right"), ("list", "wrong"))
    records = [Record(entry.known, entry.verdict, "reported", 0.02) for entry in judged]
    found = report(records, {"k-0": 1})
    rows = {cells[0]: cells for line in found.splitlines() if (cells := line.replace(" ", "").split("|")[1:-1])}
    shares = ["1.000", "0.21–1.00", "1.000", "0.000", "0.000", ""]  # nothing unanswerable: no share of it declined
    assert rows["target"] == ["target", "1", *shares, "0", "0", "1", "1.000", "1.000", "20", "20"]
    assert rows["**all**"][1:3] == ["2", "0.500"]
    assert "Reported half" in found
    assert "Tuning half" not in found


# --- the gate


_FROZEN: dict[str, Any] = {
    "all": {"correct_min": 0.5, "wrong_max": 0.25, "refused_max": 0.25, "uncited_max": 0, "inexact_max": 0},
    "kind": {"list": {"correct_min": 0.5}},
}
_GOOD = (("target", "right"), ("target", "wrong"), ("list", "refused"), ("list", "right"))


def _names(judged: list[Judged], frozen: Mapping[str, Any] = _FROZEN) -> list[tuple[str, str]]:
    return [(short.group, short.limit) for short in shortfalls(judged, frozen)]


def test_gate_keeps_its_bounds_inclusive() -> None:
    assert _names(_judged(*_GOOD)) == []  # correct 2/4, wrong 1/4, refused 1/4, list 1/2: all exactly at their bounds


def test_gate_names_what_fell_short() -> None:
    fallen = _judged(*_GOOD[:3], ("list", "wrong"))  # correct 1/4, wrong 2/4, list 0/2
    assert _names(fallen) == [("all", "correct_min"), ("all", "wrong_max"), ("kind list", "correct_min")]
    assert "bound    0.500   measured    0.250   n 4" in str(shortfalls(fallen, _FROZEN)[0])


def test_a_rise_of_one_kind_does_not_hide_the_fall_of_another() -> None:
    risen = [("target", "right")] * 8 + [("list", "refused")] * 2  # correct 8/10, refused 2/10
    assert _names(_judged(*risen)) == [("kind list", "correct_min")]


def test_one_uncited_figure_or_inexact_quote_closes_the_gate() -> None:
    right = Verdict(True, True, False, False, (), 0, "")
    for bad, limit in (
        (Verdict(True, True, False, False, ("7",), 0, ""), "uncited_max"),
        (Verdict(True, True, False, False, (), 1, ""), "inexact_max"),
    ):
        judged = [Judged(_known("list"), verdict) for verdict in (right, bad)]
        assert _names(judged) == [("all", limit)]


def test_gate_with_nothing_to_check_is_closed() -> None:
    assert len(shortfalls([], _FROZEN)) == 6  # every limit
    assert _names(_judged(("target", "right"))) == [("kind list", "correct_min")]  # no list question was asked
    with pytest.raises(ValueError, match="no limits"):
        shortfalls(_judged(*_GOOD), {})
    with pytest.raises(ValueError, match="unknown limit"):
        shortfalls(_judged(*_GOOD), {"all": {"corect_min": 0.5}})


def test_frozen_gate_checks_what_it_must() -> None:
    frozen = limits()
    kinds = {known.kind for known in load(QUESTIONS / "reported.jsonl")}
    assert {"correct_min", "wrong_max", "refused_max", "declined_min"} <= set(frozen["all"])
    assert frozen["all"]["uncited_max"] == frozen["all"]["inexact_max"] == 0
    assert set(frozen["kind"]) == kinds


# --- two assistants that know nothing


@pytest.fixture(scope="module")
def real_texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The shipped documents' texts by id."""
    library = Library(tmp_path_factory.mktemp("none"))
    return {document.facts.id: document.text for document in library.documents()}


def _judge_all(answer: Callable[[Known], dict[str, Any]], texts: Mapping[str, str], half: str) -> list[Judged]:
    return [Judged(known, judge(known, answer(known), texts)) for known in load(QUESTIONS / f"{half}.jsonl")]


@pytest.mark.parametrize("half", ["reported", "tuning"])
def test_an_assistant_that_answers_nothing_fails_the_gate(half: str, real_texts: dict[str, str]) -> None:
    answer = {"status": "not_found", "text": "Asiakirjat eivät kerro.", "citations": []}
    judged = _judge_all(lambda known: answer, real_texts, half)
    counts = tally(judged)
    assert (counts.correct, counts.declined) == (counts.n - counts.answerable,) * 2  # right just where none is right
    assert (counts.measure("refused"), counts.measure("wrong")) == (1.0, 0.0)
    assert {("all", "correct_min"), ("all", "refused_max")} <= set(_names(judged, limits()))


@pytest.mark.parametrize("half", ["reported", "tuning"])
def test_an_assistant_that_answers_everything_with_everything_fails_the_gate(
    half: str, real_texts: dict[str, str]
) -> None:
    citations = [
        {**_citation("670"), "document": name, "spans": [[0, len(text)]], "quote": text}
        for name, text in real_texts.items()
    ]
    answer = {"status": "answered", "text": "\n".join(real_texts.values()), "citations": citations}
    judged = _judge_all(lambda known: answer, real_texts, half)
    counts = tally(judged)
    assert (counts.uncited, counts.inexact) == (0, 0)  # all of it is cited, to the letter, and it is still no answer
    assert (counts.refused, counts.declined) == (0, 0)
    assert counts.correct + counts.wrong == counts.answerable
    assert ("all", "declined_min") in _names(judged, limits())


def test_question_files_hold_what_the_judge_needs() -> None:
    halves = {half: load(QUESTIONS / f"{half}.jsonl") for half in ("reported", "tuning")}
    everything = [known for found in halves.values() for known in found]
    assert len({known.id for known in everything}) == len(everything)
    asked = [{(known.question, str(known.history)) for known in found} for found in halves.values()]
    assert not asked[0] & asked[1], "a question that is tuned on is reported"
    assert all(known.answer_all and known.cite_any for known in everything if known.answerable)
