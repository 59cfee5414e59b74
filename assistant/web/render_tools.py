"""What can be done with an answer: copied with its sources, linked to, and judged."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from assistant.feedback import DOWN, UP
from assistant.plain import place_of, plain
from assistant.web.conversations import Turn
from assistant.web.render import attributes, path_text
from corpus.model import fold

# Which question the form asks after a vote, and the reasons it offers.
_VOTES = {
    UP: ("Hyödyllinen", "Mikä vastauksessa oli hyvää?", ("Tieto oli oikein", "Lähde löytyi helposti", "Muu syy")),
    DOWN: (
        "Ei auttanut",
        "Mikä vastauksessa oli vialla?",
        ("Tieto on väärin", "Vastaus ei koske kysymystäni", "Tietoa puuttuu", "Lähde on väärä", "Muu syy"),
    ),
}
# Drawn, because many a server's and town hall's machine has no font with thumbs in it.
_THUMB = (
    '<svg class="thumb {vote}" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true"><path d="M2 10h4v11H2z'
    'M8 21V10l4-8c2 0 3 1.5 2.6 3.5L14 9h6c1.3 0 2.2 1.2 1.9 2.5l-1.8 8c-.2.9-1 1.5-2 1.5z"/></svg>'
)


def tools(turn: Turn, answer: Answer, name: str) -> str:
    """Buttons below the answer, and a form for the reason that opens with a vote; ids in it start with `name`."""
    copying = {"data-copy": copy_text(turn.question, answer), "data-done": "Vastaus lähteineen on kopioitu."}
    linking = {"data-link": link_query(turn), "data-done": "Linkki kysymykseen on kopioitu."}
    buttons = _tool(copying, "Kopioi lähteineen") + _tool(linking, "Kopioi linkki")
    if not turn.id:
        return f'<div class="tools">{buttons}</div>'
    votes = "".join(_vote(turn, vote, name) for vote in _VOTES)
    forms = "".join(_reasons(turn, vote, name) for vote in _VOTES)
    return (
        f'<div class="tools">{buttons}<span class="votes" role="group" aria-label="Arvioi vastaus">{votes}</span></div>'
        f'<p class="thanks" data-for="{escape(turn.id)}" hidden></p>{forms}'
    )


def _tool(data: dict[str, str], label: str) -> str:
    return f'<button type="button" class="tool"{attributes(data)}>{escape(label)}</button>'


def _vote(turn: Turn, vote: str, name: str) -> str:
    data = {"data-event": "rate", "data-turn": turn.id, "data-vote": vote}
    pressed = str(turn.vote == vote).lower()
    return (
        f'<button type="button" class="tool"{attributes(data)} aria-pressed="{pressed}" '
        f'aria-controls="{name}-syy-{vote}">{_THUMB.format(vote=vote)}{_VOTES[vote][0]}</button>'
    )


def _reasons(turn: Turn, vote: str, name: str) -> str:
    _, question, reasons = _VOTES[vote]
    radios = "".join(
        f'<label><input type="radio" name="reason" value="{escape(reason)}"> {escape(reason)}</label>'
        for reason in reasons
    )
    data = attributes({"data-event": "rate", "data-turn": turn.id, "data-vote": vote})
    return (
        f'<form class="reasons" id="{name}-syy-{vote}"{data} hidden>'
        f"<fieldset><legend>{question}</legend>{radios}</fieldset>"
        '<label class="comment">Omin sanoin (ei henkilötietoja)'
        '<textarea name="comment" rows="2" maxlength="2000"></textarea></label>'
        '<button type="submit" class="plain-button">Lähetä syy</button></form>'
    )


def copy_text(question: str, answer: Answer) -> str:
    """The question, the answer and its sources as plain text, for a message or a memo."""
    parts = [question.strip(), plain(answer.text).strip()]
    if answer.citations:
        parts.append("\n".join(["Lähteet:", *map(_source, answer.citations)]))
    return "\n\n".join(parts)


def _source(citation: Citation) -> str:
    path = path_text(citation.section)
    return f"[{citation.number}] {place_of(citation)}." + (f" {path}." if path else "") + f" ”{fold(citation.quote)}”"


def link_query(turn: Turn) -> str:
    """The part of an address that asks the question again, narrowed as it was: "?q=..."."""
    return "?" + urlencode({"q": turn.question, **dict(turn.limits)})
