"""What stands around the conversation: the welcome and the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.examples import example_questions
from assistant.web.render import action_button, options

if TYPE_CHECKING:
    from assistant.service import Assistant


def welcome_html(assistant: Assistant) -> str:
    """What an empty conversation shows: what can be asked, and questions to start from."""
    questions = example_questions(assistant.targets())
    buttons = "".join(f"<li>{action_button('ask', text, 'chip', question=text)}</li>" for text in questions)
    examples = f'<h3>Kokeile esimerkiksi</h3><ul class="chips">{buttons}</ul>' if buttons else ""
    return (
        '<div class="welcome"><p class="lead">Kysy kuntien tavoitteista, mittareista, toimenpiteistä, vastuista ja '
        f"tilanteesta omin sanoin. Saat vastauksen ja kohdan, josta se on peräisin.</p>{examples}</div>"
    )


def narrowing_html(assistant: Assistant) -> str:
    """Filters of the conversation, folded away until they are needed."""
    facts = [info.facts for info in assistant.documents()]
    towns = sorted({entry.municipality for entry in facts if entry.municipality})
    units = sorted({row.unit for row in assistant.targets() if row.unit})
    years = sorted({year for entry in facts for year in entry.years()})
    selects = (
        ("municipality", "Kunta", options([(town, town) for town in towns], "Kaikki kunnat")),
        ("document", "Asiakirja", options([(entry.id, entry.title) for entry in facts], "Kaikki asiakirjat")),
        ("unit", "Yksikkö", options([(unit, unit) for unit in units], "Kaikki yksiköt")),
        ("year", "Vuosi", options([(str(year), str(year)) for year in years], "Kaikki vuodet")),
    )
    fields = "".join(f'<label>{label}<select name="{name}">{inner}</select></label>' for name, label, inner in selects)
    return (
        '<details class="narrowing"><summary>Rajaa kunnan, asiakirjan, yksikön tai vuoden mukaan</summary>'
        f'<form class="filters" aria-label="Rajaa vastauksia">{fields}'
        '<button type="reset" class="plain-button">Poista rajaukset</button></form></details>'
    )
