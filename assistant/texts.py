"""Frame sentences of the answers in Finnish, Swedish and English, phrased so that no quoted word is inflected."""

from __future__ import annotations

from typing import Final

_TEXTS: Final[dict[str, dict[str, str]]] = {
    "fi": {
        "no_time": "Asiakirjat eivät kerro ajankohtaa.",
        "no_number": "Asiakirja kuvaa asiaa, mutta ei anna siitä lukua.",
        "no_reason": "Asiakirjat eivät kerro syytä.",
        "strange_figure": "Lukua {number} ei ole asiakirjoissa tämän asian kohdalla.",
        "absent_here": "Kysytyn kunnan asiakirjoissa ei mainita: {words}.",
        "no_period": "Asiakirjat eivät kerro tilannetta tältä ajanjaksolta.",
        "no_cost": "Asiakirjat eivät kerro tämän kustannuksia.",
        "no_person": "Asiakirjat eivät kerro henkilön nimeä.",
        "no_unit": "Asiakirjat eivät kerro tätä kysytystä yksiköstä tai koulutusasteesta.",
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
        "also": "Myös nämä kohdat voivat liittyä kysymykseen:",
    },
    "sv": {
        "no_time": "Dokumenten anger ingen tidpunkt.",
        "no_number": "Dokumentet beskriver saken men anger ingen siffra.",
        "no_reason": "Dokumenten anger inget skäl.",
        "strange_figure": "Talet {number} finns inte i dokumenten i detta sammanhang.",
        "absent_here": "Kommunens dokument nämner inte: {words}.",
        "no_period": "Dokumenten berättar inte om denna period.",
        "no_cost": "Dokumenten anger inga kostnader för detta.",
        "no_person": "Dokumenten anger inte personens namn.",
        "no_unit": "Dokumenten berättar inte detta om enheten i fråga.",
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
        "also": "Även dessa ställen kan gälla frågan:",
    },
    "en": {
        "no_time": "The documents do not tell when.",
        "no_number": "The document describes this but gives no figure.",
        "no_reason": "The documents give no reason.",
        "strange_figure": "The documents do not have the figure {number} here.",
        "absent_here": "The documents of that municipality do not mention: {words}.",
        "no_period": "The documents do not tell about this period.",
        "no_cost": "The documents give no costs for this.",
        "no_person": "The documents do not give the person's name.",
        "no_unit": "The documents do not tell this of the unit asked about.",
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
        "also": "These places may also concern the question:",
    },
}


def phrase(language: str, text: str, /, **values: str) -> str:
    """The frame text of that name in the language, its blanks filled."""
    return _TEXTS[language][text].format(**values)
