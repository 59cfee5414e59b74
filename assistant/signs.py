"""Signs in a text of what it tells: a time, a figure, a person's name."""

from __future__ import annotations

import re

from assistant.lexicon import lexicon
from corpus.finnish import lemmas, readings, terms, words
from corpus.model import fold

_TIME = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}/\d{2,4}"
    r"|\b(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu|\b(?:kevä|syksy|kesä|talve)"
    r"|vuosittain|kuukausittain|viikoittain|päivittäin|kerran|kertaa|\bkrt\b|jatkuva",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\(?(?:lv\.? )?(?<!\d)(?:19|20)\d\d(?:[-–]\d{2,4})?\)?|\d{1,2}/\d{4}")
_SCORE = re.compile(r"(?:arvio|arvosana|piste|taso)\w*\W{1,3}\d(?!\d)|^\s*\d\s*=", re.IGNORECASE)
_DUTY = re.compile(
    r"\bvasta(?:a(?!n)|uu)|johtaja|päällikkö|päälliköt|koordinaattori|esihenkilö|johtoryhmä|sihteeri", re.IGNORECASE
)
_NAME_CLASSES = ("etunimi", "sukunimi")


_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?!\d|,\d)(?:[-–/](\d\d)(?!\d))?"  # 2023, 2022-23
    r"|(?<!\d)\d{1,2}\.\d{1,2}\.(\d\d)(?!\d)"  # 20.9.22
    r"|\b(?:syksy|kevä|kesä|talvi|talve|lv\.?|lukuvuosi|lukuvuonna|(?:alku|loppu)?vuonna|alkuvuosi)\w* "
    r"(\d\d)(?:[-–/](\d\d))?(?![\d,.]\d|\d|\s?%|\s\d{3})",  # syksyllä 22, lv 21-22, alkuvuonna 23
    re.IGNORECASE,
)


def years_told(text: str) -> frozenset[int]:
    """The years that a text names, in full or by two digits: "8 (syksy 22)" and "lv. 2021-22" both name 2022."""
    return frozenset(
        int(year) if len(year) == 4 else 2000 + int(year)
        for match in _YEARS.finditer(text)
        for year in match.groups()
        if year
    )


_SCHOOL_YEAR = re.compile(
    r"\b(?:lv\b\.?|lukuvuo\w{1,6}|läsåret|school year) ?(?:20)?(\d\d) ?[-–/] ?(?:20)?(\d\d)(?!\d)", re.IGNORECASE
)


def school_years_told(text: str) -> frozenset[tuple[str, ...]]:
    """The school years that a text names: "lv 21-22" and "lukuvuonna 2021–2022" both ("21", "22")."""
    return frozenset(match.groups() for match in _SCHOOL_YEAR.finditer(text))


_DAY = re.compile(r"(?<![\d.,])\d{1,2}\.\d{1,2}\.(?:\d{2,4})?(?!\d)")


def without_times(text: str) -> str:
    """The text without dates, years and school years: "lv 21-22 oli 7 ryhmää 20.9." -> "  oli 7 ryhmää  "."""
    return _YEARS.sub(" ", _DATE.sub(" ", _DAY.sub(" ", text)))


_SEASON = {
    "spring": r"\b(?:kevät|kevää)(?!tal)|\bvår(?:en)?\b|\bspring\b|tammi|helmi|maalis|huhti|touko|vuoden alu|alkuvuo",
    "autumn": r"\bsyksy|\bhöst|\bautumn\b|elokuu|syyskuu|lokakuu|marraskuu|joulukuu|loppuvuo",
}
_MONTH = re.compile(r"(?<!\d)\d{1,2}\.(\d{1,2})\.|(?<![\d.])(\d{1,2})/(?:\d\d)?\d\d(?!\d)|\bQ([1-4])\b")
_JUNE = 6


def seasons_told(text: str) -> frozenset[str]:
    """The seasons that a text names, by name, month, date or quarter: "8 (syksy 22)", "20.9.22", "Q3" -> "autumn"."""
    found = {season for season, pattern in _SEASON.items() if re.search(pattern, text, re.IGNORECASE)}
    for of_day, of_year, quarter in _MONTH.findall(text):
        month = int(of_day or of_year or 0) or 3 * int(quarter)
        found.add("spring" if month <= _JUNE else "autumn")
    return frozenset(found)


_ORDINALS = (  # beginnings, of everyday words too: "nelosluokkalaiset"
    "ensimmäi|eka|ykkö",
    "toi|toka|kakko",
    "kolma|kolmo",
    "neljä|nelo",
    "viide|vito",
    "kuude|kuto",
    "seitsemä|seiska",
    "kahdeksa|kasi",
    "yhdeksä|ysi",
    "kymmene|kymppi",
)
_OF_GROUP = {"grade": r"(?:luok(?!ittel)|lk\b|-?klass|grade)", "age": r"(?:vuotia|vuotta täyttä|-?åring|-?year-old)"}
_NUMBERS = r"((?:(?<!\d)\d{1,2}(?!\d)\W{0,4}(?:(?:ja|tai|sekä|och|and|or)\s+)?){1,8})"
_RANGE = re.compile(r"(\d{1,2})[.\s]*[–-]\s*(\d{1,2})")


