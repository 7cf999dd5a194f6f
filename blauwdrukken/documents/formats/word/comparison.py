"""A comparison as a Word document: landscape, one table for every group of facts."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.shared import Cm, Length, Pt
from docx.table import _Cell

from ....text.plain import plain_text
from ....text.tree import Block, Inline
from .blocks import BlockWriter, keep_together, shade
from .page import write_header_and_footer
from .style import STYLES, text_width

DIFFERENT_COLOR = "FDF0D5"
NAME_COLUMN = Cm(4.8)
MAX_UNBROKEN = 600  # characters of a cell that fit on a page with the rest of their row


def write_comparison(document: WordDocument, opdracht: dict[str, Any]) -> None:
    """Columns are blueprints, rows are facts and sections; rows that differ carry a sign and a colour."""
    vergelijking = opdracht["vergelijking"]
    for stijl in document.styles:
        if stijl.name in STYLES and stijl.name.startswith("List"):
            stijl.font.size = Pt(STYLES["Tabeltekst"].size)
    schrijver = BlockWriter(document, kop=2)
    schrijver.add_paragraph("Title", [vergelijking["titel"]])
    uitleg = f"Stand van {vergelijking['datum']}. Bij een rij met het teken ≠ verschillen de blauwdrukken."
    schrijver.add_paragraph("Subtitle", [uitleg])
    for groep in vergelijking["groepen"]:
        schrijver.add_paragraph("Heading 1", [groep["naam"]])
        _write_group(schrijver, groep["rijen"], vergelijking["kolommen"])
    write_header_and_footer(
        schrijver, opdracht["site"]["naam"], f"Actueel op {vergelijking['datum']}", vergelijking["adres"]
    )


def _write_group(schrijver: BlockWriter, rijen: list[dict[str, Any]], kolommen: list[dict[str, Any]]) -> None:
    """One table; its header row names the blueprints, on every page again."""
    breedte = Length((text_width(schrijver.document) - NAME_COLUMN) // len(kolommen))
    tabel = schrijver.add_empty_table([NAME_COLUMN, *[breedte] * len(kolommen)])
    titels: list[list[Inline]] = [[{"t": "a", "h": kolom["adres"], "c": [kolom["titel"]]}] for kolom in kolommen]
    schrijver.add_header_row(tabel, [["Kenmerk"], *titels])
    for rij in rijen:
        nieuw = tabel.add_row()
        cellen = nieuw.cells
        if all(len(plain_text(blokken)) < MAX_UNBROKEN for blokken in rij["cellen"]):
            keep_together(nieuw)
        schrijver.fill_cell(cellen[0], [f"≠ {rij['kop']}" if rij["anders"] else rij["kop"]], "Tabelkop")
        for cel, blokken in zip(cellen[1:], rij["cellen"], strict=True):
            _fill_cell(schrijver, cel, blokken)
        for cel in cellen if rij["anders"] else ():
            shade(cel, DIFFERENT_COLOR)


def _fill_cell(schrijver: BlockWriter, cel: _Cell, blokken: list[Block]) -> None:
    """Blocks in a cell, whose own first paragraph makes way for them."""
    schrijver.add_blocks(blokken, "Tabeltekst", cel)
    eerste = cel.paragraphs[0]
    if len(cel.paragraphs) > 1:
        eerste._p.getparent().remove(eerste._p)
    else:
        eerste._p.style = schrijver.style_ids["Tabeltekst"]
