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
from ...search.results import Resultaat
from ...secties import TEKSTVELDEN
from .book import VOORBEHOUD
from .document import compleet

DEEL = 200  # rows read from the database at a time


@dataclass(frozen=True)
class Kolom:
    """One column: heading, kind ("tekst", "getal", "bedrag", "datum" or "adres") and its value, ready for JSON."""

    kop: str
    soort: str
    waarde: Callable[[Blauwdruk], Any]


def rijen(resultaat: Resultaat, blauwdrukken: QuerySet[Blauwdruk]) -> Iterator[Blauwdruk]:
    """All rows of a result in its order, read from a queryset; the same number of queries for every part."""
    for sleutels in resultaat.sleutels_in_delen(DEEL):
        gevonden = blauwdrukken.in_bulk(sleutels)
        yield from (gevonden[sleutel] for sleutel in sleutels if sleutel in gevonden)


def met_kolommen() -> QuerySet[Blauwdruk]:
    """Published blueprints with what the columns show: 5 extra queries."""
    return (
        Blauwdruk.objects.gepubliceerd()
        .defer(*TEKSTVELDEN)
        .select_related("programma", "contactorganisatie")
        .prefetch_related(
            "regios",
            "themas",
            "doelgroepen",
            "kosten",
            Prefetch("partijen", Partij.objects.select_related("organisatie")),
        )
    )


def alles() -> QuerySet[Blauwdruk]:
    """Published blueprints with all of their content."""
    return compleet(Blauwdruk.objects.gepubliceerd())


def waarden(resultaat: Resultaat) -> Iterator[list[Any]]:
    """Values of all rows, in the order of KOLOMMEN."""
    for blauwdruk in rijen(resultaat, met_kolommen()):
        yield [kolom.waarde(blauwdruk) for kolom in KOLOMMEN]


def opdracht(filterset: BlauwdrukFilter) -> dict[str, Any]:
    """The filtered set for the maker of spreadsheets."""
    return {
        "soort": "lijst",
        "site": {"naam": settings.SITE_NAME, "adres": settings.BASE_URL},
        "titel": "Blauwdrukken",
        "datum": date_format(timezone.localdate(), "j F Y"),
        "kolommen": [{"kop": kolom.kop, "soort": kolom.soort} for kolom in KOLOMMEN],
        "rijen": list(waarden(filterset.qs)),
        "over": _over(filterset),
    }


def _over(filterset: BlauwdrukFilter) -> list[list[str]]:
    """What the list is, for who finds the file later."""
    gekozen = [
        [filterset.base_filters[naam].label, ", ".join(dict(filterset.keuzes[naam])[waarde] for waarde in waarden)]
        for naam, waarden in filterset.facetkeuzes.items()
    ]
    return [
        ["Lijst", f"Blauwdrukken uit {settings.SITE_NAME}"],
        ["Actueel op", date_format(timezone.localdate(), "j F Y")],
        ["Adres", f"{settings.BASE_URL}/blauwdrukken/{filterset.als_vraag}"],
        *([["Zoekwoord", filterset.data["zoek"]]] if filterset.data.get("zoek") else []),
        *gekozen,
        ["Volgorde", filterset.sorteringen[filterset.sortering]],
        [
            "Bedragen",
            "Het laagste en het hoogste bedrag van alle kosten samen, ook als de een per uur is en de ander in totaal.",
        ],
        ["Let op", VOORBEHOUD],
        *(["Let op", melding] for melding in filterset.meldingen),
    ]


def _namen(woorden: Any) -> str:
    return "; ".join(woord.naam for woord in woorden.all())


def _regios(blauwdruk: Blauwdruk) -> str:
    return "; ".join(["Heel Nederland"] * blauwdruk.landelijk + [regio.naam for regio in blauwdruk.regios.all()])


def _partijen(blauwdruk: Blauwdruk) -> str:
    return "; ".join(
        f"{rol}: {', '.join(partij.organisatie.naam for partij in partijen)}"
        for rol, partijen in blauwdruk.partijen_per_rol()
    )


def _kosten(blauwdruk: Blauwdruk) -> str:
    return "; ".join(
        f"{post.omschrijving}: {post.bedrag} {post.get_eenheid_display()}" for post in blauwdruk.kosten.all()
    )


def _uiterste(welke: Callable[[list[Decimal]], Decimal]) -> Callable[[Blauwdruk], str | None]:
    def waarde(blauwdruk: Blauwdruk) -> str | None:
        bedragen = [b for post in blauwdruk.kosten.all() for b in (post.bedrag_van, post.bedrag_tot) if b is not None]
        return str(welke(bedragen)) if bedragen else None

    return waarde


def _datum(veld: str) -> Callable[[Blauwdruk], str | None]:
    return lambda blauwdruk: dag.isoformat() if (dag := getattr(blauwdruk, veld)) else None


KOLOMMEN = (
    Kolom("Nummer", "getal", lambda b: b.nummer),
    Kolom("Titel", "tekst", lambda b: b.titel),
    Kolom("Samenvatting", "tekst", lambda b: b.samenvatting),
    Kolom("Adres", "adres", lambda b: f"{settings.BASE_URL}{b.get_absolute_url()}"),
    Kolom("Regio's", "tekst", _regios),
    Kolom("Thema's", "tekst", lambda b: _namen(b.themas)),
    Kolom("Doelgroepen", "tekst", lambda b: _namen(b.doelgroepen)),
    Kolom("Programma", "tekst", lambda b: b.programma.naam if b.programma else ""),
    Kolom("Fase", "tekst", lambda b: b.get_fase_display()),
    Kolom("Onderbouwing", "tekst", lambda b: b.get_onderbouwing_display()),
    Kolom("Looptijd in maanden", "getal", lambda b: b.looptijd_maanden),
    Kolom("Laagste bedrag", "bedrag", _uiterste(min)),
    Kolom("Hoogste bedrag", "bedrag", _uiterste(max)),
    Kolom("Kosten", "tekst", _kosten),
    Kolom("Aantal partijen", "getal", lambda b: len(b.partijen.all())),
    Kolom("Betrokken partijen", "tekst", _partijen),
    Kolom("Organisatie om te benaderen", "tekst", lambda b: b.contactorganisatie.naam if b.contactorganisatie else ""),
    Kolom("Datum blauwdruk", "datum", _datum("laatst_gewijzigd")),
    Kolom("Herzien vóór", "datum", _datum("herzien_voor")),
)