def groups_told(text: str) -> dict[str, frozenset[int]]:
    """The school grades and the ages in years that a text names.

    "5.- ja 8.-luokkalaiset" -> grade 5, 8; "seitsemäsluokkalaiset" -> grade 7; "50–52-vuotiaat" -> age 50, 51, 52.
    """
    text = fold(text)
    found = {kind: _numbers_before(text, group) for kind, group in _OF_GROUP.items()}
    spelt = {
        at for at, stem in enumerate(_ORDINALS, start=1) if re.search(rf"\b(?:{stem})\w{{0,4}}[\s-]?luok", text, re.I)
    }
    return {**found, "grade": found["grade"] | spelt}


def _numbers_before(text: str, group: str) -> frozenset[int]:
    found: set[int] = set()
    for match in re.finditer(_NUMBERS + group, text, re.IGNORECASE):
        found |= {int(number) for number in re.findall(r"\d+", match[1])}
        for first, last in _RANGE.findall(match[1]):
            found |= set(range(int(first), int(last) + 1))
    return frozenset(found)


_NOUN = r"[^\W\d_][\w-]{1,40}"  # bounded, so that no long text is gone through again and again
_RATIO = re.compile(r"/|\bsuhteessa\b|\bkoh(?:den|ti)\b|\bper\b", re.IGNORECASE)
_PER = re.compile(rf"\bper\s+({_NOUN})|\b({_NOUN})\s+koh(?:den|ti)\b|määrä\s*/\s*({_NOUN})", re.IGNORECASE)


def per_what(text: str) -> frozenset[str]:
    """The words for what something is counted by: "Oppilasmäärä / kuraattori*" -> kuraattori, "per opo" -> opo."""
    return frozenset(name for match in _PER.finditer(text) for name in match.groups() if name)


def tells_ratio(text: str) -> bool:
    """Does the text set one thing against another: "t/opp.", "suhteessa oppilasmäärään", "opettajaa kohden"?"""
    return _RATIO.search(text) is not None


def tells_time(text: str) -> bool:
    """Does the text say when: a date, a year, a month, a season, how often?"""
    return _TIME.search(text) is not None


def tells_day(text: str) -> bool:
    """Does the text hold a date with its day: "20.9.22", "1.8."?"""
    return _DAY.search(text) is not None


_HOURS = re.compile(r"\bklo\b|\bauki|\böppe[tn]|\bopen\b", re.IGNORECASE)


def tells_hours(text: str) -> bool:
    """Does the text say when something is open?"""
    return _HOURS.search(text) is not None


def has_figure(text: str) -> bool:
    """Does the text hold a figure that is no date, or a number word?"""
    bare = _DATE.sub(" ", text)
    if re.search(r"\d", bare):
        return True
    return any(reading.word_class == "lukusana" for word in words(bare) for reading in readings(word))


_FIGURE_LINE = re.compile(r"^\s*\d+\s*=|\s(?:[-–=]\s*)?(?:n\.\s*)?\d[\d ]*\W*$")


def is_figure_line(text: str) -> bool:
    """Is it nothing but something's name and figure: "Kirjasto – 132 126", "2 = toteutuu"?"""
    return _FIGURE_LINE.search(text) is not None


_DECIMAL = re.compile(r"\d+[.,]\d+")
_COUNTED_WITHIN = 2  # words after a number: an adjective may stand between


def amounts_told(text: str) -> frozenset[tuple[str, str]]:
    """Each whole number of a text, in figures or words, with the basic forms of what follows it.

    "Vähintään 3 laskennallista päivää" and "kolme päivää" share ("3", "päivä").
    """
    said = lexicon().number_words
    told = words(_DECIMAL.sub(" ", text.lower()))
    numbers = [(at, said.get(word, word)) for at, word in enumerate(told)]
    return frozenset(
        (number, form)
        for at, number in numbers
        if number.isdigit()
        for counted in told[at + 1 : at + 1 + _COUNTED_WITHIN]
        for form in lemmas(counted)
    )


_COUNTS = re.compile(rf"\d[\d.,]{{0,12}}\s{{1,3}}({_NOUN})")
_COUNTED = re.compile(rf"\b({_NOUN})\s+(?:luku)?määrä", re.IGNORECASE)
_OF_TIME_OR_WORK = re.compile(r"\d\s{0,2}(krt|kertaa|pv|htv|htp)\b", re.IGNORECASE)


def spans_of_work(text: str) -> frozenset[str]:
    """The measures of times and of work that follow a number: "4 krt/v", "9 844 pv", "1 htv"."""
    return frozenset(unit.lower() for unit in _OF_TIME_OR_WORK.findall(text))


def counts_what(text: str) -> frozenset[str]:
    """The nouns that a value counts: "7 ryhmää" -> ryhmää, "Ryhmien määrä: 70" -> Ryhmien, "4 krt/v" -> krt."""
    after = (noun for noun in _COUNTS.findall(text) if any(one.case == "osanto" for one in readings(noun)))
    return frozenset((*after, *spans_of_work(text), *_COUNTED.findall(text)))


