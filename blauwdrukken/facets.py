"""Facets: filters by slug with true counts, removable choices and words for what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django_filters import FilterSet, MultipleChoiceFilter

from .text.notation import WHOLE_COUNTRY

MAX_SEARCH_LENGTH = 200
MAX_MESSAGES = 5
MAX_VISIBLE = 6
LANDELIJK = "landelijk"


@dataclass(frozen=True)
class Option:
    """One choice; `count` is what it would give with the other facets as they are, `without` drops it."""

    value: str
    naam: str
    count: int
    chosen: bool
    without: str


@dataclass(frozen=True)
class Facet:
    """One facet with all its choices, also those that would give nothing."""

    parameter: str
    titel: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [optie for optie in self.options if optie.chosen]

    @property
    def visible(self) -> list[Option]:
        """Choices to show at once: all of a short facet, else the chosen and the fullest ones."""
        if len(self.options) <= MAX_VISIBLE + 2:
            return self.options
        volste = sorted(self.options, key=lambda optie: (optie.chosen, optie.count), reverse=True)
        return volste[: max(MAX_VISIBLE, len(self.chosen))]

    @property
    def more(self) -> list[Option]:
        """The other choices, in the order of the vocabulary."""
        zichtbaar = self.visible
        return [optie for optie in self.options if optie not in zichtbaar]


class FacetFilter(MultipleChoiceFilter):
    """Choices by slug: OR within the facet; asks by primary key, so that no row comes twice."""

    def __init__(self, *, source: Any, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**kwargs)

    def get_choices(self) -> list[tuple[str, str]]:
        """Pairs of value and name; one query for a vocabulary, none for fixed choices."""
        if isinstance(self.source, type) and issubclass(self.source, Model):
            return list(self.source._default_manager.values_list("slug", "naam"))
        return list(self.source.choices if hasattr(self.source, "choices") else self.source())

    def condition(self, waarden: list[str]) -> Q:
        return Q(**{f"{self.field_name}__in": waarden})

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        return qs.filter(pk__in=qs.model._default_manager.filter(self.condition(value)).values("pk"))

    def count_values(self, qs: QuerySet) -> dict[str, int]:
        """Number of rows per value, with one grouped query."""
        rijen = qs.model._default_manager.filter(pk__in=qs.order_by().values("pk"))
        return dict(rijen.order_by().values_list(self.field_name).annotate(Count("pk", distinct=True)))


class RegioFilter(FacetFilter):
    """Regions, with "landelijk" as a choice of its own."""

    def get_choices(self) -> list[tuple[str, str]]:
        return [*super().get_choices(), (LANDELIJK, WHOLE_COUNTRY)]

    def condition(self, waarden: list[str]) -> Q:
        regios = super().condition(waarden)
        return regios | Q(landelijk=True) if LANDELIJK in waarden else regios

    def count_values(self, qs: QuerySet) -> dict[str, int]:
        return {**super().count_values(qs), LANDELIJK: qs.filter(landelijk=True).count()}


class FacetFilterSet(FilterSet):
    """A list with facets; unknown choices are left out and named in `messages`, in plain Dutch."""

    orderings: dict[str, str] = {}

    def __init__(self, data: QueryDict, queryset: QuerySet, **kwargs: Any) -> None:
        self.messages: list[str] = []
        self.page = data.get("pagina", "")
        self.choices = {naam: f.get_choices() for naam, f in self.base_filters.items() if isinstance(f, FacetFilter)}
        super().__init__(self._sanitize(data), queryset, **kwargs)
        for naam, facetfilter in self._facet_filters():
            facetfilter.extra["choices"] = self.choices[naam]

    def _facet_filters(self) -> Iterator[tuple[str, FacetFilter]]:
        return ((naam, f) for naam, f in self.filters.items() if isinstance(f, FacetFilter))

    def _sanitize(self, data: QueryDict) -> QueryDict:
        """Copy of the query that holds only known filters and values."""
        schoon = QueryDict(mutable=True)
        for naam in data:
            if naam in self.choices:
                schoon.setlist(naam, self._known_values(naam, data.getlist(naam)))
            elif naam in self.base_filters:
                schoon[naam] = self._search_text(str(data[naam]))
            elif naam == "sorteer":
                schoon[naam] = self._known_ordering(str(data[naam]))
            elif naam != "pagina" and not naam.startswith("utm_"):
                self._notify(f"Het filter “{naam[:60]}” kennen we niet. We hebben het niet gebruikt.")
        return schoon

    def _known_values(self, naam: str, waarden: list[str]) -> list[str]:
        bekend = dict(self.choices[naam])
        titel = self.base_filters[naam].label.lower()
        for waarde in waarden:
            if waarde and waarde not in bekend:
                self._notify(f"Bij {titel} kennen we “{waarde[:60]}” niet. We hebben deze keuze niet gebruikt.")
        return [waarde for waarde in dict.fromkeys(waarden) if waarde in bekend]

    def _search_text(self, tekst: str) -> str:
        tekst = " ".join(tekst.replace("\x00", " ").split())
        if len(tekst) > MAX_SEARCH_LENGTH:
            self._notify(f"Uw zoekvraag is te lang. We zochten op de eerste {MAX_SEARCH_LENGTH} tekens.")
        return tekst[:MAX_SEARCH_LENGTH]

    def _known_ordering(self, sortering: str) -> str:
        if sortering and sortering not in self.orderings:
            self._notify(f"Sorteren op “{sortering[:60]}” kan niet. U ziet de gewone volgorde.")
            return ""
        return sortering

    def _notify(self, melding: str) -> None:
        if len(self.messages) < MAX_MESSAGES:
            self.messages.append(melding)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.apply_ordering(super().filter_queryset(queryset))

    def apply_ordering(self, queryset: QuerySet) -> QuerySet:
        """Rows in the order that `ordering` names."""
        return queryset

    @property
    def ordering(self) -> str:
        """Chosen order, or the first one."""
        return self.data.get("sorteer") or next(iter(self.orderings))

    def facets(self) -> list[Facet]:
        """All facets with true counts, each with its own choices left out."""
        tellingen = self.counts()
        return [self._facet(naam, facetfilter, tellingen.get(naam, {})) for naam, facetfilter in self._facet_filters()]

    def counts(self) -> dict[str, dict[str, int]]:
        """Number of rows per facet and value; one or two queries a facet."""
        return {naam: facetfilter.count_values(self._qs_without(naam)) for naam, facetfilter in self._facet_filters()}

    def _facet(self, naam: str, facetfilter: FacetFilter, aantallen: dict[str, int]) -> Facet:
        gekozen = self.data.getlist(naam)
        opties = [
            Option(waarde, label, aantallen.get(waarde, 0), waarde in gekozen, self._without(naam, waarde))
            for waarde, label in self.choices[naam]
        ]
        return Facet(naam, facetfilter.label, opties)

    @cached_property
    def _chosen(self) -> dict[str, Any]:
        """Validated value of each filter."""
        self.form.full_clean()
        return self.form.cleaned_data

    def _qs_without(self, weggelaten: str) -> QuerySet:
        """Rows that meet all filters but one."""
        qs = self.queryset.all()
        for naam, waarde in self._chosen.items():
            if naam != weggelaten:
                qs = self.filters[naam].filter(qs, waarde)
        return qs

    def _without(self, parameter: str, waarde: str) -> str:
        rest = self.data.copy()
        rest.setlist(parameter, [andere for andere in rest.getlist(parameter) if andere != waarde])
        return f"?{rest.urlencode()}"

    @property
    def without_search(self) -> str:
        """Query string without the search words."""
        return self._without("zoek", self.data.get("zoek", ""))

    @property
    def chosen_pairs(self) -> list[tuple[str, str]]:
        """All known choices as pairs, for hidden fields and links to other pages of the list."""
        return [(naam, waarde) for naam, waarden in self.data.lists() for waarde in waarden if waarde]

    @property
    def query_string(self) -> str:
        """Query string of this list, for the same list in another form."""
        return f"?{self.data.urlencode()}" if self.chosen_pairs else ""

    @property
    def active_count(self) -> int:
        """How many choices narrow the list."""
        return sum(naam != "sorteer" for naam, _ in self.chosen_pairs)
