"""One blueprint, or a bundle of them, as an EPUB book."""

from __future__ import annotations

from typing import Any

from ....text.clean import sanitize
from ....text.tree import Block, paragraph
from ...content import book
from .package import BookPart, Description, pack
from .xhtml import TYPE, E, Element, block_elements, inlines, make_page

# A line of the contents: address, title, and the lines below it as pairs of address and title.
ContentsLine = tuple[str, str, list[tuple[str, str]]]
STYLESHEET = """body { font-family: sans-serif; line-height: 1.5; margin: 0 3%; }
h1, h2, h3, h4 { color: #0c2a55; line-height: 1.2; break-after: avoid; hyphens: none; -epub-hyphens: none; }
h1 { border-bottom: 0.2em solid #ffb612; padding-bottom: 0.3em; }
p { margin: 0.6em 0; }
a { color: #124f9c; overflow-wrap: anywhere; }
li { margin: 0.3em 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; border-top: 0.15em solid #0c2a55; margin: 1em 0; width: 100%; }
th, td { border-bottom: 0.06em solid #6b7f99; padding: 0.35em 0.5em; text-align: left; vertical-align: top; }
th, td, dd, p, h1, h2, h3 { overflow-wrap: anywhere; }
dt { font-weight: bold; margin-top: 0.5em; }
dd { margin: 0; }
.bovenkop { font-weight: bold; }
.samenvatting { font-size: 1.15em; }
.cijfers, .citaat, .melding { border-left: 0.3em solid #ffb612; padding-left: 0.8em; }
.citaat { margin: 1em 0; }
.citaat blockquote { font-size: 1.1em; font-style: italic; margin: 0; }
.klein { font-size: 0.9em; }
.omslag { margin-top: 20%; }
nav ol { list-style: none; padding-left: 0; }
nav ol ol { padding-left: 1.2em; }
@media (prefers-color-scheme: dark) { h1, h2, h3, h4 { color: inherit; } a { color: #9cc3f3; } }
"""


def make(order: dict[str, Any]) -> bytes:
    """The book as a file."""
    order = sanitize(order)
    return pack(BOOK_KINDS[order["soort"]](order), _describe(order), STYLESHEET)


def _single(order: dict[str, Any]) -> list[BookPart]:
    """A blueprint on one page, after its contents."""
    blauwdruk = order["documenten"][0]
    secties = [(f"blauwdruk.xhtml#{sectie['anker']}", sectie["kop"]) for sectie in blauwdruk["secties"]]
    content = [("blauwdruk.xhtml", blauwdruk["titel"], secties)]
    return [BookPart("blauwdruk", blauwdruk["titel"], _blauwdruk(blauwdruk)), _table_of_contents(content)]


def _bundel(order: dict[str, Any]) -> list[BookPart]:
    """Cover, foreword, contents, the blueprints and an index."""
    bundel, documents = order["bundel"], order["documenten"]
    before = [BookPart("omslag", bundel["titel"], _cover(order))]
    if voorwoord := book.foreword_blocks(bundel.get("voorwoord") or ""):
        heading = E.h1("Voorwoord")
        before.append(
            BookPart(
                "voorwoord", "Voorwoord", make_page("Voorwoord", [heading, *block_elements(voorwoord, 2)], "foreword")
            )
        )
    pages = [BookPart(_page_name(place), d["titel"], _blauwdruk(d)) for place, d in enumerate(documents)]
    pages.append(BookPart("register", "Register", _index_of_names(documents)))
    content: list[ContentsLine] = [(f"{part.name}.xhtml", part.title, []) for part in [*before[1:], *pages]]
    return [*before, _table_of_contents(content), *pages]


BOOK_KINDS: dict[str, Any] = {"blauwdruk": _single, "bundel": _bundel}


def _page_name(place: int) -> str:
    return f"blauwdruk-{place + 1}"


def _describe(order: dict[str, Any]) -> Description:
    name = order["site"]["naam"]
    bundel = order.get("bundel") or {}
    return Description(
        title=book.document_title(order),
        url=bundel.get("adres") or order["documenten"][0]["adres"],
        maker=bundel.get("organisatie") or name,
        publisher=name,
        subjects=book.themas(order),
        moment=book.moment(order),
    )


