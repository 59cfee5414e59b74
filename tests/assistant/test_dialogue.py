"""Follow-up questions made standalone."""

from __future__ import annotations

import pytest

from assistant.dialogue import Turn, in_context
from assistant.question import Asked
from tests.assistant.small import small_understanding

FIRST = "Mikä on putkien pituuden tavoite lukiossa Porissa vuonna 2026?"


def turn(text: str, *earlier: str) -> Turn:
    """The turn that a text makes after the user's earlier questions, each with some answer."""
    history = []
    for said in earlier:
        history += [{"role": "user", "content": said}, {"role": "assistant", "content": "Vastaus 7."}]
    return in_context(text, history, small_understanding())


def subjects(found: Turn) -> set[str]:
    """The content words of the standalone question."""
    return {word.surface.lower() for word in found.question.words}


def test_first_question_stands_alone() -> None:
    """No history, nothing taken over."""
    found = turn("entä perusopetuksessa?")
    assert found.previous is None
    assert found.understood is None


def test_whole_question_stands_alone() -> None:
    """A question that says everything keeps its own meaning."""
    found = turn("Kuinka monta käyntiä kirjasto tavoittelee Kemissä?", FIRST)
    assert found.previous is None
    assert found.question.municipalities == {"Kemi"}
    assert found.question.years == set()


@pytest.mark.parametrize("opener", ["entä", "Entäs", "no entä", "mites", "ja"])
def test_another_level(opener: str) -> None:
    """ "Entä …" takes the subject, the field and the place over and changes the level."""
    found = turn(f"{opener} perusopetuksessa?", FIRST)
    assert found.question.units == {"perusopetus"}
    assert Asked.TARGET in found.question.asked
    assert found.question.municipalities == {"Pori"}
    assert "putkien" in found.question.text
    assert found.understood
    assert "perusopetuksessa" in found.understood
    assert "lukiossa" not in found.understood


def test_official_words_of_the_level_before_are_dropped() -> None:
    """The search after "entä perusopetuksessa?" does not name upper secondary school."""
    assert "lukio" not in turn("entä perusopetuksessa?", FIRST).question.text


def test_another_municipality() -> None:
    """The new place goes before the old one, which leaves the text."""
    found = turn("entä raumalla?", FIRST)
    assert found.question.municipalities == {"Rauma"}
    assert "Porissa" not in found.question.text
    assert "putkien" in subjects(found)


def test_another_year() -> None:
    """The new year goes before the old one."""
    found = turn("entä vuonna 2028?", FIRST)
    assert found.question.years == {2028}
    assert "2026" not in found.question.text


def test_another_subject() -> None:
    """ "Entä vuotovesien?": the field stays, the subject changes."""
    found = turn("entä vuotovesien?", FIRST)
    assert found.swaps_subject
    assert subjects(found) == {"vuotovesien"}
    assert Asked.TARGET in found.question.asked
    assert "tavoite" in found.question.text


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Kuka siitä vastaa?", Asked.RESPONSIBLE),
        ("mikä sen lähtötaso on", Asked.BASELINE),
        ("mikä sen tilanne on?", Asked.PROGRESS),
        ("milloin sen pitää olla valmis", Asked.DEADLINE),
    ],
)
def test_pronoun(text: str, field: Asked) -> None:
    """A pronoun means what was asked about before; the field is the new one."""
    found = turn(text, FIRST)
    assert field in found.question.asked
    assert "putkien" in subjects(found)
    assert not found.swaps_subject


def test_chain() -> None:
    """A follow-up of a follow-up reaches the first question."""
    found = turn("kuka siitä vastaa?", FIRST, "entä perusopetuksessa?")
    assert "putkien" in subjects(found)
    assert found.question.units == {"perusopetus"}
    assert Asked.RESPONSIBLE in found.question.asked


