"""Signs in texts, each with what looks like it and is none."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.signs import (
    amounts_told,
    counts_what,
    groups_told,
    has_figure,
    is_figure_line,
    names_municipality,
    names_person,
    names_place,
    per_what,
    school_years_told,
    seasons_told,
    spans_of_work,
    tells_age,
    tells_amount,
    tells_cause,
    tells_day,
    tells_duty,
    tells_hours,
    tells_score,
    tells_sex,
    tells_time,
    without_ages,
    without_times,
    years_told,
)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Kävijämäärät (TP 2021)", {2021}),
        ("8 (syksy 22)", {2022}),
        ("2 (lv 21-22)", {2021, 2022}),
        ("lv. 2022-23", {2022, 2023}),
        ("255 oppilasta (20.9.22)", {2022}),
        ("luvut 20.9.2022 ja 2023–2024", {2022, 2023, 2024}),
        ("22 oppilasta", set()),
        ("25,60 ja 1 762 pv", set()),
        ("Suomi.fi 430 027", set()),
    ],
)
def test_years_told(text: str, years: set[int]) -> None:
    """Years in full and by two digits where a season, school year or date says that they are years."""
    assert years_told(text) == years


@pytest.mark.parametrize(
    ("text", "told"),
    [("1= epävarma toteutuminen", True), ("Arvio: 2", True), ("arvosana 10", False), ("Tavoite saavutettiin", False)],
)
def test_tells_score(text: str, told: bool) -> None:
    """A mark of one digit after its name, or the scale itself."""
    assert tells_score(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vastuuhenkilö: henkilöstöjohtaja", True),
        ("Yksiköt vastaavat siitä", True),
        ("väkivaltaa vastaan", False),
        ("Palkkakartoitus tehdään vuosittain", False),
    ],
)
def test_tells_duty(text: str, told: bool) -> None:
    """A duty or an office."""
    assert tells_duty(text) is told


def test_figures_times_and_names() -> None:
    """A date is a time and no figure; a number word is a figure."""
    assert (has_figure("20.9.2022"), tells_time("20.9.2022")) == (False, True)
    assert (has_figure("kaksi kertaa"), tells_time("vuosittain")) == (True, True)
    assert (names_person("Heli Isomäen koulutus"), names_person("koulutus")) == (True, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Harrastetoimintaa joka koululla", True),
        ("kehityskeskustelut käydään kaikkien työntekijöiden kanssa", True),
        ("2 krt/vuosi", True),
        ("suunnitelma, joka valmistuu keväällä 2023", False),
        ("Uusien kulttuuriyritysten lkm", False),
        ("2. Kirjasto tarjoaa aineistoja", False),  # a place in a list
    ],
)
def test_tells_amount(text: str, told: bool) -> None:
    """A figure, or a word for the whole; not the relative pronoun."""
    assert tells_amount(text) is told


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("lv 21-22 oli 7 ryhmää", "oli 7 ryhmää"),
        ("lukuvuonna 2022–23 oli 5", "lukuvuonna oli 5"),
        ("päätös 3.5.2021 ja 20.9.", "päätös ja"),
        ("tavoite 2,5 ja 9 844 pv", "tavoite 2,5 ja 9 844 pv"),
        ("8/2022 mennessä 10 %", "mennessä 10 %"),
    ],
)
def test_without_times(text: str, left: str) -> None:
    """What tells when goes, other figures stay."""
    assert " ".join(without_times(text).split()) == left


@pytest.mark.parametrize(
    ("text", "seasons"),
    [
        ("kevät 2023 – 70", {"spring"}),
        ("1,3 (syksy 22)", {"autumn"}),
        ("687 (20.9.22)", {"autumn"}),
        ("Kurssien määrä 8/2022", {"autumn"}),
        ("Q1/2023", {"spring"}),
        ("kevät 2022 - 56 syksy 2022 - 49", {"spring", "autumn"}),
        ("tammi-huhtikuussa", {"spring"}),
        ("kevättalvella", set()),
        ("tavoite 670", set()),
        ("1/2 työajasta", set()),
    ],
)
def test_seasons_told(text: str, seasons: set[str]) -> None:
    """By name, month, date or quarter."""
    assert seasons_told(text) == seasons


def test_a_word_that_ends_in_a_times_letters() -> None:
    """ "Oppivelvollisuus 18" names no year."""
    assert years_told("oppivelvollisuus 18 v") == set()
    assert years_told("loppuvuonna 23") == {2023}


@pytest.mark.parametrize(
    ("text", "grades", "ages"),
    [
        ("5.- ja 8.-luokkalaiset", {5, 8}, set()),
        ("käyttöaste 5.-7.-luokkalaiset (%)", {5, 6, 7}, set()),
        ("2021: P5lk 49% P8lk 48%", {5, 8}, set()),
        ("seitsemäsluokkalaiset tytöt", {7}, set()),
        ("nelosluokkalaisilla", {4}, set()),
        ("kahdeksannen luokan pojat", {8}, set()),
        ("vuoden 2021 7.-luokkalaiset", {7}, set()),
        ("50–52-vuotiaiden poissaolot", set(), {50, 51, 52}),
        ("alle 3-vuotiaita", set(), {3}),
        ("5 " * 400, set(), set()),  # and in no time
        ("670 oppilasta, 3 ryhmää vuonna 2023", set(), set()),
    ],
)
def test_groups_told(text: str, grades: set[int], ages: set[int]) -> None:
    """School grades and ages, ranges filled."""
    assert groups_told(text) == {"grade": grades, "age": ages}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oppilasmäärä / opinto-ohjaaja", {"opinto-ohjaaja"}),
        ("Työntekijöiden määrä/esihenkilö alle 30", {"esihenkilö"}),
        ("Oppilasmäärä opetustuntia kohden", {"opetustuntia"}),
        ("opiskelijaa per opo lukio", {"opo"}),
        ("Erityisen tuen oppilaat / kaikki oppilaat", set()),
        ("poissaolot/HTV2", set()),
    ],
)
def test_per_what(text: str, names: set[str]) -> None:
    """What something is counted by: not every stroke divides."""
    assert per_what(text) == names


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("7 ryhmää", {"ryhmää"}),
        ("Alle 250 oppilasta . 255 oppilasta (20.9.22)", {"oppilasta"}),
        ("Harrasteryhmien määrä: kevät 2023 – 70", {"Harrasteryhmien"}),
        ("ala-aste: 17,4 yläaste: 20 yhtenäiskoulu: 17,8", set()),  # labels
        ("Enintään 670 opp", set()),
        ("Nuorisovaltuusto 4 krt/v", {"krt"}),
        ("9 844 pv", {"pv"}),
    ],
)
def test_counts_what(text: str, nouns: set[str]) -> None:
    """The noun counted stands in the partitive after its figure, or in the genitive before "määrä"."""
    assert counts_what(text) == nouns


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Kirjasto – 132 126", True),
        ("2 = toteutuu", True),
        ("Pori Sinfonietta 4197", True),
        ("Tukipajoja on 4 eri koululla", False),
    ],
)
def test_is_figure_line(text: str, alone: bool) -> None:
    """A name and its figure, and nothing else."""
    assert is_figure_line(text) is alone


@pytest.mark.parametrize("sign", [per_what, counts_what, is_figure_line])
def test_signs_are_quick_on_long_texts(sign: Callable[[str], object]) -> None:
    """No pattern goes back and forth in a long line of figures and words."""
    begun = time.perf_counter()
    sign("12 345 kohden määrä / " * 2_000)
    sign("1 " * 20_000)
    sign("a" * 40_000)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("vain yksi kuraattori virkavapauden johdosta", True),
        ("Lain muutoksen vuoksi maksu määritetään uudelleen", True),
        ("koska tilat puuttuvat", True),
        ("667 opiskelijaa psykologia kohden", False),
        ("Kyselyssä oli syytä parantaa", True),
        ("Syyslukukaudella aloitetaan", False),
    ],
)
def test_tells_cause(text: str, told: bool) -> None:
    """A word for a reason; autumn is none."""
    assert tells_cause(text) is told


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("79 (lv 21-22)", {("21", "22")}),
        ("lukuvuonna 2021–2022", {("21", "22")}),
        ("2 (lv. 2021-22)", {("21", "22")}),
        ("lukuvuoden 2022-23 jälkeen, toisin kuin lv 23/24", {("22", "23"), ("23", "24")}),
        ("vuosina 2021–2022", set()),
    ],
)
def test_school_years_told(text: str, years: set[tuple[str, str]]) -> None:
    """However they are written; other spans of years are none."""
    assert school_years_told(text) == years


def test_amounts_told() -> None:
    """In figures and words, an adjective between; no part of a decimal."""
    three, five = "Vähintään 3 laskennallista päivää (= 18 h)", "kun rajana on viisi päivää"
    assert ("3", "päivä") in amounts_told(three) & amounts_told("kolme päivää vuodessa")
    assert ("5", "päivä") in amounts_told(five)
    assert not amounts_told(three) & amounts_told(five)
    assert not amounts_told("v. 2028 4,1")


@pytest.mark.parametrize(
    ("text", "told"), [("1.8.21 alkaen", True), ("20.9. mennessä", True), ("keväällä 2026", False)]
)
def test_tells_day(text: str, told: bool) -> None:
    """A day, not a month or a year."""
    assert tells_day(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [("Palkkaerot sukupuolten välillä", True), ("2021: P5lk 49%", True), ("5.-luokkalaiset", False)],
)
def test_tells_sex(text: str, told: bool) -> None:
    """By a word for it or by the letter before a grade."""
    assert tells_sex(text) is told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Opetuspalvelut: Ehnroosin koulu pilotoi", True),
        ("Pilotti alkaa Länsi-Porin koulussa", True),
        ("Kaikki koulut on auditoitu", True),
        ("Harrastetoimintaa joka koululla", True),
        ("Porin koulujen kanssa keskustellaan", False),
        ("Ryhmiä on päätetty perustaa kaksi lisää", False),
    ],
)
def test_names_place(text: str, named: bool) -> None:
    """A name that is no municipality's, one that Voikko does not know, or every place."""
    assert names_place(text) is named


