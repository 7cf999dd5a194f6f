"""What the lists of the back office write in a CSV file or spreadsheet: nothing that would run when it is opened."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.coreutils import multigetattr

from blauwdrukken.text.clean import FORMULA, sanitize

from .originals import original, replace

# Names of columns that are no field of a table.
HEADINGS = {
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


def cell(value: Any, *, csv: bool = True) -> str:
    """A value as text that a file can hold; in CSV an apostrophe goes before what looks like a formula."""
    text = str(sanitize(str(value)))[:32_767]
    return f"'{text}" if csv and FORMULA.match(text) else text


def names(rows: QuerySet[Any, Any], *, csv: bool = True) -> str:
    """Names in one cell."""
    return cell(", ".join(map(str, rows)), csv=csv)


def yes_no(value: bool) -> str:
    """A switch as a word."""
    return "ja" if value else "nee"


def column_value(item: Any, column: str) -> Any:
    """What a list writes of one entry in one column; for a relation the rows, without a query when prefetched."""
    name = column.removesuffix(".all")
    return multigetattr(item, column) if name == column else getattr(item, name).all()


def to_row_dict(self: SpreadsheetExportMixin, item: Any) -> dict[str, Any]:
    """One entry, column by column."""
    return {column: column_value(item, column) for column in self.list_export}


def apply() -> None:
    """Write every list so, also those of Wagtail; in a spreadsheet Wagtail itself marks text as text."""
    writers: dict[Any, Any] = {QuerySet: names, (str, Model, Promise): cell}
    by_kind = {
        bool: {"csv": yes_no, "xlsx": yes_no},
        **{kind: {"csv": write, "xlsx": partial(write, csv=False)} for kind, write in writers.items()},
        **original(SpreadsheetExportMixin, "custom_value_preprocess"),
    }
    replace(SpreadsheetExportMixin, "to_row_dict", to_row_dict)
    replace(SpreadsheetExportMixin, "export_headings", HEADINGS, was={})
    replace(SpreadsheetExportMixin, "custom_value_preprocess", by_kind)
