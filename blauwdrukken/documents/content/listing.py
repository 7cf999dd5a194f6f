"""The filtered set of blueprints as rows: the columns of the spreadsheets, read in parts whatever their number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ... import facts
from ...facts import Column
from ...filters import BlauwdrukFilter
from ...models import Blauwdruk, Partij
from ...search.results import ResultList
from ...secties import TEXT_FIELDS
from .book import DISCLAIMER
from .document import CONTACT, with_all_content

CHUNK_SIZE = 200  # rows read from the database at a time


def read_rows(results: ResultList, blauwdrukken: QuerySet[Blauwdruk]) -> Iterator[Blauwdruk]:
    """All rows of a result in its order, read from a queryset; the same number of queries for every part."""
    for keys in results.keys_in_parts(CHUNK_SIZE):
        found = blauwdrukken.in_bulk(keys)
        yield from (found[key] for key in keys if key in found)


def with_column_data() -> QuerySet[Blauwdruk]:
    """Published blueprints with what the columns show: 6 extra queries."""
    return (
        Blauwdruk.objects.published()
        .defer(*TEXT_FIELDS)
        .select_related("programma", "herkomst", "contactorganisatie", *CONTACT)
        .prefetch_related(
            "regios",
            "themas",
            "doelgroepen",
            "kosten",
            "bewijzen",
            "kerncijfers",
            Prefetch("partijen", Partij.objects.select_related("organisatie")),
        )
    )


def published_complete() -> QuerySet[Blauwdruk]:
    """Published blueprints with all of their content."""
    return with_all_content(Blauwdruk.objects.published())


def row_values(results: ResultList) -> Iterator[list[Any]]:
    """Values of all rows, in the order of COLUMNS."""
    for blauwdruk in read_rows(results, with_column_data()):
        yield [column.value(blauwdruk) for column in COLUMNS]


def make_order(filterset: BlauwdrukFilter) -> dict[str, Any]:
    """The filtered set for the maker of spreadsheets."""
    return {
        "soort": "lijst",
        "site": {"naam": settings.SITE_NAME, "adres": settings.BASE_URL},
        "titel": "Blauwdrukken",
        "datum": date_format(timezone.localdate(), "j F Y"),
        "kolommen": [{"kop": column.heading, "soort": column.kind} for column in COLUMNS],
        "rijen": list(row_values(filterset.qs)),
        "over": _about(filterset),
    }


def _about(filterset: BlauwdrukFilter) -> list[list[str]]:
    """What the list is, for who finds the file later."""
    chosen = [
        [filterset.base_filters[name].label, ", ".join(dict(filterset.choices[name])[value] for value in values)]
        for name, values in filterset.chosen_by_facet.items()
    ]
    return [
        ["Lijst", f"Blauwdrukken uit {settings.SITE_NAME}"],
        ["Opgehaald op", date_format(timezone.localdate(), "j F Y")],
        ["Adres", f"{settings.BASE_URL}/blauwdrukken/{filterset.query_string}"],
        *([["Zoekwoord", filterset.data["zoek"]]] if filterset.data.get("zoek") else []),
        *chosen,
        ["Volgorde", filterset.orderings[filterset.ordering]],
        [
            "Bedragen",
            "Alleen kosten van de aanpak zelf tellen, geen subsidie of budget. Bedragen zijn niet opgeteld.",
        ],
        ["Let op", DISCLAIMER],
    ]


COLUMNS = (
    Column("Nummer", "getal", lambda b: b.nummer),
    Column("Titel", "tekst", lambda b: b.titel),
    Column("Samenvatting", "tekst", lambda b: b.samenvatting),
    Column("Adres", "adres", lambda b: f"{settings.BASE_URL}{b.get_absolute_url()}"),
    *facts.COLUMNS,
)
