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

    def __init__(self, bouwer: QueryBuilder, boek: Dictionary, vindt: Callable[[Query], bool]) -> None:
        self.builder = bouwer
        self.dictionary = boek
        self.finds = vindt

    def exact_phrase(self, groep: Phrase) -> Term:
        """A phrase, word for word."""
        return Term(" ".join(groep), self.builder.exact_phrase(groep), frozenset(groep))

    def word(self, woord: str, *, alleen: bool) -> Term:
        """One word as typed, else by its explanation, else the nearest known word."""
        return self._known(woord, alleen=alleen) or self._by_explanation((woord,)) or self._unknown(woord)

    def known_phrase(self, groep: Phrase, *, alleen: bool) -> Term:
        """A known phrase: its own words together, or what it stands for."""
        los = [woord for woord in groep if woord not in STOP_WORDS]
        betekenis = list(self._meaning(self.dictionary.meanings.recognise(groep), alleen=alleen))
        if not betekenis and not all(self._known(woord) for woord in los):
            return self._by_explanation(groep) or self.exact_phrase(groep)
        samen = self.builder.all_of(self._known_or_literal(woord).query for woord in los)
        gewicht = LOOSE if len(los) == len(groep) else LOOSE_OF_NAME
        queries = [self.builder.exact_phrase(groep), Query.boost_query(samen, gewicht), *betekenis]
        if aaneen := self.dictionary.joined(groep):
            queries.append(self._known_or_literal(aaneen).query)
        treffers = frozenset(los) | self._equivalent_words(groep)
        return Term(" ".join(groep), self.builder.best_of(queries), treffers)

    def joined(self, groep: Phrase, aaneen: str) -> Term:
        """Words that form one word: that word, or all of them apart."""
        een = self._known_or_literal(aaneen)
        los = self._all_words(groep)
        query = self.builder.best_of([een.query, Query.boost_query(los.query, LOOSE_OF_JOINED)])
        return Term(" ".join(groep), query, een.hits | los.hits)

    def _all_words(self, groep: Phrase) -> Term:
        """All of these words, wherever they stand."""
        delen = [self._known_or_literal(woord) for woord in groep if woord not in STOP_WORDS]
        treffers = frozenset[str]().union(*(deel.hits for deel in delen))
        return Term(" ".join(groep), self.builder.all_of(deel.query for deel in delen), treffers)

    def _known_or_literal(self, woord: str) -> Term:
        """One word, whether or not it is known."""
        return self._known(woord) or Term(woord, self.builder.word(woord))

    def _known(self, woord: str, *, alleen: bool = False) -> Term | None:
        """One word: itself, its inflections, its compounds and what it stands for; None when no text has any."""
        verwant = self._related(woord)
        betekenis = list(self._meaning(self.dictionary.meanings.recognise((woord,)) or (woord,), alleen=alleen))
        in_teksten = woord in self.dictionary.document_counts or any(verwant.values())
        if not in_teksten and not (betekenis and self.finds(self.builder.best_of(betekenis))):
            return None
        queries = [self.builder.word(woord), *betekenis]
        queries += [self.builder.any_of(w, gewicht) for gewicht, w in verwant.items() if w]
        treffers = frozenset({woord}).union(self._equivalent_words((woord,)), *verwant.values())
        return Term(woord, self.builder.best_of(queries), treffers)

    def _related(self, woord: str) -> dict[float, set[str]]:
        """Related words by weight, each only with its highest."""
        verbuigingen = self.dictionary.inflections(woord)
        stamgenoten = self.dictionary.words_of_same_stem(woord) - verbuigingen
        samengesteld = set(self.dictionary.compounds(woord)) - verbuigingen - stamgenoten
        if woord not in self.dictionary.document_counts and not verbuigingen and not samengesteld:
            samengesteld = self.dictionary.starting_with(woord) - stamgenoten
        return {INFLECTION: verbuigingen, STEM: stamgenoten, PART: samengesteld}

    def _meaning(self, groep: Phrase, *, alleen: bool) -> Iterator[Query]:
        """Queries for the places, themes and synonyms that a phrase stands for, as far as texts have them."""
        facetten = self.dictionary.meanings.facets_of(groep) & self.dictionary.facets
        if facetten and (alleen or groep[0] not in EVERYDAY_NAMES):
            yield self.builder.facets(facetten)
        gelijk = self.dictionary.meanings.equivalents_of(groep)
        for ander in gelijk:
            if len(ander) > 1 and self.dictionary.document_counts.keys() >= set(ander):
                yield Query.boost_query(self.builder.exact_phrase(ander), EQUIVALENT)
        enkel = {ander[0] for ander in gelijk if len(ander) == 1}
        los = enkel.union(*map(self.dictionary.inflections, enkel)) & self.dictionary.document_counts.keys()
        if los:
            yield self.builder.any_of(los, EQUIVALENT)

    def _equivalent_words(self, groep: Phrase) -> set[str]:
        """Words of the phrases that mean the same, to mark them."""
        gelijk = self.dictionary.meanings.equivalents_of(groep)
        return {woord for ander in gelijk for woord in ander if woord not in STOP_WORDS}

    def _by_explanation(self, groep: Phrase) -> Term | None:
        """A term that no text uses: texts with its parts or its explanation, or of what is explained with it."""
        betekenissen = self.dictionary.meanings
        treffers = self.dictionary.distinctive_words(split_words(betekenissen.explanations.get(groep, "")))
        queries = list(self._explanation_queries(treffers))
        if facetten := betekenissen.explained_with(groep) & self.dictionary.facets:
            queries.append(self.builder.facets(facetten))
        if groep in betekenissen.explanations and (samen := self._parts(groep)):
            queries.append(samen.query)
            treffers |= samen.hits
        if not queries:
            return None
        return Term(" ".join(groep), self.builder.best_of(queries), frozenset({*groep, *treffers}), by_explanation=True)

    def _explanation_queries(self, uitleg: set[str]) -> Iterator[Query]:
        """At most one query: texts that hold most words of an explanation, or as many as any text does."""
        for minstens in range(round(len(uitleg) * EXPLANATION_SHARE), 0, -1):
            query = self.builder.at_least(uitleg, minstens)
            if self.finds(query):
                yield query
                return

    def _parts(self, groep: Phrase) -> Term | None:
        """An unknown compound: all of the known words it is made of, when texts have these together."""
        delen = self.dictionary.parts(groep[0]) if len(groep) == 1 else ()
        samen = self._all_words(delen)
        return samen if delen and self.finds(samen.query) else None

    def _unknown(self, woord: str) -> Term:
        """A word nobody uses: the name of a place, a compound of known words, a typing error, or nothing."""
        if self.dictionary.meanings.recognise((woord,)):
            return self.exact_phrase((woord,))
        beter, afstand = self.dictionary.nearest(woord)
        if afstand != 1 and (samen := self._parts((woord,))):
            return Term(woord, samen.query, samen.hits)
        beter = beter or self.dictionary.longest_part(woord)
        if not beter:
            return Term(woord, Query.empty_query())
        eenheid = self._known(beter, alleen=True) or self.exact_phrase((beter,))
        return Term(woord, Query.boost_query(eenheid.query, CORRECTED), eenheid.hits, corrected=beter)
