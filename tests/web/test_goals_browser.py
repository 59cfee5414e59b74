"""The goal table in a browser: the beginning of a word finds, headings sort, files come out as seen."""

from __future__ import annotations

from pathlib import Path

from tests.web.pages import Open, tab


def test_the_beginning_of_a_word_is_enough(open_page: Open) -> None:
    page = open_page()
    tab(page, "Tavoitteet ja mittarit")
    page.get_by_label("Hae sanoilla").press_sequentially("psyko")
    page.get_by_text("1 tavoiterivi.").first.wait_for()
    page.get_by_label("Hae sanoilla").fill("ei tällaista")
    page.get_by_text("Yksikään tavoiterivi ei vastaa hakua.").first.wait_for()
    page.get_by_role("button", name="Poista rajaukset").last.click()
    page.get_by_text("3 tavoiteriviä.").first.wait_for()


def test_headings_sort_by_keyboard_and_keep_focus(open_page: Open) -> None:
    page = open_page()
    tab(page, "Tavoitteet ja mittarit")
    heading = page.locator("#tavoite-taulukko").get_by_role("button", name="Lähtötaso")
    heading.press("Enter")
    page.locator("th[aria-sort=ascending]").wait_for()
    page.wait_for_function("document.activeElement.dataset.sort === 'lahtotaso'")
    assert page.locator(".goals tbody tr").first.inner_text().startswith("Kuraattorimitoitus")
    page.keyboard.press("Enter")
    page.locator("th[aria-sort=descending]").wait_for()
    assert page.locator(".goals tbody tr").first.inner_text().startswith("Psykologimitoitus")


def test_a_row_is_drawn_with_its_numbers(open_page: Open) -> None:
    page = open_page()
    tab(page, "Tavoitteet ja mittarit")
    page.locator("#tavoite-taulukko").get_by_role("button", name="Psykologimitoitus").click()
    page.locator(".chart").wait_for()
    assert page.locator(".chart li").all_inner_texts() == ["Lähtötaso\n900", "Tavoitetaso\n800"]


def test_files_hold_what_is_shown(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    tab(page, "Tavoitteet ja mittarit")
    page.get_by_label("Hae sanoilla").fill("psyko")
    page.get_by_text("1 tavoiterivi.").first.wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Lataa CSV").click()
    waiting.value.save_as(tmp_path / "rows.csv")
    lines = (tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Psykologimitoitus;900;800" in lines[1]
