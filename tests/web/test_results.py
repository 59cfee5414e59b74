"""The evaluation's table comes from its file."""

from __future__ import annotations

from pathlib import Path

from assistant.web.results import RESULTS, first_table, results_html

_TEXT = """# Results

| kind    |   n | correct | 95 %      | median ms |
| ------- | --: | ------: | --------: | --------: |
| **all** | 367 |   0.785 | 0.74–0.82 |        85 |
| target  |  48 |   0.875 | 0.75–0.94 |        89 |

| style | n |
| ----- | - |
| plain | 1 |
"""


def test_the_first_table_is_read() -> None:
    assert [(row["kind"], row["n"]) for row in first_table(_TEXT)] == [("**all**", "367"), ("target", "48")]
    assert first_table("no table") == []


def test_it_is_shown_in_finnish(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text(_TEXT, encoding="utf-8")
    html = results_html(path)
    for words in ("Kaikki", "78 %", "0,74–0,82", "Tavoitetaso", "88 %"):
        assert words in html
    assert "plain" not in html


def test_without_the_file_the_page_says_so(tmp_path: Path) -> None:
    assert "ei ole tässä asennuksessa" in results_html(tmp_path / "RESULTS.md")


def test_the_repository_has_results() -> None:
    assert "Kaikki" in results_html(RESULTS)
