"""Pages of a book: blocks of text/tree.py as XHTML, built as a tree so that text stays text."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from ....text.clean import safe_url
from ....text.tree import Block, Inline, inline_text

XHTML, OPS, XML = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops", "http://www.w3.org/XML/1998/namespace"
E = ElementMaker(namespace=XHTML, nsmap={None: XHTML, "epub": OPS})
TYPE = f"{{{OPS}}}type"
Element = Any


def make_page(title: str, content: list[Element], kind: str) -> bytes:
    """A whole page; `kind` says what part of a book it is ("cover", "chapter")."""
    page = E.html(
        E.head(E.title(title), E.link(rel="stylesheet", type="text/css", href="stijl.css")),
        E.body(*content, {TYPE: kind}),
        {"lang": "nl", f"{{{XML}}}lang": "nl"},
    )
    return etree.tostring(page, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>")


def block_elements(blocks: list[Block], heading: int) -> list[Element]:
    """Blocks, with headings of level `heading`."""
    return [_block(block, heading) for block in blocks]


def _block(block: Block, heading: int) -> Element:
    if block["t"] == "tabel":
        return _table(block)
    if block["t"] in {"ul", "ol"}:
        return E(block["t"], *(E.li(*_item(item, heading)) for item in block["c"]))
    return E("p" if block["t"] == "p" else f"h{heading}", *inlines(block["c"]))


def _item(item: list[Block], heading: int) -> list[Element]:
    """What a list item holds; a single paragraph needs no element of its own."""
    first, rest = item[:1], item[1:]
    if first and first[0]["t"] == "p":
        return [*inlines(first[0]["c"]), *block_elements(rest, heading)]
    return block_elements(item, heading)


def _table(block: Block) -> Element:
    headings = E.tr(*(E.th(heading, scope="col") for heading in block["koppen"]))
    rows = [
        E.tr(E.th(*inlines(row[0]), scope="row"), *(E.td(*inlines(cell)) for cell in row[1:])) for row in block["rijen"]
    ]
    return E.table(E.thead(headings), E.tbody(*rows))


def inlines(inlines_: list[Inline], in_link: bool = False) -> list[Any]:
    """Text and its marks."""
    parts: list[Any] = []
    for inline in inlines_:
        if isinstance(inline, str):
            parts.append(inline)
        elif inline["t"] == "br":
            parts.append(E.br())
        elif inline["t"] == "a":
            parts += _link(inline, in_link)
        elif inline["t"] == "trede":
            parts += inlines(inline["c"], in_link)
        else:
            parts.append(E({"b": "strong", "i": "em"}[inline["t"]], *inlines(inline["c"], in_link)))
    return parts


def _link(inline: dict[str, Any], in_link: bool) -> list[Any]:
    url = "" if in_link or not inline_text(inline["c"]).strip() else safe_url(inline["h"])
    content = inlines(inline["c"], in_link or bool(url))
    return [E.a(*content, href=url)] if url else content