def _blauwdruk(blauwdruk: dict[str, Any]) -> bytes:
    """A blueprint as one page."""
    parts = [
        E.p(f"Blauwdruk {blauwdruk['nummer']}", {"class": "bovenkop"}),
        E.h1(blauwdruk["titel"]),
        E.p(blauwdruk["samenvatting"], {"class": "samenvatting"}),
        *([E.p(blauwdruk["leeftijd"], {"class": "melding"})] if blauwdruk["leeftijd"] else []),
        *_pairs([(cijfer["waarde"], book.figure_words(cijfer)) for cijfer in blauwdruk["kerncijfers"]], "cijfers"),
        *(_citaat(citaat) for citaat in blauwdruk["citaten"]),
        *_pairs(blauwdruk["kenmerken"], "kenmerken"),
        *(_sectie(sectie["anker"], sectie["kop"], sectie["blokken"]) for sectie in blauwdruk["secties"]),
    ]
    if blauwdruk["toelichting"]:
        parts.append(E.p(E.strong("Wat ontbreekt of onzeker is: "), blauwdruk["toelichting"], {"class": "melding"}))
    parts.append(_sectie("over-deze-tekst", "Over deze tekst", book.closing_blocks(blauwdruk)))
    return make_page(blauwdruk["titel"], parts, "bodymatter")


def _sectie(anchor: str, heading: str, content: list[Block]) -> Element:
    return E.section(E.h2(heading), *block_elements(content, 3), id=anchor)


def _citaat(citaat: dict[str, str]) -> Element:
    return E.figure(
        E.blockquote(E.p(citaat["tekst"])), E.figcaption(citaat["wie"], {"class": "klein"}), {"class": "citaat"}
    )


def _pairs(pairs: list[Any], css_class: str) -> list[Element]:
    """Names with what belongs to them."""
    return (
        [E.dl({"class": css_class}, *(part for name, text in pairs for part in (E.dt(name), E.dd(text))))]
        if pairs
        else []
    )


def _cover(order: dict[str, Any]) -> bytes:
    bundel, name, count = order["bundel"], order["site"]["naam"], len(order["documenten"])
    link: Block = paragraph({"t": "a", "h": bundel["adres"], "c": ["Bekijk deze bundel op de website"]})
    parts = [
        E.p(bundel.get("organisatie") or name, {"class": "bovenkop"}),
        E.h1(bundel["titel"]),
        *([E.p(bundel["ondertitel"], {"class": "samenvatting"})] if bundel.get("ondertitel") else []),
        E.p(f"{count} blauwdruk{'ken' * (count != 1)} uit {name}"),
        E.p(f"Samengesteld op {bundel['datum']}. {book.DISCLAIMER}", {"class": "klein"}),
        E.p(*inlines(link["c"]), {"class": "klein"}),
    ]
    return make_page(bundel["titel"], [E.section(*parts, {"class": "omslag"})], "cover")


def _table_of_contents(lines: list[ContentsLine]) -> BookPart:
    """Contents, for the reader and for its menu."""
    items = []
    for url, title, below in lines:
        sublist = [E.ol(*(E.li(E.a(text, href=spot)) for spot, text in below))] if below else []
        items.append(E.li(E.a(title, href=url), *sublist))
    navigation = E.nav(E.h1("Inhoud"), E.ol(*items), {TYPE: "toc", "id": "toc", "role": "doc-toc"})
    return BookPart("inhoud", "Inhoud", make_page("Inhoud", [navigation], "frontmatter"))


def _index_of_names(documents: list[dict[str, Any]]) -> bytes:
    parts = [E.h1("Register")]
    for heading, names in book.index_of_names(documents):
        parts.append(E.h2(heading))
        for name, places in names:
            links = [E.li(E.a(documents[place]["titel"], href=f"{_page_name(place)}.xhtml")) for place in places]
            parts += [E.h3(name), E.ul(*links)]
    return make_page("Register", parts, "backmatter")
