"""What holds for any text: parsing never raises, spans are true, nothing is lost."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.library import Library
from corpus.model import BlockKind, Document, Facts, Parsed, fold
from corpus.parse import parse, uncovered
from corpus.repair import readable
from corpus.sentences import sentence_spans
from index.passages import Passage, coverage, make_passages, merged
from tests import made

# The same examples in every run: a build does not turn red by chance. Raise max_examples to hunt.
RELAXED = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@cache
def shipped() -> tuple[Document, ...]:
    """The shipped documents."""
    return tuple(Library(Path("nowhere")).documents())


@cache
def pool() -> tuple[str, ...]:
    """Every line of every document, shipped and made up, and lines that try to break something."""
    texts = [*(document.text for document in shipped()), *made.EVERY.values()]
    found = {line for text in texts for line in text.split("\n")}
    odd = {
        "MITTARI",
        "Lähtötaso Tavoitetaso",
        "TAVOITE",
        "→",
        "→ Tavoitetaso",
        "1.",
        "**",
        "Osatavoite 1:",
        "v. 2026",
        "\t",
    }
    return tuple(sorted(found | odd))


@st.composite
def lines_in_any_order(draw: st.DrawFn) -> str:
    """A text of random lines of the documents."""
    return "\n".join(draw(st.lists(st.sampled_from(pool()), max_size=40)))


@st.composite
def stretch_of_a_document(draw: st.DrawFn) -> str:
    """A document cut off at both ends: a page lost, a table that begins in the middle."""
    lines = draw(st.sampled_from([document.text.split("\n") for document in shipped()]))
    first = draw(st.integers(0, len(lines) - 1))
    return "\n".join(lines[first : first + draw(st.integers(1, 120))])


ANY_TEXT = st.one_of(lines_in_any_order(), stretch_of_a_document(), st.text(max_size=200))


def spans_are_true(text: str, parsed: Parsed) -> None:
    """Every field lies in the text; one of a single span says what stands there."""
    fields = [value for goal in parsed.goals for value in goal.all_fields()]
    fields += [block.content for block in parsed.blocks]
    for value in fields:
        assert all(0 <= span.start < span.end <= len(text) for span in value.spans)
        if len(value.spans) == 1:
            assert fold(text[value.spans[0].start : value.spans[0].end]) == value.text


def passages_of(text: str, parsed: Parsed) -> tuple[Document, list[Passage]]:
    """The passages of a text as a document."""
    document = Document(Facts("koe", "Koe"), text)
    return document, make_passages(document, parsed)


@RELAXED
@given(ANY_TEXT)
def test_any_text(text: str) -> None:
    """No text raises; spans are true and lie in the text."""
    parsed = parse(text)
    spans_are_true(text, parsed)
    _, passages = passages_of(text, parsed)
    assert all(0 <= span.start < span.end <= len(text) for passage in passages for span in passage.spans)


@RELAXED
@given(ANY_TEXT)
@example("TAVOITE\nmäärä: ")
def test_parser_loses_nothing_of_any_text(text: str) -> None:
    """What no field and no block holds is labels alone."""
    assert uncovered(text, parse(text)) == []


@RELAXED
@given(stretch_of_a_document())
def test_parser_loses_nothing_of_a_stretch(text: str) -> None:
    """The same for documents cut off at both ends."""
    assert uncovered(text, parse(text)) == []


TWO_GOALS = "TAVOITE Ehjä verkko\n\nMITTARI Putkien pituus\n\nTAVOITE Puhdas vesi\n\nMITTARI Näytteiden määrä\n"


@RELAXED
@given(ANY_TEXT)
@example(TWO_GOALS)
def test_passages_of_any_text_lose_nothing(text: str) -> None:
    """What no passage holds is labels and furniture alone."""
    parsed = parse(text)
    document, passages = passages_of(text, parsed)
    assert coverage(document, parsed, passages)[1] == 0


@RELAXED
@given(st.one_of(stretch_of_a_document(), st.text(max_size=200)))
def test_passages_of_a_stretch_lose_nothing(text: str) -> None:
    """The same for documents cut off at both ends."""
    parsed = parse(text)
    document, passages = passages_of(text, parsed)
    assert coverage(document, parsed, passages)[1] == 0


@pytest.mark.parametrize("name", sorted(made.EVERY))
def test_made_documents_are_covered(name: str) -> None:
    """Nothing of a made document is lost."""
    text = made.EVERY[name]
    parsed = parse(text)
    document, passages = passages_of(text, parsed)
    total, missing = coverage(document, parsed, passages)
    assert missing == 0
    assert total == sum(not letter.isspace() for letter in text)


@pytest.mark.parametrize("at", range(5))
def test_shipped_documents_are_covered(at: int) -> None:
    """Nothing of a shipped document is lost, and only a little is furniture."""
    document = shipped()[at]
    parsed = parse(document.text)
    assert coverage(document, parsed, make_passages(document, parsed))[1] == 0
    furniture = sum(len(block.content.text) for block in parsed.blocks if block.kind is BlockKind.FURNITURE)
    assert furniture < 0.06 * len(document.text)


@pytest.mark.parametrize("at", [0, 1, 2, 4])
def test_other_figures_in_the_same_form(at: int) -> None:
    """Every figure changed: the same rows at the same places, with the other figures."""
    text = shipped()[at].text
    changed = made.other_figures(text)
    assert len(changed) == len(text)
    assert changed != text
    before, after = parse(text).goals, parse(changed).goals
    for one, other in zip(before, after, strict=True):
        assert [value.spans for value in one.all_fields()] == [value.spans for value in other.all_fields()]
        assert made.other_figures(one.target.text) == other.target.text
        assert made.other_figures(one.baseline.text) == other.baseline.text


def test_other_figures() -> None:
    """What is changed and what stays."""
    assert (
        made.other_figures("670 opp. 9 844 4,3 (20.9.22) 8/2022 v. 2026 Q1")
        == "903 opp. 2 177 7,6 (20.9.22) 8/2022 v. 2026 Q1"
    )


def test_coverage_tells_what_is_missing() -> None:
    """A passage left out is counted: the measure can fail."""
    document, passages = passages_of(made.PROSE, parse(made.PROSE))
    kept = [passage for passage in passages if "ääneen" not in passage.text]
    assert len(kept) == len(passages) - 1
    lost = "Päätökset luetaan ääneen. Yleisö on tervetullut."
    assert coverage(document, parse(made.PROSE), kept)[1] == len(lost.replace(" ", ""))


@RELAXED
@given(lines_in_any_order())
def test_sentences_lose_nothing(text: str) -> None:
    """Sentences are in order, apart, and hold every letter."""
    spans = list(sentence_spans(text, 0, len(text)))
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())


@RELAXED
@given(lines_in_any_order())
def test_mending_keeps_every_letter(text: str) -> None:
    """Mending takes away white space, hyphens of line ends and invisible signs, nothing else."""

    def letters(said: str) -> str:
        return "".join(letter for letter in said if letter.isalnum())

    assert letters(readable(text)) == letters(text)


@RELAXED
@given(lines_in_any_order())
def test_merging_spans_keeps_them(text: str) -> None:
    """Merged spans are in order, apart, and hold all that was merged."""
    spans = list(sentence_spans(text, 0, len(text)))
    found = merged(text, spans)
    assert all(one.end < two.start for one, two in pairwise(found))
    assert all(any(whole.start <= span.start and span.end <= whole.end for whole in found) for span in spans)
