"""The search engine: answers questions from one opened index."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from math import ceil
from typing import Any, ParamSpec, TypeVar

import tantivy
from tantivy import Occur
from tantivy import Query as TantivyQuery

from .builder import QueryBuilder
from .dictionary import Dictionary, count_words
from .index import IndexState, panics_as_errors
from .meanings import Meanings
from .query import Query, QueryParser, combine
from .schema import ZONES, split_facet
from .terms import TermReader

P = ParamSpec("P")
R = TypeVar("R")
PAGE_SIZE = 20  # rows on a page of every list
MAX_FACET_VALUES = 2_000
MAX_CACHED_COUNTS = 200
ENOUGH_HITS = 3  # partial matches: fewer units must match until there are so many
EMPTY_REQUEST: tuple[str, None, tuple[()]] = ("", None, ())  # the question without words or choices
ORDERINGS = {"nieuwste": ("nieuwste", tantivy.Order.Desc), "titel": ("op_titel", tantivy.Order.Asc)}


class NoIndexError(Exception):
    """There is no index yet, and another process is making it."""


class DamagedIndexError(NoIndexError):
    """The files of the open index make no sense any more."""


def reads_index(methode: Callable[P, R]) -> Callable[P, R]:
    """Raise DamagedIndexError when reading the index fails: every query is made here, so the files are to blame."""

    @wraps(methode)
    def lees(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with panics_as_errors():
                return methode(*args, **kwargs)
        except ValueError as fout:
            raise DamagedIndexError from fout

    return lees


@dataclass(frozen=True)
class SearchRequest:
    """What is asked: words, choices per facet, order and the part of the rows that is wanted."""

    text: str = ""
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ordering: str = "nieuwste"
    offset: int = 0
    limit: int = PAGE_SIZE


@dataclass
class SearchResponse:
    """What was found: keys in order, total, counts per facet with its own choice left out."""

    keys: list[int]
    total: int
    counts: dict[str, dict[str, int]]
    query: Query
    partial: bool = False


class SearchEngine:
    """One opened index with its dictionary; made anew for each state of the database."""

    def __init__(self, index: tantivy.Index, stand: IndexState) -> None:
        self.state = stand
        self.schema = index.schema
        self.searcher = index.searcher()
        aantallen = count_words(self.searcher.terms_with_prefix(zone, "") for zone in ZONES)
        facetten = {waarde for waarde, _ in self.searcher.terms_with_prefix("facet", "")}
        self.dictionary = Dictionary(aantallen, facetten, Meanings.from_database())
        self.builder = QueryBuilder(self.schema, aantallen)
        lezer = TermReader(self.builder, self.dictionary, lambda query: bool(self._count_hits(query)))
        self.parser = QueryParser(self.dictionary, lezer)
        self._cached_counts: OrderedDict[Any, dict[str, dict[str, int]]] = OrderedDict()

    @reads_index
    def search(self, opdracht: SearchRequest) -> SearchResponse:
        """Rows, total and all facet counts in one go; partial matches when nothing matches all that is asked."""
        vraag = self.parser.read(opdracht.text)
        filters = {naam: self._filter(naam, waarden) for naam, waarden in opdracht.choices.items() if waarden}
        minstens = self._minimum_match(vraag, filters)
        tekst = combine(vraag, minstens)
        treffers = self._find_hits(self._with_filters(tekst, filters), opdracht, vraag)
        pks = self.searcher.fast_field_values("pk", [adres for _, adres in treffers.hits])
        sleutel = (opdracht.text, minstens, tuple((n, tuple(w)) for n, w in sorted(opdracht.choices.items()) if w))
        return SearchResponse(
            keys=[int(pk) for pk in pks if pk is not None],
            total=treffers.count,
            counts=self._remember(sleutel, lambda: self._filtered_facet_counts(tekst, filters))
            if sleutel != EMPTY_REQUEST
            else self._unfiltered_counts,
            query=vraag,
            partial=minstens is not None,
        )

    @reads_index
    def facet_values(self, facet: str) -> set[str]:
        """All values that a facet has in the index."""
        return set(self._unfiltered_counts.get(facet, {}))

    @cached_property
    def _unfiltered_counts(self) -> dict[str, dict[str, int]]:
        """Counts when nothing is asked: constant for one state of the index."""
        return self._facet_counts(TantivyQuery.all_query())

    @reads_index
    def count(self, zoek: str, keuzes: Mapping[str, Sequence[str]]) -> int:
        """Number of rows that match all of this."""
        filters = {naam: self._filter(naam, waarden) for naam, waarden in keuzes.items() if waarden}
        return self._count_hits(self._with_filters(combine(self.parser.read(zoek)), filters))

    def _minimum_match(self, vraag: Query, filters: Mapping[str, TantivyQuery]) -> int | None:
        """How many units must match when not all can, or need to in a whole question; None when all must."""
        if len(vraag.terms) < 2 or (not vraag.is_question and self._count_hits(combine(vraag))):
            return None
        hoogste = ceil(len(vraag.terms) * 0.6) if vraag.is_question else len(vraag.terms) - 1
        gevonden = None
        for minstens in range(hoogste, 0, -1):
            aantal = self._count_hits(combine(vraag, minstens))
            if aantal >= ENOUGH_HITS:
                return minstens
            gevonden = minstens if aantal else gevonden
        return gevonden

    def _count_hits(self, query: TantivyQuery) -> int:
        return int(self.searcher.search(query, 1).count)  # type: ignore[attr-defined]

    def _filter(self, naam: str, waarden: Sequence[str]) -> TantivyQuery:
        termen = [f"{naam}:{waarde}" for waarde in waarden]
        return TantivyQuery.const_score_query(TantivyQuery.term_set_query(self.schema, "facet", termen), 0.0)

    @staticmethod
    def _with_filters(tekst: TantivyQuery, filters: Mapping[str, TantivyQuery], zonder: str = "") -> TantivyQuery:
        delen = [(Occur.Must, filter_) for naam, filter_ in filters.items() if naam != zonder]
        return TantivyQuery.boolean_query([(Occur.Must, tekst), *delen]) if delen else tekst

    def _find_hits(self, query: TantivyQuery, opdracht: SearchRequest, vraag: Query) -> Any:
        volgorde = (
            ORDERINGS["nieuwste"]
            if vraag.is_empty and opdracht.ordering == "relevantie"
            else ORDERINGS.get(opdracht.ordering)
        )
        if volgorde:
            veld, richting = volgorde
            return self.searcher.search(
                query, opdracht.limit, offset=opdracht.offset, order_by_field=veld, order=richting
            )
        return self.searcher.search(query, opdracht.limit, offset=opdracht.offset)

    def _filtered_facet_counts(
        self, tekst: TantivyQuery, filters: Mapping[str, TantivyQuery]
    ) -> dict[str, dict[str, int]]:
        """Counts of all facets with all filters, and of each chosen facet with its own filter left out."""
        tellingen = self._facet_counts(self._with_filters(tekst, filters))
        for naam in filters:
            eigen = self._facet_counts(self._with_filters(tekst, filters, zonder=naam))
            tellingen[naam] = eigen.get(naam, {})
        return tellingen

    def _facet_counts(self, query: TantivyQuery) -> dict[str, dict[str, int]]:
        gevraagd = {"facet": {"terms": {"field": "facet", "size": MAX_FACET_VALUES}}}
        tellingen: dict[str, dict[str, int]] = {}
        for bak in self.searcher.aggregate(query, gevraagd)["facet"]["buckets"]:
            naam, waarde = split_facet(bak["key"])
            tellingen.setdefault(naam, {})[waarde] = int(bak["doc_count"])
        return tellingen

    def _remember(self, sleutel: Any, maak: Any) -> dict[str, dict[str, int]]:
        """Counts are constant for one state of the index: the latest questions are remembered."""
        if sleutel not in self._cached_counts:
            self._cached_counts[sleutel] = maak()
            while len(self._cached_counts) > MAX_CACHED_COUNTS:
                self._cached_counts.popitem(last=False)
        return self._cached_counts[sleutel]

    @reads_index
    def related(self, pk: int, tekst: Sequence[str], themas: Sequence[str], aantal: int) -> list[int]:
        """Keys of the blueprints most like one with these words and themes."""
        delen = [(Occur.Should, self.builder.word(woord)) for woord in self.dictionary.characteristic_words(tekst)]
        delen += [
            (Occur.Should, TantivyQuery.const_score_query(self._filter("thema", [thema]), 1.5)) for thema in themas
        ]
        zelf = (Occur.MustNot, TantivyQuery.term_query(self.schema, "pk", pk))
        treffers = self.searcher.search(TantivyQuery.boolean_query([*delen, zelf]), aantal)
        pks = self.searcher.fast_field_values("pk", [adres for _, adres in treffers.hits])
        return [int(p) for p in pks if p is not None]
