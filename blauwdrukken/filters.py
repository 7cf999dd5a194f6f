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
from .models.blauwdruk import KOSTENKLASSEN, LOOPTIJDEN
from .search.engine import Opdracht, Zoekmachine
from .search.gateway import loket
from .search.query import Vraag
from .search.results import Resultaat

PER_PAGINA = 20
HOOGSTE_PAGINA = 5_000


def klassen(indeling: dict[str, tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices of a facet of classes."""
    return [(waarde, naam) for waarde, (naam, _) in indeling.items()]


def jaren() -> list[tuple[str, str]]:
    """Years that occur, the last one first, and "onbekend"."""
    bekend = sorted(loket().machine().waarden("jaar") - {"onbekend"}, reverse=True)
    return [*((jaar, jaar) for jaar in bekend), ("onbekend", "Onbekend")]


@dataclass(frozen=True)
class Uitweg:
    """Another question for when nothing was found, with the number of blueprints it gives."""

    naam: str
    vraag: str
    aantal: int


class BlauwdrukFilter(FacetFilterSet):
    """Filters of /blauwdrukken/: OR within a facet, AND between facets and words; answered by the search engine."""

    sorteringen = {"relevantie": "Relevantie", "nieuwste": "Nieuwste eerst", "titel": "Titel (A–Z)"}

    zoek = CharFilter(label="Zoekwoord")
    thema = FacetFilter(bron=Thema, field_name="themas__slug", label="Thema")
    doelgroep = FacetFilter(bron=Doelgroep, field_name="doelgroepen__slug", label="Doelgroep")
    regio = RegioFilter(bron=Regio, field_name="regios__slug", label="Regio")
    provincie = FacetFilter(bron=Provincie, field_name="regios__provincies__slug", label="Provincie")
    fase = FacetFilter(bron=Blauwdruk.Fase, field_name="fase", label="Fase")
    onderbouwing = FacetFilter(bron=Blauwdruk.Onderbouwing, field_name="onderbouwing", label="Onderbouwing")
    kosten = FacetFilter(bron=lambda: klassen(KOSTENKLASSEN), field_name="kostenklasse", label="Hoogste bedrag")
    looptijd = FacetFilter(bron=lambda: klassen(LOOPTIJDEN), field_name="looptijdklasse", label="Looptijd")
    jaar = FacetFilter(bron=jaren, field_name="jaar", label="Jaar")
    programma = FacetFilter(bron=Programma, field_name="programma__slug", label="Programma")

    class Meta:
        model = Blauwdruk
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet, **kwargs: Any) -> None:
        self.machine: Zoekmachine = loket().machine()
        super().__init__(data, queryset, **kwargs)

    @property
    def sortering(self) -> str:
        """Chosen order; without a choice relevance when searching, else the newest first."""
        zoekt = bool(self.data.get("zoek"))
        gekozen = self.data.get("sorteer") or "relevantie"
        return gekozen if zoekt or gekozen != "relevantie" else "nieuwste"

    @property
    def facetkeuzes(self) -> dict[str, list[str]]:
        """Chosen values per facet."""
        return {naam: self.data.getlist(naam) for naam, _ in self._facetfilters() if self.data.getlist(naam)}

    @cached_property
    def qs(self) -> Resultaat:
        """Rows that meet all filters, in order; found by the engine, read from the database."""
        pagina = int(self.pagina) if self.pagina.isdecimal() and len(self.pagina) < 6 else 1
        vanaf = (pagina - 1) * PER_PAGINA if 0 < pagina <= HOOGSTE_PAGINA else 0
        opdracht = Opdracht(self.data.get("zoek", ""), self.facetkeuzes, self.sortering, vanaf, PER_PAGINA)
        return Resultaat(self.machine, opdracht)

    @property
    def vraag(self) -> Vraag:
        """How the search words were understood."""
        return self.qs.antwoord.vraag

    def tellingen(self) -> dict[str, dict[str, int]]:
        return self.qs.antwoord.tellingen

    def uitwegen(self) -> list[Uitweg]:
        """When nothing was found: each choice that can be dropped, with what that gives."""
        zoek, keuzes = self.data.get("zoek", ""), self.facetkeuzes
        uitwegen = [Uitweg(f"“{zoek}”", self.zonder_zoek, self.machine.tel("", keuzes))] if zoek and keuzes else []
        for facet in self.facetten():
            for optie in facet.gekozen:
                rest = keuzes | {facet.parameter: [w for w in keuzes[facet.parameter] if w != optie.waarde]}
                uitwegen.append(Uitweg(optie.naam, optie.zonder, self.machine.tel(zoek, rest)))
        return [uitweg for uitweg in uitwegen if uitweg.aantal]

    def nabije_woorden(self) -> list[Uitweg]:
        """When nothing was found: known words that look like the unknown ones."""
        woorden = [w for onbekend in self.vraag.onbekend[:3] for w in self.machine.woordenboek.nabij(onbekend)]
        uitwegen = [Uitweg(w, f"?{urlencode({'zoek': w})}", self.machine.tel(w, {})) for w in dict.fromkeys(woorden)]
        return [uitweg for uitweg in uitwegen if uitweg.aantal]

    def hele_themas(self) -> list[Uitweg]:
        """When nothing was found: all of each chosen theme."""
        gekozen = self.facetkeuzes.get("thema", [])
        namen = dict(self.keuzes["thema"])
        uitwegen = [
            Uitweg(namen[slug], f"?{urlencode({'thema': slug})}", self.machine.tel("", {"thema": [slug]}))
            for slug in gekozen
        ]
        return [uitweg for uitweg in uitwegen if uitweg.aantal]


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
        return queryset.order_by(Lower("titel"), "pk").met_kenmerken()  # type: ignore[attr-defined]


class VerhaalFilter(FacetFilterSet):
    """Filters of /verhalen/."""

    sorteringen = {"nieuwste": "Nieuwste eerst", "titel": "Titel (A–Z)"}

    soort = FacetFilter(bron=Verhaal.Soort, field_name="soort", label="Soort")
    thema = FacetFilter(bron=Thema, field_name="themas__slug", label="Thema")
    regio = RegioFilter(bron=Regio, field_name="regios__slug", label="Regio")

    class Meta:
        model = Verhaal
        fields: list[str] = []

    def geordend(self, queryset: QuerySet) -> QuerySet:
        verhalen = queryset.met_kenmerken()  # type: ignore[attr-defined]
        return verhalen.order_by(Lower("titel"), "pk") if self.sortering == "titel" else verhalen.nieuwste_eerst()
