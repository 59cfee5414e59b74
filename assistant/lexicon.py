"""The word lists by which questions are understood: lexicon.toml, glossary.toml and the municipalities' names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.places import municipalities

_FOLDER = Path(__file__).parent
LANGUAGES = {"fi": "finnish", "sv": "swedish", "en": "english"}


@dataclass(frozen=True)
class Lexicon:
    """Words as sets and maps, all lower case."""

    stop: frozenset[str]
    slight: frozenset[str]  # words that say little of what is asked about
    foreign_stop: dict[str, frozenset[str]]  # by language: "sv", "en"
    asked: dict[str, frozenset[str]]  # field -> words that ask for it
    marks: dict[str, frozenset[str]]  # "words" for a mark on a scale, the "names" of marks, "scales"
    comparative: dict[str, frozenset[str]]  # "more" and "than"
    responsible: dict[str, tuple[str, ...]]  # "who", "what", beginnings of words for a "duty", "other" ones
    lists: dict[str, tuple[str, ...]]  # field -> beginnings of words that ask for all of them
    clause: frozenset[str]  # words with which a question begins
    change: frozenset[str]  # words that ask how something has changed
    ends: frozenset[str]  # words for the end of something
    people: frozenset[str]  # words for people
    sexes: dict[str, frozenset[str]]  # words for women, men, girls and boys: how "asked", how "told"
    kinds: dict[str, dict[str, frozenset[str]]]  # things asked for by their kind: how asked, how told
    details: tuple[dict[str, tuple[str, ...]], ...]  # beginnings of words: "asked", "told"
    overview: dict[str, frozenset[str]]  # "goal", "indicator", "action": words that ask for all of them; "aside"
    topic: frozenset[str]  # words around a topic that ask for nothing in particular
    bounds: dict[str, frozenset[str]]  # "below", "above": words before a figure
    opposites: tuple[tuple[str, str], ...]  # what is said of one does not hold for the other
    number_words: dict[str, str]  # "kolme", "kolmonen" -> "3"
    in_words: dict[str, dict[int, str]]  # by language: 3 -> "kolme"
    goal_of: dict[str, frozenset[str]]  # "asking", "goals" and what "serves" one: "mihin tavoitteeseen se liittyy?"
    cost_words: frozenset[str]  # what a passage that tells of costs holds
    measures: frozenset[str]  # words that ask for a figure,
    measure_heads: frozenset[str]  # and what a compound ends in that does
    institutions: frozenset[str]  # what a municipality's name before it is part of
    units: dict[str, frozenset[str]]  # word of a unit's name -> other words for it
    levels: frozenset[str]  # units that many documents have side by side: what is said of one holds for no other
    glossary: dict[str, dict[str, str]]  # by language: everyday word -> official words
    places: dict[str, str]  # foreign name -> municipality
    municipalities: dict[str, str]  # lower case -> name
    help: frozenset[str]  # whole questions about the assistant itself
    tasks: tuple[tuple[tuple[str, ...], ...], ...]  # as `refused`, for work that is no question
    refused: tuple[tuple[tuple[str, ...], ...], ...]  # groups of lists of beginnings; one of each list means an attack


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    words = tomllib.loads((_FOLDER / "lexicon.toml").read_text(encoding="utf-8"))
    glossary = tomllib.loads((_FOLDER / "glossary.toml").read_text(encoding="utf-8"))
    return Lexicon(
        stop=frozenset(words["stop"]),
        slight=frozenset(words["slight"]),
        foreign_stop={"sv": frozenset(words["stop_swedish"]), "en": frozenset(words["stop_english"])},
        asked={field: frozenset(found) for field, found in words["asked"].items()},
        marks={name: frozenset(found) for name, found in words["marks"].items()},
        comparative={name: frozenset(found) for name, found in words["comparative"].items()},
        responsible={name: tuple(found) for name, found in words["responsible"].items()},
        lists={field: tuple(stems) for field, stems in words["lists"].items()},
        clause=frozenset(words["clause"]["asking"]),
        change=frozenset(words["over_time"]["words"]),
        ends=frozenset(words["ends"]["words"]),
        people=frozenset(words["people"]["words"]),
        sexes={how: frozenset(found) for how, found in words["sexes"].items()},
        kinds={kind: {how: frozenset(found) for how, found in told.items()} for kind, told in words["kinds"].items()},
        details=tuple({how: tuple(found) for how, found in detail.items()} for detail in words["detail"]),
        overview={name: frozenset(found) for name, found in words["overview"].items()},
        topic=frozenset(words["topic"]["words"]),
        bounds={side: frozenset(found) for side, found in words["bounds"].items()},
        opposites=tuple((one, other) for one, other in words["opposites"]["pairs"]),
        number_words={name: number for number, names in words["number_words"].items() for name in names}
        | {name: str(number) for number, name in enumerate(words["marks"]["names"])},
        in_words={
            code: {int(number): names[at] for number, names in words["number_words"].items()}
            for at, code in enumerate(LANGUAGES)
        },
        goal_of={name: frozenset(found) for name, found in words["goal_of"].items()},
        cost_words=frozenset(words["evidence"]["cost"]),
        units={unit: frozenset(found) for unit, found in words["units"].items()},
        levels=frozenset(words["levels"]),
        measures=frozenset(words["measures"]),
        measure_heads=frozenset(words["measure_heads"]),
        institutions=frozenset(words["institutions"]),
        glossary={code: glossary[name] for code, name in LANGUAGES.items()},
        places=glossary["places"],
        municipalities=municipalities(),
        help=frozenset(words["help"]["words"]),
        tasks=tuple(tuple(map(tuple, group["words"])) for group in words["task"]),
        refused=tuple(tuple(map(tuple, group["words"])) for group in words["refuse"]),
    )
