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

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def csv_lines(filterset: BlauwdrukFilter) -> Iterator[str]:
    """CSV as Dutch Excel opens it: semicolons, decimal commas and dates as 31-12-2026."""
    writer = csv.writer(PassThrough(), delimiter=";", lineterminator="\r\n")
    yield BOM + str(writer.writerow([column.heading for column in COLUMNS]))
    kinds = [column.kind for column in COLUMNS]
    for row in row_values(filterset.qs):
        yield str(writer.writerow([csv_cell(value, kind) for value, kind in zip(row, kinds, strict=True)]))


def csv_cell(value: Any, kind: str) -> str:
    """A value as text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if kind == "bedrag":
        return f"{Decimal(value):.2f}".replace(".", ",")
    if kind == "datum":
        return f"{date.fromisoformat(value):%d-%m-%Y}"
    if kind == "getal":
        return str(value)
    text: str = sanitize(str(value))
    return f"'{text}" if FORMULA.match(text) else text


def json_lines(filterset: BlauwdrukFilter) -> Iterator[str]:
    """JSON with all of every blueprint; the number comes last, for then it is known."""
    heading = {"filters": dict(filterset.data.lists()), "meldingen": filterset.messages}
    yield f'{_json(heading)[:-1]}, "resultaten": ['
    count = 0
    for blauwdruk in read_rows(filterset.qs, published_complete()):
        yield f"{',' if count else ''}\n{_json(content_data.full_data(blauwdruk))}"
        count += 1
    yield f'\n], "aantal": {count}}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
