"""The two sides of a comparison: "kummassa on enemmän, A:ssa vai B:ssä?" asks two questions of one frame."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question import Asked, Question, Understanding
from corpus.finnish import words

_OR = re.compile(r"\s+(?:vai|vs\.?|versus|eller)\s+", re.IGNORECASE)
_THAN = re.compile(r"\s+(?:verrattuna|kuin|ku|jämfört med|compared (?:to|with)|än|than)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+(?:ja|och|and|med|or|tai)\s+", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:ja|sekä|vai|tai|kuin|vs|och|eller|än|and|or|than|toisaalta|verrattuna)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,:;–]\s+")
_JOINED = r"(?:\s*\b(?:ja|sekä|vai|tai|kuin|och|eller|än|and|or|than)\b\s*)?"
_OUTER = " ?!.,:;"
_LONGEST_SIDE = 3  # words; of a longer one only the first is taken to stand against the other side


def sides(question: Question, understanding: Understanding) -> list[Question]:
    """The question asked of each of its two sides alone; none where it compares nothing.

    Where a comma or colon stands before the first side, what is before that is the frame that both share; else the
    first side is taken to have as many words as the second. "Kumpi kokoontuu useammin, vanhusneuvosto vai
    nuorisovaltuusto?" gives "Kumpi kokoontuu useammin vanhusneuvosto" and "Kumpi kokoontuu useammin nuorisovaltuusto".
    """
    if len(question.documents) == 2 and question.document is None and (found := _of_documents(question, understanding)):
        return found
    compares = Asked.COMPARE in question.asked
    texts = (_of_places(question.plain, understanding) if compares else None) or _parted(question.plain, compares)
    if texts is None:
        return []
    one, other = map(understanding.understand, texts)
    asked = [_of_side(one, other, question), _of_side(other, one, question)]
    if any(_subjects(one_side) <= _subjects(rest) for one_side, rest in (asked, asked[::-1])):
        return []  # a side that adds nothing of its own: "alle vai yli"
    return asked


def _of_side(side: Question, other: Question, question: Question) -> Question:
    """The side's question, narrowed as the whole one is where neither it nor the other side says so itself."""
    return replace(
        side,
        municipalities=side.municipalities or question.municipalities - other.municipalities,
        document=question.document,
        years=side.years or question.years - other.years,
        units=side.units or question.units - other.units,
    )


def _of_documents(question: Question, understanding: Understanding) -> list[Question]:
    """The question asked of each of two documents that it names: "sama henkilöstöstrategiassa ja konsernipalveluissa".

    Without their names, for what speaks of the document itself is not asked for. None where nothing is left to ask.
    """
    text = question.plain
    read = {token: understanding.understand(token).documents for token in words(text)}
    titled = [token for token, documents in read.items() if documents]
    if len(titled) < 2 or not _BOTH.search(text[text.find(titled[0]) : text.find(titled[-1])]):
        return []  # "milloin henkilöstöstrategia esitellään sivistystoimialalla?"
    for token in titled:
        text = _without(rf"{_JOINED}(?<!\w){re.escape(token)}(?!\w)", text)
    if not words(text) or not (side := understanding.understand(text)).words:
        return []
    return [
        _of_side(replace(side, asked=side.asked | question.asked), side, replace(question, document=one))
        for one in dict.fromkeys(one for token in titled for one in read[token])
    ]


def _of_places(text: str, understanding: Understanding) -> tuple[str, str] | None:
    """The text with the one and with the other of two places that it names: "lukiossa enemmän kuin perusopetuksessa".

    None where it names no two of a kind, or more.
    """
    read = [(token, understanding.understand(token)) for token in dict.fromkeys(words(text))]
    for kind in ("units", "municipalities"):
        places = [(token, place) for token, one in read if (place := getattr(one, kind))]
        if len(places) == 2 and not places[0][1] & places[1][1]:
            one, other = (re.escape(token) for token, _ in places)
            return (
                _without(rf"{_JOINED}(?<!\w){other}(?!\w)", text),
                _without(rf"(?<!\w){one}(?!\w){_JOINED}", text),
            )
    return None


def _without(pattern: str, text: str) -> str:
    return " ".join(re.sub(pattern, " ", text).split()).strip(_OUTER)


def _parted(text: str, compares: bool) -> tuple[str, str] | None:
    """The frame with the first and with the second side of the text."""
    text = text.strip(_OUTER)
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
            lacks_head = bool(first) and first[-1].endswith("n")  # "alakoulun vai yläkoulun opettajalla"
            if (lacks_head or not clauses) and len(second) > len(first) + 1:  # the end is of both
                second, shared = second[: len(first)], second[len(first) :]
                rest = " ".join([*shared, rest])
            if first and second:
                frame = f"{frame} {rest}".strip()
                one, other = (" ".join(side).strip(_OUTER) for side in (first, second))
                return f"{frame} {one}".strip(), f"{frame} {other}".strip()
    return None


def _subjects(question: Question) -> frozenset[str]:
    return frozenset(word.surface.lower() for word in question.words) | frozenset(map(str, question.years))
