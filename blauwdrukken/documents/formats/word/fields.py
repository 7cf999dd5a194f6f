"""Links, fields and bookmarks: what Word keeps as elements of its own."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def add_link(alinea: Paragraph, adres: str, tekst: str = "") -> Any:
    """A link to an address outside the document, at the end of a paragraph; returns its element."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), alinea.part.relate_to(adres, RT.HYPERLINK, is_external=True))
    alinea._p.append(element)
    if tekst:
        add_text(alinea, tekst, element)
    return element


def add_text(alinea: Paragraph, tekst: str, koppeling: Any = None) -> Run:
    """Text at the end of a paragraph, or of a link in it."""
    loop = Run(alinea._p._new_r(), alinea)
    (alinea._p if koppeling is None else koppeling).append(loop._r)
    if koppeling is not None:
        loop._r.get_or_add_rPr().style = "Hyperlink"
    loop.text = tekst
    return loop


def add_field(ouder: Any, opdracht: str, tekst: str = "") -> None:
    """A whole field, with the text that shows until Word renews it."""
    begin_field(ouder, opdracht)
    _add_run(ouder, "w:t", tekst)
    end_field(ouder)


def begin_field(ouder: Any, opdracht: str) -> None:
    """Begin of a field whose shown text follows."""
    _add_field_char(ouder, "begin")
    _add_run(ouder, "w:instrText", f" {opdracht} ")
    _add_field_char(ouder, "separate")


def end_field(ouder: Any) -> None:
    """End of a field."""
    _add_field_char(ouder, "end")


def add_bookmark(alinea: Paragraph, naam: str, nummer: int) -> None:
    """Name the place of a paragraph."""
    for soort in ("w:bookmarkStart", "w:bookmarkEnd"):
        element = OxmlElement(soort)
        element.set(qn("w:id"), str(nummer))
        if soort == "w:bookmarkStart":
            element.set(qn("w:name"), naam)
            alinea._p.insert(1, element)
        else:
            alinea._p.append(element)


def add_reference(alinea: Paragraph, naam: str, tekst: str) -> None:
    """The text as a link to a bookmark, and the number of its page."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("w:anchor"), naam)
    element.set(qn("w:history"), "1")
    alinea._p.append(element)
    _add_run(element, "w:t", tekst)
    element.append(OxmlElement("w:r"))
    element[-1].append(OxmlElement("w:tab"))
    add_field(element, f"PAGEREF {naam} \\h")


def _add_run(ouder: Any, soort: str, tekst: str) -> None:
    loop, inhoud = OxmlElement("w:r"), OxmlElement(soort)
    inhoud.text = tekst
    inhoud.set(qn("xml:space"), "preserve")
    loop.append(inhoud)
    ouder.append(loop)


def _add_field_char(ouder: Any, soort: str) -> None:
    loop, teken = OxmlElement("w:r"), OxmlElement("w:fldChar")
    teken.set(qn("w:fldCharType"), soort)
    loop.append(teken)
    ouder.append(loop)
