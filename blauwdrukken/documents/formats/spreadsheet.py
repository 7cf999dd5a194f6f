"""Spreadsheets: typed cells, and texts that never are a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.xml.functions import tostring

from ...text.clean import FORMULA, safe_url, sanitize
from ...text.plain import plain_text
from ..content import book
from .archive import repack

MAX_TEXT = 32_767
TRUNCATED = " […] (afgekapt: past niet in een cel)"
MAX_LINKS = 60_000  # Excel holds 65,530 on a sheet
MAX_LINK_LENGTH = 2_079
HEADER_FONT = Font(bold=True, color="FFFFFF")
HEADER_FILL, GROUP_FILL, DIFFERENT_FILL = (
    PatternFill("solid", fgColor=kleur) for kleur in ("0C2A55", "E8F0FB", "FDF0D5")
)
BOLD, LINK = Font(bold=True), Font(color="124F9C", underline="single")
TOP_ALIGNED = Alignment(vertical="top", wrap_text=True)
NUMBER_FORMATS = {"datum": "dd-mm-yyyy", "bedrag": "[$€-413] #,##0.00", "getal": "0"}
WIDTHS = {"tekst": 28, "getal": 12, "bedrag": 16, "datum": 14, "adres": 40}


def make(opdracht: dict[str, Any]) -> bytes:
    """The spreadsheet as a file: for a list or a comparison."""
    opdracht = sanitize(opdracht)
    boekje = Workbook(write_only=True)
    WRITERS[opdracht["soort"]](boekje, opdracht)
    over = boekje.properties
    over.title, over.creator, over.language = (
        book.document_title(opdracht)[:255],
        opdracht["site"]["naam"][:255],
        "nl-NL",
    )
    over.lastModifiedBy = over.creator
    moment = book.moment(opdracht).replace(tzinfo=None)
    uit = io.BytesIO()
    boekje.save(uit)
    over.created = over.modified = moment
    return repack(uit.getvalue(), {"docProps/core.xml": tostring(over.to_tree())})


class Sheet:
    """One sheet, written row by row."""

    def __init__(self, boekje: Workbook, naam: str, breedtes: Iterable[float]) -> None:
        self.worksheet: WriteOnlyWorksheet = boekje.create_sheet(naam)
        self.links = 0
        for nummer, breedte in enumerate(breedtes, 1):
            self.worksheet.column_dimensions[get_column_letter(nummer)].width = breedte

    def write_row(self, cellen: Iterable[Cell | None]) -> None:
        """Write one row."""
        self.worksheet.append(list(cellen))

    def write_header(self, koppen: Iterable[str]) -> None:
        """Write the header row."""
        self.write_row(self.make_cell(kop, "tekst", font=HEADER_FONT, fill=HEADER_FILL) for kop in koppen)

    def make_cell(self, waarde: Any, soort: str, **opmaak: Any) -> Cell | None:
        """A cell of this kind; text when the value does not fit the kind, nothing when there is none."""
        if waarde is None or waarde == "":
            return None
        echt = typed_value(waarde, soort)
        cel = self._text(str(waarde)) if isinstance(echt, str) else WriteOnlyCell(self.worksheet, echt)
        if not isinstance(echt, str):
            cel.number_format = NUMBER_FORMATS[soort]
        elif soort == "adres":
            self._link(cel, echt)
        for naam, vorm in opmaak.items():
            setattr(cel, naam, vorm)
        return cel

    def _text(self, tekst: str) -> Cell:
        """Text, whatever it looks like: never a formula, an error or a number."""
        if len(tekst) > MAX_TEXT:
            tekst = tekst[: MAX_TEXT - len(TRUNCATED)] + TRUNCATED
        cel = WriteOnlyCell(self.worksheet)
        cel._value, cel.data_type = tekst, "s"
        if FORMULA.match(tekst):
            cel.quotePrefix = True
        return cel

    def _link(self, cel: Cell, adres: str) -> None:
        doel = safe_url(adres)
        if doel and len(doel) <= MAX_LINK_LENGTH and self.links < MAX_LINKS:
            self.links += 1
            cel.hyperlink, cel.font = doel, LINK
            cel.data_type = "s"


def typed_value(waarde: Any, soort: str) -> Any:
    """The value as number, amount or date when it is one, else as text."""
    try:
        if soort == "getal":
            return int(waarde)
        if soort == "bedrag":
            bedrag = Decimal(waarde)
            return bedrag if bedrag.is_finite() else str(waarde)
        if soort == "datum":
            dag = date.fromisoformat(waarde)
            return dag if dag.year >= 1900 else waarde
    except (ValueError, TypeError, InvalidOperation):
        pass
    return str(waarde)


def _write_listing(boekje: Workbook, opdracht: dict[str, Any]) -> None:
    """One row an entry; a second sheet tells what the list is."""
    kolommen = opdracht["kolommen"]
    blad = Sheet(boekje, "Lijst", (WIDTHS[kolom["soort"]] for kolom in kolommen))
    blad.worksheet.freeze_panes = "B2"
    blad.worksheet.auto_filter.ref = f"A1:{get_column_letter(len(kolommen))}{len(opdracht['rijen']) + 1}"
    blad.worksheet.print_title_rows = "1:1"
    blad.write_header(kolom["kop"] for kolom in kolommen)
    soorten = [kolom["soort"] for kolom in kolommen]
    for rij in opdracht["rijen"]:
        blad.write_row(blad.make_cell(waarde, soort) for waarde, soort in zip(rij, soorten, strict=True))
    if opdracht.get("over"):
        _write_about(boekje, opdracht["over"])


def _write_about(boekje: Workbook, regels: list[list[str]]) -> None:
    blad = Sheet(boekje, "Over deze lijst", (24, 100))
    for naam, waarde in regels:
        soort = "adres" if safe_url(waarde) else "tekst"
        blad.write_row(
            [
                blad.make_cell(naam, "tekst", font=BOLD, alignment=TOP_ALIGNED),
                blad.make_cell(waarde, soort, alignment=TOP_ALIGNED),
            ]
        )


def _write_comparison(boekje: Workbook, opdracht: dict[str, Any]) -> None:
    """Columns are blueprints; rows that differ say so in words and in colour."""
    vergelijking = opdracht["vergelijking"]
    kolommen = vergelijking["kolommen"]
    blad = Sheet(boekje, "Vergelijking", (34, 12, *[48] * len(kolommen)))
    blad.worksheet.freeze_panes = "C2"
    blad.worksheet.page_setup.orientation = "landscape"
    blad.worksheet.print_title_rows = "1:1"
    blad.write_header(["Kenmerk", "Verschil", *(kolom["titel"] for kolom in kolommen)])
    blad.write_row(
        [
            blad.make_cell("Adres", "tekst", font=BOLD),
            None,
            *(blad.make_cell(kolom["adres"], "adres") for kolom in kolommen),
        ]
    )
    for groep in vergelijking["groepen"]:
        leeg = [blad.make_cell(" ", "tekst", fill=GROUP_FILL) for _ in range(len(kolommen) + 1)]
        blad.write_row([blad.make_cell(groep["naam"], "tekst", font=BOLD, fill=GROUP_FILL), *leeg])
        for rij in groep["rijen"]:
            _write_comparison_row(blad, rij)
    _write_about(
        boekje, [["Wat", vergelijking["titel"]], ["Stand van", vergelijking["datum"]], ["Adres", vergelijking["adres"]]]
    )


def _write_comparison_row(blad: Sheet, rij: dict[str, Any]) -> None:
    opmaak = {"alignment": TOP_ALIGNED, **({"fill": DIFFERENT_FILL} if rij["anders"] else {})}
    teksten = [plain_text(blokken) for blokken in rij["cellen"]]
    blad.write_row(
        [
            blad.make_cell(rij["kop"], "tekst", font=BOLD, **opmaak),
            blad.make_cell("anders" if rij["anders"] else "gelijk", "tekst", **opmaak),
            *(blad.make_cell(tekst, "tekst", **opmaak) for tekst in teksten),
        ]
    )


WRITERS: dict[str, Any] = {"lijst": _write_listing, "vergelijking": _write_comparison}
