"""The filtered set as a stream of text, so that its size costs no memory: CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from ...filters import BlauwdrukFilter
from ...text.clean import FORMULA, sanitize
from ..content import data as content_data
from ..content.listing import COLUMNS, published_complete, read_rows, row_values

BOM = "\ufeff"  # tells Excel that the file is UTF-8


class PassThrough:
    """What csv writes to: hands back each line."""

    def write(self, regel: str) -> str:
        """The line itself."""
        return regel


def csv_lines(filterset: BlauwdrukFilter) -> Iterator[str]:
    """CSV as Dutch Excel opens it: semicolons, decimal commas and dates as 31-12-2026."""
    schrijver = csv.writer(PassThrough(), delimiter=";", lineterminator="\r\n")
    yield BOM + str(schrijver.writerow([kolom.heading for kolom in COLUMNS]))
    soorten = [kolom.kind for kolom in COLUMNS]
    for rij in row_values(filterset.qs):
        yield str(schrijver.writerow([csv_cell(w, soort) for w, soort in zip(rij, soorten, strict=True)]))


def csv_cell(waarde: Any, soort: str) -> str:
    """A value as text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if waarde is None:
        return ""
    if soort == "bedrag":
        return f"{Decimal(waarde):.2f}".replace(".", ",")
    if soort == "datum":
        return f"{date.fromisoformat(waarde):%d-%m-%Y}"
    if soort == "getal":
        return str(waarde)
    tekst: str = sanitize(str(waarde))
    return f"'{tekst}" if FORMULA.match(tekst) else tekst


def json_lines(filterset: BlauwdrukFilter) -> Iterator[str]:
    """JSON with all of every blueprint; the number comes last, for then it is known."""
    kop = {"filters": dict(filterset.data.lists()), "meldingen": filterset.messages}
    yield f'{_json(kop)[:-1]}, "resultaten": ['
    aantal = 0
    for blauwdruk in read_rows(filterset.qs, published_complete()):
        yield f"{',' if aantal else ''}\n{_json(content_data.full_data(blauwdruk))}"
        aantal += 1
    yield f'\n], "aantal": {aantal}}}\n'


def _json(waarde: Any) -> str:
    return json.dumps(waarde, cls=DjangoJSONEncoder, ensure_ascii=False)
