"""Title, publisher, municipality and period proposed from a text, each with its place; nothing is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.facts import Proposal, propose
from corpus.library import Library
from corpus.model import Facts
from corpus.places import authority_of, municipalities, municipality_of


def values(found: Proposal) -> tuple[str | None, ...]:
    """Title, publisher, municipality and period as text."""
    parts = (found.title, found.publisher, found.municipality, found.period)
    return tuple(part.value if part else None for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rauman kaupungin strategia 2026–2029\n\nStrategia ohjaa kaikkea työtä.",
            ("Rauman kaupungin strategia 2026–2029", "Rauman kaupunki", "Rauma", "2026–2029"),
        ),
        (
            "Osavuosikatsaus Q3/2031\n\nAsiakirjan on hyväksynyt Äänekosken kaupunginhallitus.",
            ("Osavuosikatsaus Q3/2031", "Äänekosken kaupunki", "Äänekoski", "Q3/2031"),
        ),
        (
            "\f\n\n\x1c\x1cKansilehti\n\n\f\n\n\x1cTilinpäätös 2030\n\nIin kunta vastaa palveluista.",
            ("Tilinpäätös 2030", "Iin kunta", "Ii", "2030"),
        ),
        ("Muistio\n\nSalon ja Lahden kaupat olivat auki.", ("Muistio", None, None, None)),
        ("sana " * 60, (None, None, None, None)),
        ("Seuranta\n\nTavoitteet vuodelle 2032 on hyväksytty.", ("Seuranta", None, None, "2032")),
        ("Tavoite Toimenpide Mittari\n\nputkia 4 km", (None, None, None, None)),
    ],
)
def test_proposals(text: str, expected: tuple[str | None, ...]) -> None:
    """From the cover, in any case of the names."""
    assert values(propose(text)) == expected


def test_places_hold_what_was_found() -> None:
    """Each place says the words that it was read from."""
    text = "Rauman kaupungin strategia 2026–2029\n\nRauman kaupunki kasvaa."
    found = propose(text)
    assert found.title and found.municipality and found.period
    assert text[found.title.place.start : found.title.place.end] == found.title.value
    assert text[found.municipality.place.start : found.municipality.place.end] == "Rauman kaupungin"
    assert text[found.period.place.start : found.period.place.end] == "2026–2029"


def test_whose_name_counts_is_the_authority_named_most() -> None:
    """Neighbours are mentioned, too."""
    text = "Katsaus\n\n" + "Rauman kaupunki teki. " * 3 + "Euran kunta auttoi. Kauhavalla ja Kauhavan torilla."
    assert values(propose(text))[1:3] == ("Rauman kaupunki", "Rauma")


def test_all_municipalities() -> None:
    """308 names, each found by itself; inflected ones by their word."""
    names = municipalities()
    assert len(names) == 308
    whole = [name for name in names.values() if " " not in name]
    assert [name for name in whole if municipality_of(name) != name] == []
    inflected = {"Uudenkaupungin": "Uusikaupunki", "KAUHAVAN": "Kauhava", "Lappeenrannassa": "Lappeenranta"}
    assert {word: municipality_of(word) for word in inflected} == inflected
    assert (municipality_of("Virtain"), authority_of("Virtain")) == (None, "Virrat")


def test_shipped_documents() -> None:
    """What their manifest says is proposed or nothing is: no wrong municipality."""
    for document in Library(Path("nowhere")).documents():
        found = propose(document.text)
        assert found.municipality is None or found.municipality.value == document.facts.municipality


def test_given_facts_win(tmp_path: Path) -> None:
    """What the user says is kept; the rest is proposed."""
    (tmp_path / "a.txt").write_text("Rauman kaupungin strategia 2026–2029\n\nTeksti.", encoding="utf-8")
    library = Library(tmp_path / "added", tmp_path / "none")
    facts = library.add(tmp_path / "a.txt", Facts("", "", municipality="Eura", period="2027")).facts
    assert (facts.title, facts.publisher, facts.municipality, facts.period) == (
        "Rauman kaupungin strategia 2026–2029",
        "Rauman kaupunki",
        "Eura",
        "2027",
    )
