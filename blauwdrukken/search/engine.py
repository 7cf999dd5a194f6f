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
from .language import split_words
from .meanings import Meanings
from .query import Query, QueryParser, combine
from .schema import ZONES, split_facet
from .terms import TermReader

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
PAGE_SIZE = 20  # rows on a page of every list
MAX_FACET_VALUES = 2_000
MAX_CACHED_ANSWERS = 200
ENOUGH_HITS = 3  # partial matches: fewer terms must match until there are so many
EMPTY_REQUEST: tuple[str, None, tuple[()]] = ("", None, ())  # the question without words or choices
ORDERINGS = {"nieuwste": ("nieuwste", tantivy.Order.Desc), "titel": ("op_titel", tantivy.Order.Asc)}


class NoIndexError(Exception):
    """There is no index yet, and another process is making it."""


class DamagedIndexError(NoIndexError):
    """The files of the open index make no sense any more."""


def reads_index(method: Callable[P, R]) -> Callable[P, R]:
    """Raise DamagedIndexError when reading the index fails: every query is made here, so the files are to blame."""

    @wraps(method)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with panics_as_errors():
                return method(*args, **kwargs)
        except ValueError as error:
            raise DamagedIndexError from error

    return reading


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


def _remember(answers: OrderedDict[Any, T], key: Any, make: Callable[[], T]) -> T:
    """An answer is constant for one state of the index: those to the latest questions are remembered."""
    if key not in answers:
        answers[key] = make()
        while len(answers) > MAX_CACHED_ANSWERS:
            answers.popitem(last=False)
    return answers[key]


class SearchEngine:
    """One opened index with its dictionary; made anew for each state of the database."""

    def __init__(self, index: tantivy.Index, state: IndexState) -> None:
        self.state = state
        self.schema = index.schema
        self.searcher = index.searcher()
        counts = count_words(self.searcher.terms_with_prefix(zone, "") for zone in ZONES)
        facets = {value for value, _ in self.searcher.terms_with_prefix("facet", "")}
        self.dictionary = Dictionary(counts, facets, Meanings.from_database())
        self.builder = QueryBuilder(self.schema, counts)
        reader = TermReader(self.builder, self.dictionary, lambda query: bool(self._count_hits(query)))
        self.parser = QueryParser(self.dictionary, reader)
        self._cached_counts: OrderedDict[Any, dict[str, dict[str, int]]] = OrderedDict()
        self._cached_related: OrderedDict[Any, list[int]] = OrderedDict()

    @reads_index
    def search(self, request: SearchRequest) -> SearchResponse:
        """Rows, total and all facet counts in one go; partial matches when nothing matches all that is asked."""
        query = self.parser.read(request.text)
        filters = {name: self._filter(name, values) for name, values in request.choices.items() if values}
        at_least = self._minimum_match(query, filters)
        text = combine(query, at_least)
        hits = self._find_hits(self._with_filters(text, filters), request, query)
        pks = self.searcher.fast_field_values("pk", [address for _, address in hits.hits])
        key = (
            request.text,
            at_least,
            tuple((n, tuple(values)) for n, values in sorted(request.choices.items()) if values),
        )
        return SearchResponse(
            keys=[int(pk) for pk in pks if pk is not None],
            total=hits.count,
            counts=_remember(self._cached_counts, key, lambda: self._filtered_facet_counts(text, filters))
            if key != EMPTY_REQUEST
            else self._unfiltered_counts,
            query=query,
            partial=at_least is not None,
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
    def count(self, text: str, choices: Mapping[str, Sequence[str]]) -> int:
        """Number of rows that match all of this."""
        filters = {name: self._filter(name, values) for name, values in choices.items() if values}
        return self._count_hits(self._with_filters(combine(self.parser.read(text)), filters))

    def _minimum_match(self, query: Query, filters: Mapping[str, TantivyQuery]) -> int | None:
        """How many terms must match when not all can, or need to in a whole question; None when all must."""
        if len(query.terms) < 2 or (not query.is_question and self._count_hits(combine(query))):
            return None
        highest = ceil(len(query.terms) * 0.6) if query.is_question else len(query.terms) - 1
        found = None
        for at_least in range(highest, 0, -1):
            count = self._count_hits(combine(query, at_least))
            if count >= ENOUGH_HITS:
                return at_least
            found = at_least if count else found
        return found

    def _count_hits(self, query: TantivyQuery) -> int:
        return int(self.searcher.search(query, 1).count)  # type: ignore[attr-defined]

    def _filter(self, name: str, values: Sequence[str]) -> TantivyQuery:
        terms = [f"{name}:{value}" for value in values]
        return TantivyQuery.const_score_query(TantivyQuery.term_set_query(self.schema, "facet", terms), 0.0)

    @staticmethod
    def _with_filters(text: TantivyQuery, filters: Mapping[str, TantivyQuery], omitted: str = "") -> TantivyQuery:
        parts = [(Occur.Must, filter_) for name, filter_ in filters.items() if name != omitted]
        return TantivyQuery.boolean_query([(Occur.Must, text), *parts]) if parts else text

    def _find_hits(self, query: TantivyQuery, request: SearchRequest, parsed: Query) -> Any:
        ordering = (
            ORDERINGS["nieuwste"]
            if parsed.is_empty and request.ordering == "relevantie"
            else ORDERINGS.get(request.ordering)
        )
        if ordering:
            field_name, direction = ordering
            return self.searcher.search(
                query, request.limit, offset=request.offset, order_by_field=field_name, order=direction
            )
        return self.searcher.search(query, request.limit, offset=request.offset)

    def _filtered_facet_counts(
        self, text: TantivyQuery, filters: Mapping[str, TantivyQuery]
    ) -> dict[str, dict[str, int]]:
        """Counts of all facets with all filters, and of each chosen facet with its own filter left out."""
        counts = self._facet_counts(self._with_filters(text, filters))
        for name in filters:
            own = self._facet_counts(self._with_filters(text, filters, omitted=name))
            counts[name] = own.get(name, {})
        return counts

    def _facet_counts(self, query: TantivyQuery) -> dict[str, dict[str, int]]:
        requested = {"facet": {"terms": {"field": "facet", "size": MAX_FACET_VALUES}}}
        counts: dict[str, dict[str, int]] = {}
        for bucket in self.searcher.aggregate(query, requested)["facet"]["buckets"]:
            name, value = split_facet(bucket["key"])
            counts.setdefault(name, {})[value] = int(bucket["doc_count"])
        return counts

    @reads_index
    def related(self, pk: int, text: str, themas: Sequence[str], count: int) -> list[int]:
        """Keys of the blueprints most like one with these words and themes."""
        key = (pk, hash(text), tuple(themas), count)
        return _remember(self._cached_related, key, lambda: self._find_related(pk, text, themas, count))

    def _find_related(self, pk: int, text: str, themas: Sequence[str], count: int) -> list[int]:
        words = self.dictionary.characteristic_words(split_words(text))
        parts = [(Occur.Should, self.builder.word(word)) for word in words]
        parts += [
            (Occur.Should, TantivyQuery.const_score_query(self._filter("thema", [thema]), 1.5)) for thema in themas
        ]
        itself = (Occur.MustNot, TantivyQuery.term_query(self.schema, "pk", pk))
        hits = self.searcher.search(TantivyQuery.boolean_query([*parts, itself]), count)
        pks = self.searcher.fast_field_values("pk", [address for _, address in hits.hits])
        return [int(key) for key in pks if key is not None]
