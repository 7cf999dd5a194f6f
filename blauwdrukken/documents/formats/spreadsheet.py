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
    PatternFill("solid", fgColor=color) for color in ("0C2A55", "E8F0FB", "FDF0D5")
)
BOLD, LINK = Font(bold=True), Font(color="124F9C", underline="single")
TOP_ALIGNED = Alignment(vertical="top", wrap_text=True)
NUMBER_FORMATS = {"datum": "dd-mm-yyyy", "bedrag": "[$€-413] #,##0.00", "getal": "0"}
WIDTHS = {"tekst": 28, "getal": 12, "bedrag": 16, "datum": 14, "adres": 40}


def make(order: dict[str, Any]) -> bytes:
    """The spreadsheet as a file: for a list or a comparison."""
    order = sanitize(order)
    workbook = Workbook(write_only=True)
    WRITERS[order["soort"]](workbook, order)
    properties = workbook.properties
    properties.title, properties.creator, properties.language = (
        book.document_title(order)[:255],
        order["site"]["naam"][:255],
        "nl-NL",
    )
    properties.lastModifiedBy = properties.creator
    moment = book.moment(order).replace(tzinfo=None)
    buffer = io.BytesIO()
    workbook.save(buffer)
    properties.created = properties.modified = moment
    return repack(buffer.getvalue(), {"docProps/core.xml": tostring(properties.to_tree())})


class Sheet:
    """One sheet, written row by row."""

    def __init__(self, workbook: Workbook, name: str, widths: Iterable[float]) -> None:
        self.worksheet: WriteOnlyWorksheet = workbook.create_sheet(name)
        self.links = 0
        for number, width in enumerate(widths, 1):
            self.worksheet.column_dimensions[get_column_letter(number)].width = width

    def write_row(self, cells: Iterable[Cell | None]) -> None:
        """Write one row."""
        self.worksheet.append(list(cells))

    def write_header(self, headings: Iterable[str]) -> None:
        """Write the header row."""
        self.write_row(self.make_cell(heading, "tekst", font=HEADER_FONT, fill=HEADER_FILL) for heading in headings)

    def make_cell(self, value: Any, kind: str, **look: Any) -> Cell | None:
        """A cell of this kind; text when the value does not fit the kind, nothing when there is none."""
        if value is None or value == "":
            return None
        typed = typed_value(value, kind)
        cell = self._text(str(value)) if isinstance(typed, str) else WriteOnlyCell(self.worksheet, typed)
        if not isinstance(typed, str):
            cell.number_format = NUMBER_FORMATS[kind]
        elif kind == "adres":
            self._link(cell, typed)
        for name, setting in look.items():
            setattr(cell, name, setting)
        return cell

    def _text(self, text: str) -> Cell:
        """Text, whatever it looks like: never a formula, an error or a number."""
        if len(text) > MAX_TEXT:
            text = text[: MAX_TEXT - len(TRUNCATED)] + TRUNCATED
        cell = WriteOnlyCell(self.worksheet)
        cell._value, cell.data_type = text, "s"
        if FORMULA.match(text):
            cell.quotePrefix = True
        return cell

    def _link(self, cell: Cell, url: str) -> None:
        target = safe_url(url)
        if target and len(target) <= MAX_LINK_LENGTH and self.links < MAX_LINKS:
            self.links += 1
            cell.hyperlink, cell.font = target, LINK
            cell.data_type = "s"


def typed_value(value: Any, kind: str) -> Any:
    """The value as number, amount or date when it is one, else as text."""
    try:
        if kind == "getal":
            return int(value)
        if kind == "bedrag":
            bedrag = Decimal(value)
            return bedrag if bedrag.is_finite() else str(value)
        if kind == "datum":
            day = date.fromisoformat(value)
            return day if day.year >= 1900 else value
    except (ValueError, TypeError, InvalidOperation):
        pass
    return str(value)


def _write_listing(workbook: Workbook, order: dict[str, Any]) -> None:
    """One row an entry; a second sheet tells what the list is."""
    columns = order["kolommen"]
    sheet = Sheet(workbook, "Lijst", (WIDTHS[column["soort"]] for column in columns))
    sheet.worksheet.freeze_panes = "B2"
    sheet.worksheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(order['rijen']) + 1}"
    sheet.worksheet.print_title_rows = "1:1"
    sheet.write_header(column["kop"] for column in columns)
    kinds = [column["soort"] for column in columns]
    for row in order["rijen"]:
        sheet.write_row(sheet.make_cell(value, kind) for value, kind in zip(row, kinds, strict=True))
    if order.get("over"):
        _write_about(workbook, order["over"])


def _write_about(workbook: Workbook, lines: list[list[str]]) -> None:
    sheet = Sheet(workbook, "Over deze lijst", (24, 100))
    for name, value in lines:
        kind = "adres" if safe_url(value) else "tekst"
        sheet.write_row(
            [
                sheet.make_cell(name, "tekst", font=BOLD, alignment=TOP_ALIGNED),
                sheet.make_cell(value, kind, alignment=TOP_ALIGNED),
            ]
        )


def _write_comparison(workbook: Workbook, order: dict[str, Any]) -> None:
    """Columns are blueprints; rows that differ say so in words and in colour."""
    comparison = order["vergelijking"]
    columns = comparison["kolommen"]
    sheet = Sheet(workbook, "Vergelijking", (34, 12, *[48] * len(columns)))
    sheet.worksheet.freeze_panes = "C2"
    sheet.worksheet.page_setup.orientation = "landscape"
    sheet.worksheet.print_title_rows = "1:1"
    sheet.write_header(["Kenmerk", "Verschil", *(column["titel"] for column in columns)])
    sheet.write_row(
        [
            sheet.make_cell("Adres", "tekst", font=BOLD),
            None,
            *(sheet.make_cell(column["adres"], "adres") for column in columns),
        ]
    )
    for group in comparison["groepen"]:
        empty = [sheet.make_cell(" ", "tekst", fill=GROUP_FILL) for _ in range(len(columns) + 1)]
        sheet.write_row([sheet.make_cell(group["naam"], "tekst", font=BOLD, fill=GROUP_FILL), *empty])
        for row in group["rijen"]:
            _write_comparison_row(sheet, row)
    _write_about(
        workbook, [["Wat", comparison["titel"]], ["Stand van", comparison["datum"]], ["Adres", comparison["adres"]]]
    )


def _write_comparison_row(sheet: Sheet, row: dict[str, Any]) -> None:
    look = {"alignment": TOP_ALIGNED, **({"fill": DIFFERENT_FILL} if row["anders"] else {})}
    texts = [plain_text(blocks) for blocks in row["cellen"]]
    sheet.write_row(
        [
            sheet.make_cell(row["kop"], "tekst", font=BOLD, **look),
            sheet.make_cell("anders" if row["anders"] else "gelijk", "tekst", **look),
            *(sheet.make_cell(text, "tekst", **look) for text in texts),
        ]
    )


WRITERS: dict[str, Any] = {"lijst": _write_listing, "vergelijking": _write_comparison}
