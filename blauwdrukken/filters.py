"""Filters of the lists: every facet is declared here, once, for page, exports and API."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django_filters import CharFilter

from regios.models import Provincie, Regio

from .facets import FacetFilter, FacetFilterSet, RegioFilter
from .models import Blauwdruk, Doelgroep, Programma, Project, Thema, Verhaal
from .models.blauwdruk import KOSTEN_CLASSES, LOOPTIJD_CLASSES
from .search.engine import PAGE_SIZE, SearchEngine, SearchRequest
from .search.gateway import gateway
from .search.query import Query
from .search.results import ResultList

MAX_PAGE = 5_000


def class_choices(indeling: dict[str, tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices of a facet of classes."""
    return [(waarde, naam) for waarde, (naam, _) in indeling.items()]


def year_choices() -> list[tuple[str, str]]:
    """Years that occur, the last one first, and "onbekend"."""
    bekend = sorted(gateway().engine().facet_values("jaar") - {"onbekend"}, reverse=True)
    return [*((jaar, jaar) for jaar in bekend), ("onbekend", "Onbekend")]


@dataclass(frozen=True)
class WayOut:
    """Another question for when nothing was found, with the number of blueprints it gives."""

    naam: str
    query: str
    count: int


class BlauwdrukFilter(FacetFilterSet):
    """Filters of /blauwdrukken/: OR within a facet, AND between facets and words; answered by the search engine."""

    orderings = {"relevantie": "Relevantie", "nieuwste": "Nieuwste eerst", "titel": "Titel (A–Z)"}

    zoek = CharFilter(label="Zoekwoord")
    thema = FacetFilter(source=Thema, field_name="themas__slug", label="Thema")
    doelgroep = FacetFilter(source=Doelgroep, field_name="doelgroepen__slug", label="Doelgroep")
    regio = RegioFilter(source=Regio, field_name="regios__slug", label="Regio")
    provincie = FacetFilter(source=Provincie, field_name="regios__provincies__slug", label="Provincie")
    fase = FacetFilter(source=Blauwdruk.Fase, field_name="fase", label="Fase")
    onderbouwing = FacetFilter(source=Blauwdruk.Onderbouwing, field_name="onderbouwing", label="Onderbouwing")
    kosten = FacetFilter(
        source=lambda: class_choices(KOSTEN_CLASSES), field_name="kostenklasse", label="Hoogste bedrag"
    )
    looptijd = FacetFilter(
        source=lambda: class_choices(LOOPTIJD_CLASSES), field_name="looptijdklasse", label="Looptijd"
    )
    jaar = FacetFilter(source=year_choices, field_name="jaar", label="Jaar")
    programma = FacetFilter(source=Programma, field_name="programma__slug", label="Programma")

    class Meta:
        model = Blauwdruk
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet, **kwargs: Any) -> None:
        self.engine: SearchEngine = gateway().engine()
        super().__init__(data, queryset, **kwargs)

    @property
    def ordering(self) -> str:
        """Chosen order; without a choice relevance when searching, else the newest first."""
        zoekt = bool(self.data.get("zoek"))
        gekozen = self.data.get("sorteer") or "relevantie"
        return gekozen if zoekt or gekozen != "relevantie" else "nieuwste"

    @property
    def chosen_by_facet(self) -> dict[str, list[str]]:
        """Chosen values per facet."""
        return {naam: self.data.getlist(naam) for naam, _ in self._facet_filters() if self.data.getlist(naam)}

    @cached_property
    def qs(self) -> ResultList:
        """Rows that meet all filters, in order; found by the engine, read from the database."""
        pagina = int(self.page) if self.page.isdecimal() and len(self.page) < 6 else 1
        vanaf = (pagina - 1) * PAGE_SIZE if 0 < pagina <= MAX_PAGE else 0
        opdracht = SearchRequest(self.data.get("zoek", ""), self.chosen_by_facet, self.ordering, vanaf, PAGE_SIZE)
        return ResultList(self.engine, opdracht)

    @property
    def query(self) -> Query:
        """How the search words were understood."""
        return self.qs.response.query

    def counts(self) -> dict[str, dict[str, int]]:
        return self.qs.response.counts

    def ways_out(self) -> list[WayOut]:
        """When nothing was found: each choice that can be dropped, with what that gives."""
        zoek, keuzes = self.data.get("zoek", ""), self.chosen_by_facet
        uitwegen = [WayOut(f"“{zoek}”", self.without_search, self.engine.count("", keuzes))] if zoek and keuzes else []
        for facet in self.facets():
            for optie in facet.chosen:
                rest = keuzes | {facet.parameter: [w for w in keuzes[facet.parameter] if w != optie.value]}
                uitwegen.append(WayOut(optie.naam, optie.without, self.engine.count(zoek, rest)))
        return [uitweg for uitweg in uitwegen if uitweg.count]

    def near_words(self) -> list[WayOut]:
        """When nothing was found: known words that look like the unknown ones."""
        woorden = [w for onbekend in self.query.unknown[:3] for w in self.engine.dictionary.near(onbekend)]
        uitwegen = [WayOut(w, f"?{urlencode({'zoek': w})}", self.engine.count(w, {})) for w in dict.fromkeys(woorden)]
        return [uitweg for uitweg in uitwegen if uitweg.count]

    def whole_themas(self) -> list[WayOut]:
        """When nothing was found: all of each chosen theme."""
        gekozen = self.chosen_by_facet.get("thema", [])
        namen = dict(self.choices["thema"])
        uitwegen = [
            WayOut(namen[slug], f"?{urlencode({'thema': slug})}", self.engine.count("", {"thema": [slug]}))
            for slug in gekozen
        ]
        return [uitweg for uitweg in uitwegen if uitweg.count]


class ProjectFilter(FacetFilterSet):
    """Filters of /projecten/."""

    orderings = {"titel": "Titel (A–Z)"}

    regio = RegioFilter(source=Regio, field_name="regios__slug", label="Regio")
    programma = FacetFilter(source=Programma, field_name="programma__slug", label="Programma")
    status = FacetFilter(source=Project.Status, field_name="status", label="Status")
    prioriteit = FacetFilter(source=Project.Prioriteit, field_name="prioriteit", label="Prioriteit")

    class Meta:
        model = Project
        fields: list[str] = []

    def apply_ordering(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(Lower("titel"), "pk").with_facts()  # type: ignore[attr-defined]


class VerhaalFilter(FacetFilterSet):
    """Filters of /verhalen/."""

    orderings = {"nieuwste": "Nieuwste eerst", "titel": "Titel (A–Z)"}

    soort = FacetFilter(source=Verhaal.Soort, field_name="soort", label="Soort")
    thema = FacetFilter(source=Thema, field_name="themas__slug", label="Thema")
    regio = RegioFilter(source=Regio, field_name="regios__slug", label="Regio")

    class Meta:
        model = Verhaal
        fields: list[str] = []

    def apply_ordering(self, queryset: QuerySet) -> QuerySet:
        verhalen = queryset.with_facts()  # type: ignore[attr-defined]
        return verhalen.order_by(Lower("titel"), "pk") if self.ordering == "titel" else verhalen.newest_first()
