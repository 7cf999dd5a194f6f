"""What stands above and below every page, and what the file tells of itself."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument

from ....text.clean import safe_url
from ...content import book
from .blocks import BlockWriter
from .fields import add_field, add_link

MAX_HEADER_TITLE = 50  # characters beside the state
KIND_NAMES = {
    "blauwdruk": "Blauwdruk",
    "bundel": "Bundel van blauwdrukken",
    "vergelijking": "Vergelijking van blauwdrukken",
}


def write_header_and_footer(schrijver: BlockWriter, links: str, rechts: str, adres: str) -> None:
    """On every page: what it is, how new it is, where it is found, and its number."""
    sectie = schrijver.document.sections[0]
    kop, voet = sectie.header.paragraphs[0], sectie.footer.paragraphs[0]
    kop._p.style, voet._p.style = schrijver.style_ids["Header"], schrijver.style_ids["Footer"]
    kop.add_run(f"{links if len(links) <= MAX_HEADER_TITLE else links[:MAX_HEADER_TITLE] + '…'}\t{rechts}")
    if doel := safe_url(adres):
        add_link(voet, doel, adres.partition("?")[0])
    voet.add_run("\tPagina ")
    add_field(voet._p, "PAGE", "1")
    voet.add_run(" van ")
    add_field(voet._p, "NUMPAGES", "1")


def write_properties(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """What the file tells of itself; nothing of the machine or the moment that made it."""
    over, moment = document.core_properties, book.moment(opdracht)
    over.title = book.document_title(opdracht)[:255]
    over.author = over.last_modified_by = opdracht["site"]["naam"][:255]
    over.subject = KIND_NAMES[opdracht["soort"]]
    over.keywords = ", ".join(book.themas(opdracht))[:255] if "documenten" in opdracht else ""
    over.comments, over.language = "", "nl-NL"
    over.created = over.modified = moment
    over.revision = 1
