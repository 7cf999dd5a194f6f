"""One blueprint, or a bundle of them, in Word."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.shared import Cm, Pt

from ...content import book
from .blocks import BlockWriter
from .fields import add_bookmark, add_reference, begin_field, end_field
from .page import write_header_and_footer

FOREWORD, INDEX = "Voorwoord", "Register"
CONTENTS_FIELD = 'TOC \\o "1-1" \\h \\z'


def write_blauwdruk(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """One blueprint: its title is that of the document, its sections are headings of level 1."""
    blauwdruk = opdracht["documenten"][0]
    schrijver = BlockWriter(document, kop=2)
    schrijver.add_paragraph("Bovenkop", [f"Blauwdruk {blauwdruk['nummer']}"])
    schrijver.add_paragraph("Title", [blauwdruk["titel"]])
    _write_body(schrijver, blauwdruk, "Heading 1")
    write_header_and_footer(schrijver, opdracht["site"]["naam"], book.version_line(blauwdruk), blauwdruk["kort_adres"])


def write_bundel(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """A bundle: cover, foreword, contents, every blueprint on a new page, and an index."""
    bundel, documenten = opdracht["bundel"], opdracht["documenten"]
    _open_chapters_on_new_page(document)
    schrijver = BlockWriter(document, kop=3)
    _write_cover(schrijver, opdracht)
    titels = [blauwdruk["titel"] for blauwdruk in documenten] + [INDEX]
    if voorwoord := book.foreword_blocks(bundel.get("voorwoord") or ""):
        _write_heading(schrijver, FOREWORD, len(titels))
        schrijver.add_blocks(voorwoord)
        _write_table_of_contents(schrijver, [(len(titels), FOREWORD), *enumerate(titels)])
    else:
        _write_table_of_contents(schrijver, list(enumerate(titels)))
    for plaats, blauwdruk in enumerate(documenten):
        _write_heading(schrijver, blauwdruk["titel"], plaats)
        _write_body(schrijver, blauwdruk, "Heading 2")
    _write_index_of_names(schrijver, documenten)
    write_header_and_footer(schrijver, bundel["titel"], f"Samengesteld op {bundel['datum']}", bundel["adres"])
    document.sections[0].different_first_page_header_footer = True


def _open_chapters_on_new_page(document: WordDocument) -> None:
    """In a bundle the headings of level 1 open a chapter."""
    stijl: Any = document.styles["Heading 1"]
    stijl.paragraph_format.page_break_before = True
    stijl.paragraph_format.space_before, stijl.paragraph_format.space_after = 0, Pt(8)
    stijl.font.size = Pt(20)


def _write_body(schrijver: BlockWriter, blauwdruk: dict[str, Any], kop: str) -> None:
    """All below the title of a blueprint."""
    schrijver.add_paragraph("Subtitle", [blauwdruk["samenvatting"]])
    for cijfer in blauwdruk["kerncijfers"]:
        schrijver.add_paragraph("Kerncijfer", [{"t": "b", "c": [cijfer["waarde"]]}, "\t", cijfer["omschrijving"]])
    for plaats, (naam, waarde) in enumerate(blauwdruk["kenmerken"]):
        regel = schrijver.add_paragraph("Kenmerk", [{"t": "b", "c": [naam]}, "\t", waarde])
        regel.paragraph_format.space_before = None if plaats else Pt(10)
    for sectie in blauwdruk["secties"]:
        schrijver.add_paragraph(kop, [sectie["kop"]])
        schrijver.add_blocks(sectie["blokken"])
    if blauwdruk["toelichting"]:
        uitleg = [{"t": "b", "c": ["Wat ontbreekt of onzeker is: "]}, blauwdruk["toelichting"]]
        schrijver.add_paragraph("Melding", uitleg)
    schrijver.add_paragraph(kop, ["Over deze tekst"])
    schrijver.add_blocks(book.closing_blocks(blauwdruk), "Kleine letters")


def _write_cover(schrijver: BlockWriter, opdracht: dict[str, Any]) -> None:
    bundel, aantal = opdracht["bundel"], len(opdracht["documenten"])
    bovenkop = schrijver.add_paragraph("Bovenkop", [bundel.get("organisatie") or opdracht["site"]["naam"]])
    bovenkop.paragraph_format.space_before = Cm(7)  # a third down the page
    schrijver.add_paragraph("Title", [bundel["titel"]])
    if bundel.get("ondertitel"):
        schrijver.add_paragraph("Subtitle", [bundel["ondertitel"]])
    schrijver.add_paragraph("Normal", [f"{aantal} blauwdruk{'ken' * (aantal != 1)} uit {opdracht['site']['naam']}"])
    schrijver.add_paragraph("Kleine letters", [f"Samengesteld op {bundel['datum']}. {book.DISCLAIMER}"])
    schrijver.add_paragraph(
        "Kleine letters", [{"t": "a", "h": bundel["adres"], "c": ["Bekijk deze bundel op de website"]}]
    )


def _write_heading(schrijver: BlockWriter, titel: str, plaats: int) -> None:
    """A heading that contents and index refer to."""
    add_bookmark(schrijver.add_paragraph("Heading 1", [titel]), _bookmark_name(plaats), plaats)


def _write_table_of_contents(schrijver: BlockWriter, regels: list[tuple[int, str]]) -> None:
    """Contents that show at once, and that Word can renew."""
    schrijver.add_paragraph("TOC Heading", ["Inhoud"])
    for plaats, titel in regels:
        regel = schrijver.add_paragraph("toc 1")
        if plaats == regels[0][0]:
            begin_field(regel._p, CONTENTS_FIELD)
        add_reference(regel, _bookmark_name(plaats), titel)
    end_field(regel._p)


def _write_index_of_names(schrijver: BlockWriter, documenten: list[dict[str, Any]]) -> None:
    _write_heading(schrijver, INDEX, len(documenten))
    for kop, namen in book.index_of_names(documenten):
        schrijver.add_paragraph("Heading 2", [kop])
        for naam, plaatsen in namen:
            schrijver.add_paragraph("index 1", [naam])
            for plaats in plaatsen:
                add_reference(schrijver.add_paragraph("index 2"), _bookmark_name(plaats), documenten[plaats]["titel"])


def _bookmark_name(plaats: int) -> str:
    return f"_Toc{plaats + 1:06d}"
