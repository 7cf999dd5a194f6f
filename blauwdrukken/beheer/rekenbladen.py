"""What the lists of the back office write in a CSV file or spreadsheet: nothing that would run when it is opened."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.coreutils import multigetattr

from ..uitvoer.schoon import FORMULE, schoon

# Names of columns that are no field of a table.
KOPPEN = {
    "regios.all": "Regio's",
    "themas.all": "Thema's",
    "doelgroepen.all": "Doelgroepen",
    "blauwdrukken.all": "Blauwdrukken",
    "provincies.all": "Provincies",
    "groups.all": "Rollen",
    "aantal_blauwdrukken": "Blauwdrukken",
    "aantal_keer": "Keer partij",
    "tweede_stap": "Tweede stap",
    "slug": "Adres",
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


def waarde(item: Any, veld: str) -> Any:
    """What a list writes of one entry in one column; for a relation the rows, without a query when prefetched."""
    naam = veld.removesuffix(".all")
    return multigetattr(item, veld) if naam == veld else getattr(item, naam).all()


def rij(view: SpreadsheetExportMixin, item: Any) -> dict[str, Any]:
    """One entry, column by column."""
    return {veld: waarde(item, veld) for veld in view.list_export}


def gebruik() -> None:
    """Write every list so, also those of Wagtail; in a spreadsheet Wagtail itself marks text as text."""
    soorten: dict[Any, Any] = {QuerySet: opsomming, (str, Model, Promise): cel}
    SpreadsheetExportMixin.to_row_dict = rij
    SpreadsheetExportMixin.export_headings = KOPPEN
    SpreadsheetExportMixin.custom_value_preprocess = {
        bool: {"csv": ja_nee, "xlsx": ja_nee},
        **{soort: {"csv": schrijf, "xlsx": partial(schrijf, csv=False)} for soort, schrijf in soorten.items()},
        **SpreadsheetExportMixin.custom_value_preprocess,
    }
