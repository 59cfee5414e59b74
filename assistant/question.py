"""What a question asks: its language, whom and when it concerns, the field it wants and its content words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from assistant.everyday import Everyday, bare_name, terms_of
from assistant.lexicon import Lexicon, lexicon
from assistant.signs import quarters_told, tells_age, without_times, years_told
from assistant.spelling import Spelling, without_dots
from corpus.errors import StrategyError
from corpus.finnish import can_be_verb, compound_parts, derived, is_first_person, is_plural, lemmas, readings, words

LONGEST = 2_000
NOUN = 0.8  # weight from which on a word names a thing,
NAME = 0.5  # it may be a name,
SLIGHT = 0.2  # and up to which it is an adverb or less
_HARDLY = 3  # one word in so many can be read as Finnish by chance
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d,])")
_NUMBER = re.compile(r"(?<![\w,.])\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?(?![\w])")


class BadQuestion(StrategyError):
    """A question that cannot be answered because it is no question: empty, too long, no text."""


class Asked(StrEnum):
    """A field or a form of answer that a question asks for."""

    TARGET = "target"
    BASELINE = "baseline"
    PROGRESS = "progress"
    RESPONSIBLE = "responsible"
    DEADLINE = "deadline"
    LIST = "list"
    COMPARE = "compare"
    DEFINITION = "definition"
    COUNT = "count"
    COST = "cost"
    PERSON = "person"
    NUMBER = "number"
    WHY = "why"
    INDICATOR = "indicator"
    SCORE = "score"
    YES_NO = "yes_no"


ROW_VALUES = frozenset({Asked.TARGET, Asked.BASELINE, Asked.COUNT})
VALUES = ROW_VALUES | {Asked.NUMBER}


@dataclass(frozen=True)
class Word:
    """A content word: as written, its lemmas, and the lemmas of its compound parts."""

    surface: str
    lemmas: frozenset[str]
    parts: frozenset[str]
    official: frozenset[str] = frozenset()  # terms of the official words for it
    official_of: tuple[tuple[str, frozenset[str]], ...] = ()  # and for parts of it, by part
    kin: frozenset[str] = frozenset()  # what documents derive from the same word: "kartoitetaan" -> "kartoitus"
    weight: float = 1.0  # how much its kind of word says of the subject: a noun most

    @property
    def terms(self) -> frozenset[str]:
        """Everything that it may stand as in a passage, and is searched by; its kin would find too much."""
        return self.lemmas.union(self.parts, self.official, *(terms for _, terms in self.official_of))


@dataclass(frozen=True)
class Question:
    """A question understood. `asked_text` is what the user wrote, `plain` the same put right and standalone."""

    asked_text: str
    plain: str
    added: tuple[str, ...]  # official words for the everyday ones
    language: str
    words: tuple[Word, ...]
    asked: frozenset[Asked]
    lists: frozenset[str] = frozenset()  # fields of which all are asked for: "millä mittareilla" -> "indicator"
    quarters: frozenset[int] = frozenset()
    municipalities: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()  # named by a compound that stands in their title alone
    document: str | None = None  # the one whose passages alone may answer
    unit: str = ""  # the one whose passages alone may answer, by its name or a part of it
    outside: str = ""  # why it is no question to the documents: "attack", "task" or "help"

    @property
    def text(self) -> str:
        """What is searched: the question and, in brackets, the official words."""
        return f"{self.plain} ({', '.join(self.added)})" if self.added else self.plain

    @cached_property
    def forms(self) -> frozenset[str]:
        """Each word of the text as it is written, in small letters, and in its basic forms."""
        return frozenset(form for word in words(self.plain) for form in (word.lower(), *lemmas(word)))

    @cached_property
    def spells_years(self) -> bool:
        """Does it name its years in four digits, or follow one that does? "Alkuvuonna 23" does not."""
        return bool(_YEAR.search(self.asked_text)) or not years_told(self.asked_text)

    @cached_property
    def asks_several(self) -> bool:
        """Does a plural noun follow the question word: "mistä lähteistä", "mitä keinoja"?"""
        pairs = pairwise(words(self.plain))
        return any(lemmas(one) & _WHICH and one.lower() != "mikä" and is_plural(other) for one, other in pairs)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its figures, those in words too: "kolme päivää" -> "3"."""
        said = lexicon().number_words
        return self.numbers | {said[form] for form in self.forms if form in said}

    @cached_property
    def terms(self) -> list[str]:
        """Terms for BM25: of each content word the lemmas, compound parts and official words."""
        return [term for word in self.words for term in sorted(word.terms)]


