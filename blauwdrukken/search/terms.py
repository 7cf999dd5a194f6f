"""What one word or phrase of a question means, as a query for the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tantivy import Query

from .builder import Bouwer
from .dictionary import Woordenboek
from .language import STOPWOORDEN, woorden
from .meanings import ALLEDAAGS, Frase

# Weight of a match by kind, next to that of its zone.
VERBUIGING, STAM, GELIJK, DEEL, VERBETERD = 0.95, 0.3, 0.45, 0.25, 0.9
LOS, LOS_VAN_NAAM, AANEEN_LOS = 0.5, 0.1, 0.7  # the words of a phrase, not in a row
UITLEG = 0.6  # share of the words of an explanation that a text must hold; less when none does


@dataclass(frozen=True)
class Eenheid:
    """One thing that is asked: its words, the query for it, all words that count as a match, and how it was read."""

    tekst: str
    query: Query
    treffers: frozenset[str] = frozenset()
    verbeterd: str = ""  # the word that was meant, perhaps
    omschreven: bool = False  # no text uses the term: found by what its explanation says


class Lezer:
    """Reads words and phrases with one dictionary; `vindt` tells whether the index has anything for a query."""

    def __init__(self, bouwer: Bouwer, boek: Woordenboek, vindt: Callable[[Query], bool]) -> None:
        self.bouwer = bouwer
        self.boek = boek
        self.vindt = vindt

    def zin(self, groep: Frase) -> Eenheid:
        """A phrase, word for word."""
        return Eenheid(" ".join(groep), self.bouwer.zin(groep), frozenset(groep))

    def woord(self, woord: str, *, alleen: bool) -> Eenheid:
        """One word as typed, else by its explanation, else the nearest known word."""
        return self._bekend(woord, alleen=alleen) or self._omschreven((woord,)) or self._onbekend(woord)

    def woordgroep(self, groep: Frase, *, alleen: bool) -> Eenheid:
        """A known phrase: its own words together, or what it stands for."""
        los = [woord for woord in groep if woord not in STOPWOORDEN]
        betekenis = list(self._betekenis(self.boek.betekenissen.ken(groep), alleen=alleen))
        if not betekenis and not all(self._bekend(woord) for woord in los):
            return self._omschreven(groep) or self.zin(groep)
        samen = self.bouwer.alle(self._zeker(woord).query for woord in los)
        gewicht = LOS if len(los) == len(groep) else LOS_VAN_NAAM
        queries = [self.bouwer.zin(groep), Query.boost_query(samen, gewicht), *betekenis]
        if aaneen := self.boek.aaneen(groep):
            queries.append(self._zeker(aaneen).query)
        treffers = frozenset(los) | self._gelijke_woorden(groep)
        return Eenheid(" ".join(groep), self.bouwer.beste(queries), treffers)

    def aaneen(self, groep: Frase, aaneen: str) -> Eenheid:
        """Words that form one word: that word, or all of them apart."""
        een = self._zeker(aaneen)
        los = self._samen(groep)
        query = self.bouwer.beste([een.query, Query.boost_query(los.query, AANEEN_LOS)])
        return Eenheid(" ".join(groep), query, een.treffers | los.treffers)

    def _samen(self, groep: Frase) -> Eenheid:
        """All of these words, wherever they stand."""
        delen = [self._zeker(woord) for woord in groep if woord not in STOPWOORDEN]
        treffers = frozenset[str]().union(*(deel.treffers for deel in delen))
        return Eenheid(" ".join(groep), self.bouwer.alle(deel.query for deel in delen), treffers)

    def _zeker(self, woord: str) -> Eenheid:
        """One word, whether or not it is known."""
        return self._bekend(woord) or Eenheid(woord, self.bouwer.woord(woord))

    def _bekend(self, woord: str, *, alleen: bool = False) -> Eenheid | None:
        """One word: itself, its inflections, its compounds and what it stands for; None when no text has any."""
        verwant = self._verwante(woord)
        betekenis = list(self._betekenis(self.boek.betekenissen.ken((woord,)) or (woord,), alleen=alleen))
        in_teksten = woord in self.boek.aantallen or any(verwant.values())
        if not in_teksten and not (betekenis and self.vindt(self.bouwer.beste(betekenis))):
            return None
        queries = [self.bouwer.woord(woord), *betekenis]
        queries += [self.bouwer.een_van(w, gewicht) for gewicht, w in verwant.items() if w]
        treffers = frozenset({woord}).union(self._gelijke_woorden((woord,)), *verwant.values())
        return Eenheid(woord, self.bouwer.beste(queries), treffers)

    def _verwante(self, woord: str) -> dict[float, set[str]]:
        """Related words by weight, each only with its highest."""
        verbuigingen = self.boek.verbuigingen(woord)
        stamgenoten = self.boek.stamgenoten(woord) - verbuigingen
        samengesteld = set(self.boek.samenstellingen(woord)) - verbuigingen - stamgenoten
        if woord not in self.boek.aantallen and not verbuigingen and not samengesteld:
            samengesteld = self.boek.begint_met(woord) - stamgenoten
        return {VERBUIGING: verbuigingen, STAM: stamgenoten, DEEL: samengesteld}

    def _betekenis(self, groep: Frase, *, alleen: bool) -> Iterator[Query]:
        """Queries for the places, themes and synonyms that a phrase stands for, as far as texts have them."""
        facetten = self.boek.betekenissen.facetten_van(groep) & self.boek.facetten
        if facetten and (alleen or groep[0] not in ALLEDAAGS):
            yield self.bouwer.facetten(facetten)
        gelijk = self.boek.betekenissen.gelijk_aan(groep)
        for ander in gelijk:
            if len(ander) > 1 and self.boek.aantallen.keys() >= set(ander):
                yield Query.boost_query(self.bouwer.zin(ander), GELIJK)
        enkel = {ander[0] for ander in gelijk if len(ander) == 1}
        los = enkel.union(*map(self.boek.verbuigingen, enkel)) & self.boek.aantallen.keys()
        if los:
            yield self.bouwer.een_van(los, GELIJK)

    def _gelijke_woorden(self, groep: Frase) -> set[str]:
        """Words of the phrases that mean the same, to mark them."""
        gelijk = self.boek.betekenissen.gelijk_aan(groep)
        return {woord for ander in gelijk for woord in ander if woord not in STOPWOORDEN}

    def _omschreven(self, groep: Frase) -> Eenheid | None:
        """A term that no text uses: texts with its parts or its explanation, or of what is explained with it."""
        betekenissen = self.boek.betekenissen
        treffers = self.boek.zeldzaam(woorden(betekenissen.uitleg.get(groep, "")))
        queries = list(self._volgens_uitleg(treffers))
        if facetten := betekenissen.uitgelegd_met(groep) & self.boek.facetten:
            queries.append(self.bouwer.facetten(facetten))
        if groep in betekenissen.uitleg and (samen := self._delen(groep)):
            queries.append(samen.query)
            treffers |= samen.treffers
        if not queries:
            return None
        return Eenheid(" ".join(groep), self.bouwer.beste(queries), frozenset({*groep, *treffers}), omschreven=True)

    def _volgens_uitleg(self, uitleg: set[str]) -> Iterator[Query]:
        """At most one query: texts that hold most words of an explanation, or as many as any text does."""
        for minstens in range(round(len(uitleg) * UITLEG), 0, -1):
            query = self.bouwer.meeste(uitleg, minstens)
            if self.vindt(query):
                yield query
                return

    def _delen(self, groep: Frase) -> Eenheid | None:
        """An unknown compound: all of the known words it is made of, when texts have these together."""
        delen = self.boek.delen(groep[0]) if len(groep) == 1 else ()
        samen = self._samen(delen)
        return samen if delen and self.vindt(samen.query) else None

    def _onbekend(self, woord: str) -> Eenheid:
        """A word nobody uses: the name of a place, a compound of known words, a typing error, or nothing."""
        if self.boek.betekenissen.ken((woord,)):
            return self.zin((woord,))
        beter, afstand = self.boek.naaste(woord)
        if afstand != 1 and (samen := self._delen((woord,))):
            return Eenheid(woord, samen.query, samen.treffers)
        beter = beter or self.boek.langste_deel(woord)
        if not beter:
            return Eenheid(woord, Query.empty_query())
        eenheid = self._bekend(beter, alleen=True) or self.zin((beter,))
        return Eenheid(woord, Query.boost_query(eenheid.query, VERBETERD), eenheid.treffers, verbeterd=beter)
