"""Follow-up questions made standalone from the conversation, by rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.ellipsis import exchanged
from assistant.lexicon import lexicon
from assistant.overview import asks_for_all
from assistant.question import NAME, NOUN, SENTENCE_END, SLIGHT, Asked, Question, Understanding, Word, asks_field
from assistant.signs import MONTHS, groups_told
from corpus.finnish import is_first_person, lemmas, words

_OPENERS = re.compile(
    r"^\s*(?:no\s+|ja\s+|mutta\s+)?(?:entä(?:s|pä)?|enta(?:s)?|mites|mitäs|mitenkäs|ja|no|och|and|what about|how about"
    r"|(?:mikä|mitkä|paljonko) o(?:n|li|vat) (?:vastaava|sama)t? (?:luku|lukema|määrä|osuus|taso|tavoite|tieto)\w{0,2}"
    r"|hur är det med|siis|eiku|eikun|ei kun?)\b",
    re.IGNORECASE,
)
# "en tarkoittanut lukiota vaan perusopetusta": what is meant comes last; "tarkoitin lukiota", "ei kun lukiota tarkotin"
_MEANT = r"(?:(?:mä|mää|minä|jag|i)\s+)?(?:tarkoit(?:in|an)|tarkot(?:in|an)|meinasin|menade|menar|mean|meant)\b"
_CORRECTION = re.compile(
    r"^\s*(?:en|ei|eiku|eikun|inte|not)\b[^?]*\b(?:vaan|utan|but)\s+"
    rf"|^\s*(?:(?:ei|kun?|eikun?|siis|no|nej|inte|not)[\s,]+){{0,4}}{_MEANT}\s*",
    re.IGNORECASE,
)
_CORRECTED = re.compile(rf"^\s*(?:ei kun?|eikun?|siis|no|nej)\b(.{{1,80}}?)\s+{_MEANT}\W*$", re.IGNORECASE)
_HOW_DONE = re.compile(
    r"\b(?:miten|kuinka|mitä|millä keinoin|millä tavalla)\b[^?]*"
    r"\b(?:tehdään|tehty|päästä\w*|saavutetaan|aiotaan|edistetään|toteutetaan)"
    r"|\bhow (?:is|will) (?:it|that|this) be (?:achieved|reached|done)|\bhur ska (?:det|målet|man) (?:nås|nå|uppnås)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset(
    (
        "se sen siitä siihen siinä sitä sille siltä sillä ne niiden niistä niihin niissä niitä niille niiltä niillä he "
        "heidän heitä heille tämä tämän tästä tähän tässä tätä tälle nämä näiden näistä näihin näissä näitä tuo tuon "
        "tuosta tuohon tuossa tuota noiden noista noita siis sama samassa den det dem de dess it "
        "sinne its they them that this those these sellainen sellaisen sellaista semmonen semmosen semmosta"
    ).split()
)
_OWNERS = frozenset("sen niiden tämän näiden tuon noiden".split())
_TIMES = frozenset(
    "syksy kevät kesä talvi kuukausi neljännes alku loppu alkuvuosi loppuvuosi lukuvuosi koko".split()
    + "höst hösten vår våren autumn spring".split()
    + [f"{month}kuu" for month in MONTHS]
)
_FEW_WORDS = 1
_FEW_NAMELESS = 4  # so many verbs and small words name nothing: "varför bara en?"
_PHRASE = 3  # words at most
_ENOUGH_THINGS = 2
_MANY_THINGS = 4
_MANY_WORDS = 6
_SAYS_LITTLE = 0.4  # weight up to which a word is a verb or less: "ja milloin se tarkastetaan?"


@dataclass(frozen=True)
class Turn:
    """A question in its conversation: standalone, what it follows, and whether it changes the subject or a detail.

    What follows builds on the `stem`: a question between that names nothing ("milloin sen pitää olla valmis?") is left
    out.
    """

    question: Question
    stem: Question
    previous: Question | None = None
    swaps_subject: bool = False  # "entä psykologi?": another row of the same kind
    understood: str | None = None
    added: Question | None = None  # where the subject changes: the same with all that was asked before kept
    exchanged: Word | None = None  # what stands in the place of another word of the question before


def in_context(text: str, history: Sequence[Mapping[str, str]], understanding: Understanding) -> Turn:
    """The turn that the text makes after the history; standalone where it needs none of it."""
    text = _CORRECTION.sub("siis ", _CORRECTED.sub(r"siis \1", _last_sentence(text, understanding)))
    question = understanding.understand(text)
    earlier = [turn["content"] for turn in history if turn.get("role") == "user" and turn.get("content", "").strip()]
    if not earlier or question.outside or not _follows(text, question):
        return Turn(question, question)
    last = in_context(earlier[-1], [{"role": "user", "content": said} for said in earlier[:-1]], understanding)
    if last.question.language != question.language:
        question = understanding.understand(text, last.question.language)
    swaps = bool(_OPENERS.match(text) or _is_phrase(question)) and _names_another(text, question)
    named = _one_named(question) if swaps else None
    if named and (whole := _exchanged(named, question, last.question, understanding)):
        return Turn(whole, whole, last.question, swaps, whole.plain, exchanged=named)
    merged = _merged(question, last.question, last.stem, swaps)
    stem = merged if swaps or _names(question) else last.stem
    added = _merged(question, last.question, last.stem, False) if swaps else None
    return Turn(merged, stem, last.question, swaps, merged.plain, added)


_ANNOUNCED = re.compile(r"\s*([^:?]{3,80}):\s+(\w.{10,})", re.DOTALL)  # "luottamusmiehenä kysyn: …"


def _last_sentence(text: str, understanding: Understanding) -> str:
    """The question that a greeting or introduction ends with: "Hei! Aloitin tänään. Montako …?"

    The whole where the last sentence builds on the others: by a pronoun, by naming little, by figures told before.
    """
    if (told := _ANNOUNCED.match(text)) and any(map(is_first_person, words(told[1]))):
        return told[2]
    *before, last = SENTENCE_END.split(text.strip())
    if not before or not last.endswith("?") or re.search(r"[\d?]", " ".join(before)):
        return text
    builds_on = any(word.lower() in _PRONOUNS for word in words(last))
    things = names_things(understanding.understand(last))
    if builds_on or len(things) < _ENOUGH_THINGS or understanding.understand(text).outside:
        return text
    return last


def _names_another(text: str, question: Question) -> bool:
    """Does what opens the follow-up name a thing: "entä psykologi?", "entä kirjasto, mitä se edistää?"

    A pronoun goes on with what was asked before ("ja kuka siitä vastaa?"): what comes after it names nothing else, nor
    what comes before it in a question of its own ("and what should be developed there?").
    """
    head = words(_OPENERS.sub("", text).split(",")[0])
    own = [word for word in question.words if not _only_place(word, question) and not asks_field(word)]
    named = {word.surface for word in own if word.weight > _SAYS_LITTLE}
    if len(head) > 1 and head[1] in named and _agree(head[0], head[1]):  # "entä se palveluverkkoselvitys"
        return True
    if head and _asks(head[0]) and not all(map(_is_no_pronoun, head)):
        return False
    return any(word in named for word in takewhile(_is_no_pronoun, head))


def _agree(pronoun: str, noun: str) -> bool:
    """Can the pronoun point at the noun after it? In "sen suosiota" it is the owner, in "sen selvityksen" it may."""
    return pronoun.lower() not in _OWNERS or noun.endswith("n")


def _is_no_pronoun(word: str) -> bool:
    return word.lower() not in _PRONOUNS | {"there"}  # which alone is often no pronoun: "how many are there"


def names_things(question: Question) -> list[Word]:
    """The words that name a thing, not a place, a time or a field."""
    return [word for word in _nouns(question) if not _only_place(word, question)]


def _nouns(question: Question) -> list[Word]:
    """The words that name a thing, a place or a time, not a field."""
    return [word for word in question.words if word.weight >= NOUN and not asks_field(word)]


def _names(question: Question) -> bool:
    """Does the question name a thing, a place or a year itself?"""
    return bool(_nouns(question) or question.units or question.municipalities or question.years)


def _follows(text: str, question: Question) -> bool:
    """Does it leave out what it is about? A question that says much stands alone, whatever small words it has."""
    if _OPENERS.match(text) or _is_phrase(question):
        return True
    if _says_all(question) or asks_for_all(question):
        return False
    if any(word.lower() in _PRONOUNS for word in words(question.plain)):  # spelt right: "sita" is "sitä"
        return True
    few = _FEW_WORDS if _names(question) else _FEW_NAMELESS
    return sum(word.weight > SLIGHT for word in question.words) <= few


def _is_phrase(question: Question) -> bool:
    """Is it nothing but a thing's name: "Satakunnan museo?" It then stands for "entä Satakunnan museo?"."""
    said = words(question.plain)
    names = {word.surface for word in _nouns(question)}
    return len(said) <= _PHRASE and not question.asked and all(word in names for word in said)


