"""What stands above and below every page, and what the file tells of itself."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument

from ....text.clean import veilig_adres
from ...content import book as boek
from .blocks import Schrijver
from .fields import koppeling, veld

RUIMTE = 50  # characters beside the state
SOORTNAMEN = {
    "blauwdruk": "Blauwdruk",
    "bundel": "Bundel van blauwdrukken",
    "vergelijking": "Vergelijking van blauwdrukken",
}


def kop_en_voet(schrijver: Schrijver, links: str, rechts: str, adres: str) -> None:
    """On every page: what it is, how new it is, where it is found, and its number."""
    sectie = schrijver.document.sections[0]
    kop, voet = sectie.header.paragraphs[0], sectie.footer.paragraphs[0]
    kop._p.style, voet._p.style = schrijver.stijlen["Header"], schrijver.stijlen["Footer"]
    kop.add_run(f"{links if len(links) <= RUIMTE else links[:RUIMTE] + '…'}\t{rechts}")
    if doel := veilig_adres(adres):
        koppeling(voet, doel, adres.partition("?")[0])
    voet.add_run("\tPagina ")
    veld(voet._p, "PAGE", "1")
    voet.add_run(" van ")
    veld(voet._p, "NUMPAGES", "1")


def eigenschappen(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """What the file tells of itself; nothing of the machine or the moment that made it."""
    over, moment = document.core_properties, boek.moment(opdracht)
    over.title = boek.titel(opdracht)[:255]
    over.author = over.last_modified_by = opdracht["site"]["naam"][:255]
    over.subject = SOORTNAMEN[opdracht["soort"]]
    over.keywords = ", ".join(boek.themas(opdracht))[:255] if "documenten" in opdracht else ""
    over.comments, over.language = "", "nl-NL"
    over.created = over.modified = moment
    over.revision = 1