SENTENCE_END = re.compile(r"(?<=\w{3}[.!])\s+(?=\w)")


def introduction(text: str) -> str:
    """The sentences before the last in which one speaks of oneself: of "Olen 52-vuotias. Miten …?" the first."""
    *before, _ = SENTENCE_END.split(text)
    return " ".join(said for said in before if any(map(is_first_person, words(said))))


def without_introduction(text: str) -> str:
    """The text without sentences in which one speaks of oneself: "Olen 52-vuotias. Miten …?" claims no 52."""
    *before, last = SENTENCE_END.split(text)
    return " ".join([*(said for said in before if not any(map(is_first_person, words(said)))), last])


def _compounds_of_one(titles: Mapping[str, str]) -> dict[str, str]:
    """The compounds that stand in one title alone, with its document's id: "henkilöstöstrategia"."""
    found: dict[str, set[str]] = {}
    for id_, title in titles.items():
        for reading in (reading for word in words(title) for reading in readings(word) if reading.parts):
            found.setdefault(reading.lemma, set()).add(id_)
    return {lemma: next(iter(ids)) for lemma, ids in found.items() if len(ids) == 1}


def _is_agent(lemma: str) -> bool:
    """Is it somebody who does something: "opettaja"? What he does is another thing."""
    return lemma.endswith(("ja", "jä")) and any(lemma == of for of, _ in derived(lemma))


def _families(vocabulary: Iterable[str]) -> dict[str, frozenset[str]]:
    """Of each word the words of the vocabulary that are derived from it: "kokeilla" -> {"kokeilu", …}."""
    found: dict[str, set[str]] = {}
    for lemma, root in (pair for word in vocabulary for pair in derived(word)):
        found.setdefault(root, set()).add(lemma)
    return {root: frozenset(kin) for root, kin in found.items()}


def asks_field(word: Word) -> bool:
    """Does the word ask for a field ("vastaa")?"""
    return any((word.lemmas | word.official) & forms for forms in lexicon().asked.values())


def checked(text: str, *, follows: bool = False) -> str:
    """The text without control characters and outer space. Raises BadQuestion where nothing can be asked of it.

    What `follows` another question may be a year alone: "2029?"
    """
    plain = "".join(
        letter if letter in "\n\t" or unicodedata.category(letter)[0] != "C" else " " for letter in text
    ).strip()
    if not plain:
        raise BadQuestion("Kysymys on tyhjä. Kirjoita kysymys, esimerkiksi: mikä on kuraattorimitoituksen tavoite?")
    if len(plain) > LONGEST:
        raise BadQuestion(
            f"Kysymys on liian pitkä ({len(plain)} merkkiä, enintään {LONGEST}). Kysy lyhyemmin, yksi asia kerrallaan."
        )
    letters = [letter for letter in plain if letter.isalpha()]
    if not letters and follows and _YEAR.search(plain):
        return plain
    if not letters:
        raise BadQuestion(f"Kysymyksessä ”{plain[:40]}” ei ole sanoja. Kirjoita kysymys sanoin.")
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    if latin * 2 < len(letters):
        raise BadQuestion("Kysymystä ei voi lukea: vain suomen-, ruotsin- ja englanninkieliset kysymykset käyvät.")
    return plain


