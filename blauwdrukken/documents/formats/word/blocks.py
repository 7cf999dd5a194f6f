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
    """Writes blocks into one document; `kop` is the level of a heading inside a section."""

    def __init__(self, document: WordDocument, kop: int) -> None:
        self.document = document
        self.heading_level = kop
        self.style_ids = {stijl.name: stijl.style_id for stijl in document.styles}
        self.numbering: Any = document.part.numbering_part.element

    def add_paragraph(self, stijl: str, inlines: list[Inline] | None = None, houder: Container = None) -> Paragraph:
        """A paragraph in a style, at the end of the document or of a cell."""
        alinea: Paragraph = (houder or self.document).add_paragraph()
        alinea._p.style = self.style_ids[stijl]
        self.inlines(alinea, inlines or [])
        return alinea

    def add_blocks(self, blokken: list[Block], stijl: str = "Normal", houder: Container = None) -> None:
        """Blocks one after the other."""
        for blok in blokken:
            self._block(blok, stijl, houder)

    def _block(self, blok: Block, stijl: str, houder: Container) -> None:
        if blok["t"] in LIST_STYLES:
            self._add_list(blok, 0, houder)
        elif blok["t"] == "tabel" and houder is None:
            self.add_table(blok)
        elif blok["t"] == "tabel":
            self.add_blocks(_as_list(blok), stijl, houder)
        else:
            self.add_paragraph(
                stijl if blok["t"] == "p" or houder else f"Heading {self.heading_level}", blok["c"], houder
            )

    def inlines(self, alinea: Paragraph, inlines: list[Inline], vet: bool = False, schuin: bool = False) -> None:
        """Text with its marks, at the end of a paragraph."""
        self._inlines(alinea, inlines, vet, schuin, None)

    def _inlines(self, alinea: Paragraph, inlines: list[Inline], vet: bool, schuin: bool, doel: Any) -> None:
        for inline in inlines:
            if isinstance(inline, str):
                loop = add_text(alinea, inline, doel)
                loop.bold, loop.italic = vet or None, schuin or None
            elif inline["t"] == "br":
                add_text(alinea, "\n", doel)
            elif inline["t"] == "a" and doel is None and (adres := safe_url(inline["h"])):
                self._inlines(alinea, inline["c"], vet, schuin, add_link(alinea, adres))
            else:
                self._inlines(alinea, inline["c"], vet or inline["t"] == "b", schuin or inline["t"] == "i", doel)

    def _add_list(self, lijst: Block, diepte: int, houder: Container) -> None:
        nummer = self._new_number(diepte) if lijst["t"] == "ol" else self._bullet_number
        for item in lijst["c"]:
            begonnen = False
            for blok in item:
                if blok["t"] in LIST_STYLES:
                    self._add_list(blok, min(diepte + 1, LEVELS - 1), houder)
                elif blok["t"] == "tabel":
                    self._block(blok, "List Continue", houder)
                elif begonnen:
                    vervolg = self.add_paragraph("List Continue", blok["c"], houder)
                    vervolg.paragraph_format.left_indent = Length(INDENT * (diepte + 1))
                else:
                    self._item(lijst["t"], blok, diepte, nummer, houder)
                    begonnen = True

    def _item(self, soort: str, blok: Block, diepte: int, nummer: int, houder: Container) -> None:
        alinea = self.add_paragraph(f"{LIST_STYLES[soort]}{f' {min(diepte, 2) + 1}' * bool(diepte)}", blok["c"], houder)
        if soort == "ol" or diepte > 2:
            vorm = alinea._p.get_or_add_pPr().get_or_add_numPr()
            vorm.get_or_add_ilvl().val, vorm.get_or_add_numId().val = diepte, nummer

    @property
    def _bullet_number(self) -> int:
        return int(next(num.numId for num in self.numbering.num_lst if num.abstractNumId.val == BULLETS))

    def _new_number(self, diepte: int) -> int:
        """Numbering of its own for a list, or it would go on where the last one ended."""
        nummer = self.numbering.add_num(NUMBERS)
        nummer.add_lvlOverride(ilvl=diepte).add_startOverride(1)
        return int(nummer.numId)

    def add_table(self, blok: Block) -> None:
        """A table with a header row that comes back on every page."""
        teksten = [blok["koppen"], *([inline_text(cel) for cel in rij] for rij in blok["rijen"])]
        tabel = self.add_empty_table(_widths(teksten, text_width(self.document)))
        self.add_header_row(tabel, [[kop] for kop in blok["koppen"]])
        for rij in blok["rijen"]:
            nieuw = tabel.add_row()
            keep_together(nieuw)
            for plaats, (cel, inlines) in enumerate(zip(nieuw.cells, rij, strict=True)):
                self.fill_cell(cel, inlines, "Tabeltekst" if plaats else "Tabelkop")

    def add_empty_table(self, breedtes: list[Length]) -> Table:
        """A table without rows, with columns of these widths."""
        tabel: Table = self.document.add_table(0, len(breedtes))
        tabel._tbl.tblPr.style = "Kennisbank"
        for kolom, breedte in zip(tabel.columns, breedtes, strict=True):
            kolom.width = breedte
        return tabel

    def add_header_row(self, tabel: Table, koppen: list[list[Inline]]) -> None:
        """The first row, marked as header."""
        rij = tabel.add_row()
        keep_together(rij)
        rij._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cel, kop in zip(rij.cells, koppen, strict=True):
            self.fill_cell(cel, kop, "Tabelkop")

    def fill_cell(self, cel: _Cell, inlines: list[Inline], stijl: str) -> None:
        """Text in the paragraph that a new cell has."""
        cel.paragraphs[0]._p.style = self.style_ids[stijl]
        self.inlines(cel.paragraphs[0], inlines)


def keep_together(rij: _Row) -> None:
    """Keep a row on one page."""
    rij._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cel: _Cell, kleur: str) -> None:
    """Give a cell a background."""
    vlak = OxmlElement("w:shd")
    for naam, waarde in (("val", "clear"), ("color", "auto"), ("fill", kleur)):
        vlak.set(qn(f"w:{naam}"), waarde)
    cel._tc.get_or_add_tcPr().append(vlak)


def _widths(teksten: list[list[str]], totaal: Length) -> list[Length]:
    """Columns as wide as their longest text asks, within reason."""
    vraag = [4 + min(max(len(rij[kolom]) for rij in teksten), 36) for kolom in range(len(teksten[0]))]
    return [Length(totaal * deel // sum(vraag)) for deel in vraag]


def _as_list(blok: Block) -> list[Block]:
    """A table inside a cell: one item a row."""
    items = []
    for rij in blok["rijen"]:
        gevuld = [cel for cel in rij if inline_text(cel).strip()]
        gevuld[:1] = [[{"t": "b", "c": cel}] for cel in gevuld[:1]]
        inlines = [inline for cel in gevuld for inline in (*cel, " · ")][:-1]
        items += [[{"t": "p", "c": inlines}]] if inlines else []
    return [{"t": "ul", "c": items}] if items else []
