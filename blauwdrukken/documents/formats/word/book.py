"""One blueprint, or a bundle of them, in Word."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.shared import Cm, Pt

from ...content import book as boek
from .blocks import Schrijver
from .fields import begin_veld, bladwijzer, einde_veld, verwijzing
from .page import kop_en_voet

VOORWOORD, REGISTER = "Voorwoord", "Register"
INHOUD = 'TOC \\o "1-1" \\h \\z'


def schrijf_blauwdruk(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """One blueprint: its title is that of the document, its sections are headings of level 1."""
    blauwdruk = opdracht["documenten"][0]
    schrijver = Schrijver(document, kop=2)
    schrijver.alinea("Bovenkop", [f"Blauwdruk {blauwdruk['nummer']}"])
    schrijver.alinea("Title", [blauwdruk["titel"]])
    _inhoud(schrijver, blauwdruk, "Heading 1")
    kop_en_voet(schrijver, opdracht["site"]["naam"], boek.stand(blauwdruk), blauwdruk["kort_adres"])


def schrijf_bundel(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """A bundle: cover, foreword, contents, every blueprint on a new page, and an index."""
    bundel, documenten = opdracht["bundel"], opdracht["documenten"]
    _begin_op_nieuwe_bladzijde(document)
    schrijver = Schrijver(document, kop=3)
    _omslag(schrijver, opdracht)
    titels = [blauwdruk["titel"] for blauwdruk in documenten] + [REGISTER]
    if voorwoord := boek.voorwoord(bundel.get("voorwoord") or ""):
        _kop(schrijver, VOORWOORD, len(titels))
        schrijver.blokken(voorwoord)
        _inhoudsopgave(schrijver, [(len(titels), VOORWOORD), *enumerate(titels)])
    else:
        _inhoudsopgave(schrijver, list(enumerate(titels)))
    for plaats, blauwdruk in enumerate(documenten):
        _kop(schrijver, blauwdruk["titel"], plaats)
        _inhoud(schrijver, blauwdruk, "Heading 2")
    _register(schrijver, documenten)
    kop_en_voet(schrijver, bundel["titel"], f"Samengesteld op {bundel['datum']}", bundel["adres"])
    document.sections[0].different_first_page_header_footer = True


def _begin_op_nieuwe_bladzijde(document: WordDocument) -> None:
    """In a bundle the headings of level 1 open a chapter."""
    stijl: Any = document.styles["Heading 1"]
    stijl.paragraph_format.page_break_before = True
    stijl.paragraph_format.space_before, stijl.paragraph_format.space_after = 0, Pt(8)
    stijl.font.size = Pt(20)


def _inhoud(schrijver: Schrijver, blauwdruk: dict[str, Any], kop: str) -> None:
    """All below the title of a blueprint."""
    schrijver.alinea("Subtitle", [blauwdruk["samenvatting"]])
    for cijfer in blauwdruk["kerncijfers"]:
        schrijver.alinea("Kerncijfer", [{"t": "b", "c": [cijfer["waarde"]]}, "\t", cijfer["omschrijving"]])
    for plaats, (naam, waarde) in enumerate(blauwdruk["kenmerken"]):
        regel = schrijver.alinea("Kenmerk", [{"t": "b", "c": [naam]}, "\t", waarde])
        regel.paragraph_format.space_before = None if plaats else Pt(10)
    for sectie in blauwdruk["secties"]:
        schrijver.alinea(kop, [sectie["kop"]])
        schrijver.blokken(sectie["blokken"])
    if blauwdruk["toelichting"]:
        uitleg = [{"t": "b", "c": ["Wat ontbreekt of onzeker is: "]}, blauwdruk["toelichting"]]
        schrijver.alinea("Melding", uitleg)
    schrijver.alinea(kop, ["Over deze tekst"])
    schrijver.blokken(boek.slot(blauwdruk), "Kleine letters")


def _omslag(schrijver: Schrijver, opdracht: dict[str, Any]) -> None:
    bundel, aantal = opdracht["bundel"], len(opdracht["documenten"])
    bovenkop = schrijver.alinea("Bovenkop", [bundel.get("organisatie") or opdracht["site"]["naam"]])
    bovenkop.paragraph_format.space_before = Cm(7)  # a third down the page
    schrijver.alinea("Title", [bundel["titel"]])
    if bundel.get("ondertitel"):
        schrijver.alinea("Subtitle", [bundel["ondertitel"]])
    schrijver.alinea("Normal", [f"{aantal} blauwdruk{'ken' * (aantal != 1)} uit {opdracht['site']['naam']}"])
    schrijver.alinea("Kleine letters", [f"Samengesteld op {bundel['datum']}. {boek.VOORBEHOUD}"])
    schrijver.alinea("Kleine letters", [{"t": "a", "h": bundel["adres"], "c": ["Bekijk deze bundel op de website"]}])


def _kop(schrijver: Schrijver, titel: str, plaats: int) -> None:
    """A heading that contents and index refer to."""
    bladwijzer(schrijver.alinea("Heading 1", [titel]), _plek(plaats), plaats)


def _inhoudsopgave(schrijver: Schrijver, regels: list[tuple[int, str]]) -> None:
    """Contents that show at once, and that Word can renew."""
    schrijver.alinea("TOC Heading", ["Inhoud"])
    for plaats, titel in regels:
        regel = schrijver.alinea("toc 1")
        if plaats == regels[0][0]:
            begin_veld(regel._p, INHOUD)
        verwijzing(regel, _plek(plaats), titel)
    einde_veld(regel._p)


def _register(schrijver: Schrijver, documenten: list[dict[str, Any]]) -> None:
    _kop(schrijver, REGISTER, len(documenten))
    for kop, namen in boek.register(documenten):
        schrijver.alinea("Heading 2", [kop])
        for naam, plaatsen in namen:
            schrijver.alinea("index 1", [naam])
            for plaats in plaatsen:
                verwijzing(schrijver.alinea("index 2"), _plek(plaats), documenten[plaats]["titel"])


def _plek(plaats: int) -> str:
    return f"_Toc{plaats + 1:06d}"
