"""Administration in a browser: in only with the password; documents in, replaced and out; feedback to a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.web.conftest import PASSWORD
from tests.web.fake import FakeAssistant
from tests.web.pages import QUESTION, Open, ask, tab


def enter(page: Any, password: str = PASSWORD) -> None:
    """Log in on the tab."""
    tab(page, "Ylläpito")
    page.get_by_label("Salasana").fill(password)
    page.keyboard.press("Enter")


def upload(page: Any, file: Path) -> None:
    """Choose the file and send it."""
    page.locator("#tiedosto input[type=file]").set_input_files(file)
    page.locator("#tiedosto").get_by_text(file.stem).first.wait_for()
    page.get_by_role("button", name="Lisää asiakirja").click()


def test_a_wrong_password_opens_nothing(open_page: Open) -> None:
    page = open_page()
    enter(page, "arvaus")
    page.get_by_text("Salasana on väärä.").first.wait_for()
    assert page.locator("#yllapito-asiakirjat table").count() == 0
    assert not page.get_by_role("button", name="Lisää asiakirja").is_visible()


def test_a_document_is_added_replaced_and_removed(open_page: Open, assistant: FakeAssistant, tmp_path: Path) -> None:
    good, empty, newer = (tmp_path / name for name in ("raportti.txt", "tyhja.txt", "uudempi.txt"))
    good.write_text("<b>Tavoite</b>: yksi", encoding="utf-8")
    empty.write_text(" ", encoding="utf-8")
    newer.write_text("Tavoite: kaksi", encoding="utf-8")
    page = open_page()
    enter(page)
    page.locator("#yllapito-asiakirjat table").wait_for()
    upload(page, empty)
    page.get_by_text("tyhja.txt: Tiedosto tyhja.txt on tyhjä.").first.wait_for()
    page.get_by_label("Otsikko").fill("<i>Raportti</i>")
    page.get_by_label("Kunta").last.fill("Oppila")
    upload(page, good)
    page.get_by_text("Asiakirja lisättiin: raportti.txt").first.wait_for()
    assert "<i>Raportti</i> (tunnus raportti)" in page.locator("#raportti").inner_text()
    assert assistant.added[0].facts.municipality == "Oppila"

    page.get_by_role("button", name="Korvaa asiakirja <i>Raportti</i>").click()
    page.get_by_text("Seuraava tiedosto korvaa asiakirjan").first.wait_for()
    upload(page, newer)
    page.get_by_text("Asiakirja korvattiin: uudempi.txt").first.wait_for()
    assert [(each.facts.id, each.text) for each in assistant.added] == [("raportti", "Tavoite: kaksi")]
    assert assistant.added[0].facts.municipality == "Oppila"

    row = page.locator("#yllapito-asiakirjat tr", has_text="Raportti")
    row.get_by_text("Poista", exact=True).click()
    row.get_by_role("button", name="Poista lopullisesti").click()
    page.get_by_text("Asiakirja poistettiin: <i>Raportti</i>").first.wait_for()
    assert assistant.added == []
    tab(page, "Asiakirjat")
    assert "Raportti" not in page.locator("#asiakirja-taulukko").inner_text()


def test_a_shipped_document_stays(open_page: Open) -> None:
    page = open_page()
    enter(page)
    row = page.locator("#yllapito-asiakirjat tr", has_text="oppila-2024")
    row.get_by_text("Poista", exact=True).click()
    row.get_by_role("button", name="Poista lopullisesti").click()
    page.get_by_text("on osa ohjelmaa, eikä sitä voi poistaa").first.wait_for()


def test_feedback_is_read_and_downloaded(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    turn = ask(page, f"{QUESTION} <b>lihava</b>")
    turn.get_by_role("button", name="Hyödyllinen").click()
    turn.get_by_text("Kiitos palautteesta.").wait_for()
    enter(page)
    row = page.locator("#palautteet tbody tr").first
    row.wait_for()
    assert "<b>lihava</b>" in row.inner_text()
    row.get_by_text("Näytä").click()
    assert json.loads(row.locator("code").inner_text())["cite_any"] != []
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Lataa palaute").click()
    waiting.value.save_as(tmp_path / "palaute.jsonl")
    last = json.loads((tmp_path / "palaute.jsonl").read_text("utf-8").splitlines()[-1])
    assert (last["vote"], last["question"]) == ("up", f"{QUESTION} <b>lihava</b>")
