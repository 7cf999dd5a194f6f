"""Facets: filters by slug with true counts, removable choices and words for what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django_filters import FilterSet, MultipleChoiceFilter

MAX_ZOEK = 200
MAX_MELDINGEN = 5
MAX_ZICHTBAAR = 6
LANDELIJK = "landelijk"


@dataclass(frozen=True)
class Optie:
    """One choice; `aantal` is what it would give with the other facets as they are, `zonder` drops it."""

    waarde: str
    naam: str
    aantal: int
    gekozen: bool
    zonder: str


@dataclass(frozen=True)
class Facet:
    """One facet with all its choices, also those that would give nothing."""

    parameter: str
    titel: str
    opties: list[Optie]

    @property
    def gekozen(self) -> list[Optie]:
        return [optie for optie in self.opties if optie.gekozen]

    @property
    def zichtbaar(self) -> list[Optie]:
        """Choices to show at once: all of a short facet, else the chosen and the fullest ones."""
        if len(self.opties) <= MAX_ZICHTBAAR + 2:
            return self.opties
        volste = sorted(self.opties, key=lambda optie: (optie.gekozen, optie.aantal), reverse=True)
        return volste[: max(MAX_ZICHTBAAR, len(self.gekozen))]

    @property
    def meer(self) -> list[Optie]:
        """The other choices, in the order of the vocabulary."""
        zichtbaar = self.zichtbaar
        return [optie for optie in self.opties if optie not in zichtbaar]


class FacetFilter(MultipleChoiceFilter):
    """Choices by slug: OR within the facet; asks by primary key, so that no row comes twice."""

    def __init__(self, *, bron: Any, **kwargs: Any) -> None:
        self.bron = bron
        super().__init__(**kwargs)

    def keuzes(self) -> list[tuple[str, str]]:
        """Pairs of value and name; one query for a vocabulary, none for fixed choices."""
        if isinstance(self.bron, type) and issubclass(self.bron, Model):
            return list(self.bron._default_manager.values_list("slug", "naam"))
        return list(self.bron.choices if hasattr(self.bron, "choices") else self.bron())

    def voorwaarde(self, waarden: list[str]) -> Q:
        return Q(**{f"{self.field_name}__in": waarden})

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        return qs.filter(pk__in=qs.model._default_manager.filter(self.voorwaarde(value)).values("pk"))

    def tel(self, qs: QuerySet) -> dict[str, int]:
        """Number of rows per value, with one grouped query."""
        rijen = qs.model._default_manager.filter(pk__in=qs.order_by().values("pk"))
        return dict(rijen.order_by().values_list(self.field_name).annotate(Count("pk", distinct=True)))


class RegioFilter(FacetFilter):
    """Regions, with "landelijk" as a choice of its own."""

    def keuzes(self) -> list[tuple[str, str]]:
        return [*super().keuzes(), (LANDELIJK, "Heel Nederland")]

    def voorwaarde(self, waarden: list[str]) -> Q:
        regios = super().voorwaarde(waarden)
        return regios | Q(landelijk=True) if LANDELIJK in waarden else regios

    def tel(self, qs: QuerySet) -> dict[str, int]:
        return {**super().tel(qs), LANDELIJK: qs.filter(landelijk=True).count()}


class FacetFilterSet(FilterSet):
    """A list with facets; unknown choices are left out and named in `meldingen`, in plain Dutch."""

    sorteringen: dict[str, str] = {}

    def __init__(self, data: QueryDict, queryset: QuerySet, **kwargs: Any) -> None:
        self.meldingen: list[str] = []
        self.pagina = data.get("pagina", "")
        self.keuzes = {naam: f.keuzes() for naam, f in self.base_filters.items() if isinstance(f, FacetFilter)}
        super().__init__(self._schoon(data), queryset, **kwargs)
        for naam, facetfilter in self._facetfilters():
            facetfilter.extra["choices"] = self.keuzes[naam]

    def _facetfilters(self) -> Iterator[tuple[str, FacetFilter]]:
        return ((naam, f) for naam, f in self.filters.items() if isinstance(f, FacetFilter))

    def _schoon(self, data: QueryDict) -> QueryDict:
        """Copy of the query that holds only known filters and values."""
        schoon = QueryDict(mutable=True)
        for naam in data:
            if naam in self.keuzes:
                schoon.setlist(naam, self._bekende_waarden(naam, data.getlist(naam)))
            elif naam in self.base_filters:
                schoon[naam] = self._zoektekst(str(data[naam]))
            elif naam == "sorteer":
                schoon[naam] = self._bekende_sortering(str(data[naam]))
            elif naam != "pagina" and not naam.startswith("utm_"):
                self._meld(f"Het filter “{naam[:60]}” kennen we niet. We hebben het niet gebruikt.")
        return schoon

    def _bekende_waarden(self, naam: str, waarden: list[str]) -> list[str]:
        bekend = dict(self.keuzes[naam])
        titel = self.base_filters[naam].label.lower()
        for waarde in waarden:
            if waarde and waarde not in bekend:
                self._meld(f"Bij {titel} kennen we “{waarde[:60]}” niet. We hebben deze keuze niet gebruikt.")
        return [waarde for waarde in dict.fromkeys(waarden) if waarde in bekend]

    def _zoektekst(self, tekst: str) -> str:
        tekst = " ".join(tekst.replace("\x00", " ").split())
        if len(tekst) > MAX_ZOEK:
            self._meld(f"Uw zoekvraag is te lang. We zochten op de eerste {MAX_ZOEK} tekens.")
        return tekst[:MAX_ZOEK]

    def _bekende_sortering(self, sortering: str) -> str:
        if sortering and sortering not in self.sorteringen:
            self._meld(f"Sorteren op “{sortering[:60]}” kan niet. U ziet de gewone volgorde.")
            return ""
        return sortering

    def _meld(self, melding: str) -> None:
        if len(self.meldingen) < MAX_MELDINGEN:
            self.meldingen.append(melding)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.geordend(super().filter_queryset(queryset))

    def geordend(self, queryset: QuerySet) -> QuerySet:
        """Rows in the order that `sortering` names."""
        return queryset

    @property
    def sortering(self) -> str:
        """Chosen order, or the first one."""
        return self.data.get("sorteer") or next(iter(self.sorteringen))

    def facetten(self) -> list[Facet]:
        """All facets with true counts, each with its own choices left out."""
        tellingen = self.tellingen()
        return [self._facet(naam, facetfilter, tellingen.get(naam, {})) for naam, facetfilter in self._facetfilters()]

    def tellingen(self) -> dict[str, dict[str, int]]:
        """Number of rows per facet and value; one or two queries a facet."""
        return {naam: facetfilter.tel(self._qs_zonder(naam)) for naam, facetfilter in self._facetfilters()}

    def _facet(self, naam: str, facetfilter: FacetFilter, aantallen: dict[str, int]) -> Facet:
        gekozen = self.data.getlist(naam)
        opties = [
            Optie(waarde, label, aantallen.get(waarde, 0), waarde in gekozen, self._zonder(naam, waarde))
            for waarde, label in self.keuzes[naam]
        ]
        return Facet(naam, facetfilter.label, opties)

    @cached_property
    def _gekozen(self) -> dict[str, Any]:
        """Validated value of each filter."""
        self.form.full_clean()
        return self.form.cleaned_data

    def _qs_zonder(self, weggelaten: str) -> QuerySet:
        """Rows that meet all filters but one."""
        qs = self.queryset.all()
        for naam, waarde in self._gekozen.items():
            if naam != weggelaten:
                qs = self.filters[naam].filter(qs, waarde)
        return qs

    def _zonder(self, parameter: str, waarde: str) -> str:
        rest = self.data.copy()
        rest.setlist(parameter, [andere for andere in rest.getlist(parameter) if andere != waarde])
        return f"?{rest.urlencode()}"

    @property
    def zonder_zoek(self) -> str:
        """Query string without the search words."""
        return self._zonder("zoek", self.data.get("zoek", ""))

    @property
    def keuze(self) -> list[tuple[str, str]]:
        """All known choices as pairs, for hidden fields and links to other pages of the list."""
        return [(naam, waarde) for naam, waarden in self.data.lists() for waarde in waarden if waarde]

    @property
    def als_vraag(self) -> str:
        """Query string of this list, for the same list in another form."""
        return f"?{self.data.urlencode()}" if self.keuze else ""

    @property
    def aantal_actief(self) -> int:
        """How many choices narrow the list."""
        return sum(naam != "sorteer" for naam, _ in self.keuze)
