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
from ...text.clean import FORMULE, schoon
from ..content import data as gegevens
from ..content.listing import KOLOMMEN, alles, rijen, waarden

BOM = "\ufeff"  # tells Excel that the file is UTF-8


class Doorgeefluik:
    """What csv writes to: hands back each line."""

    def write(self, regel: str) -> str:
        """The line itself."""
        return regel


def csv_regels(filterset: BlauwdrukFilter) -> Iterator[str]:
    """CSV as Dutch Excel opens it: semicolons, decimal commas and dates as 31-12-2026."""
    schrijver = csv.writer(Doorgeefluik(), delimiter=";", lineterminator="\r\n")
    yield BOM + str(schrijver.writerow([kolom.kop for kolom in KOLOMMEN]))
    soorten = [kolom.soort for kolom in KOLOMMEN]
    for rij in waarden(filterset.qs):
        yield str(schrijver.writerow([csv_cel(w, soort) for w, soort in zip(rij, soorten, strict=True)]))


def csv_cel(waarde: Any, soort: str) -> str:
    """A value as text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if waarde is None:
        return ""
    if soort == "bedrag":
        return f"{Decimal(waarde):.2f}".replace(".", ",")
    if soort == "datum":
        return f"{date.fromisoformat(waarde):%d-%m-%Y}"
    if soort == "getal":
        return str(waarde)
    tekst: str = schoon(str(waarde))
    return f"'{tekst}" if FORMULE.match(tekst) else tekst


def json_regels(filterset: BlauwdrukFilter) -> Iterator[str]:
    """JSON with all of every blueprint; the number comes last, for then it is known."""
    kop = {"filters": dict(filterset.data.lists()), "meldingen": filterset.meldingen}
    yield f'{_json(kop)[:-1]}, "resultaten": ['
    aantal = 0
    for blauwdruk in rijen(filterset.qs, alles()):
        yield f"{',' if aantal else ''}\n{_json(gegevens.volledig(blauwdruk))}"
        aantal += 1
    yield f'\n], "aantal": {aantal}}}\n'


def _json(waarde: Any) -> str:
    return json.dumps(waarde, cls=DjangoJSONEncoder, ensure_ascii=False)
