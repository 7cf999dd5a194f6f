"""Queries for words and facets, over all zones of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import tantivy
from tantivy import Occur, Query

from .schema import ZONES

TIE_BREAKER = 0.1  # how much a second match adds to the best one
FACET = 12.0
MAX_WORDS = 400  # words of one query; of more the most used are taken
MAX_RANKED_SEPARATELY = 8  # so many words are ranked each on its own, more of them all alike


class QueryBuilder:
    """Builds queries for one index, of which it knows the words with their number of documents."""

    def __init__(self, schema: tantivy.Schema, counts: Mapping[str, int]) -> None:
        self.schema = schema
        self.document_counts = counts

    def word(self, text: str) -> Query:
        """The word itself, in the zone where it weighs most."""
        return self._per_zone(lambda zone: Query.term_query(self.schema, zone, text))

    def exact_phrase(self, group: Sequence[str]) -> Query:
        """These words in a row."""
        if len(group) == 1:
            return self.word(group[0])
        return self._per_zone(lambda zone: Query.phrase_query(self.schema, zone, list(group)))

    def any_of(self, words: set[str], weight: float) -> Query:
        """Any of these words."""
        if len(words) <= MAX_RANKED_SEPARATELY:
            return self.best_of(Query.boost_query(self.word(word), weight) for word in sorted(words))
        most_used = sorted(words, key=lambda word: (-self.document_counts.get(word, 0), word))[:MAX_WORDS]
        together = self._per_zone(lambda zone: Query.term_set_query(self.schema, zone, most_used))
        return Query.boost_query(together, weight)

    def at_least(self, words: set[str], minimum: int) -> Query:
        """At least so many of these words."""
        parts = [(Occur.Should, self.word(word)) for word in sorted(words)]
        return Query.boolean_query(parts, minimum_number_should_match=minimum)

    def facets(self, values: set[str]) -> Query:
        """Any of these facet values ("thema:scholing"), all ranked alike."""
        return Query.const_score_query(Query.term_set_query(self.schema, "facet", sorted(values)), FACET)

    @staticmethod
    def all_of(queries: Iterable[Query]) -> Query:
        """All of these."""
        return Query.boolean_query([(Occur.Must, query) for query in queries])

    @staticmethod
    def best_of(queries: Iterable[Query]) -> Query:
        """Any of these, ranked by the best one."""
        return Query.disjunction_max_query(list(queries), TIE_BREAKER)

    def _per_zone(self, make: Callable[[str], Query]) -> Query:
        return self.best_of(Query.boost_query(make(zone), weight) for zone, weight in ZONES.items())