class Understanding:
    """Understands questions about one index: its vocabulary, municipalities and documents' titles by their ids."""

    def __init__(
        self, vocabulary: Iterable[str], municipalities: Iterable[str], titles: Mapping[str, str] | None = None
    ) -> None:
        self._lexicon: Lexicon = lexicon()
        vocabulary = frozenset(vocabulary)
        self._everyday = Everyday(self._lexicon)
        self._spelling = Spelling(vocabulary)
        self._local = frozenset(municipalities)
        self._kin = _families(vocabulary)
        self._titled = _compounds_of_one(titles or {})

    def understand(self, text: str, before: str = "fi") -> Question:
        """The question's meaning as far as words tell it. The text must be `checked`.

        `before` is the language of the question that it follows: one small word then tells that it goes on.
        """
        language = self._language(text, before)
        mended = self._spelling.joined(text) if language == "fi" else text
        tokens = words(mended)
        fixed = [self._repaired(token) for token in tokens] if language == "fi" else tokens
        for token, right in zip(tokens, fixed, strict=True):
            if token != right:
                mended = re.sub(rf"(?<!\w){re.escape(token)}(?!\w)", right, mended, count=1)
        official = self._everyday.of_all(fixed, language)
        added = list(dict.fromkeys(phrase for phrases in official for phrase in phrases))
        aside = frozenset(word for phrase in _FIRST_MONTHS.findall(mended.lower()) for word in words(phrase))
        aside |= frozenset(filter(tells_age, words(introduction(mended).lower())))  # one's own age is not asked about
        return Question(
            asked_text=text,
            plain=mended,
            added=tuple(added),
            language=language,
            words=tuple(word for word in self._content(fixed, official, language) if word.surface.lower() not in aside),
            lists=frozenset(
                field
                for field, stems in self._lexicon.lists.items()
                if any(f" {stem}" in f" {mended.lower()} {' '.join(added)}" for stem in stems)
            ),
            quarters=quarters_told(mended),
            asked=self._asked(fixed, mended, language),
            municipalities=self._municipalities(fixed),
            years=frozenset(int(year) for year in _YEAR.findall(text)) or years_told(text),
            units=self._units(fixed),
            documents=frozenset(
                self._titled[lemma] for token in fixed for lemma in lemmas(token) if lemma in self._titled
            ),
            numbers=frozenset(_NUMBER.findall(without_times(without_introduction(text)))),
            outside=self._outside(text.lower()),
        )

    def _repaired(self, token: str) -> str:
        """The word put right; an everyday word that the glossary knows is right as it is."""
        return token if self._everyday.official(token, "fi") else self._spelling.repaired(token)

    def _language(self, text: str, before: str) -> str:
        """The language whose small words it has, where few of its words are Finnish.

        One of them is enough in a conversation in that language, or where hardly a word can be Finnish.
        """
        low = [word.lower() for word in words(text)]
        finnish = {word for word in low if readings(word)}
        share = sum(word in finnish for word in low)
        counts = {code: sum(word in stop for word in low) for code, stop in self._lexicon.foreign_stop.items()}
        best = max(counts, key=lambda code: counts[code])
        told = counts[best]
        strange = set(low) & self._lexicon.foreign_stop[best] - self._lexicon.stop - finnish  # not "per": also Finnish
        enough = told >= (1 if best == before else 2) or (strange and share * _HARDLY <= len(low))
        foreign = told * 3 >= len(low) - share or share * _HARDLY <= len(low)
        return best if enough and foreign and share * 2 < len(low) + 2 else "fi"

    def _content(self, tokens: list[str], official: list[list[str]], language: str) -> list[Word]:
        found = []
        for token, phrases in zip(tokens, official, strict=True):
            added = terms_of(phrases)
            if self._is_stop(token, language) and not added:
                continue
            if language == "fi":
                own = lemmas(token) | self._spelling.relatives(token)
                parts = compound_parts(token) - self._frame
                of_parts = self._everyday.of_parts(token)
                whole = added - frozenset[str]().union(*(terms for _, terms in of_parts))
                weight = SLIGHT if own & self._lexicon.slight else _subject_weight(token)
                found.append(Word(token, own, parts, whole, of_parts, self._kin_of(token) - own, weight))
            else:
                found.append(Word(token, frozenset({token.lower()}), frozenset(), added))
        return found

    def _kin_of(self, token: str) -> frozenset[str]:
        """What the documents derive from the same words as the token, and these words themselves."""
        own = lemmas(token)
        if any(map(_is_agent, own)):
            return frozenset()
        roots = own | {root for lemma, root in derived(token) if lemma in own}
        kin = roots.union(*(self._kin.get(root, frozenset()) for root in roots))
        return kin if can_be_verb(token) else frozenset(word for word in kin if not _is_agent(word))

    def _is_stop(self, token: str, language: str) -> bool:
        low = token.lower()
        if _YEAR.fullmatch(token) or (token[0].isdigit() and token.isdigit()):
            return True
        if language != "fi":
            return low in self._lexicon.foreign_stop[language]
        own = lemmas(token)
        if {low, *own} & self._asking or self._is_field(token):  # "lähtötilanteessa" tells the field, not the subject
            return True
        if any(map(_is_time_noun, own)):
            return True
        return bool({low, *own} & self._lexicon.stop) or low in self._bare_stop

    def _is_field(self, token: str) -> bool:
        """Is it a compound for a field and of nothing else: "vuosimäärätavoite"?"""
        parts = compound_parts(token)
        return bool(parts & self._asking) and parts <= self._frame

    @cached_property
    def _asking(self) -> frozenset[str]:
        """Words that ask for a value of a row."""
        asking = self._lexicon.asked
        return asking["target"] | asking["baseline"] | asking["progress"] | asking["compare"] | asking["definition"]

    @cached_property
    def _frame(self) -> frozenset[str]:
        """Parts of compounds that tell the field, not the subject: of "kuraattorimitoitustavoite" the "tavoite"."""
        asking = self._lexicon.asked
        return self._lexicon.stop | asking["target"] | asking["baseline"] | asking["progress"] | {"kohtainen", "vastuu"}

    @cached_property
    def _bare_stop(self) -> frozenset[str]:
        """The stop words without their dots: "mika", "tahan"."""
        return frozenset(without_dots(word) for word in self._lexicon.stop if len(word) > 2)

    def _asked(self, tokens: list[str], text: str, language: str) -> frozenset[Asked]:
        forms: set[str] = set()
        for token in tokens:
            forms |= {token.lower(), *lemmas(token), *compound_parts(token)}
        low = f" {text.lower()} "
        whole = {form for token in tokens for form in (token.lower(), *lemmas(token))}
        whole |= {end for form in whole if (end := _is_time_noun(form))}
        found = {
            Asked(field)
            for field, asking in self._lexicon.asked.items()
            if (forms if field in _ASKED_BY_PARTS else whole) & asking
            or any(" " in phrase and f" {phrase} " in low for phrase in asking)
        }
        if _BEFORE_A_DAY.search(low) and not whole & self._lexicon.asked["baseline"] - {_BEFORE}:
            found.discard(Asked.BASELINE)  # "ennen vuodenvaihdetta" says by when
        if Asked.TARGET in found and _named_as_a_time(tokens, self._lexicon.asked["target"]):
            found = (found - {Asked.TARGET}) | {Asked.BASELINE}
        if found == {Asked.TARGET} and any({"määrä", "tavoite"} <= compound_parts(token) for token in tokens):
            found.add(Asked.NUMBER)  # "kappalemäärätavoite"
        if (Asked.NUMBER in found and _WANTED.search(low)) or _TO_REACH.search(low):
            found.add(Asked.TARGET)  # "kuinka suuri osa halutaan mukaan", "mihin prosenttiin pitäisi päästä"
        if _FIRST_MONTHS.search(low):
            found.add(Asked.PROGRESS)
        if _compares(tokens, self._lexicon.comparative):
            found.add(Asked.COMPARE)
        marks = self._lexicon.marks
        if (whole & marks["words"] and _SCALE.search(low)) or len(whole & marks["names"]) > 1:
            found.add(Asked.SCORE)  # "minkä arvion 0–2 se sai", "nollan vai ykkösen"
        if _THING_NAMED.search(low):
            found.discard(Asked.PERSON)  # "vad heter projektet"
        if any("nimetä" in lemmas(token) for token in tokens) and Asked.PERSON in found:
            found.discard(Asked.PERSON)  # "nimeä ne, jotka …" wants a list
            found.add(Asked.LIST)
        if _is_yes_no(tokens, language):
            found.add(Asked.YES_NO)
        if Asked.COST in found and Asked.YES_NO not in found and _SUM.search(low):
            found.discard(Asked.COST)  # "mikä maksaa 3 000 euroa" names the cost itself
        if _WHO_IS.match(text) and not _DUTY.search(text):
            found.add(Asked.PERSON)
        return frozenset(found)

    def _municipalities(self, tokens: list[str]) -> frozenset[str]:
        found = set()
        for index, token in enumerate(tokens):
            if self._is_of_institution(tokens, index):
                continue
            low = bare_name(token)
            if low in self._lexicon.places:
                found.add(self._lexicon.places[low])
                continue
            for lemma in {low, *lemmas(token), *(root for _, root in derived(token))}:  # "porilainen", of Pori
                name = self._lexicon.municipalities.get(lemma)
                if name is None:
                    continue
                if name in self._local or _names_a_place(token, index):
                    found.add(name)
        return frozenset(found)

    def _is_of_institution(self, tokens: list[str], index: int) -> bool:
        """Is it in "Helsingin yliopisto", "Helsingfors universitet", "University of Helsinki"?"""
        after_of = index > 1 and tokens[index - 1].lower() == "of"
        beside = [*tokens[index + 1 : index + 2], *(tokens[index - 2 : index - 1] if after_of else ())]
        return any({token.lower(), *lemmas(token)} & self._lexicon.institutions for token in beside)

    def _units(self, tokens: list[str]) -> frozenset[str]:
        low = f" {' '.join(tokens).lower()} "
        forms = {name for names in self._lexicon.units.values() for name in names if f" {name} " in low}
        for token in tokens:
            forms |= {token.lower(), *lemmas(token), *compound_parts(token)}
        return frozenset(unit for unit, names in self._lexicon.units.items() if unit in forms or forms & names)

    def _outside(self, low: str) -> str:
        plain = f" {' '.join(words(low))} "
        if plain.strip() in self._lexicon.help:
            return "help"
        for reason, groups in (("attack", self._lexicon.refused), ("task", self._lexicon.tasks)):
            if any(all(any(f" {stem}" in plain for stem in stems) for stems in group) for group in groups):
                return reason
        return ""


