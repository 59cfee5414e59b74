"""What a user does with answers: judges, copies and links them, and comes back to earlier conversations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.settings import Settings
from tests.web.conftest import free_port
from tests.web.fake import FakeAssistant
from tests.web.pages import QUESTION, Open, ask, tab


def feedback(data_dir: Path) -> list[dict[str, Any]]:
    """What the server has stored."""
    path = data_dir / "feedback" / "feedback.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def reload(page: Any) -> None:
    """Load the page anew once what is under way has come: Gradio tells the console of what a reload cuts off."""
    page.wait_for_timeout(800)
    page.reload()


def test_a_vote_is_stored_at_once_and_its_reason_after_it(open_page: Open, data_dir: Path) -> None:
    page = open_page()
    turn = ask(page, QUESTION)
    before = len(feedback(data_dir))
    turn.get_by_role("button", name="Ei auttanut").press("Enter")
    turn.get_by_text("Kiitos palautteesta. Voit kertoa syyn.").wait_for()
    assert turn.locator("[aria-pressed=true]").inner_text() == "Ei auttanut"
    turn.get_by_label("Tieto on väärin").check()
    turn.get_by_role("textbox", name="Omin sanoin").fill("luku on vanha")
    page.get_by_role("button", name="Lähetä syy").click()
    turn.get_by_text("Kiitos, palautteen syy on tallennettu.").wait_for()
    first, second = feedback(data_dir)[before:]
    assert (first["vote"], first["reason"], first["id"]) == ("down", "", second["id"])
    assert (second["reason"], second["comment"], second["question"]) == ("Tieto on väärin", "luku on vanha", QUESTION)
    assert page.evaluate("document.activeElement.dataset.vote") == "down"  # the form is gone, the keyboard is not
    ask(page, "mitoitus", 2)
    assert page.locator("#t1 [aria-pressed=true]").count() == 1


def test_an_answer_is_copied_with_its_sources_and_as_a_link(open_page: Open, address: str) -> None:
    page = open_page(rights="clipboard-read clipboard-write")
    turn = ask(page, QUESTION)
    turn.get_by_role("button", name="Kopioi lähteineen").click()
    turn.get_by_text("Vastaus lähteineen on kopioitu.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{QUESTION}\n\nTavoitetaso on 670 [1].\n\nLähteet:\n[1] Opetuspalvelujen tavoitteet, ")
    turn.get_by_role("button", name="Kopioi linkki").click()
    turn.get_by_text("Linkki kysymykseen on kopioitu.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/?q=Mik")
    page.wait_for_timeout(800)
    page.goto(link)
    page.wait_for_selector("#t1")
    assert page.locator(".turn").count() == 1
    assert "670" in page.locator("#t1").inner_text()


def test_a_link_asks_once_and_is_narrowed(open_page: Open, assistant: FakeAssistant, address: str) -> None:
    page = open_page(at="/?q=mitoitus&municipality=Oppila&year=2024")
    assert "Rajattu: Oppila · 2024" in page.locator("#t1").inner_text()
    assert (assistant.asked[-1]["municipality"], assistant.asked[-1]["year"]) == ("Oppila", 2024)
    assert page.url == f"{address}/"
    reload(page)
    page.wait_for_selector("#t1")
    assert assistant.asked[-1]["question"] == "mitoitus"
    assert page.locator(".turn").count() == 1


def test_a_link_full_of_markup_is_text(open_page: Open) -> None:
    page = open_page(at="/?q=%3Cimg%20src%3Dx%20onerror%3D%22window.hacked%3D1%22%3E%3Cscript%3Ewindow.hacked%3D2")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#t1 .question").inner_text().startswith("Kysymys:\n<img src=x")


def test_conversations_stay_in_the_browser_and_can_be_deleted(open_page: Open, assistant: FakeAssistant) -> None:
    page = open_page()
    ask(page, QUESTION)
    reload(page)
    page.wait_for_selector("#t1")
    page.get_by_role("button", name="Uusi keskustelu").click()
    page.wait_for_selector(".welcome")
    ask(page, "sää")
    page.get_by_text("Aiemmat keskustelut (1)").click()
    page.get_by_role("button", name=QUESTION, exact=True).click()
    page.locator("#t1").get_by_text("Tavoitetaso on").first.wait_for()
    ask(page, "mitoitus", 2)
    assert assistant.asked[-1]["history"][0] == {"role": "user", "content": QUESTION}
    page.get_by_text("Aiemmat keskustelut (1)").click()
    page.get_by_role("button", name="Poista keskustelu: sää").press("Enter")
    page.wait_for_function("document.getElementById('ilmoitukset').textContent.includes('poistettu')")
    reload(page)
    page.wait_for_selector("#t2")
    assert page.locator(".earlier").count() == 0


def test_two_users_at_once_see_only_their_own(open_page: Open) -> None:
    one, other = open_page(), open_page()
    ask(one, QUESTION)
    ask(other, "mitoitus")
    ask(one, "runo", 2)
    assert [page.locator(".turn").count() for page in (one, other)] == [2, 1]
    assert "kuraattorimitoituksen" not in other.locator("#keskustelu-loki").inner_text()


def test_a_slow_answer_is_waited_for_in_sight(open_page: Open, assistant: FakeAssistant) -> None:
    page = open_page()
    assistant.delay = 1.5
    try:
        page.get_by_role("textbox", name="Kysymys").fill(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_text("Haetaan vastausta …").wait_for()
        page.wait_for_selector("#t1")
        assert not page.get_by_text("Haetaan vastausta …").is_visible()
    finally:
        assistant.delay = 0.0


def test_our_own_bug_is_told_in_finnish(open_page: Open, assistant: FakeAssistant) -> None:
    page = open_page()
    page.get_by_role("textbox", name="Kysymys").fill("vika")
    page.keyboard.press("Enter")
    page.get_by_text("Sovelluksessa on virhe").wait_for()
    assert "Error" not in page.locator(".toast-body").inner_text()


def test_the_server_is_restarted_under_an_open_page(browser: Any, tmp_path: Path) -> None:
    pytest.importorskip("gradio")
    from assistant.web.app import serve

    settings = Settings(port=free_port(), data_dir=tmp_path)
    blocks = serve(cast(Any, FakeAssistant()), settings, block=False)
    page = browser.new_page(locale="en-US")
    page.set_default_timeout(60_000)
    try:
        page.goto(f"http://{settings.host}:{settings.port}")
        page.wait_for_selector(".welcome")
        ask(page, QUESTION)
        blocks.close(verbose=False)
        page.get_by_role("textbox", name="Kysymys").fill("mitoitus")
        page.keyboard.press("Enter")
        page.get_by_text("Yhteys palvelimeen katkesi").first.wait_for()
        page.evaluate("window.before = true")
        blocks = serve(cast(Any, FakeAssistant()), settings, block=False)
        page.wait_for_function("!window.before")  # the page loads itself anew when it finds the server
        page.wait_for_function("document.querySelector('#kysymys textarea')?.value === 'mitoitus'")
        page.wait_for_selector("#t1")
        ask(page, "mitoitus", 2)
        assert "670" in page.locator("#t1").inner_text()
        tab(page, "Tavoitteet ja mittarit")
        page.locator("#tavoite-taulukko table").wait_for()
    finally:
        page.context.close()
        blocks.close(verbose=False)
