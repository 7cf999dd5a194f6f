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

from ...text.clean import FORMULE, schoon, veilig_adres
from ...text.plain import platte_tekst
from ..content import book as boek
from .archive import herpak

LANGSTE = 32_767
AFGEKAPT = " […] (afgekapt: past niet in een cel)"
MEESTE_LINKS = 60_000  # Excel holds 65,530 on a sheet
LANGSTE_LINK = 2_079
KOP = Font(bold=True, color="FFFFFF")
KOPVLAK, GROEPVLAK, ANDERS = (PatternFill("solid", fgColor=kleur) for kleur in ("0C2A55", "E8F0FB", "FDF0D5"))
VET, LINK = Font(bold=True), Font(color="124F9C", underline="single")
BOVEN = Alignment(vertical="top", wrap_text=True)
NOTATIES = {"datum": "dd-mm-yyyy", "bedrag": "[$€-413] #,##0.00", "getal": "0"}
BREEDTES = {"tekst": 28, "getal": 12, "bedrag": 16, "datum": 14, "adres": 40}


def maak(opdracht: dict[str, Any]) -> bytes:
    """The spreadsheet as a file: for a list or a comparison."""
    opdracht = schoon(opdracht)
    boekje = Workbook(write_only=True)
    SOORTEN[opdracht["soort"]](boekje, opdracht)
    over = boekje.properties
    over.title, over.creator, over.language = boek.titel(opdracht)[:255], opdracht["site"]["naam"][:255], "nl-NL"
    over.lastModifiedBy = over.creator
    moment = boek.moment(opdracht).replace(tzinfo=None)
    uit = io.BytesIO()
    boekje.save(uit)
    over.created = over.modified = moment
    return herpak(uit.getvalue(), {"docProps/core.xml": tostring(over.to_tree())})


class Blad:
    """One sheet, written row by row."""

    def __init__(self, boekje: Workbook, naam: str, breedtes: Iterable[float]) -> None:
        self.blad: WriteOnlyWorksheet = boekje.create_sheet(naam)
        self.links = 0
        for nummer, breedte in enumerate(breedtes, 1):
            self.blad.column_dimensions[get_column_letter(nummer)].width = breedte

    def rij(self, cellen: Iterable[Cell | None]) -> None:
        """Write one row."""
        self.blad.append(list(cellen))

    def koppen(self, koppen: Iterable[str]) -> None:
        """Write the header row."""
        self.rij(self.cel(kop, "tekst", font=KOP, fill=KOPVLAK) for kop in koppen)

    def cel(self, waarde: Any, soort: str, **opmaak: Any) -> Cell | None:
        """A cell of this kind; text when the value does not fit the kind, nothing when there is none."""
        if waarde is None or waarde == "":
            return None
        echt = getypeerd(waarde, soort)
        cel = self._tekst(str(waarde)) if isinstance(echt, str) else WriteOnlyCell(self.blad, echt)
        if not isinstance(echt, str):
            cel.number_format = NOTATIES[soort]
        elif soort == "adres":
            self._link(cel, echt)
        for naam, vorm in opmaak.items():
            setattr(cel, naam, vorm)
        return cel

    def _tekst(self, tekst: str) -> Cell:
        """Text, whatever it looks like: never a formula, an error or a number."""
        if len(tekst) > LANGSTE:
            tekst = tekst[: LANGSTE - len(AFGEKAPT)] + AFGEKAPT
        cel = WriteOnlyCell(self.blad)
        cel._value, cel.data_type = tekst, "s"
        if FORMULE.match(tekst):
            cel.quotePrefix = True
        return cel

    def _link(self, cel: Cell, adres: str) -> None:
        doel = veilig_adres(adres)
        if doel and len(doel) <= LANGSTE_LINK and self.links < MEESTE_LINKS:
            self.links += 1
            cel.hyperlink, cel.font = doel, LINK
            cel.data_type = "s"


def getypeerd(waarde: Any, soort: str) -> Any:
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


def _lijst(boekje: Workbook, opdracht: dict[str, Any]) -> None:
    """One row an entry; a second sheet tells what the list is."""
    kolommen = opdracht["kolommen"]
    blad = Blad(boekje, "Lijst", (BREEDTES[kolom["soort"]] for kolom in kolommen))
    blad.blad.freeze_panes = "B2"
    blad.blad.auto_filter.ref = f"A1:{get_column_letter(len(kolommen))}{len(opdracht['rijen']) + 1}"
    blad.blad.print_title_rows = "1:1"
    blad.koppen(kolom["kop"] for kolom in kolommen)
    soorten = [kolom["soort"] for kolom in kolommen]
    for rij in opdracht["rijen"]:
        blad.rij(blad.cel(waarde, soort) for waarde, soort in zip(rij, soorten, strict=True))
    if opdracht.get("over"):
        _over(boekje, opdracht["over"])


def _over(boekje: Workbook, regels: list[list[str]]) -> None:
    blad = Blad(boekje, "Over deze lijst", (24, 100))
    for naam, waarde in regels:
        soort = "adres" if veilig_adres(waarde) else "tekst"
        blad.rij([blad.cel(naam, "tekst", font=VET, alignment=BOVEN), blad.cel(waarde, soort, alignment=BOVEN)])


def _vergelijking(boekje: Workbook, opdracht: dict[str, Any]) -> None:
    """Columns are blueprints; rows that differ say so in words and in colour."""
    vergelijking = opdracht["vergelijking"]
    kolommen = vergelijking["kolommen"]
    blad = Blad(boekje, "Vergelijking", (34, 12, *[48] * len(kolommen)))
    blad.blad.freeze_panes = "C2"
    blad.blad.page_setup.orientation = "landscape"
    blad.blad.print_title_rows = "1:1"
    blad.koppen(["Kenmerk", "Verschil", *(kolom["titel"] for kolom in kolommen)])
    blad.rij([blad.cel("Adres", "tekst", font=VET), None, *(blad.cel(kolom["adres"], "adres") for kolom in kolommen)])
    for groep in vergelijking["groepen"]:
        leeg = [blad.cel(" ", "tekst", fill=GROEPVLAK) for _ in range(len(kolommen) + 1)]
        blad.rij([blad.cel(groep["naam"], "tekst", font=VET, fill=GROEPVLAK), *leeg])
        for rij in groep["rijen"]:
            _vergelijkrij(blad, rij)
    _over(
        boekje, [["Wat", vergelijking["titel"]], ["Stand van", vergelijking["datum"]], ["Adres", vergelijking["adres"]]]
    )


def _vergelijkrij(blad: Blad, rij: dict[str, Any]) -> None:
    opmaak = {"alignment": BOVEN, **({"fill": ANDERS} if rij["anders"] else {})}
    teksten = [platte_tekst(blokken) for blokken in rij["cellen"]]
    blad.rij(
        [
            blad.cel(rij["kop"], "tekst", font=VET, **opmaak),
            blad.cel("anders" if rij["anders"] else "gelijk", "tekst", **opmaak),
            *(blad.cel(tekst, "tekst", **opmaak) for tekst in teksten),
        ]
    )


SOORTEN: dict[str, Any] = {"lijst": _lijst, "vergelijking": _vergelijking}
