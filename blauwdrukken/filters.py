"""Filters of the lists: every facet is declared here, once, for page, exports and API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django_filters import CharFilter

from regios.models import Provincie, Regio

from .facets import FacetFilter, FacetFilterSet, MaximumFilter, RegioFilter, Words, read_words
from .maxima import MAXIMA
from .models import Blauwdruk, Doelgroep, Programma, Programmadoel, Project, Thema, Verhaal
from .models.onderbouwing import CRITERIA
from .search.engine import PAGE_SIZE, SearchEngine, SearchRequest
from .search.everything import Answer, everything
from .search.gateway import gateway
from .search.index import IndexState
from .search.query import Query
from .search.results import ResultList

MAX_PAGE = 5_000
FASE_HELP = "Hoe ver de aanpak toen was."
FASE_MEANS = {
    "idee": "De aanpak was bedacht, maar nog niet geprobeerd.",
    "proef": "De aanpak werd in het klein geprobeerd.",
    "lopend": "De aanpak werd uitgevoerd.",
    "afgerond": "De uitvoering was klaar.",
    "geborgd": "De aanpak hoorde bij het gewone werk.",
}
STATUS_HELP = "Hoe ver het project toen was."
STATUS_MEANS = {
    "verkend": "De regio keek of het project kon.",
    "gestart": "Het project was net begonnen.",
    "lopend": "Het project werd uitgevoerd.",
    "afgerond": "Het project was klaar.",
    "geborgd": "Het project hoorde bij het gewone werk.",
    "gestopt": "Het project hield op voordat het klaar was.",
}
PRIORITEIT_HELP = "Hoe belangrijk het programma dit project vond."
DOELGROEP_HELP = "Voor wie de aanpak is."
KOSTEN_HELP = "Wat één keer alles doen hoogstens kost. Subsidies en budgetten tellen niet mee."
ONDERBOUWING_HELP = "Hoe goed is nagegaan of de aanpak werkt."


def year_choices() -> list[tuple[str, str]]:
    """Years that occur, the last one first, and "onbekend"."""
    known = sorted(gateway().engine().facet_values("jaar") - {"onbekend"}, reverse=True)
    return [*((year, year) for year in known), ("onbekend", "Onbekend")]


@dataclass(frozen=True)
class WayOut:
    """Another question for when nothing was found, with the number of blueprints it gives."""

    naam: str
    query: str
    count: int


def choices_then(source: Any) -> Callable[[], list[tuple[str, str]]]:
    """Phases or statuses to filter by: what was so when it was written down need not be so today."""
    return lambda: [(value, f"{name} toen het werd opgeschreven") for value, name in source.choices]


@lru_cache(32)
def _words_in(state: IndexState, filterset: Any) -> Words:
    return read_words(filterset)


def read_once(filterset: Any, state: IndexState) -> Words:
    """Words of all facets of these filters, read once for each state of the content."""
    return _words_in(state, filterset)


class BlauwdrukFilter(FacetFilterSet):
    """Filters of /blauwdrukken/: OR within a facet, AND between facets and words; answered by the search engine."""

    orderings = {"relevantie": "Relevantie", "nieuwste": "Nieuwste eerst", "titel": "Titel (A–Z)"}

    zoek = CharFilter(label="Zoekwoord")
    thema = FacetFilter(source=Thema, field_name="themas__slug", label="Thema")
    doelgroep = FacetFilter(
        source=Doelgroep, field_name="doelgroepen__slug", label="Doelgroep", help_text=DOELGROEP_HELP
    )
    regio = RegioFilter(source=Regio, field_name="regios__slug", label="Regio")
    provincie = FacetFilter(source=Provincie, field_name="regios__provincies__slug", label="Provincie", is_folded=True)
    fase = FacetFilter(
        source=choices_then(Blauwdruk.Fase),
        explanations=FASE_MEANS,
        field_name="fase",
        label="Fase",
        help_text=FASE_HELP,
    )
    onderbouwing = FacetFilter(
        source=Blauwdruk.Onderbouwing,
        explanations={criteria.niveau.value: criteria.shown for criteria in CRITERIA},
        field_name="onderbouwing",
        label="Onderbouwing",
        help_text=ONDERBOUWING_HELP,
    )
    kosten_uitvoering = MaximumFilter(
        source=MAXIMA["kosten_uitvoering"],
        label="Kosten per uitvoering",
        help_text=KOSTEN_HELP,
        left_out="zonder bekend bedrag per uitvoering",
    )
    kosten_deelnemer = MaximumFilter(
        source=MAXIMA["kosten_deelnemer"],
        label="Kosten per deelnemer",
        is_folded=True,
        left_out="zonder bekend bedrag per deelnemer",
    )
    kosten = MaximumFilter(
        source=MAXIMA["kosten"],
        label="Kosten per uitvoering of per deelnemer",
        left_out="zonder bekend bedrag",
        is_offered=False,
    )
    looptijd = MaximumFilter(
        source=MAXIMA["looptijd"],
        label="Hoe lang het duurt",
        help_text="Van begin tot eind, in maanden.",
        left_out="zonder bekende duur",
        is_folded=True,
    )
    jaar = FacetFilter(
        source=year_choices,
        field_name="jaar",
        label="Jaar",
        help_text="Het jaar waarin de aanpak is beschreven.",
        is_folded=True,
    )
    programma = FacetFilter(
        source=Programma,
        field_name="programma__slug",
        label="Programma",
        help_text="Het plan van overheid of regio waar de aanpak bij hoort.",
        is_folded=True,
    )

    class Meta:
        model = Blauwdruk
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet, **kwargs: Any) -> None:
        self.engine: SearchEngine = gateway().engine()
        super().__init__(data, queryset, **kwargs)

    def get_words(self) -> Words:
        return read_once(type(self), self.engine.state)  # years are those of the index, which may be behind

    @property
    def ordering(self) -> str:
        """Chosen order; without a choice relevance when searching, else the newest first."""
        is_searching = bool(self.data.get("zoek"))
        chosen = self.data.get("sorteer") or "relevantie"
        return chosen if is_searching or chosen != "relevantie" else "nieuwste"

    @property
    def chosen_by_facet(self) -> dict[str, list[str]]:
        """Chosen values per facet."""
        return {name: self.data.getlist(name) for name, _ in self._facet_filters() if self.data.getlist(name)}

    @cached_property
    def qs(self) -> ResultList:
        """Rows that meet all filters, in order; found by the engine, read from the database."""
        page = int(self.page) if self.page.isdecimal() and len(self.page) < 6 else 1
        offset = (page - 1) * PAGE_SIZE if 0 < page <= MAX_PAGE else 0
        request = SearchRequest(self.data.get("zoek", ""), self.chosen_by_facet, self.ordering, offset, PAGE_SIZE)
        return ResultList(self.engine, request)

    @property
    def query(self) -> Query:
        """How the search words were understood."""
        return self.qs.response.query

    def counts(self) -> dict[str, dict[str, int]]:
        return self.qs.response.counts

    def ways_out(self) -> list[WayOut]:
        """When nothing was found: each choice that can be dropped, with what that gives."""
        text, choices = self.data.get("zoek", ""), self.chosen_by_facet
        found = [WayOut(f"“{text}”", self.without_search, self.engine.count("", choices))] if text and choices else []
        for facet in self.facets():
            for option in facet.chosen:
                rest = choices | {
                    facet.parameter: [value for value in choices[facet.parameter] if value != option.value]
                }
                found.append(WayOut(option.full_name, option.without, self.engine.count(text, rest)))
        return [way_out for way_out in found if way_out.count]

    def near_words(self) -> list[WayOut]:
        """When nothing was found: known words that look like the unknown ones."""
        words = [word for unknown in self.query.unknown[:3] for word in self.engine.dictionary.near(unknown)]
        ways_out = [
            WayOut(word, f"?{urlencode({'zoek': word})}", self.engine.count(word, {})) for word in dict.fromkeys(words)
        ]
        return [way_out for way_out in ways_out if way_out.count]

    def whole_themas(self) -> list[WayOut]:
        """When nothing was found: all of each chosen theme."""
        chosen = self.chosen_by_facet.get("thema", [])
        names = dict(self.choices["thema"])
        ways_out = [
            WayOut(names[slug], f"?{urlencode({'thema': slug})}", self.engine.count("", {"thema": [slug]}))
            for slug in chosen
        ]
        return [way_out for way_out in ways_out if way_out.count]


class FoundList(Sequence[Any]):
    """Rows of a query in the order in which a search found them."""

    def __init__(self, rows: QuerySet, keys: Sequence[int]) -> None:
        self.rows = rows
        present = set(rows.order_by().values_list("pk", flat=True))
        self.keys = [key for key in keys if key in present]

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, int):
            return self[part : part + 1][0]
        keys = self.keys[part]
        by_key = {row.pk: row for row in self.rows.filter(pk__in=keys)}
        return [by_key[key] for key in keys if key in by_key]


class FoundFilter(CharFilter):
    """Words: rows of this kind that the search over everything finds."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(label="Zoekwoord")

    def keys(self) -> list[int]:
        """Keys of the rows, the best first."""
        return [entry.pk for entry in self.parent.gezocht.of(self.kind)]

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(pk__in=self.keys()) if value else qs


