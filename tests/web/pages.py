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


# The focused control: its mark, what it is, and what is wrong with its focus; null at the page's end.
_FOCUSED = """() => {
  const it = document.activeElement
  if (!it || it === document.body) return null
  it.dataset.seen ??= String(Math.random())
  const box = it.getBoundingClientRect(), style = getComputedStyle(it), under = getComputedStyle(it.parentElement)
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  const shown = [style, under].some(one => one.outlineStyle !== 'none' || one.boxShadow !== 'none')
  const wrong = !shown ? 'no focus seen'
    : box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth ? 'out of sight'
    : !top || !(it.contains(top) || top.contains(it)) ? 'covered' : ''
  return [it.dataset.seen, `${it.tagName} ${it.innerText || it.name || it.id}`.slice(0, 60), wrong]
}"""
_CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(it => it.checkVisibility({visibilityProperty: true}) && it.getBoundingClientRect().height)
  .filter(it => it.tabIndex >= 0 && !it.disabled).length"""


def focus_faults(page: Any) -> list[str]:
    """What is wrong when one goes by Tab from the page's start to its end: focus hidden, unseen or trapped."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    most = page.evaluate(_CONTROLS)
    marks, faults = set(), []
    for _ in range(most + 1):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None or focused[0] in marks:
            break
        marks.add(focused[0])
        faults += [f"{focused[1]}: {focused[2]}"] if focused[2] else []
    return faults if len(marks) == most else [*faults, f"{len(marks)} of {most} controls reached"]


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