def test_the_assistants_words_are_not_taken_for_the_users() -> None:
    """Only what the user said counts; empty turns do not."""
    found = in_context(
        "entä perusopetuksessa?",
        [{"role": "assistant", "content": "Putkien pituus on 7 km."}, {"role": "user", "content": "  "}],
        small_understanding(),
    )
    assert found.previous is None


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        (
            ["Mikä on putkien pituuden tavoite?", "milloin sen pitää olla valmis?", "kuka siitä vastaa?"],
            "Mikä on putkien pituuden tavoite kuka siitä vastaa?",
        ),
        (
            ["Mikä on kuraattorien tavoite perusopetuksessa?", "entä lähtötaso?", "ja lukion puolella?"],
            "Mikä on kuraattorien tavoite lukion puolella?",
        ),
        (
            [
                "What is the target for curators in basic education?",
                "and the baseline?",
                "what about upper secondary school?",
            ],
            "What is the target for curators in basic education upper secondary school?",
        ),
        (
            ["Vad är målet för kuratorerna?", "och utgångsläget?", "och gymnasiet?"],
            "Vad är målet för kuratorerna gymnasiet?",
        ),
    ],
)
def test_a_question_between_that_names_nothing_is_left_out(asked: list[str], understood: str) -> None:
    """What follows builds on the question that named the subject; another unit takes the place of the one before."""
    history = [{"role": "user", "content": said} for said in asked[:-1]]
    assert in_context(asked[-1], history, small_understanding()).understood == understood


@pytest.mark.parametrize(
    "text",
    ["mitäs kirjasto?", "entä kirjasto, mitä se tavoittelee?", "mites kirjasto", "entä kirjasto siinä tilastossa?"],
)
def test_another_thing_takes_the_subjects_place(text: str) -> None:
    """Named before any pronoun: the pipes are not asked about any more."""
    found = turn(text, FIRST)
    assert found.swaps_subject
    assert "kirjasto" in subjects(found)
    assert "putkien" not in subjects(found)


@pytest.mark.parametrize(
    "text",
    [
        "ja mihin niissä pyritään?",
        "ja milloin se tarkistetaan?",
        "ja kuka niistä vastaa?",
        "mites niiden suosiota mitataan?",
    ],
)
def test_a_verb_or_pronoun_goes_on_with_the_subject(text: str) -> None:
    """Nothing else is named: the pipes are still meant."""
    found = turn(text, FIRST)
    assert not found.swaps_subject
    assert "putkien" in subjects(found)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("en tarkoittanut lukiota vaan perusopetusta", "perusopetus"), ("siis perusopetuksessa", "perusopetus")],
)
def test_a_correction(text: str, unit: str) -> None:
    """What is meant comes last and takes the place of what was not."""
    found = turn(text, FIRST)
    assert found.question.units == {unit}
    assert "putkien" in subjects(found)


def test_a_question_that_names_nothing_follows() -> None:
    """Small words and verbs alone."""
    assert turn("miksi vain sen verran?", FIRST).previous is not None


def test_a_whole_question_with_a_pronoun_stands_alone() -> None:
    """ "Siinä" goes with its own noun here."""
    text = "Montako lainaa kirjaston aineistosta siinä Kemin kulttuurin taulukossa luvataan asukkaille?"
    assert turn(text, FIRST).previous is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hei! Aloitin tänään kirjastossa. Montako putkea ja asukasta on?", "Montako putkea ja asukasta on?"),
        ("Tavoite oli 12 putkea. Montako putkea ja asukasta on?", None),
        ("Putket uusitaan. Montako niistä putkista ja asukkaista on Kemissä?", None),
        ("Putket uusitaan. Miksi?", None),
    ],
)
def test_an_introduction_is_left_out(text: str, kept: str | None) -> None:
    """Where the question says all itself; else the whole is asked."""
    assert turn(text).question.plain == (kept or text)


def test_a_pronoun_before_a_noun_points_at_it() -> None:
    """ "Entä se kirjasto, kuka siitä vastaa?" changes the subject; "ja milloin se on valmis?" does not."""
    assert turn("entä se kirjasto, kuka siitä vastaa?", FIRST).swaps_subject
    assert not turn("ja milloin se on valmis?", FIRST).swaps_subject


def test_the_beginning_of_a_year_is_no_subject() -> None:
    """ "Entä vuoden 2023 alussa?" asks the same at another time."""
    found = turn("entä vuoden 2023 alussa?", FIRST)
    assert not found.swaps_subject
    assert "putkien" in subjects(found)


