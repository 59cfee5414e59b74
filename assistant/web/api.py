"""The same assistant for machines: the endpoints /ask and /targets, which are MCP tools, too.

The docstrings of the endpoints are what callers read: Gradio shows them in its API's description and to MCP clients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from assistant.web.events import AT_ONCE
from corpus.errors import StrategyError

if TYPE_CHECKING:
    from assistant.service import Assistant


def add_endpoints(assistant: Assistant) -> None:
    """Add the endpoints to the current Blocks."""

    def ask(
        question: str,
        history: list[dict[str, str]] | None = None,
        municipality: str | None = None,
        document: str | None = None,
        year: int | None = None,
        unit: str | None = None,
    ) -> dict[str, Any]:
        """Vastaa kysymykseen kuntien tavoitteista, mittareista ja niiden toteutumisesta asiakirjoja lainaten.

        Args:
            question: Kysymys suomeksi, ruotsiksi tai englanniksi.
            history: Aiemmat viestit vanhimmasta alkaen, kukin muotoa {"role": "user" tai "assistant", "content": "…"}.
            municipality: Rajaa vastauksen kuntaan, esimerkiksi kunnan nimi perusmuodossa.
            document: Rajaa vastauksen asiakirjaan sen tunnuksella.
            year: Rajaa vastauksen vuoteen.
            unit: Rajaa vastauksen yksikköön tai toimialaan, jonka nimessä on tämä.

        Returns:
            Vastaus: status (answered, ambiguous, not_found tai refused), text (Markdown, lähteet numeroina),
            citations (numero, asiakirja, kohta, lainaus), rows (tavoiterivit) ja suggestions (jatkokysymyksiä).
        """
        try:
            answer = assistant.ask(
                question, history or [], municipality=municipality, document=document, year=year, unit=unit
            )
        except StrategyError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return answer.as_dict()

    def targets(
        municipality: str | None = None,
        unit: str | None = None,
        year: int | None = None,
        query: str | None = None,
        document: str | None = None,
    ) -> list[dict[str, Any]]:
        """Luettelee tavoiterivit mittareineen, lähtö- ja tavoitetasoineen; jokainen rajaus on vapaaehtoinen.

        Args:
            municipality: Kunnan nimi perusmuodossa.
            unit: Yksikön tai toimialan nimi tai sen osa.
            year: Vuosi, jota asiakirja tai tavoitetaso koskee.
            query: Sanoja, joiden kaikkien on oltava rivillä; taivutus ei haittaa.
            document: Asiakirjan tunnus.

        Returns:
            Rivit asiakirjojen järjestyksessä; kenttä on tyhjä (null), jos asiakirja ei kerro sitä.
        """
        try:
            rows = assistant.targets(municipality=municipality, unit=unit, year=year, query=query, document=document)
        except StrategyError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return [row.as_dict() for row in rows]

    api(ask, api_name="ask", concurrency_limit=AT_ONCE, concurrency_id="ask")
    api(targets, api_name="targets", concurrency_limit=AT_ONCE)
