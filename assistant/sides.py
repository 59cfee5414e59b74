"""The two sides of a comparison: "kummassa on enemmän, A:ssa vai B:ssä?" asks two questions of one frame."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question import Asked, Question, Understanding

_OR = re.compile(r"\s+(?:vai|vs\.?|versus|eller)\s+", re.IGNORECASE)
_THAN = re.compile(r"\s+(?:verrattuna|kuin|ku|jämfört med|compared (?:to|with)|än|than)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+(?:ja|och|and|med|or|tai)\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"[,:;–]\s+")
_OUTER = " ?!.,:;"
_LONGEST_SIDE = 3  # words; of a longer one only the first is taken to stand against the other side


def sides(question: Question, understanding: Understanding) -> list[Question]:
    """The question asked of each of its two sides alone; none where it compares nothing.

    Where a comma or colon stands before the first side, what is before that is the frame that both share; else the
    first side is taken to have as many words as the second. "Kumpi kokoontuu useammin, vanhusneuvosto vai
    nuorisovaltuusto?" gives "Kumpi kokoontuu useammin vanhusneuvosto" and "Kumpi kokoontuu useammin nuorisovaltuusto".
    """
    found = _parted(question.plain.strip(_OUTER), Asked.COMPARE in question.asked)
    if found is None:
        return []
    frame, one, other = found
    asked = [_of_side(understanding.understand(f"{frame} {side}".strip()), question) for side in (one, other)]
    if any(_subjects(one_side) <= _subjects(rest) for one_side, rest in (asked, asked[::-1])):
        return []  # a side that adds nothing of its own: "alle vai yli"
    return asked


def _of_side(side: Question, question: Question) -> Question:
    """The side's question, narrowed as the whole one is where it says nothing else itself."""
    return replace(
        side,
        municipalities=side.municipalities or question.municipalities,
        document=question.document,
        years=side.years or question.years,
        units=side.units or question.units,
    )


def _parted(text: str, compares: bool) -> tuple[str, str, str] | None:
    """Frame, first side and second side of the text."""
    for pattern in (_OR, _THAN, _AND) if compares else (_OR,):
        for match in reversed(list(pattern.finditer(text))):
            before, after = text[: match.start()], _CLAUSE.split(text[match.end() :])[0]
            rest = text[match.end() + len(after) :].strip(_OUTER)
            clauses = list(_CLAUSE.finditer(before))
            frame, one = (before[: clauses[-1].start()], before[clauses[-1].end() :]) if clauses else ("", before)
            first, second = one.split(), after.split()
            if not clauses:
                shares_end = len(second) > _LONGEST_SIDE  # "kirjasto vs taidemuseo kävijät 2021 pori"
                cut = max(len(first) - (1 if shares_end else len(second)), 0 if shares_end else 1)
                frame, first = " ".join(first[:cut]), first[cut:]
            if len(second) > len(first) + 1:  # "alakoulun vai yläkoulun erityisopettajalla": the end is of both
                second, shared = second[: len(first)], second[len(first) :]
                rest = " ".join([*shared, rest])
            if first and second:
                return f"{frame} {rest}".strip(), " ".join(first).strip(_OUTER), " ".join(second).strip(_OUTER)
    return None


def _subjects(question: Question) -> frozenset[str]:
    return frozenset(word.surface.lower() for word in question.words) | frozenset(map(str, question.years))
