"""Blocks of text/tree.py as paragraphs, lists and tables of Word."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from ....text.clean import safe_url
from ....text.tree import Block, Inline, inline_text
from .fields import add_link, add_text
from .style import BULLETS, INDENT, LEVELS, NUMBERS, text_width

Container = Any  # the document, or a cell of a table
LIST_STYLES = {"ul": "List Bullet", "ol": "List Number"}


class BlockWriter:
    """Writes blocks into one document; `heading` is the level of a heading inside a section."""

    def __init__(self, document: WordDocument, heading: int) -> None:
        self.document = document
        self.heading_level = heading
        self.style_ids = {style.name: style.style_id for style in document.styles}
        self.numbering: Any = document.part.numbering_part.element

    def add_paragraph(self, style: str, inlines: list[Inline] | None = None, container: Container = None) -> Paragraph:
        """A paragraph in a style, at the end of the document or of a cell."""
        paragraph: Paragraph = (container or self.document).add_paragraph()
        paragraph._p.style = self.style_ids[style]
        self.inlines(paragraph, inlines or [])
        return paragraph

    def add_blocks(self, blocks: list[Block], style: str = "Normal", container: Container = None) -> None:
        """Blocks one after the other."""
        for block in blocks:
            self._block(block, style, container)

    def _block(self, block: Block, style: str, container: Container) -> None:
        if block["t"] in LIST_STYLES:
            self._add_list(block, 0, container)
        elif block["t"] == "tabel" and container is None:
            self.add_table(block)
        elif block["t"] == "tabel":
            self.add_blocks(_as_list(block), style, container)
        else:
            self.add_paragraph(
                style if block["t"] == "p" or container else f"Heading {self.heading_level}", block["c"], container
            )

    def inlines(self, paragraph: Paragraph, inlines: list[Inline], bold: bool = False, italic: bool = False) -> None:
        """Text with its marks, at the end of a paragraph."""
        self._inlines(paragraph, inlines, bold, italic, None)

    def _inlines(self, paragraph: Paragraph, inlines: list[Inline], bold: bool, italic: bool, target: Any) -> None:
        for inline in inlines:
            if isinstance(inline, str):
                run = add_text(paragraph, inline, target)
                run.bold, run.italic = bold or None, italic or None
            elif inline["t"] == "br":
                add_text(paragraph, "\n", target)
            elif inline["t"] == "a" and target is None and (url := safe_url(inline["h"])):
                self._inlines(paragraph, inline["c"], bold, italic, add_link(paragraph, url))
            else:
                self._inlines(paragraph, inline["c"], bold or inline["t"] == "b", italic or inline["t"] == "i", target)

    def _add_list(self, listing: Block, depth: int, container: Container) -> None:
        number = self._new_number(depth) if listing["t"] == "ol" else self._bullet_number
        for item in listing["c"]:
            started = False
            for block in item:
                if block["t"] in LIST_STYLES:
                    self._add_list(block, min(depth + 1, LEVELS - 1), container)
                elif block["t"] == "tabel":
                    self._block(block, "List Continue", container)
                elif started:
                    continuation = self.add_paragraph("List Continue", block["c"], container)
                    continuation.paragraph_format.left_indent = Length(INDENT * (depth + 1))
                else:
                    self._item(listing["t"], block, depth, number, container)
                    started = True

    def _item(self, kind: str, block: Block, depth: int, number: int, container: Container) -> None:
        paragraph = self.add_paragraph(
            f"{LIST_STYLES[kind]}{f' {min(depth, 2) + 1}' * bool(depth)}", block["c"], container
        )
        if kind == "ol" or depth > 2:
            numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val, numbering.get_or_add_numId().val = depth, number

    @property
    def _bullet_number(self) -> int:
        return int(next(num.numId for num in self.numbering.num_lst if num.abstractNumId.val == BULLETS))

    def _new_number(self, depth: int) -> int:
        """Numbering of its own for a list, or it would go on where the last one ended."""
        number = self.numbering.add_num(NUMBERS)
        number.add_lvlOverride(ilvl=depth).add_startOverride(1)
        return int(number.numId)

    def add_table(self, block: Block) -> None:
        """A table with a header row that comes back on every page."""
        texts = [block["koppen"], *([inline_text(cell) for cell in row] for row in block["rijen"])]
        table = self.add_empty_table(_widths(texts, text_width(self.document)))
        self.add_header_row(table, [[heading] for heading in block["koppen"]])
        for row in block["rijen"]:
            new = table.add_row()
            keep_together(new)
            for place, (cell, inlines) in enumerate(zip(new.cells, row, strict=True)):
                self.fill_cell(cell, inlines, "Tabeltekst" if place else "Tabelkop")

    def add_empty_table(self, widths: list[Length]) -> Table:
        """A table without rows, with columns of these widths."""
        table: Table = self.document.add_table(0, len(widths))
        table._tbl.tblPr.style = "Kennisbank"
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table

    def add_header_row(self, table: Table, headings: list[list[Inline]]) -> None:
        """The first row, marked as header."""
        row = table.add_row()
        keep_together(row)
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, heading in zip(row.cells, headings, strict=True):
            self.fill_cell(cell, heading, "Tabelkop")

    def fill_cell(self, cell: _Cell, inlines: list[Inline], style: str) -> None:
        """Text in the paragraph that a new cell has."""
        cell.paragraphs[0]._p.style = self.style_ids[style]
        self.inlines(cell.paragraphs[0], inlines)


def keep_together(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: _Cell, color: str) -> None:
    """Give a cell a background."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _widths(texts: list[list[str]], total: Length) -> list[Length]:
    """Columns as wide as their longest text asks, within reason."""
    wanted = [4 + min(max(len(row[column]) for row in texts), 36) for column in range(len(texts[0]))]
    return [Length(total * part // sum(wanted)) for part in wanted]


def _as_list(block: Block) -> list[Block]:
    """A table inside a cell: one item a row."""
    items = []
    for row in block["rijen"]:
        filled = [cell for cell in row if inline_text(cell).strip()]
        filled[:1] = [[{"t": "b", "c": cell}] for cell in filled[:1]]
        inlines = [inline for cell in filled for inline in (*cell, " · ")][:-1]
        items += [[{"t": "p", "c": inlines}]] if inlines else []
    return [{"t": "ul", "c": items}] if items else []