def test_another_grade_takes_the_place_of_the_one_before() -> None:
    """The rest of the question stays."""
    found = turn("Ja yhdeksäsluokkalaisilla?", "Mikä on putkien pituuden tavoite kahdeksasluokkalaisilla?")
    assert found.understood
    assert "yhdeksäsluokkalaisilla" in found.understood
    assert "kahdeksasluokkalaisilla" not in found.understood
    assert "putkien" in found.understood


def test_the_like_figure_of_another_thing() -> None:
    """ "Mikä on vastaava luku …" is "entä …"."""
    found = turn("mikä on vastaava luku kirjastosta", FIRST)
    assert found.swaps_subject
    assert subjects(found) == {"kirjastosta"}
    assert Asked.TARGET in found.question.asked


def test_a_pronoun_without_its_dots() -> None:
    """ "sita" is "sitä" and goes on."""
    assert turn("kuka sita seuraa ja johtaa kirjastossa", FIRST).previous is not None


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("Entä tytöistä?", "Montako prosenttia pojista jäi heikolle tasolle?", "tytöistä jäi heikolle tasolle"),
        ("entä pomot?", "kuinka iso osa duunareista käy koulutuksessa", "osa pomot käy koulutuksessa"),
        ("Entä seuraparlamentti?", "Kuinka usein seurafoorumi pidetään?", "Kuinka usein seuraparlamentti pidetään"),
        ("entä ysit?", "montako uintikertaa kasilla on", "uintikertaa ysit on"),
        ("entä viestintästrategiasta?", "Kuka vastaa putkien ohjelmasta?", "Kuka vastaa viestintästrategiasta"),
    ],
)
def test_one_thing_in_the_place_of_its_like(text: str, before: str, whole: str) -> None:
    """People, compounds of one part, everyday words for one kind, or the only other word in a local case."""
    found = turn(text, before)
    assert found.swaps_subject
    assert whole in found.question.plain


@pytest.mark.parametrize("text", ["entä kirjasto Kemissä?", "entä kirjaston tavoite?", "entä kirjastot vuonna 2027?"])
def test_what_says_more_is_not_put_in_another_words_place(text: str) -> None:
    """A place, a field or a year of its own."""
    assert turn(text, "Montako käyntiä kirjastoissa on?").exchanged is None


@pytest.mark.parametrize(
    "text", ["Tarkoitin perusopetusta.", "ei kun perusopetusta tarkotin", "siis mä meinasin perusopetusta"]
)
def test_what_was_meant(text: str) -> None:
    """The word for meaning asks for no definition, and what was asked for stays."""
    found = turn(text, FIRST)
    assert found.question.units == {"perusopetus"}
    assert Asked.TARGET in found.question.asked
    assert Asked.DEFINITION not in found.question.asked


def test_a_bare_name_stands_for_what_about_it() -> None:
    """ "Kirjasto?" after a question about pipes."""
    found = turn("Kirjasto?", FIRST)
    assert found.swaps_subject
    assert "kirjasto" in subjects(found)


def test_a_question_of_its_own_is_no_yes_or_no() -> None:
    """ "Keitä sinne on nimetty?" after "onko se alkanut?"; "entä lukiossa?" is one still."""
    before = "Onko kirjaston remontti alkanut?"
    assert Asked.YES_NO not in turn("Keitä sinne on nimetty?", before).question.asked
    assert Asked.YES_NO in turn("Entä lukiossa?", before).question.asked


def test_a_list_of_what_was_counted() -> None:
    """ "Luettele ne" asks for the fields that were counted before."""
    found = turn("Luettele ne.", "Kuka vastaa putkien uusimisesta?", "Montako osatavoitetta sille on asetettu?")
    assert found.question.lists == {"partial_goals"}


def test_the_field_asked_before_is_no_subject() -> None:
    """Of "kuka vastaa putkista" the pipes are kept where the progress is asked for."""
    assert subjects(turn("Missä vaiheessa se nyt on?", "Kuka vastaa putkista?")) == {"putkista"}
