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

COLUMNS = [{"kop": soort, "soort": soort} for soort in ("tekst", "getal", "bedrag", "datum", "adres")]


def list_order(*rijen: list[Any], **anders: Any) -> dict[str, Any]:
    """Order for a list with one column of every kind."""
    over = {"soort": "lijst", "site": SITE, "titel": "Blauwdrukken", "datum": "21 november 2026"}
    return over | {"kolommen": COLUMNS, "rijen": list(rijen)} | anders


def open_sheet(opdracht: dict[str, Any]) -> Any:
    return load_workbook(io.BytesIO(spreadsheet.make(opdracht)))


def text_cell(tekst: str) -> Any:
    return open_sheet(list_order([tekst, None, None, None, None])).active["A2"]


def test_cells_have_the_type_of_their_column() -> None:
    blad = open_sheet(list_order(["Titel", 12, "1234.50", "2026-05-04", "https://www.voorbeeld.nl/é"])).active
    tekst, getal, bedrag, datum, adres = blad[2]
    assert (tekst.value, tekst.data_type) == ("Titel", "s")
    assert (getal.value, getal.data_type) == (12, "n")
    assert (bedrag.value, bedrag.data_type, bedrag.number_format) == (1234.5, "n", "[$€-413] #,##0.00")
    assert (datum.value, datum.number_format) == (datetime(2026, 5, 4), "dd-mm-yyyy")  # noqa: DTZ001
    assert adres.value == "https://www.voorbeeld.nl/é"
    assert adres.hyperlink.target == "https://www.voorbeeld.nl/%C3%A9"


def test_what_does_not_fit_its_column_stays_text() -> None:
    blad = open_sheet(list_order([1, "twaalf", "NaN", "1850-01-01", "javascript:alert(1)"])).active
    assert [cel.value for cel in blad[2]] == ["1", "twaalf", "NaN", "1850-01-01", "javascript:alert(1)"]
    assert {cel.data_type for cel in blad[2]} == {"s"}
    assert blad["E2"].hyperlink is None


def test_an_empty_value_is_an_empty_cell() -> None:
    assert [
        cel.value for cel in open_sheet(list_order([None, None, "", None, ""], ["x", 1, "1", None, ""])).active[2]
    ] == [None] * 5


def test_the_header_row_is_bold_stays_in_sight_and_filters() -> None:
    blad = open_sheet(list_order(["a", 1, "1", None, ""], ["b", 2, "2", None, ""])).active
    assert [(cel.value, cel.font.bold) for cel in blad[1]] == [(kolom["kop"], True) for kolom in COLUMNS]
    assert (blad.freeze_panes, blad.auto_filter.ref, blad.print_title_rows) == ("B2", "A1:E3", "$1:$1")
    assert all(blad.column_dimensions[letter].width > 10 for letter in "ABCDE")


def test_a_second_sheet_tells_what_the_list_is() -> None:
    boekje = open_sheet(
        list_order(over=[["Actueel op", "21 november 2026"], ["Adres", "https://x.nl/"], ["Let op", "=1+1"]])
    )
    assert boekje.sheetnames == ["Lijst", "Over deze lijst"]
    rijen = [[cel.value for cel in rij] for rij in boekje["Over deze lijst"].iter_rows()]
    assert rijen == [["Actueel op", "21 november 2026"], ["Adres", "https://x.nl/"], ["Let op", "=1+1"]]


def test_the_same_content_gives_the_same_bytes(documents: list[dict[str, Any]]) -> None:
    for opdracht in (list_order(["a", 1, "1", "2026-05-04", ""]), comparison(documents[:3])):
        eerste = spreadsheet.make(opdracht)
        assert eerste == spreadsheet.make(opdracht)
        over = load_workbook(io.BytesIO(eerste)).properties
        assert (over.creator, over.language) == ("Kennisbank Blauwdrukken", "nl-NL")
        assert f"{over.modified:%d-%m-%Y}" == "21-11-2026"


@pytest.mark.parametrize(
    "kwaad", [*HOSTILE, "+1", "-1", "\t=1", " =1", "\r=1", "＝1+1", "#N/A", "1e5", "TRUE", "2026-01-01"]
)
def test_a_hostile_text_is_text_and_never_a_formula(kwaad: str) -> None:
    cel = text_cell(kwaad)
    assert cel.data_type == "s"
    assert cel.value.replace("\r", "\n") == kwaad.replace("\r", "\n")
    assert bool(cel.quotePrefix) == bool(FORMULA.match(kwaad))


@given(tekst=st.text(alphabet=st.characters(), max_size=80))
@example("=cmd|' /C calc'!A0")
@example("_x0041_")
@example("\x00\x0b=1")
def test_any_text_comes_back_as_it_was_without_control_characters(tekst: str) -> None:
    cel = text_cell(tekst)
    verwacht = sanitize(tekst)
    assert cel.data_type == "s" or cel.value is None
    assert (cel.value or "").replace("\r\n", "\n").replace("\r", "\n") == verwacht.replace("\r\n", "\n").replace(
        "\r", "\n"
    )
    assert not verwacht or bool(cel.quotePrefix) == bool(FORMULA.match(verwacht))


def test_a_text_that_is_too_long_for_a_cell_says_so() -> None:
    waarde = text_cell("woord " * 170_000).value
    assert len(waarde) == 32_767
    assert waarde.endswith("[…] (afgekapt: past niet in een cel)")
    assert len(text_cell("x" * 32_767).value) == 32_767


def test_a_comparison_has_a_column_per_blueprint_and_marks_what_differs(documents: list[dict[str, Any]]) -> None:
    opdracht = comparison(documents[:3])
    boekje = open_sheet(opdracht)
    blad = boekje["Vergelijking"]
    koppen, adressen, *rijen = blad.iter_rows()
    assert [cel.value for cel in koppen] == ["Kenmerk", "Verschil", *(d["titel"] for d in documents[:3])]
    assert [cel.hyperlink.target for cel in adressen[2:]] == [d["adres"] for d in documents[:3]]
    assert blad.freeze_panes == "C2"
    assert blad.page_setup.orientation == "landscape"
    verder = iter(rijen)
    for groep in opdracht["vergelijking"]["groepen"]:
        kop, *_ = next(verder)
        assert (kop.value, kop.font.bold) == (groep["naam"], True)
        for rij in groep["rijen"]:
            kop, verschil, *cellen = next(verder)
            assert (kop.value, verschil.value) == (rij["kop"], "anders" if rij["anders"] else "gelijk")
            assert (kop.fill.fgColor.rgb == "00FDF0D5") == rij["anders"]
            assert [cel.value or "" for cel in cellen] == [plain_text(blokken) for blokken in rij["cellen"]]


def test_ten_thousand_rows_are_made_in_seconds_and_are_all_there() -> None:
    rij = ["=tekst " * 20, 12, "1234.50", "2026-05-04", "https://www.voorbeeld.nl/blauwdrukken/x/"]
    begin = time.process_time()
    bestand = spreadsheet.make(list_order(*[rij] * 10_000))
    assert time.process_time() - begin < 20
    with zipfile.ZipFile(io.BytesIO(bestand)) as zip_:
        blad = zip_.read("xl/worksheets/sheet1.xml")
    assert blad.count(b"<row ") == 10_001
    assert b"<f>" not in blad


def test_what_is_no_list_and_no_comparison_is_not_a_spreadsheet(documents: list[dict[str, Any]]) -> None:
    with pytest.raises(KeyError):
        spreadsheet.make(bundel(documents[:1]))