_CLASS_WEIGHTS = {
    "nimisana": 1.0,
    "nimisana_laatusana": 0.8,
    "laatusana": 0.5,
    "teonsana": 0.4,
    "seikkasana": 0.2,
    "asemosana": 0.1,
    "lukusana": 0.3,
    "sidesana": 0.1,
    "suhdesana": 0.1,
    "huudahdussana": 0.1,
    "kieltosana": 0.1,
    "lyhenne": 1.0,
}
_STRANGE = 0.6  # a word that Voikko does not know: a name, or everyday speech


def _subject_weight(token: str) -> float:
    """How much a word of this class says of the subject. A word that can be a mere preposition or adverb is one."""
    found = [_CLASS_WEIGHTS.get(reading.word_class, 1.0) for reading in readings(token)]
    slight = [weight for weight in found if weight <= SLIGHT]
    return min(slight) if slight else max(found, default=_STRANGE)


_LOCATIVES = {"sisaolento", "sisaeronto", "sisatulento", "ulkoolento", "ulkoeronto", "ulkotulento"}


def _names_a_place(token: str, index: int) -> bool:
    """Is the word a municipality's name and not the common noun it may also be ("lahti", "turku")?

    It is where Voikko reads nothing else or a chance compound, in a locative case, or with a capital inside a sentence.
    """
    found = readings(token)
    names = [reading for reading in found if reading.proper]
    common = [reading for reading in found if not reading.proper and not reading.parts]
    if not names:
        return not found
    return not common or any(reading.case in _LOCATIVES for reading in names) or (token[0].isupper() and index > 0)


