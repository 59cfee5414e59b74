"""Numbers in the cells of goal rows, where a cell is nothing but one number: what can be drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

# "9 844 pv", "0,03 t/opp.", "1htv"; a date or a fraction such as 8/2022 or 20.9.22 is none.
_NUMBER = re.compile(r"(?<![\w.,/–-])\d{1,3}(?:[ \u00a0\u2009]\d{3})+(?!\d)(?:,\d+)?|(?<![\w.,/])\d+(?:[.,]\d+)?")
_ASIDE = re.compile(r"\([^()]*\)")
_DATE = re.compile(r"\d\s*/\s*\d|\d\.\d+\.|\d\s*=|=\s*\d")
_WORDS = 3  # beside the number: "enintään 10 kpl vuodessa"; more is a sentence, where the number may be anything


@dataclass(frozen=True)
class Figure:
    """A number, and whether it is a percentage."""

    value: float
    percent: bool


def figure_of(text: str) -> Figure | None:
    """The number that a cell consists of; None where it holds none, several, a date, or a change ("-10 %").

    "687 (20.9.22)" -> 687, "Enintään 670 opp." -> 670, "2–3" -> None, "kasvaa 5 %" -> None
    """
    bare = _ASIDE.sub(" ", text)
    found = list(_NUMBER.finditer(bare))
    if len(found) != 1 or _DATE.search(bare):
        return None
    if re.fullmatch(r"(?:19|20)\d\d", found[0][0]) and re.search(r"[^\W\d_]", bare):
        return None  # a year among words
    before, after = bare[: found[0].start()], bare[found[0].end() :]
    words = re.findall(r"[^\W\d_]+(?:[/.-][^\W\d_]+)*", before + " " + after)
    if words and after.startswith((".", ")")):
        return None  # the number of an item
    if before.rstrip().endswith(("-", "–", "−", "+")) or len(words) > _WORDS or _tells_change(words):
        return None
    return Figure(float(re.sub(r"\s", "", found[0][0]).replace(",", ".")), "%" in after[:3])


def _tells_change(words: list[str]) -> bool:
    return any(word.lower().startswith(("kasv", "lisä", "nous", "vähen", "vähem", "lask", "parane")) for word in words)
