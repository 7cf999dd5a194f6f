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

    def __init__(self, schema: tantivy.Schema, aantallen: Mapping[str, int]) -> None:
        self.schema = schema
        self.document_counts = aantallen

    def word(self, woord: str) -> Query:
        """The word itself, in the zone where it weighs most."""
        return self._per_zone(lambda zone: Query.term_query(self.schema, zone, woord))

    def exact_phrase(self, groep: Sequence[str]) -> Query:
        """These words in a row."""
        if len(groep) == 1:
            return self.word(groep[0])
        return self._per_zone(lambda zone: Query.phrase_query(self.schema, zone, list(groep)))

    def any_of(self, keuze: set[str], gewicht: float) -> Query:
        """Any of these words."""
        if len(keuze) <= MAX_RANKED_SEPARATELY:
            return self.best_of(Query.boost_query(self.word(woord), gewicht) for woord in sorted(keuze))
        meest = sorted(keuze, key=lambda woord: (-self.document_counts.get(woord, 0), woord))[:MAX_WORDS]
        samen = self._per_zone(lambda zone: Query.term_set_query(self.schema, zone, meest))
        return Query.boost_query(samen, gewicht)

    def at_least(self, keuze: set[str], minstens: int) -> Query:
        """At least so many of these words."""
        delen = [(Occur.Should, self.word(woord)) for woord in sorted(keuze)]
        return Query.boolean_query(delen, minimum_number_should_match=minstens)

    def facets(self, waarden: set[str]) -> Query:
        """Any of these facet values ("thema:scholing"), all ranked alike."""
        return Query.const_score_query(Query.term_set_query(self.schema, "facet", sorted(waarden)), FACET)

    @staticmethod
    def all_of(queries: Iterable[Query]) -> Query:
        """All of these."""
        return Query.boolean_query([(Occur.Must, query) for query in queries])

    @staticmethod
    def best_of(queries: Iterable[Query]) -> Query:
        """Any of these, ranked by the best one."""
        return Query.disjunction_max_query(list(queries), TIE_BREAKER)

    def _per_zone(self, maak: Callable[[str], Query]) -> Query:
        return self.best_of(Query.boost_query(maak(zone), gewicht) for zone, gewicht in ZONES.items())
