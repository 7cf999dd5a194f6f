"""The filtered set of blueprints as rows: the columns of the spreadsheets, read in parts whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ...filters import BlauwdrukFilter
from ...models import Blauwdruk, Partij
from ...search.results import ResultList
from ...secties import TEXT_FIELDS
from .book import DISCLAIMER
from .document import regios, with_all_content

CHUNK_SIZE = 200  # rows read from the database at a time


@dataclass(frozen=True)
class Column:
    """One column: heading, kind ("tekst", "getal", "bedrag", "datum" or "adres") and its value, ready for JSON."""

    heading: str
    kind: str
    value: Callable[[Blauwdruk], Any]


def read_rows(resultaat: ResultList, blauwdrukken: QuerySet[Blauwdruk]) -> Iterator[Blauwdruk]:
    """All rows of a result in its order, read from a queryset; the same number of queries for every part."""
    for sleutels in resultaat.keys_in_parts(CHUNK_SIZE):
        gevonden = blauwdrukken.in_bulk(sleutels)
        yield from (gevonden[sleutel] for sleutel in sleutels if sleutel in gevonden)


def with_column_data() -> QuerySet[Blauwdruk]:
    """Published blueprints with what the columns show: 5 extra queries."""
    return (
        Blauwdruk.objects.published()
        .defer(*TEXT_FIELDS)
        .select_related("programma", "contactorganisatie")
        .prefetch_related(
            "regios",
            "themas",
            "doelgroepen",
            "kosten",
            Prefetch("partijen", Partij.objects.select_related("organisatie")),
        )
    )


def published_complete() -> QuerySet[Blauwdruk]:
    """Published blueprints with all of their content."""
    return with_all_content(Blauwdruk.objects.published())


def row_values(resultaat: ResultList) -> Iterator[list[Any]]:
    """Values of all rows, in the order of KOLOMMEN."""
    for blauwdruk in read_rows(resultaat, with_column_data()):
        yield [kolom.value(blauwdruk) for kolom in COLUMNS]


def make_order(filterset: BlauwdrukFilter) -> dict[str, Any]:
    """The filtered set for the maker of spreadsheets."""
    return {
        "soort": "lijst",
        "site": {"naam": settings.SITE_NAME, "adres": settings.BASE_URL},
        "titel": "Blauwdrukken",
        "datum": date_format(timezone.localdate(), "j F Y"),
        "kolommen": [{"kop": kolom.heading, "soort": kolom.kind} for kolom in COLUMNS],
        "rijen": list(row_values(filterset.qs)),
        "over": _about(filterset),
    }


def _about(filterset: BlauwdrukFilter) -> list[list[str]]:
    """What the list is, for who finds the file later."""
    gekozen = [
        [filterset.base_filters[naam].label, ", ".join(dict(filterset.choices[naam])[waarde] for waarde in waarden)]
        for naam, waarden in filterset.chosen_by_facet.items()
    ]
    return [
        ["Lijst", f"Blauwdrukken uit {settings.SITE_NAME}"],
        ["Actueel op", date_format(timezone.localdate(), "j F Y")],
        ["Adres", f"{settings.BASE_URL}/blauwdrukken/{filterset.query_string}"],
        *([["Zoekwoord", filterset.data["zoek"]]] if filterset.data.get("zoek") else []),
        *gekozen,
        ["Volgorde", filterset.orderings[filterset.ordering]],
        [
            "Bedragen",
            "Het laagste en het hoogste bedrag van alle kosten samen, ook als de een per uur is en de ander in totaal.",
        ],
        ["Let op", DISCLAIMER],
        *(["Let op", melding] for melding in filterset.messages),
    ]


def _names(woorden: Any) -> str:
    return "; ".join(woord.naam for woord in woorden.all())


def _partijen(blauwdruk: Blauwdruk) -> str:
    return "; ".join(
        f"{rol}: {', '.join(partij.organisatie.naam for partij in partijen)}"
        for rol, partijen in blauwdruk.partijen_by_rol()
    )


def _kosten(blauwdruk: Blauwdruk) -> str:
    return "; ".join(
        f"{post.omschrijving}: {post.bedrag} {post.get_eenheid_display()}" for post in blauwdruk.kosten.all()
    )


def _extreme(welke: Callable[[list[Decimal]], Decimal]) -> Callable[[Blauwdruk], str | None]:
    def waarde(blauwdruk: Blauwdruk) -> str | None:
        bedragen = [b for post in blauwdruk.kosten.all() for b in (post.bedrag_van, post.bedrag_tot) if b is not None]
        return str(welke(bedragen)) if bedragen else None

    return waarde


def _date(veld: str) -> Callable[[Blauwdruk], str | None]:
    return lambda blauwdruk: dag.isoformat() if (dag := getattr(blauwdruk, veld)) else None


COLUMNS = (
    Column("Nummer", "getal", lambda b: b.nummer),
    Column("Titel", "tekst", lambda b: b.titel),
    Column("Samenvatting", "tekst", lambda b: b.samenvatting),
    Column("Adres", "adres", lambda b: f"{settings.BASE_URL}{b.get_absolute_url()}"),
    Column("Regio's", "tekst", lambda b: "; ".join(regios(b))),
    Column("Thema's", "tekst", lambda b: _names(b.themas)),
    Column("Doelgroepen", "tekst", lambda b: _names(b.doelgroepen)),
    Column("Programma", "tekst", lambda b: b.programma.naam if b.programma else ""),
    Column("Fase", "tekst", lambda b: b.get_fase_display()),
    Column("Onderbouwing", "tekst", lambda b: b.get_onderbouwing_display()),
    Column("Looptijd in maanden", "getal", lambda b: b.looptijd_maanden),
    Column("Laagste bedrag", "bedrag", _extreme(min)),
    Column("Hoogste bedrag", "bedrag", _extreme(max)),
    Column("Kosten", "tekst", _kosten),
    Column("Aantal partijen", "getal", lambda b: len(b.partijen.all())),
    Column("Betrokken partijen", "tekst", _partijen),
    Column("Organisatie om te benaderen", "tekst", lambda b: b.contactorganisatie.naam if b.contactorganisatie else ""),
    Column("Datum blauwdruk", "datum", _date("laatst_gewijzigd")),
    Column("Herzien vóór", "datum", _date("herzien_voor")),
)
