"""Spoken Finnish as it is written: "kouluis" is "kouluissa", "käyny" is "käynyt", "pitäs" is "pitäisi"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BACK = set("aou")
_FRONT = set("äöy")

# What is said, and what is written for it; "A" is a or ä and "O" is o or ö, as the word's other vowels ask for. Spoken
# Finnish drops final vowels, the participle's t and the i of unstressed diphthongs, and says one long vowel for two.
_RULES = tuple(
    (re.compile(said), written)
    for said, written in (
        (r"^ois(?=$|ko)", "olisi"),
        (r"(?<=[nlrs])([uy])$", r"\1t"),  # käyny, ollu, juossu
        (r"(?<=[aeiouyäö])ks$", "kO"),  # saaks
        (r"(?<=aa|ää)ks$", "nkO"),  # opetetaaks
        (r"(?<=[aeiouyäö])ks$", "ksi"),  # valmiiks
        (r"(?<=[aeiouyäö])s$", "ssA"),  # kouluis
        (r"(?<=[aä])s$", "isi"),  # pitäs
        (r"(?<=i)s$", "si"),  # pitäis
        (r"(?<=[ouyö])is$", "Aisi"),  # haluis
        (r"(?<=[aeiouyäö])st$", "stA"),  # kouluist
        (r"(?<=[aeiouyäö])lt$", "ltA"),  # koululaisilt
        (r"(?<=[aeiouyäö])l$", "llA"),  # lukiol
        (r"(?<=[aeiouyäö])l$", "lle"),
        (r"([eouyöi])\1$", r"\1A"),  # kaikkee
        (r"([ouyöi])\1$", r"\1AA"),  # tarjoo
        (r"ki$", "kin"),  # ainaki
        (r"(?<=ll)on$", "oin"),  # sillon
        (r"ee(?=mm|mp|mi)", "eA"),  # useemmin
        (r"([oöuyaä])(?=t[uyeit])", r"\1i"),  # kartotus, tarkottaa
        (r"([oöuyaä])(?=s[ietuy])", r"\1i"),  # sähkösesti, vapaaehtosta
        (r"([oöaä])(?=nen$)", r"\1i"),  # semmonen, millanen
        (r"(?<=[aeiouyäö])(?=([sl])[aä]$)", r"\1"),  # kemisa, koulula
    )
)


def written(word: str) -> Iterator[str]:
    """What may be written for a spoken word in small letters, likeliest first; not all of it are words."""
    harmony = str.maketrans("AO", "äö" if _is_front(word) else "ao")
    for said, form in _RULES:
        for match in said.finditer(word):
            yield word[: match.start()] + match.expand(form).translate(harmony) + word[match.end() :]


def _is_front(word: str) -> bool:
    """Front vowels go with the last back or front vowel; with ä where there is neither ("kemis")."""
    deciding = [letter for letter in word if letter in _BACK | _FRONT]
    return not deciding or deciding[-1] in _FRONT
