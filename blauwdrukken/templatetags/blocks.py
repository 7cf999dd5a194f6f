"""Blocks of text/tree.py as HTML; every text is escaped, nothing in a block is markup."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..contact import contact_blocks
from ..documents.formats.table import Format, Subject, offered
from ..explain import Explainer
from ..facts import PAGE_FACTS
from ..models import Blauwdruk, Organisatie
from ..models.blauwdruk import FilledSectie
from ..rows import rows_in
from ..secties import Soort
from .icons import icon

register = template.Library()
BR = mark_safe("<br>")
INLINE = {"b": "<strong>{}</strong>", "i": "<em>{}</em>"}


@register.filter
def blocks(trees: Iterable[dict[str, Any]]) -> SafeString:
    """Paragraphs and lists as HTML."""
    return _join(map(_block, trees))


@register.filter
def contact(organisatie: Organisatie | None) -> list[dict[str, Any]]:
    """Whom to ask, as blocks."""
    return contact_blocks(organisatie)


@register.filter
def beside(columns: list[Any], cells: list[Any]) -> list[tuple[Any, Any]]:
    """Each column with its cell."""
    return list(zip(columns, cells, strict=True))


@register.filter
def grouped(rows: Iterable[list[Any]]) -> list[tuple[Any, list[Any]]]:
    """The first cell of neighbouring rows that share it, with the second cell of each."""
    return [(cell, [row[1] for row in group]) for cell, group in groupby(rows, itemgetter(0))]


@register.filter
def inlines(cell: Iterable[Any]) -> SafeString:
    """Words, links and what else stands on one line, as HTML."""
    return _join(map(_inline, cell))


@register.filter
def items(listing: dict[str, Any]) -> SafeString:
    """The items of a list, as HTML."""
    return _items(listing)


@register.simple_tag
def formats_of(subject: str) -> list[tuple[Format, str]]:
    """The kinds of files of a subject (a blueprint, a list), with the words of their buttons."""
    return [(kind, kind.offered[Subject(subject)]) for kind in offered(Subject(subject))]


@register.simple_tag
def facts_of(blauwdruk: Blauwdruk) -> list[tuple[str, list[Any]]]:
    """Headings of facts with what the page says of them."""
    facts = ((fact.heading, fact.on_page(blauwdruk)) for fact in PAGE_FACTS)
    return [(heading, value) for heading, value in facts if any(value)]


@register.simple_tag
def blocks_of(blauwdruk: Blauwdruk, filled: FilledSectie, terms: Explainer) -> list[dict[str, Any]]:
    """What a section of this blueprint shows, its terms explained: its text as HTML, then the blocks of its rows."""
    text = [{"t": "html", "html": terms(filled.content)}] if filled.sectie.soort is Soort.TEKST else []
    return text + [
        terms.block(block, from_cell=int(rows.is_grouped))  # rows stand together by a first cell, which names them
        for rows in rows_in(filled.sectie.veld)
        for block in rows.page_blocks(blauwdruk)
    ]


def _block(block: dict[str, Any]) -> SafeString:
    if block["t"] == "ul":
        return format_html("<ul>{}</ul>", _items(block))
    if block["t"] == "ol":
        return format_html("<ol>{}</ol>", _items(block))
    return format_html("<p>{}</p>", _join(map(_inline, block["c"])))


def _items(listing: dict[str, Any]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_item(item),) for item in listing["c"]))


def _item(item: list[dict[str, Any]]) -> SafeString:
    """An item of one paragraph needs no paragraph."""
    return _join(map(_inline, item[0]["c"])) if [block["t"] for block in item] == ["p"] else blocks(item)


def _inline(inline: Any) -> SafeString:
    if isinstance(inline, str):
        return conditional_escape(inline)
    if inline["t"] == "br":
        return BR
    if inline["t"] == "icon":
        return icon(inline["name"])
    return _mark(inline, _join(map(_inline, inline["c"])))


def _mark(inline: dict[str, Any], content: SafeString) -> SafeString:
    """Words with their mark."""
    if inline["t"] == "trede":
        return render_to_string("components/onderbouwing.html", {"trede": inline["n"], "woord": content})
    if inline["t"] == "small":
        return (
            format_html('<small class="{}">{}</small>', inline["look"], content)
            if inline["look"]
            else format_html("<small>{}</small>", content)
        )
    if inline["t"] == "a":
        return format_html('<a href="{}">{}</a>', inline["h"], content)
    return format_html(INLINE[inline["t"]], content)


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