def _says_all(question: Question) -> bool:
    """Of a Swedish or English word it is not known whether it names a thing: more of them are needed."""
    return len(_nouns(question)) >= (_MANY_THINGS if question.language == "fi" else _MANY_WORDS)


def _only_place(word: Word, question: Question) -> bool:
    """Does the word only say where, when or of whom: a unit, a municipality, a season, a grade?"""
    if any(groups_told(word.surface).values()):
        return True
    names = {name.lower() for name in question.municipalities} | set(question.units)
    parts = {part for unit in question.units for name in _unit_names(unit) if " " in name for part in name.split()}
    return bool((word.lemmas | word.official) & (names | _TIMES)) or word.surface.lower() in parts


def _merged(question: Question, before: Question, stem: Question, swaps: bool) -> Question:
    """The follow-up with what it leaves out taken from the question before, whose words are the stem's."""
    begins = any(map(_asks, words(question.plain)[:1]))
    asked = question.asked - {Asked.LIST, Asked.COUNT} or before.asked - ({Asked.YES_NO} if begins else set())
    if _HOW_DONE.search(question.asked_text):  # what is done is no value of the row
        asked = question.asked - {Asked.TARGET, Asked.BASELINE}
    bare = _bare(question.plain)
    own = tuple(word for word in question.words if word.surface in words(bare))
    elsewhere = bool(question.municipalities - before.municipalities)  # other documents, of other years
    keeps_years = (swaps or asked == before.asked) and not elsewhere
    kept = tuple(
        word for word in stem.words if not (_replaced(word, question, before) or (question.asked and asks_field(word)))
    )
    if swaps:
        text = f"{bare}? {_frame(before)}".strip()
        found = own
    else:
        text = f"{_without_places(stem, question)} {bare}?"
        found = (*kept, *own)
    return replace(
        question,
        plain=text,
        lists=question.lists or (before.lists if Asked.LIST in question.asked else frozenset()),
        added=tuple(dict.fromkeys((*(() if swaps or question.units else before.added), *question.added))),
        language=question.language if question.language != "fi" or before.language == "fi" else before.language,
        words=found,
        asked=asked,
        municipalities=question.municipalities or before.municipalities,
        units=question.units or before.units,
        years=question.years or (before.years if keeps_years else frozenset()),
        document=question.document or before.document,
    )


