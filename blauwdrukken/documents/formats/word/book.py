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


def write_blauwdruk(document: WordDocument, order: dict[str, Any]) -> None:
    """One blueprint: its title is that of the document, its sections are headings of level 1."""
    blauwdruk = order["documenten"][0]
    writer = BlockWriter(document, heading=2)
    writer.add_paragraph("Bovenkop", [f"Blauwdruk {blauwdruk['nummer']}"])
    writer.add_paragraph("Title", [blauwdruk["titel"]])
    _write_body(writer, blauwdruk, "Heading 1")
    write_header_and_footer(writer, order["site"]["naam"], book.version_line(blauwdruk), blauwdruk["kort_adres"])


def write_bundel(document: WordDocument, order: dict[str, Any]) -> None:
    """A bundle: cover, foreword, contents, every blueprint on a new page, and an index."""
    bundel, documents = order["bundel"], order["documenten"]
    _open_chapters_on_new_page(document)
    writer = BlockWriter(document, heading=3)
    _write_cover(writer, order)
    titels = [blauwdruk["titel"] for blauwdruk in documents] + [INDEX]
    if voorwoord := book.foreword_blocks(bundel.get("voorwoord") or ""):
        _write_heading(writer, FOREWORD, len(titels))
        writer.add_blocks(voorwoord)
        _write_table_of_contents(writer, [(len(titels), FOREWORD), *enumerate(titels)])
    else:
        _write_table_of_contents(writer, list(enumerate(titels)))
    for place, blauwdruk in enumerate(documents):
        _write_heading(writer, blauwdruk["titel"], place)
        _write_body(writer, blauwdruk, "Heading 2")
    _write_index_of_names(writer, documents)
    write_header_and_footer(writer, bundel["titel"], f"Samengesteld op {bundel['datum']}", bundel["adres"])
    document.sections[0].different_first_page_header_footer = True


def _open_chapters_on_new_page(document: WordDocument) -> None:
    """In a bundle the headings of level 1 open a chapter."""
    style: Any = document.styles["Heading 1"]
    style.paragraph_format.page_break_before = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = 0, Pt(8)
    style.font.size = Pt(20)


def _write_body(writer: BlockWriter, blauwdruk: dict[str, Any], heading: str) -> None:
    """All below the title of a blueprint."""
    writer.add_paragraph("Subtitle", [blauwdruk["samenvatting"]])
    if blauwdruk["leeftijd"]:
        writer.add_paragraph("Melding", [blauwdruk["leeftijd"]])
    for cijfer in blauwdruk["kerncijfers"]:
        writer.add_paragraph("Kerncijfer", [{"t": "b", "c": [cijfer["waarde"]]}, "\t", book.figure_words(cijfer)])
    for citaat in blauwdruk["citaten"]:
        writer.add_paragraph("Citaat", [{"t": "i", "c": [citaat["tekst"]]}])
        writer.add_paragraph("Bijschrift", [citaat["wie"]])
    for place, (name, value) in enumerate(blauwdruk["kenmerken"]):
        line = writer.add_paragraph("Kenmerk", [{"t": "b", "c": [name]}, "\t", value])
        line.paragraph_format.space_before = None if place else Pt(10)
    for sectie in blauwdruk["secties"]:
        writer.add_paragraph(heading, [sectie["kop"]])
        writer.add_blocks(sectie["blokken"])
    if blauwdruk["toelichting"]:
        explanation = [{"t": "b", "c": ["Wat ontbreekt of onzeker is: "]}, blauwdruk["toelichting"]]
        writer.add_paragraph("Melding", explanation)
    writer.add_paragraph(heading, ["Over deze tekst"])
    writer.add_blocks(book.closing_blocks(blauwdruk), "Kleine letters")


def _write_cover(writer: BlockWriter, order: dict[str, Any]) -> None:
    bundel, count = order["bundel"], len(order["documenten"])
    bovenkop = writer.add_paragraph("Bovenkop", [bundel.get("organisatie") or order["site"]["naam"]])
    bovenkop.paragraph_format.space_before = Cm(7)  # a third down the page
    writer.add_paragraph("Title", [bundel["titel"]])
    if bundel.get("ondertitel"):
        writer.add_paragraph("Subtitle", [bundel["ondertitel"]])
    writer.add_paragraph("Normal", [f"{count} blauwdruk{'ken' * (count != 1)} uit {order['site']['naam']}"])
    writer.add_paragraph("Kleine letters", [f"Samengesteld op {bundel['datum']}. {book.DISCLAIMER}"])
    writer.add_paragraph(
        "Kleine letters", [{"t": "a", "h": bundel["adres"], "c": ["Bekijk deze bundel op de website"]}]
    )


def _write_heading(writer: BlockWriter, titel: str, place: int) -> None:
    """A heading that contents and index refer to."""
    add_bookmark(writer.add_paragraph("Heading 1", [titel]), _bookmark_name(place), place)


def _write_table_of_contents(writer: BlockWriter, lines: list[tuple[int, str]]) -> None:
    """Contents that show at once, and that Word can renew."""
    writer.add_paragraph("TOC Heading", ["Inhoud"])
    for place, titel in lines:
        line = writer.add_paragraph("toc 1")
        if place == lines[0][0]:
            begin_field(line._p, CONTENTS_FIELD)
        add_reference(line, _bookmark_name(place), titel)
    end_field(line._p)


def _write_index_of_names(writer: BlockWriter, documents: list[dict[str, Any]]) -> None:
    _write_heading(writer, INDEX, len(documents))
    for heading, names in book.index_of_names(documents):
        writer.add_paragraph("Heading 2", [heading])
        for name, places in names:
            writer.add_paragraph("index 1", [name])
            for place in places:
                add_reference(writer.add_paragraph("index 2"), _bookmark_name(place), documents[place]["titel"])


def _bookmark_name(place: int) -> str:
    return f"_Toc{place + 1:06d}"