def test_tells_hours() -> None:
    """When something is open."""
    assert tells_hours("Avoinna klo 9–16")
    assert tells_hours("on auki lauantaisin")
    assert not tells_hours("Kirjasto – 132 126")


def test_spans_of_work() -> None:
    """Times and work after a number; a mere number has none."""
    assert spans_of_work("9 844 pv") == {"pv"}
    assert spans_of_work("4 KRT/v") == {"krt"}
    assert spans_of_work("2,56") == set()


def test_a_place_in_a_list_is_no_amount() -> None:
    """Also after its field's name."""
    assert not tells_amount("Tavoite: 1. Kansalaisopisto järjestää kursseja")
    assert tells_amount("Tavoite: 1. Kansalaisopisto järjestää 12 kurssia")


@pytest.mark.parametrize(
    ("text", "age", "town"),
    [
        ("50–59-vuotiaiden poissaolot", True, False),
        ("Alle 3-vuotiaat Porissa", True, True),
        ("yli 30 päivää", False, False),
        ("porin hankkeet", False, False),
    ],
)
def test_ages_and_towns(text: str, age: bool, town: bool) -> None:
    """People by their age; a town by its name with a capital."""
    assert tells_age(text) is age
    assert names_municipality(text) is town


def test_without_ages() -> None:
    """An age is no amount."""
    assert not has_figure(without_ages("50–59-vuotiaiden poissaolot"))
