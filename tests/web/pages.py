"""What the browser tests do on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Open = Callable[..., Any]
QUESTION = "Mikä on kuraattorimitoituksen tavoite?"


def ask(page: Any, question: str, turn: int = 1) -> Any:
    """Ask by keyboard and wait for the turn of that number."""
    page.get_by_role("textbox", name="Kysymys").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#t{turn}")
    return page.locator(f"#t{turn}")


def tab(page: Any, name: str) -> None:
    """Open a tab."""
    page.get_by_role("tab", name=name).click()


def violations(page: Any, where: str) -> list[str]:
    """Every violation that axe finds, of whatever weight; at least some rules must have been checked."""
    page.wait_for_timeout(400)
    result = page.evaluate("axe.run()")
    assert result["passes"]
    return [
        f"{where}: {each['impact']} {each['id']}: {each['nodes'][0]['html'][:150]}" for each in result["violations"]
    ]


def is_foreign(url: str, address: str) -> bool:
    """Does the request leave the server that was asked?"""
    return not url.startswith((f"{address}/", "data:", "blob:"))
