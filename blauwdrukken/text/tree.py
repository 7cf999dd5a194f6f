"""Rich text as a tree of plain data, which every output walks; nothing in it is markup."""

from __future__ import annotations

import re
from typing import Any

from lxml import html
from lxml.etree import _Element

# A block is {"t": "p" | "h", "c": [inline, ...]}, {"t": "ul" | "ol", "c": [[block, ...], ...]}
# or {"t": "tabel", "koppen": [text, ...], "rijen": [[[inline, ...], ...], ...]}; the first cell of a row names the row.
# An inline is text, {"t": "b" | "i", "c": [inline, ...]}, {"t": "a", "h": address, "c": [inline, ...]}, {"t": "br"},
# or a step of evidence as glyph with its words, {"t": "trede", "n": number, "c": [inline, ...]};
# the page knows {"t": "small", "look": class, "c": [inline, ...]} and {"t": "icon", "name": name} too.
Block = dict[str, Any]
Inline = str | dict[str, Any]

MAX_DEPTH = 8
UNPARSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # the parser of lxml refuses these
INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i"}


def parse_blocks(text: str) -> list[Block]:
    """Blocks of cleaned rich text; lists deeper than MAX_DEPTH go on at that depth."""
    return _blocks(html.fragment_fromstring(UNPARSABLE.sub("", text), create_parent="div"), 0)


def paragraph(*inlines: Inline) -> Block:
    """A paragraph."""
    return {"t": "p", "c": [inline for inline in inlines if inline]}


def link(url: str, text: str) -> Inline:
    """Text with an address, or the text alone."""
    return {"t": "a", "h": url, "c": [text]} if url else text


def step(number: int, words: str) -> Inline:
    """How sure something is: a glyph with so many hexagons filled, and its words."""
    return {"t": "trede", "n": number, "c": [words]}


def inline_text(inlines: list[Inline]) -> str:
    """The words of inlines, without their markup."""
    return "".join(
        inline if isinstance(inline, str) else "\n" if inline["t"] == "br" else inline_text(inline["c"])
        for inline in inlines
    )


def _blocks(parent: _Element, depth: int) -> list[Block]:
    found: list[Block] = []
    loose: list[Inline] = []

    def close_paragraph() -> None:
        if inline_text(loose).strip():
            found.append({"t": "p", "c": loose.copy()})
        loose.clear()

    loose += _text_inlines(parent.text)
    for child in parent:
        if child.tag in {"p", "h3"}:
            close_paragraph()
            if inline_text(content := _inlines(child)).strip():
                found.append({"t": "h" if child.tag == "h3" else "p", "c": content})
        elif child.tag in {"ul", "ol"}:
            close_paragraph()
            found += _list_blocks(child, depth)
        else:
            loose += _inline(child)
        loose += _text_inlines(child.tail)
    close_paragraph()
    return found


def _list_blocks(listing: _Element, depth: int) -> list[Block]:
    items = [content for item in listing if (content := _blocks(item, depth + 1))]
    if depth >= MAX_DEPTH:
        return [block for content in items for block in content]
    return [{"t": listing.tag, "c": items}] if items else []


def _inlines(element: _Element) -> list[Inline]:
    inlines = _text_inlines(element.text)
    for child in element:
        inlines += [*_inline(child), *_text_inlines(child.tail)]
    return inlines


def _inline(element: _Element) -> list[Inline]:
    if element.tag == "br":
        return [{"t": "br"}]
    content = _inlines(element)
    if element.tag == "a" and element.get("href"):
        return [{"t": "a", "h": element.get("href"), "c": content}] if inline_text(content).strip() else content
    return [{"t": INLINE[element.tag], "c": content}] if element.tag in INLINE else content


def _text_inlines(text: str | None) -> list[Inline]:
    """Text as a browser shows it: white space is one space."""
    if not text:
        return []
    words = " ".join(text.split())
    start, end = " " * text[0].isspace(), " " * text[-1].isspace()
    return [f"{start}{words}{end}" if words else " "]
