"""What one word or phrase of a question means, as a query for the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tantivy import Query

from .builder import QueryBuilder
from .dictionary import Dictionary
from .language import STOP_WORDS, split_words
from .meanings import EVERYDAY_NAMES, Phrase

# Weight of a match by kind, next to that of its zone.
INFLECTION, STEM, EQUIVALENT, PART, CORRECTED = 0.95, 0.3, 0.45, 0.25, 0.9
LOOSE, LOOSE_OF_NAME, LOOSE_OF_JOINED = 0.5, 0.1, 0.7  # the words of a phrase, not in a row
EXPLANATION_SHARE = 0.6  # share of the words of an explanation that a text must hold; less when none does


@dataclass(frozen=True)
class Term:
    """One thing that is asked: its words, the query for it, all words that count as a match, and how it was read."""

    text: str
    query: Query
    hits: frozenset[str] = frozenset()
    corrected: str = ""  # the word that was meant, perhaps
    by_explanation: bool = False  # no text uses the term: found by what its explanation says


class TermReader:
    """Reads words and phrases with one dictionary; `finds` tells whether the index has anything for a query."""

    def __init__(self, builder: QueryBuilder, dictionary: Dictionary, finds: Callable[[Query], bool]) -> None:
        self.builder = builder
        self.dictionary = dictionary
        self.finds = finds

    def exact_phrase(self, group: Phrase) -> Term:
        """A phrase, word for word."""
        return Term(" ".join(group), self.builder.exact_phrase(group), frozenset(group))

    def word(self, text: str, *, is_whole: bool) -> Term:
        """One word as typed, else by its explanation, else the nearest known word."""
        return self._known(text, is_whole=is_whole) or self._by_explanation((text,)) or self._unknown(text)

    def known_phrase(self, group: Phrase, *, is_whole: bool) -> Term:
        """A known phrase: its own words together, or what it stands for."""
        loose = [word for word in group if word not in STOP_WORDS]
        meaning = list(self._meaning(self.dictionary.meanings.recognise(group), is_whole=is_whole))
        if not meaning and not all(self._known(word) for word in loose):
            return self._by_explanation(group) or self.exact_phrase(group)
        together = self.builder.all_of(self._known_or_literal(word).query for word in loose)
        weight = LOOSE if len(loose) == len(group) else LOOSE_OF_NAME
        queries = [self.builder.exact_phrase(group), Query.boost_query(together, weight), *meaning]
        if joined := self.dictionary.joined(group):
            queries.append(self._known_or_literal(joined).query)
        hits = frozenset(loose) | self._equivalent_words(group)
        return Term(" ".join(group), self.builder.best_of(queries), hits)

    def joined(self, group: Phrase, word: str) -> Term:
        """Words that form one word: that word, or all of them apart."""
        as_one = self._known_or_literal(word)
        loose = self._all_words(group)
        query = self.builder.best_of([as_one.query, Query.boost_query(loose.query, LOOSE_OF_JOINED)])
        return Term(" ".join(group), query, as_one.hits | loose.hits)

    def _all_words(self, group: Phrase) -> Term:
        """All of these words, wherever they stand."""
        parts = [self._known_or_literal(word) for word in group if word not in STOP_WORDS]
        hits = frozenset[str]().union(*(part.hits for part in parts))
        return Term(" ".join(group), self.builder.all_of(part.query for part in parts), hits)

    def _known_or_literal(self, word: str) -> Term:
        """One word, whether or not it is known."""
        return self._known(word) or Term(word, self.builder.word(word))

    def _known(self, word: str, *, is_whole: bool = False) -> Term | None:
        """One word: itself, its inflections, its compounds and what it stands for; None when no text has any."""
        related = self._related(word)
        meaning = list(self._meaning(self.dictionary.meanings.recognise((word,)) or (word,), is_whole=is_whole))
        in_texts = word in self.dictionary.document_counts or any(related.values())
        if not in_texts and not (meaning and self.finds(self.builder.best_of(meaning))):
            return None
        queries = [self.builder.word(word), *meaning]
        queries += [self.builder.any_of(words, weight) for weight, words in related.items() if words]
        hits = frozenset({word}).union(self._equivalent_words((word,)), *related.values())
        return Term(word, self.builder.best_of(queries), hits)

    def _related(self, word: str) -> dict[float, set[str]]:
        """Related words by weight, each only with its highest."""
        inflections = self.dictionary.inflections(word)
        same_stem = self.dictionary.words_of_same_stem(word) - inflections
        compounds = set(self.dictionary.compounds(word)) - inflections - same_stem
        if word not in self.dictionary.document_counts and not inflections and not compounds:
            compounds = self.dictionary.starting_with(word) - same_stem
        return {INFLECTION: inflections, STEM: same_stem, PART: compounds}

    def _meaning(self, group: Phrase, *, is_whole: bool) -> Iterator[Query]:
        """Queries for the places, themes and synonyms that a phrase stands for, as far as texts have them."""
        facets = self.dictionary.meanings.facets_of(group) & self.dictionary.facets
        if facets and (is_whole or group[0] not in EVERYDAY_NAMES):
            yield self.builder.facets(facets)
        equivalents = self.dictionary.meanings.equivalents_of(group)
        for other in equivalents:
            if len(other) > 1 and self.dictionary.document_counts.keys() >= set(other):
                yield Query.boost_query(self.builder.exact_phrase(other), EQUIVALENT)
        single = {other[0] for other in equivalents if len(other) == 1}
        loose = single.union(*map(self.dictionary.inflections, single)) & self.dictionary.document_counts.keys()
        if loose:
            yield self.builder.any_of(loose, EQUIVALENT)

    def _equivalent_words(self, group: Phrase) -> set[str]:
        """Words of the phrases that mean the same, to mark them."""
        equivalents = self.dictionary.meanings.equivalents_of(group)
        return {word for other in equivalents for word in other if word not in STOP_WORDS}

    def _by_explanation(self, group: Phrase) -> Term | None:
        """A term that no text uses: texts with its parts or its explanation, or of what is explained with it."""
        meanings = self.dictionary.meanings
        hits = self.dictionary.distinctive_words(split_words(meanings.explanations.get(group, "")))
        queries = list(self._explanation_queries(hits))
        if facets := meanings.explained_with(group) & self.dictionary.facets:
            queries.append(self.builder.facets(facets))
        if group in meanings.explanations and (together := self._parts(group)):
            queries.append(together.query)
            hits |= together.hits
        if not queries:
            return None
        return Term(" ".join(group), self.builder.best_of(queries), frozenset({*group, *hits}), by_explanation=True)

    def _explanation_queries(self, explanation: set[str]) -> Iterator[Query]:
        """At most one query: texts that hold most words of an explanation, or as many as any text does."""
        for at_least in range(round(len(explanation) * EXPLANATION_SHARE), 0, -1):
            query = self.builder.at_least(explanation, at_least)
            if self.finds(query):
                yield query
                return

    def _parts(self, group: Phrase) -> Term | None:
        """An unknown compound: all of the known words it is made of, when texts have these together."""
        parts = self.dictionary.parts(group[0]) if len(group) == 1 else ()
        together = self._all_words(parts)
        return together if parts and self.finds(together.query) else None

    def _unknown(self, word: str) -> Term:
        """A word nobody uses: the name of a place, a compound of known words, a typing error, or nothing."""
        if self.dictionary.meanings.recognise((word,)):
            return self.exact_phrase((word,))
        better, distance = self.dictionary.nearest(word)
        if distance != 1 and (together := self._parts((word,))):
            return Term(word, together.query, together.hits)
        better = better or self.dictionary.longest_part(word)
        if not better:
            return Term(word, Query.empty_query())
        term = self._known(better, is_whole=True) or self.exact_phrase((better,))
        return Term(word, Query.boost_query(term.query, CORRECTED), term.hits, corrected=better)
