"""Rich text as a tree of plain data, which every output walks; nothing in it is markup."""

from __future__ import annotations

import re
from typing import Any

from lxml import html
from lxml.etree import _Element

# A block is {"t": "p" | "h", "c": [inline, ...]}, {"t": "ul" | "ol", "c": [[block, ...], ...]}
# or {"t": "tabel", "koppen": [text, ...], "rijen": [[[inline, ...], ...], ...]}; the first cell of a row names the row.
# An inline is text, {"t": "b" | "i", "c": [inline, ...]}, {"t": "a", "h": address, "c": [inline, ...]} or {"t": "br"};
# the page knows {"t": "small", "look": class, "c": [inline, ...]} and {"t": "icon", "name": name} too.
Block = dict[str, Any]
Inline = str | dict[str, Any]

MAX_DEPTH = 8
UNPARSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # the parser of lxml refuses these
INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i"}


def parse_blocks(tekst: str) -> list[Block]:
    """Blocks of cleaned rich text; lists deeper than MAX_DEPTH go on at that depth."""
    return _blocks(html.fragment_fromstring(UNPARSABLE.sub("", tekst), create_parent="div"), 0)


def paragraph(*inlines: Inline) -> Block:
    """A paragraph."""
    return {"t": "p", "c": [inline for inline in inlines if inline]}


def link(adres: str, tekst: str) -> Inline:
    """Text with an address, or the text alone."""
    return {"t": "a", "h": adres, "c": [tekst]} if adres else tekst


def inline_text(inlines: list[Inline]) -> str:
    """The words of inlines, without their markup."""
    return "".join(
        inline if isinstance(inline, str) else "\n" if inline["t"] == "br" else inline_text(inline["c"])
        for inline in inlines
    )


def _blocks(ouder: _Element, diepte: int) -> list[Block]:
    gevonden: list[Block] = []
    los: list[Inline] = []

    def sluit_af() -> None:
        if inline_text(los).strip():
            gevonden.append({"t": "p", "c": los.copy()})
        los.clear()

    los += _text_inlines(ouder.text)
    for kind in ouder:
        if kind.tag in {"p", "h3"}:
            sluit_af()
            if inline_text(inhoud := _inlines(kind)).strip():
                gevonden.append({"t": "h" if kind.tag == "h3" else "p", "c": inhoud})
        elif kind.tag in {"ul", "ol"}:
            sluit_af()
            gevonden += _list_blocks(kind, diepte)
        else:
            los += _inline(kind)
        los += _text_inlines(kind.tail)
    sluit_af()
    return gevonden


def _list_blocks(lijst: _Element, diepte: int) -> list[Block]:
    items = [inhoud for item in lijst if (inhoud := _blocks(item, diepte + 1))]
    if diepte >= MAX_DEPTH:
        return [blok for inhoud in items for blok in inhoud]
    return [{"t": lijst.tag, "c": items}] if items else []


def _inlines(element: _Element) -> list[Inline]:
    inlines = _text_inlines(element.text)
    for kind in element:
        inlines += [*_inline(kind), *_text_inlines(kind.tail)]
    return inlines


def _inline(element: _Element) -> list[Inline]:
    if element.tag == "br":
        return [{"t": "br"}]
    inhoud = _inlines(element)
    if element.tag == "a" and element.get("href"):
        return [{"t": "a", "h": element.get("href"), "c": inhoud}] if inline_text(inhoud).strip() else inhoud
    return [{"t": INLINE[element.tag], "c": inhoud}] if element.tag in INLINE else inhoud


def _text_inlines(tekst: str | None) -> list[Inline]:
    """Text as a browser shows it: white space is one space."""
    if not tekst:
        return []
    woorden = " ".join(tekst.split())
    begin, einde = " " * tekst[0].isspace(), " " * tekst[-1].isspace()
    return [f"{begin}{woorden}{einde}" if woorden else " "]
