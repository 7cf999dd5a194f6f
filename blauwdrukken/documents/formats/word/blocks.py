"""Blocks of text/tree.py as paragraphs, lists and tables of Word."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from ....text.clean import veilig_adres
from ....text.tree import Blok, Inline, tekst
from .fields import koppeling, voeg_toe
from .style import INSPRINGING, NIVEAUS, NUMMERING, OPSOMMING, tekstbreedte

Houder = Any  # the document, or a cell of a table
LIJSTSTIJL = {"ul": "List Bullet", "ol": "List Number"}


class Schrijver:
    """Writes blocks into one document; `kop` is the level of a heading inside a section."""

    def __init__(self, document: WordDocument, kop: int) -> None:
        self.document = document
        self.kop = kop
        self.stijlen = {stijl.name: stijl.style_id for stijl in document.styles}
        self.nummering: Any = document.part.numbering_part.element

    def alinea(self, stijl: str, inlines: list[Inline] | None = None, houder: Houder = None) -> Paragraph:
        """A paragraph in a style, at the end of the document or of a cell."""
        alinea: Paragraph = (houder or self.document).add_paragraph()
        alinea._p.style = self.stijlen[stijl]
        self.inlines(alinea, inlines or [])
        return alinea

    def blokken(self, blokken: list[Blok], stijl: str = "Normal", houder: Houder = None) -> None:
        """Blocks one after the other."""
        for blok in blokken:
            self._blok(blok, stijl, houder)

    def _blok(self, blok: Blok, stijl: str, houder: Houder) -> None:
        if blok["t"] in LIJSTSTIJL:
            self._lijst(blok, 0, houder)
        elif blok["t"] == "tabel" and houder is None:
            self.tabel(blok)
        elif blok["t"] == "tabel":
            self.blokken(_als_lijst(blok), stijl, houder)
        else:
            self.alinea(stijl if blok["t"] == "p" or houder else f"Heading {self.kop}", blok["c"], houder)

    def inlines(self, alinea: Paragraph, inlines: list[Inline], vet: bool = False, schuin: bool = False) -> None:
        """Text with its marks, at the end of a paragraph."""
        self._inlines(alinea, inlines, vet, schuin, None)

    def _inlines(self, alinea: Paragraph, inlines: list[Inline], vet: bool, schuin: bool, doel: Any) -> None:
        for inline in inlines:
            if isinstance(inline, str):
                loop = voeg_toe(alinea, inline, doel)
                loop.bold, loop.italic = vet or None, schuin or None
            elif inline["t"] == "br":
                voeg_toe(alinea, "\n", doel)
            elif inline["t"] == "a" and doel is None and (adres := veilig_adres(inline["h"])):
                self._inlines(alinea, inline["c"], vet, schuin, koppeling(alinea, adres))
            else:
                self._inlines(alinea, inline["c"], vet or inline["t"] == "b", schuin or inline["t"] == "i", doel)

    def _lijst(self, lijst: Blok, diepte: int, houder: Houder) -> None:
        nummer = self._nieuw_nummer(diepte) if lijst["t"] == "ol" else self._opsomming
        for item in lijst["c"]:
            begonnen = False
            for blok in item:
                if blok["t"] in LIJSTSTIJL:
                    self._lijst(blok, min(diepte + 1, NIVEAUS - 1), houder)
                elif blok["t"] == "tabel":
                    self._blok(blok, "List Continue", houder)
                elif begonnen:
                    vervolg = self.alinea("List Continue", blok["c"], houder)
                    vervolg.paragraph_format.left_indent = Length(INSPRINGING * (diepte + 1))
                else:
                    self._item(lijst["t"], blok, diepte, nummer, houder)
                    begonnen = True

    def _item(self, soort: str, blok: Blok, diepte: int, nummer: int, houder: Houder) -> None:
        alinea = self.alinea(f"{LIJSTSTIJL[soort]}{f' {min(diepte, 2) + 1}' * bool(diepte)}", blok["c"], houder)
        if soort == "ol" or diepte > 2:
            vorm = alinea._p.get_or_add_pPr().get_or_add_numPr()
            vorm.get_or_add_ilvl().val, vorm.get_or_add_numId().val = diepte, nummer

    @property
    def _opsomming(self) -> int:
        return int(next(num.numId for num in self.nummering.num_lst if num.abstractNumId.val == OPSOMMING))

    def _nieuw_nummer(self, diepte: int) -> int:
        """Numbering of its own for a list, or it would go on where the last one ended."""
        nummer = self.nummering.add_num(NUMMERING)
        nummer.add_lvlOverride(ilvl=diepte).add_startOverride(1)
        return int(nummer.numId)

    def tabel(self, blok: Blok) -> None:
        """A table with a header row that comes back on every page."""
        teksten = [blok["koppen"], *([tekst(cel) for cel in rij] for rij in blok["rijen"])]
        tabel = self.lege_tabel(_breedtes(teksten, tekstbreedte(self.document)))
        self.koprij(tabel, [[kop] for kop in blok["koppen"]])
        for rij in blok["rijen"]:
            nieuw = tabel.add_row()
            heel(nieuw)
            for plaats, (cel, inlines) in enumerate(zip(nieuw.cells, rij, strict=True)):
                self.vul(cel, inlines, "Tabeltekst" if plaats else "Tabelkop")

    def lege_tabel(self, breedtes: list[Length]) -> Table:
        """A table without rows, with columns of these widths."""
        tabel: Table = self.document.add_table(0, len(breedtes))
        tabel._tbl.tblPr.style = "Kennisbank"
        for kolom, breedte in zip(tabel.columns, breedtes, strict=True):
            kolom.width = breedte
        return tabel

    def koprij(self, tabel: Table, koppen: list[list[Inline]]) -> None:
        """The first row, marked as header."""
        rij = tabel.add_row()
        heel(rij)
        rij._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cel, kop in zip(rij.cells, koppen, strict=True):
            self.vul(cel, kop, "Tabelkop")

    def vul(self, cel: _Cell, inlines: list[Inline], stijl: str) -> None:
        """Text in the paragraph that a new cell has."""
        cel.paragraphs[0]._p.style = self.stijlen[stijl]
        self.inlines(cel.paragraphs[0], inlines)


def heel(rij: _Row) -> None:
    """Keep a row on one page."""
    rij._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def arceer(cel: _Cell, kleur: str) -> None:
    """Give a cell a background."""
    vlak = OxmlElement("w:shd")
    for naam, waarde in (("val", "clear"), ("color", "auto"), ("fill", kleur)):
        vlak.set(qn(f"w:{naam}"), waarde)
    cel._tc.get_or_add_tcPr().append(vlak)


def _breedtes(teksten: list[list[str]], totaal: Length) -> list[Length]:
    """Columns as wide as their longest text asks, within reason."""
    vraag = [4 + min(max(len(rij[kolom]) for rij in teksten), 36) for kolom in range(len(teksten[0]))]
    return [Length(totaal * deel // sum(vraag)) for deel in vraag]


def _als_lijst(blok: Blok) -> list[Blok]:
    """A table inside a cell: one item a row."""
    items = []
    for rij in blok["rijen"]:
        gevuld = [cel for cel in rij if tekst(cel).strip()]
        gevuld[:1] = [[{"t": "b", "c": cel}] for cel in gevuld[:1]]
        inlines = [inline for cel in gevuld for inline in (*cel, " · ")][:-1]
        items += [[{"t": "p", "c": inlines}]] if inlines else []
    return [{"t": "ul", "c": items}] if items else []
