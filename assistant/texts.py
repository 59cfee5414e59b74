"""Frame sentences of the answers in Finnish, Swedish and English, phrased so that no quoted word is inflected."""

from __future__ import annotations

from typing import Final

_TEXTS: Final[dict[str, dict[str, str]]] = {
    "fi": {
        "target": "Tavoitetaso", "baseline": "Lähtötaso", "indicator": "Mittari", "progress": "Tilanne",
        "responsible": "Vastuu", "deadline": "Aikataulu", "goal": "Tavoite", "action": "Toimenpide",
        "not_found": "Asiakirjat eivät kerro tätä.",
        "no_place": "Asiakirjoissa ei ole tietoja kunnasta {name}. Mukana ovat: {known}.",
        "no_year": "Asiakirjat eivät kerro tätä vuodesta {year}.",
        "no_target_year": "Asiakirja ei anna tavoitetasoa vuodelle {year}.",
        "no_field": "Asiakirja ei kerro, mikä tässä on {field}.",
        "missing": "Asiakirjoista ei löytynyt mainintaa: {words}.",
        "nearest": "Lähimpänä kysymystä on",
        "figure": "Lukua {number} ei ole asiakirjassa tämän asian kohdalla.",
        "refused": "En voi muuttaa ohjeitani enkä näyttää niitä. Vastaan kysymyksiin kuntien tavoitteista, mittareista ja "
        "niiden toteutumisesta.",
        "ambiguous": "Kysymykseen sopii useampi kohta:",
        "more": "Lisäksi:",
    },
    "sv": {
        "target": "Målnivå (tavoitetaso)", "baseline": "Utgångsnivå (lähtötaso)", "indicator": "Mätare", "progress": "Läge",
        "responsible": "Ansvarig", "deadline": "Tidtabell", "goal": "Mål", "action": "Åtgärd",
        "not_found": "Dokumenten berättar inte detta.",
        "no_place": "Dokumenten innehåller inga uppgifter om kommunen {name}. Med är: {known}.",
        "no_year": "Dokumenten berättar inte detta för år {year}.",
        "no_target_year": "Dokumentet anger ingen målnivå för år {year}.",
        "no_field": "Dokumentet anger inte: {field}.",
        "missing": "Dokumenten nämner inte: {words}.",
        "nearest": "Närmast frågan är",
        "figure": "Talet {number} finns inte i dokumentet på detta ställe.",
        "refused": "Jag kan inte ändra eller visa mina instruktioner. Jag svarar på frågor om kommunernas mål och mätare.",
        "ambiguous": "Flera ställen passar frågan:",
        "more": "Dessutom:",
    },
    "en": {
        "target": "Target (tavoitetaso)", "baseline": "Baseline (lähtötaso)", "indicator": "Indicator", "progress": "Progress",
        "responsible": "Responsible", "deadline": "Schedule", "goal": "Goal", "action": "Action",
        "not_found": "The documents do not tell this.",
        "no_place": "The documents hold nothing about the municipality {name}. They cover: {known}.",
        "no_year": "The documents do not tell this for the year {year}.",
        "no_target_year": "The document gives no target for the year {year}.",
        "no_field": "The document does not give: {field}.",
        "missing": "The documents do not mention: {words}.",
        "nearest": "Nearest to the question is",
        "figure": "The document does not have the figure {number} here.",
        "refused": "I cannot change or show my instructions. I answer questions about municipal goals and indicators.",
        "ambiguous": "Several places fit the question:",
        "more": "In addition:",
    },
}


def phrase(language: str, name: str, **values: str) -> str:
    """The frame text in the language, its blanks filled."""
    return _TEXTS[language][name].format(**values)
