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


def write_header_and_footer(writer: BlockWriter, links: str, right: str, url: str) -> None:
    """On every page: what it is, how new it is, where it is found, and its number."""
    sectie = writer.document.sections[0]
    heading, voet = sectie.header.paragraphs[0], sectie.footer.paragraphs[0]
    heading._p.style, voet._p.style = writer.style_ids["Header"], writer.style_ids["Footer"]
    heading.add_run(f"{links if len(links) <= MAX_HEADER_TITLE else links[:MAX_HEADER_TITLE] + '…'}\t{right}")
    if target := safe_url(url):
        add_link(voet, target, url.partition("?")[0])
    voet.add_run("\tPagina ")
    add_field(voet._p, "PAGE", "1")
    voet.add_run(" van ")
    add_field(voet._p, "NUMPAGES", "1")


def write_properties(document: WordDocument, order: dict[str, Any]) -> None:
    """What the file tells of itself; nothing of the machine or the moment that made it."""
    over, moment = document.core_properties, book.moment(order)
    over.title = book.document_title(order)[:255]
    over.author = over.last_modified_by = order["site"]["naam"][:255]
    over.subject = KIND_NAMES[order["soort"]]
    over.keywords = ", ".join(book.themas(order))[:255] if "documenten" in order else ""
    over.comments, over.language = "", "nl-NL"
    over.created = over.modified = moment
    over.revision = 1
