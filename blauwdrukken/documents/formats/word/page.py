"""What stands above and below every page, and what the file tells of itself."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument

from ....text.clean import safe_url
from ...content import book
from .blocks import BlockWriter
from .fields import add_field, add_link

MAX_HEADER_TITLE = 50  # characters on the left, beside what stands on the right
KIND_NAMES = {
    "blauwdruk": "Blauwdruk",
    "bundel": "Bundel van blauwdrukken",
    "vergelijking": "Vergelijking van blauwdrukken",
}


def write_header_and_footer(writer: BlockWriter, left: str, right: str, url: str) -> None:
    """On every page: what it is, how new it is, where it is found, and its number."""
    section = writer.document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header._p.style, footer._p.style = writer.style_ids["Header"], writer.style_ids["Footer"]
    header.add_run(f"{left if len(left) <= MAX_HEADER_TITLE else left[:MAX_HEADER_TITLE] + '…'}\t{right}")
    if target := safe_url(url):
        add_link(footer, target, url.partition("?")[0])
    footer.add_run("\tPagina ")
    add_field(footer._p, "PAGE", "1")
    footer.add_run(" van ")
    add_field(footer._p, "NUMPAGES", "1")


def write_properties(document: WordDocument, order: dict[str, Any]) -> None:
    """What the file tells of itself; nothing of the machine or the moment that made it."""
    properties, moment = document.core_properties, book.moment(order)
    properties.title = book.document_title(order)[:255]
    properties.author = properties.last_modified_by = order["site"]["naam"][:255]
    properties.subject = KIND_NAMES[order["soort"]]
    properties.keywords = ", ".join(book.themas(order))[:255] if "documenten" in order else ""
    properties.comments, properties.language = "", "nl-NL"
    properties.created = properties.modified = moment
    properties.revision = 1
