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


def make_page(titel: str, inhoud: list[Element], soort: str) -> bytes:
    """A whole page; `soort` says what part of a book it is ("cover", "chapter")."""
    blad = E.html(
        E.head(E.title(titel), E.link(rel="stylesheet", type="text/css", href="stijl.css")),
        E.body(*inhoud, {TYPE: soort}),
        {"lang": "nl", f"{{{XML}}}lang": "nl"},
    )
    return etree.tostring(blad, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>")


def block_elements(blokken: list[Block], kop: int) -> list[Element]:
    """Blocks, with headings of level `kop`."""
    return [_block(blok, kop) for blok in blokken]


def _block(blok: Block, kop: int) -> Element:
    if blok["t"] == "tabel":
        return _table(blok)
    if blok["t"] in {"ul", "ol"}:
        return E(blok["t"], *(E.li(*_item(item, kop)) for item in blok["c"]))
    return E("p" if blok["t"] == "p" else f"h{kop}", *inlines(blok["c"]))


def _item(item: list[Block], kop: int) -> list[Element]:
    """What a list item holds; a single paragraph needs no element of its own."""
    eerste, rest = item[:1], item[1:]
    if eerste and eerste[0]["t"] == "p":
        return [*inlines(eerste[0]["c"]), *block_elements(rest, kop)]
    return block_elements(item, kop)


def _table(blok: Block) -> Element:
    koppen = E.tr(*(E.th(kop, scope="col") for kop in blok["koppen"]))
    rijen = [
        E.tr(E.th(*inlines(rij[0]), scope="row"), *(E.td(*inlines(cel)) for cel in rij[1:])) for rij in blok["rijen"]
    ]
    return E.table(E.thead(koppen), E.tbody(*rijen))


def inlines(inlines_: list[Inline], in_link: bool = False) -> list[Any]:
    """Text and its marks."""
    delen: list[Any] = []
    for inline in inlines_:
        if isinstance(inline, str):
            delen.append(inline)
        elif inline["t"] == "br":
            delen.append(E.br())
        elif inline["t"] == "a":
            delen += _link(inline, in_link)
        else:
            delen.append(E({"b": "strong", "i": "em"}[inline["t"]], *inlines(inline["c"], in_link)))
    return delen


def _link(inline: dict[str, Any], in_link: bool) -> list[Any]:
    adres = "" if in_link or not inline_text(inline["c"]).strip() else safe_url(inline["h"])
    inhoud = inlines(inline["c"], in_link or bool(adres))
    return [E.a(*inhoud, href=adres)] if adres else inhoud
