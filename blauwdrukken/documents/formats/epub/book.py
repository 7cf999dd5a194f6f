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
.cijfers, .melding { border-left: 0.3em solid #ffb612; padding-left: 0.8em; }
.klein { font-size: 0.9em; }
.omslag { margin-top: 20%; }
nav ol { list-style: none; padding-left: 0; }
nav ol ol { padding-left: 1.2em; }
@media (prefers-color-scheme: dark) { h1, h2, h3, h4 { color: inherit; } a { color: #9cc3f3; } }
"""


def make(opdracht: dict[str, Any]) -> bytes:
    """The book as a file."""
    opdracht = sanitize(opdracht)
    return pack(BOOK_KINDS[opdracht["soort"]](opdracht), _describe(opdracht), STYLESHEET)


def _single(opdracht: dict[str, Any]) -> list[BookPart]:
    """A blueprint on one page, after its contents."""
    blauwdruk = opdracht["documenten"][0]
    secties = [(f"blauwdruk.xhtml#{sectie['anker']}", sectie["kop"]) for sectie in blauwdruk["secties"]]
    inhoud = [("blauwdruk.xhtml", blauwdruk["titel"], secties)]
    return [BookPart("blauwdruk", blauwdruk["titel"], _blauwdruk(blauwdruk)), _table_of_contents(inhoud)]


def _bundel(opdracht: dict[str, Any]) -> list[BookPart]:
    """Cover, foreword, contents, the blueprints and an index."""
    bundel, documenten = opdracht["bundel"], opdracht["documenten"]
    voor = [BookPart("omslag", bundel["titel"], _cover(opdracht))]
    if voorwoord := book.foreword_blocks(bundel.get("voorwoord") or ""):
        kop = E.h1("Voorwoord")
        voor.append(
            BookPart("voorwoord", "Voorwoord", make_page("Voorwoord", [kop, *block_elements(voorwoord, 2)], "foreword"))
        )
    bladen = [BookPart(_page_name(plaats), d["titel"], _blauwdruk(d)) for plaats, d in enumerate(documenten)]
    bladen.append(BookPart("register", "Register", _index_of_names(documenten)))
    inhoud: list[ContentsLine] = [(f"{deel.naam}.xhtml", deel.titel, []) for deel in [*voor[1:], *bladen]]
    return [*voor, _table_of_contents(inhoud), *bladen]


BOOK_KINDS: dict[str, Any] = {"blauwdruk": _single, "bundel": _bundel}


def _page_name(plaats: int) -> str:
    return f"blauwdruk-{plaats + 1}"


def _describe(opdracht: dict[str, Any]) -> Description:
    naam = opdracht["site"]["naam"]
    bundel = opdracht.get("bundel") or {}
    return Description(
        titel=book.document_title(opdracht),
        url=bundel.get("adres") or opdracht["documenten"][0]["adres"],
        maker=bundel.get("organisatie") or naam,
        publisher=naam,
        subjects=book.themas(opdracht),
        moment=book.moment(opdracht),
    )


def _blauwdruk(blauwdruk: dict[str, Any]) -> bytes:
    """A blueprint as one page."""
    delen = [
        E.p(f"Blauwdruk {blauwdruk['nummer']}", {"class": "bovenkop"}),
        E.h1(blauwdruk["titel"]),
        E.p(blauwdruk["samenvatting"], {"class": "samenvatting"}),
        *_pairs([(cijfer["waarde"], cijfer["omschrijving"]) for cijfer in blauwdruk["kerncijfers"]], "cijfers"),
        *_pairs(blauwdruk["kenmerken"], "kenmerken"),
        *(_sectie(sectie["anker"], sectie["kop"], sectie["blokken"]) for sectie in blauwdruk["secties"]),
    ]
    if blauwdruk["toelichting"]:
        delen.append(E.p(E.strong("Wat ontbreekt of onzeker is: "), blauwdruk["toelichting"], {"class": "melding"}))
    delen.append(_sectie("over-deze-tekst", "Over deze tekst", book.closing_blocks(blauwdruk)))
    return make_page(blauwdruk["titel"], delen, "bodymatter")


def _sectie(anker: str, kop: str, inhoud: list[Block]) -> Element:
    return E.section(E.h2(kop), *block_elements(inhoud, 3), id=anker)


def _pairs(paren: list[Any], klasse: str) -> list[Element]:
    """Names with what belongs to them."""
    return (
        [E.dl({"class": klasse}, *(deel for naam, tekst in paren for deel in (E.dt(naam), E.dd(tekst))))]
        if paren
        else []
    )


def _cover(opdracht: dict[str, Any]) -> bytes:
    bundel, naam, aantal = opdracht["bundel"], opdracht["site"]["naam"], len(opdracht["documenten"])
    link: Block = paragraph({"t": "a", "h": bundel["adres"], "c": ["Bekijk deze bundel op de website"]})
    delen = [
        E.p(bundel.get("organisatie") or naam, {"class": "bovenkop"}),
        E.h1(bundel["titel"]),
        *([E.p(bundel["ondertitel"], {"class": "samenvatting"})] if bundel.get("ondertitel") else []),
        E.p(f"{aantal} blauwdruk{'ken' * (aantal != 1)} uit {naam}"),
        E.p(f"Samengesteld op {bundel['datum']}. {book.DISCLAIMER}", {"class": "klein"}),
        E.p(*inlines(link["c"]), {"class": "klein"}),
    ]
    return make_page(bundel["titel"], [E.section(*delen, {"class": "omslag"})], "cover")


def _table_of_contents(regels: list[ContentsLine]) -> BookPart:
    """Contents, for the reader and for its menu."""
    items = []
    for adres, titel, onder in regels:
        lijst = [E.ol(*(E.li(E.a(tekst, href=plek)) for plek, tekst in onder))] if onder else []
        items.append(E.li(E.a(titel, href=adres), *lijst))
    navigatie = E.nav(E.h1("Inhoud"), E.ol(*items), {TYPE: "toc", "id": "toc", "role": "doc-toc"})
    return BookPart("inhoud", "Inhoud", make_page("Inhoud", [navigatie], "frontmatter"))


def _index_of_names(documenten: list[dict[str, Any]]) -> bytes:
    delen = [E.h1("Register")]
    for kop, namen in book.index_of_names(documenten):
        delen.append(E.h2(kop))
        for naam, plaatsen in namen:
            links = [E.li(E.a(documenten[plaats]["titel"], href=f"{_page_name(plaats)}.xhtml")) for plaats in plaatsen]
            delen += [E.h3(naam), E.ul(*links)]
    return make_page("Register", delen, "backmatter")
