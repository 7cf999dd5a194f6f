from __future__ import annotations

import io
import time
import zipfile
from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from blauwdrukken.documents.formats import spreadsheet
from blauwdrukken.text.clean import FORMULA, sanitize
from blauwdrukken.text.plain import plain_text
from tests.documents.samples import HOSTILE, SITE, bundel, comparison

pytestmark = pytest.mark.once

COLUMNS = [{"kop": kind, "soort": kind} for kind in ("tekst", "getal", "bedrag", "datum", "adres")]


def list_order(*rows: list[Any], **other: Any) -> dict[str, Any]:
    """Order for a list with one column of every kind."""
    details = {"soort": "lijst", "site": SITE, "titel": "Blauwdrukken", "datum": "21 november 2026"}
    return details | {"kolommen": COLUMNS, "rijen": list(rows)} | other


def open_sheet(order: dict[str, Any]) -> Any:
    return load_workbook(io.BytesIO(spreadsheet.make(order)))


def text_cell(text: str) -> Any:
    return open_sheet(list_order([text, None, None, None, None])).active["A2"]


def test_cells_have_the_type_of_their_column() -> None:
    sheet = open_sheet(list_order(["Titel", 12, "1234.50", "2026-05-04", "https://www.voorbeeld.nl/é"])).active
    text, number, bedrag, date_, url = sheet[2]
    assert (text.value, text.data_type) == ("Titel", "s")
    assert (number.value, number.data_type) == (12, "n")
    assert (bedrag.value, bedrag.data_type, bedrag.number_format) == (1234.5, "n", "[$€-413] #,##0.00")
    assert (date_.value, date_.number_format) == (datetime(2026, 5, 4), "dd-mm-yyyy")  # noqa: DTZ001
    assert url.value == "https://www.voorbeeld.nl/é"
    assert url.hyperlink.target == "https://www.voorbeeld.nl/%C3%A9"


def test_what_does_not_fit_its_column_stays_text() -> None:
    sheet = open_sheet(list_order([1, "twaalf", "NaN", "1850-01-01", "javascript:alert(1)"])).active
    assert [cell.value for cell in sheet[2]] == ["1", "twaalf", "NaN", "1850-01-01", "javascript:alert(1)"]
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert sheet["E2"].hyperlink is None


def test_an_empty_value_is_an_empty_cell() -> None:
    assert [
        cell.value for cell in open_sheet(list_order([None, None, "", None, ""], ["x", 1, "1", None, ""])).active[2]
    ] == [None] * 5


def test_the_header_row_is_bold_stays_in_sight_and_filters() -> None:
    sheet = open_sheet(list_order(["a", 1, "1", None, ""], ["b", 2, "2", None, ""])).active
    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [(column["kop"], True) for column in COLUMNS]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B2", "A1:E3", "$1:$1")
    assert all(sheet.column_dimensions[letter].width > 10 for letter in "ABCDE")


def test_a_second_sheet_tells_what_the_list_is() -> None:
    workbook = open_sheet(
        list_order(over=[["Actueel op", "21 november 2026"], ["Adres", "https://x.nl/"], ["Let op", "=1+1"]])
    )
    assert workbook.sheetnames == ["Lijst", "Over deze lijst"]
    rows = [[cell.value for cell in row] for row in workbook["Over deze lijst"].iter_rows()]
    assert rows == [["Actueel op", "21 november 2026"], ["Adres", "https://x.nl/"], ["Let op", "=1+1"]]


def test_the_same_content_gives_the_same_bytes(documents: list[dict[str, Any]]) -> None:
    for order in (list_order(["a", 1, "1", "2026-05-04", ""]), comparison(documents[:3])):
        first = spreadsheet.make(order)
        assert first == spreadsheet.make(order)
        properties = load_workbook(io.BytesIO(first)).properties
        assert (properties.creator, properties.language) == ("Kennisbank Blauwdrukken", "nl-NL")
        assert f"{properties.modified:%d-%m-%Y}" == "21-11-2026"


@pytest.mark.parametrize(
    "hostile", [*HOSTILE, "+1", "-1", "\t=1", " =1", "\r=1", "＝1+1", "#N/A", "1e5", "TRUE", "2026-01-01"]
)
def test_a_hostile_text_is_text_and_never_a_formula(hostile: str) -> None:
    cell = text_cell(hostile)
    assert cell.data_type == "s"
    assert cell.value.replace("\r", "\n") == hostile.replace("\r", "\n")
    assert bool(cell.quotePrefix) == bool(FORMULA.match(hostile))


@given(text=st.text(alphabet=st.characters(), max_size=80))
@example("=cmd|' /C calc'!A0")
@example("_x0041_")
@example("\x00\x0b=1")
def test_any_text_comes_back_as_it_was_without_control_characters(text: str) -> None:
    cell = text_cell(text)
    expected = sanitize(text)
    assert cell.data_type == "s" or cell.value is None
    assert (cell.value or "").replace("\r\n", "\n").replace("\r", "\n") == expected.replace("\r\n", "\n").replace(
        "\r", "\n"
    )
    assert not expected or bool(cell.quotePrefix) == bool(FORMULA.match(expected))


def test_a_text_that_is_too_long_for_a_cell_says_so() -> None:
    value = text_cell("woord " * 170_000).value
    assert len(value) == 32_767
    assert value.endswith("[…] (afgekapt: past niet in een cel)")
    assert len(text_cell("x" * 32_767).value) == 32_767


def test_a_comparison_has_a_column_per_blueprint_and_marks_what_differs(documents: list[dict[str, Any]]) -> None:
    order = comparison(documents[:3])
    workbook = open_sheet(order)
    sheet = workbook["Vergelijking"]
    headings, urls, *rows = sheet.iter_rows()
    assert [cell.value for cell in headings] == ["Kenmerk", "Verschil", *(d["titel"] for d in documents[:3])]
    assert [cell.hyperlink.target for cell in urls[2:]] == [d["adres"] for d in documents[:3]]
    assert sheet.freeze_panes == "C2"
    assert sheet.page_setup.orientation == "landscape"
    rest = iter(rows)
    for group in order["vergelijking"]["groepen"]:
        heading, *_ = next(rest)
        assert (heading.value, heading.font.bold) == (group["naam"], True)
        for row in group["rijen"]:
            heading, difference, *cells = next(rest)
            assert (heading.value, difference.value) == (row["kop"], "anders" if row["anders"] else "gelijk")
            assert (heading.fill.fgColor.rgb == "00FDF0D5") == row["anders"]
            assert [cell.value or "" for cell in cells] == [plain_text(blocks) for blocks in row["cellen"]]


def test_ten_thousand_rows_are_made_in_seconds_and_are_all_there() -> None:
    row = ["=tekst " * 20, 12, "1234.50", "2026-05-04", "https://www.voorbeeld.nl/blauwdrukken/x/"]
    start = time.process_time()
    file = spreadsheet.make(list_order(*[row] * 10_000))
    assert time.process_time() - start < 20
    with zipfile.ZipFile(io.BytesIO(file)) as zip_:
        sheet = zip_.read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == 10_001
    assert b"<f>" not in sheet


def test_what_is_no_list_and_no_comparison_is_not_a_spreadsheet(documents: list[dict[str, Any]]) -> None:
    with pytest.raises(KeyError):
        spreadsheet.make(bundel(documents[:1]))
