"""What the lists of the back office write in a CSV file or spreadsheet: nothing that would run when it is opened."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from ..uitvoer.schoon import FORMULE, schoon

# Names of columns that are no field of a table.
KOPPEN = {
    "regios.all": "Regio's",
    "themas.all": "Thema's",
    "doelgroepen.all": "Doelgroepen",
    "blauwdrukken.all": "Blauwdrukken",
    "get_fase_display": "Fase",
    "get_onderbouwing_display": "Onderbouwing",
    "get_soort_display": "Soort",
    "get_status_display": "Status",
}


def cel(waarde: Any, *, csv: bool = True) -> str:
    """A value as text that a file can hold; in CSV an apostrophe goes before what looks like a formula."""
    tekst = str(schoon(str(waarde)))[:32_767]
    return f"'{tekst}" if csv and FORMULE.match(tekst) else tekst


def opsomming(rijen: QuerySet[Any, Any], *, csv: bool = True) -> str:
    """Names in one cell."""
    return cel(", ".join(map(str, rijen)), csv=csv)


def ja_nee(waarde: bool) -> str:
    """A switch as a word."""
    return "ja" if waarde else "nee"


def gebruik() -> None:
    """Write every list so, also those of Wagtail; in a spreadsheet Wagtail itself marks text as text."""
    soorten: dict[Any, Any] = {QuerySet: opsomming, (str, Model, Promise): cel}
    SpreadsheetExportMixin.export_headings = KOPPEN
    SpreadsheetExportMixin.custom_value_preprocess = {
        bool: {"csv": ja_nee, "xlsx": ja_nee},
        **{soort: {"csv": schrijf, "xlsx": partial(schrijf, csv=False)} for soort, schrijf in soorten.items()},
        **SpreadsheetExportMixin.custom_value_preprocess,
    }
