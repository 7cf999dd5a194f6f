"""Links, fields and bookmarks: what Word keeps as elements of its own."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def add_link(paragraph: Paragraph, url: str, text: str = "") -> Any:
    """A link to an address outside the document, at the end of a paragraph; returns its element."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(url, RT.HYPERLINK, is_external=True))
    paragraph._p.append(element)
    if text:
        add_text(paragraph, text, element)
    return element


def add_text(paragraph: Paragraph, text: str, hyperlink: Any = None) -> Run:
    """Text at the end of a paragraph, or of a link in it."""
    run = Run(paragraph._p._new_r(), paragraph)
    (paragraph._p if hyperlink is None else hyperlink).append(run._r)
    if hyperlink is not None:
        run._r.get_or_add_rPr().style = "Hyperlink"
    run.text = text
    return run


def add_field(parent: Any, instruction: str, text: str = "") -> None:
    """A whole field, with the text that shows until Word renews it."""
    begin_field(parent, instruction)
    _add_run(parent, "w:t", text)
    end_field(parent)


def begin_field(parent: Any, instruction: str) -> None:
    """Begin of a field whose shown text follows."""
    _add_field_char(parent, "begin")
    _add_run(parent, "w:instrText", f" {instruction} ")
    _add_field_char(parent, "separate")


def end_field(parent: Any) -> None:
    """End of a field."""
    _add_field_char(parent, "end")


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Name the place of a paragraph."""
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        element = OxmlElement(kind)
        element.set(qn("w:id"), str(number))
        if kind == "w:bookmarkStart":
            element.set(qn("w:name"), name)
            paragraph._p.insert(1, element)
        else:
            paragraph._p.append(element)


def add_reference(paragraph: Paragraph, name: str, text: str) -> None:
    """The text as a link to a bookmark, and the number of its page."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("w:anchor"), name)
    element.set(qn("w:history"), "1")
    paragraph._p.append(element)
    _add_run(element, "w:t", text)
    element.append(OxmlElement("w:r"))
    element[-1].append(OxmlElement("w:tab"))
    add_field(element, f"PAGEREF {name} \\h")


def _add_run(parent: Any, kind: str, text: str) -> None:
    run, content = OxmlElement("w:r"), OxmlElement(kind)
    content.text = text
    content.set(qn("xml:space"), "preserve")
    run.append(content)
    parent.append(run)


def _add_field_char(parent: Any, kind: str) -> None:
    run, character = OxmlElement("w:r"), OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    run.append(character)
    parent.append(run)
