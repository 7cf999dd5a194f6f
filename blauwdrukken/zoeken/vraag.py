"""From what a visitor types to a query for the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import Occur, Query

from .schema import ZONES
from .taal import STOPWOORDEN, VRAAGWOORDEN, VULWOORDEN, woorden
from .woordenboek import ALLEDAAGS, LANGSTE_AANEEN, LANGSTE_FRASE, Frase, Woordenboek

MAX_EENHEDEN = 12
MAX_VERWANT = 40
# Weight of a match by kind, next to that of its zone.
VERBUIGING, STAM, GELIJK, DEEL, VERBETERD, UITLEG = 0.95, 0.6, 0.45, 0.45, 0.9, 0.05
FACET = 12.0
SAMENHANG = 0.3  # how much a second zone adds to the best one

_STUK = re.compile(r'(?P<min>(?<!\S)-)?(?:"(?P<zin>[^"]*)"|(?P<woord>[^\s"]+))')


@dataclass
class Eenheid:
    """One thing that is asked: its words, the query for it, and all words that count as a match."""

    tekst: str
    query: Query
    treffers: set[str] = field(default_factory=set)


@dataclass
class Vraag:
    """A question that was understood: units that must all match, what must not, and what was made of typing errors."""

    eenheden: list[Eenheid] = field(default_factory=list)
    uitgesloten: list[Query] = field(default_factory=list)
    verbeterd: dict[str, str] = field(default_factory=dict)
    onbekend: list[str] = field(default_factory=list)
    alleen_stopwoorden: bool = False
    is_vraagzin: bool = False

    @property
    def leeg(self) -> bool:
        """Whether nothing is asked."""
        return not self.eenheden and not self.uitgesloten

    @property
    def treffers(self) -> set[str]:
        """All words to mark in what is found."""
        return {woord for eenheid in self.eenheden for woord in eenheid.treffers}


@dataclass(frozen=True)
class Stuk:
    """A piece of what was typed: words, whether they are quoted, and whether they are excluded."""

    woorden: tuple[str, ...]
    zin: bool
    uitgesloten: bool


def ontleed(tekst: str) -> list[Stuk]:
    """Pieces of a typed question: quoted phrases, excluded pieces, and runs of plain words."""
    stukken = []
    for treffer in _STUK.finditer(tekst):
        zin = treffer["zin"] is not None
        gevonden = tuple(woorden(treffer["zin"] if zin else treffer["woord"]))
        if gevonden:
            stukken.append(Stuk(gevonden, zin, bool(treffer["min"])))
    return stukken


class Vragensteller:
    """Builds queries for one index with one dictionary."""

    def __init__(self, schema: tantivy.Schema, woordenboek: Woordenboek) -> None:
        self.schema = schema
        self.boek = woordenboek

    def lees(self, tekst: str) -> Vraag:
        """The question in this text."""
        vraag = Vraag()
        los: list[str] = []
        for stuk in ontleed(tekst):
            if stuk.uitgesloten:
                vraag.uitgesloten.append(
                    self._zin(stuk.woorden) if len(stuk.woorden) > 1 else self.precies(stuk.woorden[0])
                )
            elif stuk.zin:
                vraag.eenheden.append(Eenheid(" ".join(stuk.woorden), self._zin(stuk.woorden), set(stuk.woorden)))
            else:
                los += self._los(stuk.woorden)
        kern = self._kern(los)
        vraag.is_vraagzin = len(kern) > 2 and (tekst.rstrip().endswith("?") or bool(VRAAGWOORDEN & set(los[:1])))
        vraag.alleen_stopwoorden = bool(los) and not kern
        vraag.eenheden += self._eenheden(kern, vraag)
        del vraag.eenheden[MAX_EENHEDEN:]
        return vraag

    def _los(self, gevonden: Frase) -> Iterable[str]:
        """Words of one piece; a joined form that the index knows stands for its parts."""
        aaneen = "".join(gevonden)
        return [aaneen] if len(gevonden) > 1 and aaneen in self.boek.aantallen else gevonden

    def _kern(self, los: Sequence[str]) -> list[str]:
        """Words that are asked: without stop words, and without fillers when other words remain.

        Stop words stay where they are part of a known phrase ("Bergen op Zoom") or form a word ("drive in").
        """
        houden = [False] * len(los)
        for begin in range(len(los)):
            for einde in range(min(len(los), begin + LANGSTE_FRASE), begin + 1, -1):
                groep = tuple(los[begin:einde])
                if self._is_bekende_groep(groep):
                    houden[begin:einde] = [True] * (einde - begin)
                    break
        inhoud = [w for w, blijft in zip(los, houden, strict=True) if blijft or w not in STOPWOORDEN]
        zonder_vulling = [w for w in inhoud if w not in VULWOORDEN or (w, True) in zip(los, houden, strict=True)]
        return zonder_vulling or inhoud

    def _is_bekende_groep(self, groep: Frase) -> bool:
        return bool(self.boek.betekenissen.ken(groep)) or (
            len(groep) <= LANGSTE_AANEEN and bool(self.boek.aaneen(groep))
        )

    def _eenheden(self, kern: list[str], vraag: Vraag) -> Iterator[Eenheid]:
        plaats = 0
        while plaats < len(kern):
            lengte, eenheid = self._langste(kern, plaats, vraag)
            plaats += lengte
            yield eenheid

    def _langste(self, kern: list[str], plaats: int, vraag: Vraag) -> tuple[int, Eenheid]:
        """The longest group here that is a known phrase or forms one known word, else one word."""
        for lengte in range(min(LANGSTE_FRASE, len(kern) - plaats), 1, -1):
            groep = tuple(kern[plaats : plaats + lengte])
            if self.boek.betekenissen.ken(groep):
                return lengte, self._woordgroep(groep, alleen=lengte == len(kern))
            if lengte <= LANGSTE_AANEEN and (aaneen := self.boek.aaneen(groep)):
                return lengte, self._aaneen(groep, aaneen)
        bekend = self.boek.betekenissen.ken((kern[plaats],))
        if len(bekend) > 1 and kern[plaats] not in self.boek.aantallen:
            return 1, self._aaneen(bekend, kern[plaats])
        return 1, self._woord(kern[plaats], vraag, alleen=len(kern) == 1)

    def _woordgroep(self, groep: Frase, *, alleen: bool) -> Eenheid:
        """A known phrase: its own words together, or what it stands for."""
        los = [woord for woord in groep if woord not in STOPWOORDEN]
        samen = Query.boolean_query([(Occur.Must, self._bekend(woord).query) for woord in los])
        andere = [self._zin(groep), Query.boost_query(samen, 0.5 if len(los) == len(groep) else 0.1)]
        andere += self._betekenis(self.boek.betekenissen.ken(groep), alleen=alleen)
        if aaneen := self.boek.aaneen(groep):
            andere.append(self._bekend(aaneen).query)
        return Eenheid(
            " ".join(groep), Query.disjunction_max_query(andere, SAMENHANG), set(los) | self._gelijke_woorden(groep)
        )

    def _aaneen(self, groep: Frase, aaneen: str) -> Eenheid:
        """Words that form one word: that word, or all of them apart."""
        een = self._bekend(aaneen)
        los = [self._bekend(w) for w in groep if w not in STOPWOORDEN]
        samen = Query.boolean_query([(Occur.Must, eenheid.query) for eenheid in los])
        query = Query.disjunction_max_query([een.query, Query.boost_query(samen, 0.7)], SAMENHANG)
        return Eenheid(" ".join(groep), query, een.treffers.union(*(eenheid.treffers for eenheid in los)))

    def _woord(self, woord: str, vraag: Vraag, *, alleen: bool) -> Eenheid:
        """One word as typed, or else the nearest known word."""
        eenheid = self._bekend(woord, alleen=alleen)
        return eenheid if eenheid.treffers else self._onbekend(woord, vraag)

    def _bekend(self, woord: str, *, alleen: bool = False) -> Eenheid:
        """One word: itself, its inflections, its compounds and what it stands for; without `treffers` when unknown."""
        verwant = self._verwante(woord)
        betekenis = list(self._betekenis(self.boek.betekenissen.ken((woord,)) or (woord,), alleen=alleen))
        if not (woord in self.boek.aantallen or any(verwant.values()) or betekenis):
            return Eenheid(woord, Query.empty_query())
        queries = [self.precies(woord), *betekenis]
        queries += [self._een_van(w, gewicht) for gewicht, w in verwant.items() if w]
        treffers = {woord, *self._gelijke_woorden((woord,))}.union(*verwant.values())
        return Eenheid(woord, Query.disjunction_max_query(queries, SAMENHANG), treffers)

    def _verwante(self, woord: str) -> dict[float, set[str]]:
        """Related words by weight, each only with its highest."""
        verbuigingen = self.boek.verbuigingen(woord)
        stamgenoten = self.boek.stamgenoten(woord) - verbuigingen
        samengesteld = set(self.boek.samenstellingen(woord)) - verbuigingen - stamgenoten
        if woord not in self.boek.aantallen and not verbuigingen and not samengesteld:
            samengesteld = self.boek.begint_met(woord) - stamgenoten
        return {VERBUIGING: verbuigingen, STAM: stamgenoten, DEEL: samengesteld}

    def _onbekend(self, woord: str, vraag: Vraag) -> Eenheid:
        """A word nobody uses: a typing error, an unknown compound of known words, or nothing."""
        beter, afstand = self.boek.naaste(woord)
        delen = self.boek.delen(woord) if afstand != 1 else ()
        if delen:
            los = [self._bekend(deel) for deel in delen if deel not in STOPWOORDEN]
            samen = Query.boolean_query([(Occur.Must, eenheid.query) for eenheid in los])
            return Eenheid(woord, samen, set().union(*(eenheid.treffers for eenheid in los)))
        beter = beter or self.boek.langste_begin(woord)
        if beter:
            vraag.verbeterd[woord] = beter
            eenheid = self._bekend(beter, alleen=True)
            return Eenheid(woord, Query.boost_query(eenheid.query, VERBETERD), eenheid.treffers)
        vraag.onbekend.append(woord)
        return Eenheid(woord, Query.empty_query())

    def _betekenis(self, groep: Frase, *, alleen: bool) -> Iterator[Query]:
        """Queries for the places, themes and synonyms that a phrase stands for."""
        betekenissen = self.boek.betekenissen
        facetten = betekenissen.facetten_van(groep)
        if facetten and (alleen or groep[0] not in ALLEDAAGS):
            termen = Query.term_set_query(self.schema, "facet", sorted(facetten))
            yield Query.const_score_query(termen, FACET)
        if uitleg := betekenissen.uitleg.get(groep):
            yield Query.boost_query(self._uitleg(uitleg), UITLEG)
        gelijk = betekenissen.gelijk.get(groep, set())
        for ander in gelijk:
            if len(ander) > 1:
                yield Query.boost_query(self._zin(ander), GELIJK)
        los = {vorm for ander in gelijk if len(ander) == 1 for vorm in (ander[0], *self.boek.verbuigingen(ander[0]))}
        if los & self.boek.aantallen.keys():
            yield self._een_van(los & self.boek.aantallen.keys(), GELIJK)

    def _uitleg(self, uitleg: str) -> Query:
        """Texts that hold most of what a term's explanation says: the way to a term that no text uses."""
        kern = {woord for woord in woorden(uitleg) if len(woord) > 4 and woord not in STOPWOORDEN | VULWOORDEN}
        bekend = sorted(kern & self.boek.aantallen.keys())
        delen = [(Occur.Should, self.precies(woord)) for woord in bekend]
        genoeg = max(2, round(len(kern) * 0.6))
        if len(bekend) < genoeg:
            return Query.empty_query()
        return Query.boolean_query(delen, minimum_number_should_match=genoeg)

    def _gelijke_woorden(self, groep: Frase) -> set[str]:
        """Words of the phrases that mean the same, to mark them."""
        gelijk = self.boek.betekenissen.gelijk.get(groep, ())
        return {woord for ander in gelijk for woord in ander if woord not in STOPWOORDEN}

    def precies(self, woord: str) -> Query:
        """The word itself, in the zone where it weighs most."""
        return self._per_zone(lambda zone: Query.term_query(self.schema, zone, woord))

    def _zin(self, groep: Frase) -> Query:
        if len(groep) == 1:
            return self.precies(groep[0])
        return self._per_zone(lambda zone: Query.phrase_query(self.schema, zone, list(groep)))

    def _een_van(self, keuze: set[str], gewicht: float) -> Query:
        """Any of these words: ranked each on its own when few, all alike when many."""
        if len(keuze) <= 8:
            los = [Query.boost_query(self.precies(woord), gewicht) for woord in sorted(keuze)]
            return Query.disjunction_max_query(los, SAMENHANG)
        meest = sorted(keuze, key=lambda woord: (-self.boek.aantallen.get(woord, 0), woord))[: MAX_VERWANT * 10]
        samen = self._per_zone(lambda zone: Query.term_set_query(self.schema, zone, meest))
        return Query.boost_query(samen, gewicht)

    def _per_zone(self, maak: object) -> Query:
        queries = [Query.boost_query(maak(zone), gewicht) for zone, gewicht in ZONES.items()]  # type: ignore[operator]
        return Query.disjunction_max_query(queries, SAMENHANG)


def combineer(vraag: Vraag, minstens: int | None = None) -> Query:
    """Query of the whole question; with `minstens` that many of its units are enough."""
    delen = [eenheid.query for eenheid in vraag.eenheden]
    if not delen:
        positief = Query.all_query()
    elif minstens is None or minstens >= len(delen):
        positief = Query.boolean_query([(Occur.Must, deel) for deel in delen])
    else:
        positief = Query.boolean_query([(Occur.Should, deel) for deel in delen], minimum_number_should_match=minstens)
    niet = [(Occur.MustNot, deel) for deel in vraag.uitgesloten]
    return Query.boolean_query([(Occur.Must, positief), *niet]) if niet else positief