class SearchableFilterSet(FacetFilterSet):
    """A list with words to search by; what is found stands in the order of relevance, unless another was chosen."""

    default_ordering = ""

    @property
    def typed(self) -> str:
        """The words that are searched for."""
        return str(self.data.get("zoek", ""))

    @property
    def ordering(self) -> str:
        """Chosen order; without a choice relevance when searching."""
        chosen = self.data.get("sorteer") or "relevantie"
        return chosen if self.typed or chosen != "relevantie" else self.default_ordering

    @cached_property
    def gezocht(self) -> Answer | None:
        """How the words were understood, when there are any."""
        return everything().find(self.typed) if self.typed else None

    def get_words(self) -> Words:
        return read_once(type(self), IndexState.from_database())

    def apply_ordering(self, queryset: QuerySet) -> Any:
        rows = queryset.with_facts()  # type: ignore[attr-defined]
        if self.ordering == "relevantie":
            return FoundList(rows, self.filters["zoek"].keys())
        return rows.order_by(Lower("titel"), "pk") if self.ordering == "titel" else rows.newest_first()


class ProjectFilter(SearchableFilterSet):
    """Filters of /projecten/."""

    orderings = {"relevantie": "Relevantie", "titel": "Titel (A–Z)"}
    default_ordering = "titel"

    zoek = FoundFilter("project")
    regio = RegioFilter(source=Regio, field_name="regios__slug", label="Regio")
    programma = FacetFilter(source=Programma, field_name="programma__slug", label="Programma")
    doel = FacetFilter(source=Programmadoel, field_name="programmadoel__slug", label="Doel van het programma")
    status = FacetFilter(
        source=choices_then(Project.Status),
        explanations=STATUS_MEANS,
        field_name="status",
        label="Status",
        help_text=STATUS_HELP,
    )
    prioriteit = FacetFilter(
        source=Project.Prioriteit, field_name="prioriteit", label="Prioriteit", help_text=PRIORITEIT_HELP
    )

    class Meta:
        model = Project
        fields: list[str] = []


class VerhaalFilter(SearchableFilterSet):
    """Filters of /verhalen/."""

    orderings = {"relevantie": "Relevantie", "nieuwste": "Nieuwste eerst", "titel": "Titel (A–Z)"}
    default_ordering = "nieuwste"

    zoek = FoundFilter("verhaal")
    soort = FacetFilter(source=Verhaal.Soort, field_name="soort", label="Soort")
    thema = FacetFilter(source=Thema, field_name="themas__slug", label="Thema")
    regio = RegioFilter(source=Regio, field_name="regios__slug", label="Regio")

    class Meta:
        model = Verhaal
        fields: list[str] = []
