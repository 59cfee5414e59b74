"""Where sentences of official Finnish end."""

from __future__ import annotations

import pytest

from corpus.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    """The sentences of a whole text."""
    return [text[span.start : span.end] for span in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putket uusitaan. Kaivuu alkaa.", ["Putket uusitaan.", "Kaivuu alkaa."]),
        ("Osuus on 80 % (mm. Tea-viisari). Työ valmistuu.", ["Osuus on 80 % (mm. Tea-viisari).", "Työ valmistuu."]),
        ("Kokous on 5. maaliskuuta. Sitten syödään.", ["Kokous on 5. maaliskuuta.", "Sitten syödään."]),
        ("Tavoite v. 2031 on 7.", ["Tavoite v. 2031 on 7."]),
        ("Avustuksia 3 kpl. Uusi alkaa.", ["Avustuksia 3 kpl.", "Uusi alkaa."]),
        ("Ks. Liite 2 alla.", ["Ks. Liite 2 alla."]),
        ("Luku 3.5 riittää. Miksi? Siksi!", ["Luku 3.5 riittää.", "Miksi?", "Siksi!"]),
        ("Loppu.Alku", ["Loppu.", "Alku"]),  # glued by extraction
        ("  ei pistettä  ", ["ei pistettä"]),
        ("   \n ", []),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    """Abbreviations and ordinals end nothing."""
    assert sentences(text) == expected


def test_closing_quotation_mark_belongs_to_its_sentence() -> None:
    """A quoted sentence ends after its mark."""
    assert sentences('Hän sanoi: "Ei." Kokous jatkui.') == ['Hän sanoi: "Ei."', "Kokous jatkui."]


def test_only_the_stretch_given() -> None:
    """Nothing outside start and end is read."""
    text = "Yksi. Kaksi. Kolme."
    assert [text[span.start : span.end] for span in sentence_spans(text, 6, 12)] == ["Kaksi."]
