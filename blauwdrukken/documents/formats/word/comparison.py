"""A comparison as a Word document: landscape, one table for every group of facts."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.shared import Cm, Length, Pt
from docx.table import _Cell

from ....text.plain import platte_tekst
from ....text.tree import Blok, Inline
from .blocks import Schrijver, arceer, heel
from .page import kop_en_voet
from .style import STIJLEN, tekstbreedte

ANDERS = "FDF0D5"
NAAMKOLOM = Cm(4.8)
KORT = 600  # characters of a cell that fit on a page with the rest of their row


def schrijf_vergelijking(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """Columns are blueprints, rows are facts and sections; rows that differ carry a sign and a colour."""
    vergelijking = opdracht["vergelijking"]
    for stijl in document.styles:
        if stijl.name in STIJLEN and stijl.name.startswith("List"):
            stijl.font.size = Pt(STIJLEN["Tabeltekst"].grootte)
    schrijver = Schrijver(document, kop=2)
    schrijver.alinea("Title", [vergelijking["titel"]])
    uitleg = f"Stand van {vergelijking['datum']}. Bij een rij met het teken ≠ verschillen de blauwdrukken."
    schrijver.alinea("Subtitle", [uitleg])
    for groep in vergelijking["groepen"]:
        schrijver.alinea("Heading 1", [groep["naam"]])
        _groep(schrijver, groep["rijen"], vergelijking["kolommen"])
    kop_en_voet(schrijver, opdracht["site"]["naam"], f"Actueel op {vergelijking['datum']}", vergelijking["adres"])


def _groep(schrijver: Schrijver, rijen: list[dict[str, Any]], kolommen: list[dict[str, Any]]) -> None:
    """One table; its header row names the blueprints, on every page again."""
    breedte = Length((tekstbreedte(schrijver.document) - NAAMKOLOM) // len(kolommen))
    tabel = schrijver.lege_tabel([NAAMKOLOM, *[breedte] * len(kolommen)])
    titels: list[list[Inline]] = [[{"t": "a", "h": kolom["adres"], "c": [kolom["titel"]]}] for kolom in kolommen]
    schrijver.koprij(tabel, [["Kenmerk"], *titels])
    for rij in rijen:
        nieuw = tabel.add_row()
        cellen = nieuw.cells
        if all(len(platte_tekst(blokken)) < KORT for blokken in rij["cellen"]):
            heel(nieuw)
        schrijver.vul(cellen[0], [f"≠ {rij['kop']}" if rij["anders"] else rij["kop"]], "Tabelkop")
        for cel, blokken in zip(cellen[1:], rij["cellen"], strict=True):
            _vul(schrijver, cel, blokken)
        for cel in cellen if rij["anders"] else ():
            arceer(cel, ANDERS)


def _vul(schrijver: Schrijver, cel: _Cell, blokken: list[Blok]) -> None:
    """Blocks in a cell, whose own first paragraph makes way for them."""
    schrijver.blokken(blokken, "Tabeltekst", cel)
    eerste = cel.paragraphs[0]
    if len(cel.paragraphs) > 1:
        eerste._p.getparent().remove(eerste._p)
    else:
        eerste._p.style = schrijver.stijlen["Tabeltekst"]