def _bare(text: str) -> str:
    """The text without what opens it: "entä tytöistä?" -> "tytöistä"."""
    return _OPENERS.sub("", text).strip(" ?,.")


def _one_named(question: Question) -> Word | None:
    """The one thing that the follow-up names; None where it asks for a field, elsewhere or names more."""
    named = [word for word in question.words if word.weight > NAME and not _only_place(word, question)]
    elsewhere = question.municipalities or question.units or question.years
    return named[0] if len(named) == 1 and not question.asked and not elsewhere else None


def _exchanged(named: Word, question: Question, before: Question, understanding: Understanding) -> Question | None:
    """The question before with what the follow-up names in the place of what is of its kind."""
    text = exchanged(named, _bare(question.plain), before)
    if text is None:
        return None
    found = understanding.understand(text, before.language)
    return replace(
        found,
        asked_text=question.asked_text,
        numbers=question.numbers,
        asked=before.asked,
        municipalities=found.municipalities or before.municipalities,
        units=found.units or before.units,
        years=found.years or before.years,
        document=before.document,
    )


def _asks(word: str) -> bool:
    """Is it a question word: "keitä"?"""
    return not lexicon().clause.isdisjoint({word.lower(), *lemmas(word)})


def _replaced(word: Word, question: Question, before: Question) -> bool:
    """A unit's or municipality's name or a group of the question before gives way to a new one."""
    if _is_other_group(word.surface, question):
        return True
    if question.units and (word.lemmas | word.official) & set(before.units):
        return True
    return bool(question.municipalities) and bool(word.lemmas & {name.lower() for name in before.municipalities})


def _without_places(before: Question, question: Question) -> str:
    """The text of the question before without the unit, municipality and year that the new one changes."""
    text = re.sub(r"[?.!]+\s*$", "", before.plain).strip()
    for token in words(text):
        forms = {token.lower(), *lemmas(token)}
        unit = question.units and forms & {form for unit in before.units for form in (unit, *_unit_names(unit))}
        place = question.municipalities and forms & {name.lower() for name in before.municipalities}
        year = question.years and token.isdigit() and int(token) in before.years
        if unit or place or year or _is_other_group(token, question):
            text = re.sub(rf"(?<!\w){re.escape(token)}(?!\w)", "", text, count=1)
    return re.sub(r"\s+", " ", text).strip()


def _is_other_group(token: str, question: Question) -> bool:
    """Is it a group ("kahdeksasluokkalaisilla"), and does the question name another of its kind?"""
    named = groups_told(question.plain)
    return any(numbers and named[kind] for kind, numbers in groups_told(token).items())


def _unit_names(unit: str) -> frozenset[str]:
    return lexicon().units.get(unit, frozenset())


def _frame(before: Question) -> str:
    """What stays of a question whose subject is swapped: the field asked for and where."""
    kept = [
        token
        for token in words(before.plain)
        if {token.lower(), *lemmas(token)} & _FRAME_WORDS or _is_place(token, before)
    ]
    return " ".join(kept)


_FRAME_WORDS = frozenset(
    ("tavoite tavoitetaso lähtötaso tilanne kävijämäärä määrä vastuu aikataulu mittari mål baseline target").split()
)


def _is_place(token: str, question: Question) -> bool:
    forms = {token.lower(), *lemmas(token)}
    names = {name.lower() for name in question.municipalities}
    units = {form for unit in question.units for form in (unit, *_unit_names(unit))}
    return bool(forms & (names | units)) or (token.isdigit() and int(token) in question.years)
