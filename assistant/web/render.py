"""From text of documents and users to safe HTML: everything is escaped here, nothing becomes markup by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from html import escape
from importlib.resources import files

from assistant.plain import INLINE
from corpus.model import Facts, fold

_ITEM = re.compile(r"\s*[-*•]\s+")


def asset(name: str) -> str:
    """The text of a file in `assets/`."""
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def attributes(values: Mapping[str, str]) -> str:
    """HTML attributes with a space before each: {"id": "a"} -> ' id="a"'."""
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())


def action_button(event: str, label: str, css: str = "link-button", *, hint: str = "", **data: str) -> str:
    """A button that fires the named event; `data` travels with it, `hint` names it where its label is too short."""
    carried = attributes({f"data-{name}": value for name, value in data.items()})
    carried += attributes({"aria-label": hint}) if hint else ""
    return f'<button type="button" class="{css}" data-event="{event}"{carried}>{escape(label)}</button>'


def error_html(message: str) -> str:
    """What went wrong, and what to do about it."""
    return f'<div class="notice error" data-announce><strong>Ei onnistunut.</strong> {escape(message)}</div>'


def empty_html(message: str) -> str:
    """A place that has nothing to show yet."""
    return f'<p class="empty">{escape(message)}</p>'


def facts_line(facts: Facts) -> str:
    """Who published the document and for when, plain text; what is not known is left out."""
    return " · ".join(part for part in (facts.publisher or facts.municipality, facts.period) if part)


def path_text(parts: Iterable[str]) -> str:
    """Headings from the outermost in, plain text."""
    return " › ".join(parts)


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of names and values; a value is HTML already, and an empty one drops out."""
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in pairs if value)
    return f'<dl class="facts">{items}</dl>'


def folded(text: str) -> str:
    """Text with its white space folded, escaped."""
    return escape(fold(text))


def options(values: Iterable[tuple[str, str]], everything: str) -> str:
    """<option>s of a filter, the first of them meaning no narrowing."""
    rest = "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in values)
    return f'<option value="">{escape(everything)}</option>{rest}'


def markdown(text: str, anchor: str, known: Collection[int]) -> str:
    """The part of Markdown that answers are written in: paragraphs, lists with "-", bold, and markers "[1]".

    A marker whose number is among `known` becomes a link to the element `{anchor}-{number}`. Everything else is text:
    HTML, links, images and headings show as they were typed.
    """
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return "".join(_block(block.split("\n"), anchor, known) for block in blocks)


def _block(lines: list[str], anchor: str, known: Collection[int]) -> str:
    """Lines without an empty one between them: runs of items become lists, the rest paragraphs."""
    parts: list[str] = []
    inside_list = False
    for line in lines:
        item = _ITEM.match(line)
        if bool(item) != inside_list:
            parts.append("<ul>" if item else "</ul>")
            inside_list = bool(item)
        body = _inline(line[item.end() :] if item else line.strip(), anchor, known)
        parts.append(f"<li>{body}</li>" if item else f"<p>{body}</p>")
    return "".join(parts) + ("</ul>" if inside_list else "")


def _inline(text: str, anchor: str, known: Collection[int]) -> str:
    parts: list[str] = []
    position = 0
    for match in INLINE.finditer(text):
        sign, bold, number = match.groups()
        parts.append(escape(text[position : match.start()]))
        if sign:
            parts.append(escape(sign))
        elif bold:
            parts.append(f"<strong>{_inline(bold, anchor, known)}</strong>")
        else:
            parts.append(marker(int(number), anchor) if int(number) in known else escape(match[0]))
        position = match.end()
    return "".join(parts) + escape(text[position:])


def marker(number: int, anchor: str) -> str:
    """A link to a numbered source, read out as "Lähde 1"."""
    target = escape(f"{anchor}-{number}")
    return (
        f'<a class="marker" href="#{target}" data-goto="{target}">'
        f'<span aria-hidden="true">[</span><span class="sr-only">Lähde </span>{number}'
        '<span aria-hidden="true">]</span></a>'
    )
