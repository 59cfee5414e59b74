"""The app in a real browser: a question, its sources, goals, documents; nothing leaves the machine."""

from __future__ import annotations

import pytest

from tests.web.conftest import PASSWORD
from tests.web.fake import EVIL, FakeAssistant
from tests.web.pages import QUESTION, Open, ask, focus_faults, tab, violations


def test_page_is_finnish_and_says_that_it_is_ai(open_page: Open) -> None:
    page = open_page()
    assert page.evaluate("document.documentElement.lang") == "fi"
    assert page.title() == "Tavoiteavustaja"
    assert page.get_by_text("Vastaukset tuottaa tekoälyjärjestelmä").first.is_visible()
    assert [each.inner_text() for each in page.get_by_role("tab").all()] == [
        "Keskustelu",
        "Tavoitteet ja mittarit",
        "Asiakirjat",
        "Tietoja",
        "Ylläpito",
    ]


def test_answer_with_its_source_in_three_actions(open_page: Open) -> None:
    page = open_page()
    turn = ask(page, QUESTION)
    assert "Tavoitetaso on 670" in turn.inner_text()
    assert turn.get_by_role("table").get_by_text("780").is_visible()
    turn.locator("a.marker").first.click()
    assert page.evaluate("document.activeElement.id") == "t1-lahde-1"
    assert "Oppilan kaupunki · 2024" in turn.locator("#t1-lahde-1").inner_text()


def test_new_answers_are_announced(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    live = page.locator("[aria-live=polite]#ilmoitukset")
    page.wait_for_function("document.getElementById('ilmoitukset').textContent.includes('670')")
    assert live.inner_text().startswith("Vastaus: Tavoitetaso on 670")


def test_follow_up_keeps_the_conversation_and_the_keyboard(open_page: Open, assistant: FakeAssistant) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.get_by_role("button", name="Entä psykologimitoitus?").press("Enter")
    page.wait_for_selector("#t2")
    assert assistant.asked[-1]["history"][0] == {"role": "user", "content": QUESTION}
    page.wait_for_function("document.activeElement.id === 't2'")
    page.get_by_role("button", name="Uusi keskustelu").click()
    page.wait_for_selector(".welcome")
    ask(page, "sää")
    assert assistant.asked[-1]["history"] == []


def test_examples_start_a_conversation(open_page: Open) -> None:
    page = open_page()
    page.locator(".welcome button").first.click()
    assert "670" in page.locator("#t1").inner_text(timeout=15_000)


def test_narrowing_reaches_the_assistant(open_page: Open, assistant: FakeAssistant) -> None:
    page = open_page()
    page.get_by_text("Rajaa kunnan, asiakirjan, yksikön tai vuoden mukaan").click()
    page.get_by_label("Kunta").select_option("Oppila")
    page.get_by_label("Vuosi").select_option("2024")
    page.wait_for_timeout(600)  # the form waits a moment for more changes
    ask(page, QUESTION)
    assert (assistant.asked[-1]["municipality"], assistant.asked[-1]["year"]) == ("Oppila", 2024)


def test_an_error_is_a_finnish_sentence_and_loses_nothing(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    turn = ask(page, " ", 2)
    assert "Kysymys on tyhjä." in turn.inner_text()
    assert page.locator("#t1").is_visible()


def test_text_never_becomes_markup(open_page: Open) -> None:
    page = open_page()
    turn = ask(page, f"paha {EVIL}")
    for name in ("Tavoitteet ja mittarit", "Asiakirjat"):
        tab(page, name)
        page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    tab(page, "Keskustelu")
    assert EVIL in turn.locator(".question").inner_text()
    assert turn.locator("img, script").count() == 0


def test_goals_are_searched_and_opened_in_their_document(open_page: Open) -> None:
    page = open_page()
    tab(page, "Tavoitteet ja mittarit")
    page.get_by_label("Hae sanoilla").fill("kuraattori")
    page.get_by_text("1 tavoiterivi.").first.wait_for()
    page.locator("#tavoite-taulukko").get_by_role("button", name="Kuraattorimitoitus").click()
    page.locator(".detail").wait_for()
    page.wait_for_function("document.activeElement.id === 'rivi-otsikko'")
    assert "Jokainen oppilas saa tukea ajoissa" in page.locator(".detail").inner_text()
    page.locator(".detail").get_by_role("button", name="Avaa asiakirjassa").click()
    page.locator(".reader mark").first.wait_for()
    assert [mark.inner_text() for mark in page.locator(".reader mark").all()][1:3] == ["780", "670"]
    page.wait_for_function("document.activeElement.matches('mark')")


def test_a_source_opens_in_its_document(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION).get_by_role("button", name="Avaa asiakirjassa").click()
    page.locator(".reader mark").first.wait_for()
    assert page.locator(".reader mark").count() == 2
    page.wait_for_function("document.activeElement.matches('mark')")
    assert 0 <= page.evaluate("document.activeElement.getBoundingClientRect().top") < 900


def test_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Siirry sisältöön"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type("kuraattori")
    page.keyboard.press("Enter")
    page.wait_for_selector("#t1")
    page.get_by_role("tab", name="Keskustelu").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Tavoitteet ja mittarit").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_control_is_reached_and_its_focus_seen(open_page: Open, width: int) -> None:
    """By Tab alone, on every tab: each control in its turn, in sight, with a ring around it, and never trapped."""
    page = open_page(width)
    ask(page, QUESTION)
    for name in ("Keskustelu", "Tavoitteet ja mittarit", "Asiakirjat", "Tietoja", "Ylläpito"):
        tab(page, name)
        page.wait_for_timeout(300)
        assert focus_faults(page) == [], name
    page.get_by_label("Salasana").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#yllapito-asiakirjat table").wait_for()
    assert focus_faults(page) == []


# 320 x 256 is what remains of a 1280 x 1024 screen at 400 %.
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1920, 1080), (320, 256)])
def test_no_sideways_scrolling(open_page: Open, width: int, height: int) -> None:
    page = open_page(width, height)
    for turn, question in enumerate((QUESTION, "mitoitus", "paha"), 1):
        ask(page, question, turn)
    for name in ("Keskustelu", "Tavoitteet ja mittarit", "Asiakirjat", "Tietoja", "Ylläpito"):
        tab(page, name)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing(open_page: Open, axe: str, width: int, scheme: str) -> None:
    page = open_page(width, scheme=scheme)
    page.evaluate(axe)
    found = violations(page, "aloitus")
    for turn, question in enumerate((QUESTION, "mitoitus", "sää", "runo", " ", "paha"), 1):
        ask(page, question, turn)
    page.get_by_text("Rajaa kunnan, asiakirjan, yksikön tai vuoden mukaan").click()
    page.locator("#t1 button[data-vote=down]").click()
    found += violations(page, "keskustelu")
    page.get_by_role("button", name="Uusi keskustelu").click()
    page.locator(".earlier summary").click()
    found += violations(page, "aiemmat")
    tab(page, "Tavoitteet ja mittarit")
    page.locator("[data-event=row]").first.click()
    page.locator(".detail").wait_for()
    found += violations(page, "tavoitteet")
    page.locator(".detail [data-event=open]").click()
    page.locator(".reader mark").first.wait_for()
    found += violations(page, "asiakirjat")
    tab(page, "Tietoja")
    found += violations(page, "tietoja")
    tab(page, "Ylläpito")
    found += violations(page, "kirjautuminen")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#yllapito-asiakirjat table").wait_for()
    found += violations(page, "yllapito")
    assert found == []