def _compares(tokens: list[str], known: dict[str, frozenset[str]]) -> bool:
    """Does a word for "than" follow one for "more", or an adjective or an amount "yhtä": "yhtä suuri", "yhtä monta"?"""
    if any(one.lower() == "yhtä" and _is_degree(other) for one, other in pairwise(tokens)):
        return True
    more = [at for at, token in enumerate(tokens) if {token.lower(), *lemmas(token)} & known["more"]]
    return bool(more) and any(token.lower() in known["than"] for token in tokens[more[0] :])


def _is_degree(token: str) -> bool:
    """ "suuri", "kova", "monta", "usein"."""
    return token.lower() in _AMOUNTS or any("laatusana" in reading.word_class for reading in readings(token))


_FIRST_MONTHS = re.compile(
    r"\b(?:ensimmäis|ek[ao])\w{0,9} kuukau\w{1,9}|\balkukuukau\w{1,9}|första månad\w*"
    r"|first (?:few |three )?months"
)
_WANTED = re.compile(r"\b(?:halut(?:aan|tiin|taisiin)|toivo(?:taan|ttiin|ttaisiin))\b")
_TO_REACH = re.compile(
    r"\bmi(?:hin|lle) "
    r"(?:prosenttiin|prosenttilukuun|lukuun|lukemaan|määrään|tasoon|tasolle|arvoon|osuuteen|keskiarvoon)\b"
)
_WHICH = frozenset(["mikä", "mitkä", "millainen", "minkälainen"])
_AMOUNTS = {"monta", "paljon", "usein"}
_WHO_IS = re.compile(
    r"\s*(?:kuka|ketkä|vem|who)\s+(?:(?:on|oli|ovat|är|is)\b|(?:[\w-]{1,40}\s+){0,3}?(?:nimet(?:tiin|ään|ty)|nimite"
    r"|valit(?:tiin|aan|tu)\b|palka(?:ttiin|taan|ttu)|rekrytoi|allekirjoit|utsågs|valdes"
    r"|(?:was |is )?(?:appointed|hired)))",
    re.IGNORECASE,
)
_SCALE = re.compile(r"(?<![\w,.])\d\s*(?:[-–/,]|vai|tai|eller|or)\s*\d(?![\w])")
_THING = r"(?:proje[ck]t|plan|strateg|system|model|program|survey|enkät|verktyg|tool)"
_THING_NAMED = re.compile(
    rf"\bheter {_THING}|\bnamnet på {_THING}|\bname of the {_THING}|\b(?:does|did|do)\b[^?]{{0,60}}\bname\b"
    r"|\b(?:hankkeen|ohjelman|suunnitelman|strategian|järjestelmän|mallin|kyselyn|työkalun) nimi\b"
)
_SUM = re.compile(r"\d\s?(?:€|eur\b|euro)")
_DUTY = re.compile(r"vast(?:aa|uu)|ansvar|responsib|in charge|tehtävä", re.IGNORECASE)
# "viikkotuntitavoite" asks for the target
_ASKED_BY_PARTS = {"target", "baseline", "responsible", "number", "cost", "indicator"}
_BEFORE = "ennen"
_BEFORE_A_DAY = re.compile(
    r"\bennen\s+(?:vuodenvaih|vuoden \w{0,12} ?lop|joulu|juhannu|kesä|syks|kevä|talve|\w{3,6}kuu)"
)
_PHRASE = 5  # words: "ennen kuin uusi tavoite asetettiin"
_YES_NO_ENDING = re.compile(r"(?:ko|kö|ks|kos|kohan|köhän)$")
_YES_NO_STARTS = {
    "sv": {"är", "har", "ska", "finns", "kan", "får", "blir", "hade"},
    "en": {"is", "are", "does", "do", "did", "was", "were", "has", "have", "can", "will", "should"},
}
_QUESTION_WORDS = {"mikä", "kuka", "milloin", "miten", "kuinka", "paljonko", "montako", "moneko", "kumpi", "joko"}


