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


def write_comparison(document: WordDocument, order: dict[str, Any]) -> None:
    """Columns are blueprints, rows are facts and sections; rows that differ carry a sign and a colour."""
    comparison = order["vergelijking"]
    for style in document.styles:
        if style.name in STYLES and style.name.startswith("List"):
            style.font.size = Pt(STYLES["Tabeltekst"].size)
    writer = BlockWriter(document, heading=2)
    writer.add_paragraph("Title", [comparison["titel"]])
    explanation = f"Stand van {comparison['datum']}. Bij een rij met het teken ≠ verschillen de blauwdrukken."
    writer.add_paragraph("Subtitle", [explanation])
    for group in comparison["groepen"]:
        writer.add_paragraph("Heading 1", [group["naam"]])
        _write_group(writer, group["rijen"], comparison["kolommen"])
    write_header_and_footer(writer, order["site"]["naam"], f"Opgehaald op {comparison['datum']}", comparison["adres"])


def _write_group(writer: BlockWriter, rows: list[dict[str, Any]], columns: list[dict[str, Any]]) -> None:
    """One table; its header row names the blueprints, on every page again."""
    width = Length((text_width(writer.document) - NAME_COLUMN) // len(columns))
    table = writer.add_empty_table([NAME_COLUMN, *[width] * len(columns)])
    titels: list[list[Inline]] = [[{"t": "a", "h": column["adres"], "c": [column["titel"]]}] for column in columns]
    writer.add_header_row(table, [["Kenmerk"], *titels])
    for row in rows:
        new = table.add_row()
        cells = new.cells
        if all(len(plain_text(blocks)) < MAX_UNBROKEN for blocks in row["cellen"]):
            keep_together(new)
        writer.fill_cell(cells[0], [f"≠ {row['kop']}" if row["anders"] else row["kop"]], "Tabelkop")
        for cell, blocks in zip(cells[1:], row["cellen"], strict=True):
            _fill_cell(writer, cell, blocks)
        for cell in cells if row["anders"] else ():
            shade(cell, DIFFERENT_COLOR)


def _fill_cell(writer: BlockWriter, cell: _Cell, blocks: list[Block]) -> None:
    """Blocks in a cell, whose own first paragraph makes way for them."""
    writer.add_blocks(blocks, "Tabeltekst", cell)
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1:
        first._p.getparent().remove(first._p)
    else:
        first._p.style = writer.style_ids["Tabeltekst"]