_WHOLE = re.compile(  # "joka koululla", not the relative pronoun, which follows a comma
    r"\b(?:kaik(?:ki|en|kia|issa|ille|ista|illa|kien)|jokai[ns]\w+|molem\w+|kumpikin|kukin|puol(?:et|ta)|ei yh\w+)\b"
    r"|(?<!, )\bjoka\b",
    re.IGNORECASE,
)


_PLACE_IN_LIST = re.compile(r"^(?:\w{1,20}:)?\s*\d{1,2}[.)]\s*(?=[^\W\d_])")  # "Tavoite: 1. Kirjasto …"


def tells_amount(text: str) -> bool:
    """Does the text say how many, by a figure or by a word: "kaikki koulut", "joka koululla", "puolet"?

    A place in a list tells nothing: "2. Kirjasto …".
    """
    return has_figure(_PLACE_IN_LIST.sub("", text)) or _WHOLE.search(text) is not None


def tells_score(text: str) -> bool:
    """Does the text give a mark on a scale ("arvio 2"), or explain the scale ("1 = epävarma")?"""
    return _SCORE.search(text) is not None


_CAUSE = re.compile(
    r"\b(?:koska|jotta|siksi|syy(?:[nt]|tä|stä|nä|ksi)?|syi(?:tä|stä))\b"
    r"|vuoksi|takia|johdosta|johtu|perustu|seurau|ansiosta|turvin|avulla",
    re.IGNORECASE,
)


def tells_cause(text: str) -> bool:
    """Has the text a word for a reason: "virkavapauden johdosta", "koska", "jotta"?"""
    return _CAUSE.search(text) is not None


_SEX_OF_GRADE = re.compile(r"\b[PT]\d\s?lk\b")  # poikien ja tyttöjen


def tells_sex(text: str) -> bool:
    """Does the text tell something of women, men, girls or boys: "palkkaerot sukupuolten välillä", "P8lk 48 %"?"""
    return _SEX_OF_GRADE.search(text) is not None or not lexicon().sexes["told"].isdisjoint(terms(text))


def tells_duty(text: str) -> bool:
    """Does the text say who answers for something, or name an office?"""
    return _DUTY.search(text) is not None


def names_person(text: str) -> bool:
    """Does the text hold a capitalised word that can be a first name or a surname?"""
    return any(
        reading.word_class in _NAME_CLASSES for word in words(text) if word[0].isupper() for reading in readings(word)
    )


def names_municipality(text: str) -> bool:
    """Does the text name a municipality?"""
    capitalised = (word for word in words(text) if word[0].isupper())
    return any(lemmas(word) & lexicon().municipalities.keys() for word in capitalised)


_OF_AGE = re.compile(r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?[-–\s]?vuotia")


def without_ages(text: str) -> str:
    """The text without ages: "50–59-vuotiaiden poissaolot" -> " iden poissaolot"."""
    return _OF_AGE.sub(" ", text)


def tells_age(text: str) -> bool:
    """Does the text name people by their age: "alle 3-vuotiaat"?"""
    return _OF_AGE.search(text) is not None


_PLACE_WORD = re.compile(r"\bkaik|\bjoka\b|\bkukin|\bkunkin|\bmolem|\blyseo|\blähikoul", re.IGNORECASE)
_SHORTEST_PLACE = 4


def names_place(text: str) -> bool:
    """Does the text hold a capitalised word that can be the name of a school or a place, or mean every one?

    A municipality's name is none: nearly every text holds its own. What Voikko does not know may be one: "Ehnroosin".
    """
    capitalised = (word for word in words(text) if word[0].isupper() and len(word) >= _SHORTEST_PLACE)
    return _PLACE_WORD.search(text) is not None or any(
        not readings(word) or any(reading.proper for reading in readings(word))
        for word in capitalised
        if not lemmas(word) & lexicon().municipalities.keys()
    )


_QUARTER_WORDS = (
    ("ensimmäi", "1", "första", "first"),
    ("toise", "2", "andra", "second"),
    ("kolma", "3", "tredje", "third"),
    ("neljän", "4", "fjärde", "fourth"),
)
MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")


def quarters_told(text: str) -> frozenset[int]:
    """Quarters of the year that the text names: "Q3", "toisella neljänneksellä", "huhti–kesäkuu"."""
    low = text.lower()
    found = {int(number) for number in re.findall(r"\bq([1-4])\b", low)}
    for number, stems in enumerate(_QUARTER_WORDS, start=1):
        pattern = rf"(?:{'|'.join(stems)})\w*\.?\s+(?:vuosi)?(?:neljänne|kvarta|quarter)"
        if re.search(pattern, low):
            found.add(number)
    span = re.search(rf"({'|'.join(MONTHS)})(?:kuu)?\w*\s*[-–]\s*({'|'.join(MONTHS)})kuu", low)
    if span:
        first, last = (MONTHS.index(month) for month in span.groups())
        found |= {month // 3 + 1 for month in range(first, last + 1)}
    return frozenset(found)