_TIME_NOUNS = ("ajankohta", "aikataulu", "määräaika", "takaraja")


def _is_time_noun(lemma: str) -> str:
    """The noun for a time that ends the word: "aloitusajankohta" asks for the ajankohta; empty where none does."""
    return next((noun for noun in _TIME_NOUNS if lemma.endswith(noun)), "")


def _named_as_a_time(tokens: Sequence[str], stems: frozenset[str]) -> bool:
    """Are all words of the set in a phrase that tells when: "ennen vuoden 2023 tavoitetta", "ennen tavoitekautta"?"""
    low = [token.lower() for token in tokens]
    places = [at for at, token in enumerate(tokens) if {low[at], *lemmas(token), *compound_parts(token)} & stems]
    return bool(places) and all(_BEFORE in low[max(0, at - _PHRASE) : at] for at in places)


def _is_yes_no(tokens: list[str], language: str) -> bool:
    """Does the question ask whether something is so: "onko …", "pitääkö …", "är …", "does …"?"""
    if not tokens:
        return False
    first = tokens[0].lower()
    if language != "fi":
        return first in _YES_NO_STARTS[language]
    if not _YES_NO_ENDING.search(first) or first in {"paljonko", "paljoko", "montako", "monenko", "moneko", "moniko"}:
        return False
    return not lemmas(first) & _QUESTION_WORDS


def narrowed(
    question: Question, municipality: str | None, document: str | None, year: int | None, unit: str | None = None
) -> Question:
    """The question with what the caller's filters say."""
    return replace(
        question,
        municipalities=frozenset({municipality}) if municipality else question.municipalities,
        document=document or question.document,
        years=frozenset({year}) if year else question.years,
        unit=unit or question.unit,
    )
