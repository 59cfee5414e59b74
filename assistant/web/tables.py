"""Tables that stay tables for a screen reader and turn into cards where the place is narrow (see app.css)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

_NOTHING = '<span class="none"><span aria-hidden="true">&ndash;</span><span class="sr-only">ei tietoa</span></span>'


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    kind: str = "",
    sorting: Mapping[str, tuple[str, str]] | None = None,
) -> str:
    """A table of cells that are HTML already; an empty one shows a dash. `kind` is one more CSS class.

    `sorting` gives for a column the key it is sorted by and its direction now ("ascending", "descending" or ""). The
    roles are given because cards are made with `display`, which takes a table's own roles away.
    """
    head = "".join(_heading(name, *(sorting or {}).get(name, ("", ""))) for name in columns)
    body = "".join(f'<tr role="row">{"".join(map(_cell, columns, row))}</tr>' for row in rows)
    return (
        f'<table class="cards {kind}" role="table"><caption class="sr-only">{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _heading(name: str, key: str, way: str) -> str:
    if not key:
        return f'<th scope="col" role="columnheader">{escape(name)}</th>'
    order = f' aria-sort="{way}"' if way else ""
    button = f'<button type="button" class="sorter" data-sort="{escape(key)}">{escape(name)}</button>'
    return f'<th scope="col" role="columnheader"{order}>{button}</th>'


def _cell(name: str, body: str) -> str:
    return f'<td role="cell" data-label="{escape(name)}"><div>{body or _NOTHING}</div></td>'
