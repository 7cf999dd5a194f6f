"""Filters of the lists: every facet is declared here, once, for page, exports and API."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django_filters import CharFilter

from regios.models import Gemeente, Provincie, Regio

from .facetten import FacetFilter, FacetFilterSet, RegioFilter
from .models import Blauwdruk, Doelgroep, Organisatie, Programma, Project, Thema
from .secties import TEKSTVELDEN

MAX_WOORDEN = 12
ZOEKVELDEN = ("titel", "samenvatting", "thema_anders", *TEKSTVELDEN)


def bevat(woord: str, *velden: str) -> Q:
    """Condition that one of these fields holds the word."""
    return reduce(or_, (Q(**{f"{veld}__icontains": woord}) for veld in velden))


def woord_q(woord: str) -> Q:
    """Condition that a blueprint holds this word in its text or in a name it refers to."""
    gemeenten = Gemeente.objects.filter(bevat(woord, "naam", "aliassen")).values("regio")
    regios = Regio.objects.filter(
        bevat(woord, "naam", "aliassen")
        | Q(pk__in=gemeenten)
        | Q(pk__in=Regio.objects.filter(bevat(woord, "provincies__naam")).values("pk"))
    )
    namen = {
        "themas": Thema.objects.filter(bevat(woord, "naam")),
        "doelgroepen": Doelgroep.objects.filter(bevat(woord, "naam")),
        "regios": regios,
        "partijen__organisatie": Organisatie.objects.filter(bevat(woord, "naam")),
    }
    verwijst = (
        Q(pk__in=Blauwdruk.objects.filter(**{f"{pad}__in": rijen}).values("pk")) for pad, rijen in namen.items()
    )
    return reduce(or_, verwijst, bevat(woord, *ZOEKVELDEN))


def rang(zoek: str) -> Case:
    """Rank of a match: 0 the whole question in the title, 1 all words there, 2 in the summary, else 3."""
    woorden = zoek.split()[:MAX_WOORDEN]
    titel = reduce(and_, (Q(titel__icontains=woord) for woord in woorden))
    samenvatting = reduce(and_, (Q(samenvatting__icontains=woord) for woord in woorden))
    return Case(
        When(titel__icontains=zoek, then=Value(0)),
        When(titel, then=Value(1)),
        When(samenvatting, then=Value(2)),
        default=Value(3),
    )


class BlauwdrukFilter(FacetFilterSet):
    """Filters of /blauwdrukken/: OR within a facet, AND between facets and words."""

    sorteringen = {"relevantie": "Relevantie", "nieuwste": "Nieuwste eerst", "titel": "Titel (A–Z)"}

    zoek = CharFilter(label="Zoekwoord", method="zoek_woorden")
    thema = FacetFilter(bron=Thema, field_name="themas__slug", label="Thema")
    doelgroep = FacetFilter(bron=Doelgroep, field_name="doelgroepen__slug", label="Doelgroep")
    regio = RegioFilter(bron=Regio, field_name="regios__slug", label="Regio")
    provincie = FacetFilter(bron=Provincie, field_name="regios__provincies__slug", label="Provincie")
    fase = FacetFilter(bron=Blauwdruk.Fase, field_name="fase", label="Fase")
    onderbouwing = FacetFilter(bron=Blauwdruk.Onderbouwing, field_name="onderbouwing", label="Onderbouwing")
    programma = FacetFilter(bron=Programma, field_name="programma__slug", label="Programma")

    class Meta:
        model = Blauwdruk
        fields: list[str] = []

    def zoek_woorden(self, qs: QuerySet, naam: str, zoek: str) -> QuerySet:
        """Rows that hold every word."""
        for woord in zoek.split()[:MAX_WOORDEN]:
            qs = qs.filter(woord_q(woord))
        return qs

    @property
    def sortering(self) -> str:
        """Chosen order; without a choice relevance when searching, else the newest first."""
        zoekt = bool(self.data.get("zoek"))
        gekozen = self.data.get("sorteer") or "relevantie"
        return gekozen if zoekt or gekozen != "relevantie" else "nieuwste"

    def geordend(self, queryset: QuerySet) -> QuerySet:
        nieuwste = (F("laatst_gewijzigd").desc(nulls_last=True), "nummer")
        if self.sortering == "titel":
            return queryset.order_by(Lower("titel"), "nummer")
        if self.sortering == "relevantie":
            return queryset.alias(rang=rang(self.data["zoek"])).order_by("rang", *nieuwste)
        return queryset.order_by(*nieuwste)


class ProjectFilter(FacetFilterSet):
    """Filters of /projecten/."""

    sorteringen = {"titel": "Titel (A–Z)"}

    regio = RegioFilter(bron=Regio, field_name="regios__slug", label="Regio")
    programma = FacetFilter(bron=Programma, field_name="programma__slug", label="Programma")
    status = FacetFilter(bron=Project.Status, field_name="status", label="Status")
    prioriteit = FacetFilter(bron=Project.Prioriteit, field_name="prioriteit", label="Prioriteit")

    class Meta:
        model = Project
        fields: list[str] = []

    def geordend(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(Lower("titel"), "pk")
