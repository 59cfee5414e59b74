"""Earlier conversations as a list: each can be taken up again and deleted."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.conversations import Record, day, identity, title
from assistant.web.render import action_button, folded


def conversations_html(kept: Sequence[Record], told: str = "") -> str:
    """The list, folded away; `told` says what was just done to it, opens the list and takes focus to it.

    Nothing where there is nothing to show.
    """
    done = f'<p class="hint" data-announce>{folded(told)}</p>' if told else ""
    if not kept:
        return f"<div{' tabindex=-1 data-focus' if told else ''}>{done}</div>" if told else ""
    opened, focus = (" open", " data-focus") if told else ("", "")
    items = "".join(map(_item, kept))
    return (
        f'<details class="earlier"{opened}><summary{focus}>Aiemmat keskustelut ({len(kept)})</summary>{done}'
        '<p class="hint">Keskustelut ovat vain tässä selaimessa. Niitä ei ole tallennettu palvelimelle.</p>'
        f"<ul>{items}</ul>{action_button('forget_all', 'Poista kaikki keskustelut', 'plain-button')}</details>"
    )


def _item(conversation: Record) -> str:
    name, key = title(conversation), identity(conversation)
    count = len(conversation["turns"])
    asked = f"{count} {'kysymys' if count == 1 else 'kysymystä'}"
    meta = " · ".join(part for part in (day(conversation), asked) if part)
    remove = action_button("forget", "Poista", conversation=key, hint=f"Poista keskustelu: {name}")
    return f'<li>{action_button("resume", name, conversation=key)}<span class="meta">{folded(meta)}</span>{remove}</li>'
