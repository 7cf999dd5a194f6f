"""The search engine: answers questions from one opened index."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from math import ceil
from typing import Any, ParamSpec, TypeVar

import tantivy
from tantivy import Occur, Query

from .builder import Bouwer
from .dictionary import Woordenboek, tel_woorden
from .index import Stand, leesfouten
from .meanings import Betekenissen
from .query import Vraag, Vragensteller, combineer
from .schema import ZONES, facetwaarde
from .terms import Lezer

P = ParamSpec("P")
R = TypeVar("R")
MAX_FACETWAARDEN = 2_000
ONTHOUDEN = 200
GENOEG = 3  # partial matches: fewer units must match until there are so many
NIETS: tuple[str, None, tuple[()]] = ("", None, ())  # the question without words or choices
VOLGORDES = {"nieuwste": ("nieuwste", tantivy.Order.Desc), "titel": ("op_titel", tantivy.Order.Asc)}


class GeenIndexError(Exception):
    """There is no index yet, and another process is making it."""


class BeschadigdError(GeenIndexError):
    """The files of the open index make no sense any more."""


def leest_index(methode: Callable[P, R]) -> Callable[P, R]:
    """Raise BeschadigdError when reading the index fails: every query is made here, so the files are to blame."""

    @wraps(methode)
    def lees(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with leesfouten():
                return methode(*args, **kwargs)
        except ValueError as fout:
            raise BeschadigdError from fout

    return lees


@dataclass(frozen=True)
class Opdracht:
    """What is asked: words, choices per facet, order and the part of the rows that is wanted."""

    zoek: str = ""
    keuzes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    volgorde: str = "nieuwste"
    vanaf: int = 0
    aantal: int = 20


@dataclass
class Antwoord:
    """What was found: keys in order, total, counts per facet with its own choice left out."""

    sleutels: list[int]
    totaal: int
    tellingen: dict[str, dict[str, int]]
    vraag: Vraag
    gedeeltelijk: bool = False


class Zoekmachine:
    """One opened index with its dictionary; made anew for each state of the database."""

    def __init__(self, index: tantivy.Index, stand: Stand) -> None:
        self.stand = stand
        self.schema = index.schema
        self.lezer = index.searcher()
        aantallen = tel_woorden(self.lezer.terms_with_prefix(zone, "") for zone in ZONES)
        facetten = {waarde for waarde, _ in self.lezer.terms_with_prefix("facet", "")}
        self.woordenboek = Woordenboek(aantallen, facetten, Betekenissen.uit_database())
        self.bouwer = Bouwer(self.schema, aantallen)
        lezer = Lezer(self.bouwer, self.woordenboek, lambda query: bool(self._aantal(query)))
        self.steller = Vragensteller(self.woordenboek, lezer)
        self._tellingen: OrderedDict[Any, dict[str, dict[str, int]]] = OrderedDict()

    @leest_index
    def zoek(self, opdracht: Opdracht) -> Antwoord:
        """Rows, total and all facet counts in one go; partial matches when nothing matches all that is asked."""
        vraag = self.steller.lees(opdracht.zoek)
        filters = {naam: self._filter(naam, waarden) for naam, waarden in opdracht.keuzes.items() if waarden}
        minstens = self._minstens(vraag, filters)
        tekst = combineer(vraag, minstens)
        treffers = self._treffers(self._met(tekst, filters), opdracht, vraag)
        pks = self.lezer.fast_field_values("pk", [adres for _, adres in treffers.hits])
        sleutel = (opdracht.zoek, minstens, tuple((n, tuple(w)) for n, w in sorted(opdracht.keuzes.items()) if w))
        return Antwoord(
            sleutels=[int(pk) for pk in pks if pk is not None],
            totaal=treffers.count,
            tellingen=self._onthoud(sleutel, lambda: self._tel(tekst, filters)) if sleutel != NIETS else self._alles,
            vraag=vraag,
            gedeeltelijk=minstens is not None,
        )

    @leest_index
    def waarden(self, facet: str) -> set[str]:
        """All values that a facet has in the index."""
        return set(self._alles.get(facet, {}))

    @cached_property
    def _alles(self) -> dict[str, dict[str, int]]:
        """Counts when nothing is asked: constant for one state of the index."""
        return self._telling(Query.all_query())

    @leest_index
    def tel(self, zoek: str, keuzes: Mapping[str, Sequence[str]]) -> int:
        """Number of rows that match all of this."""
        filters = {naam: self._filter(naam, waarden) for naam, waarden in keuzes.items() if waarden}
        return self._aantal(self._met(combineer(self.steller.lees(zoek)), filters))

    def _minstens(self, vraag: Vraag, filters: Mapping[str, Query]) -> int | None:
        """How many units must match when not all can, or need to in a whole question; None when all must."""
        if len(vraag.eenheden) < 2 or (not vraag.is_vraagzin and self._aantal(combineer(vraag))):
            return None
        hoogste = ceil(len(vraag.eenheden) * 0.6) if vraag.is_vraagzin else len(vraag.eenheden) - 1
        gevonden = None
        for minstens in range(hoogste, 0, -1):
            aantal = self._aantal(combineer(vraag, minstens))
            if aantal >= GENOEG:
                return minstens
            gevonden = minstens if aantal else gevonden
        return gevonden

    def _aantal(self, query: Query) -> int:
        return int(self.lezer.search(query, 1).count)  # type: ignore[attr-defined]

    def _filter(self, naam: str, waarden: Sequence[str]) -> Query:
        termen = [f"{naam}:{waarde}" for waarde in waarden]
        return Query.const_score_query(Query.term_set_query(self.schema, "facet", termen), 0.0)

    @staticmethod
    def _met(tekst: Query, filters: Mapping[str, Query], zonder: str = "") -> Query:
        delen = [(Occur.Must, filter_) for naam, filter_ in filters.items() if naam != zonder]
        return Query.boolean_query([(Occur.Must, tekst), *delen]) if delen else tekst

    def _treffers(self, query: Query, opdracht: Opdracht, vraag: Vraag) -> Any:
        volgorde = (
            VOLGORDES["nieuwste"]
            if vraag.leeg and opdracht.volgorde == "relevantie"
            else VOLGORDES.get(opdracht.volgorde)
        )
        if volgorde:
            veld, richting = volgorde
            return self.lezer.search(query, opdracht.aantal, offset=opdracht.vanaf, order_by_field=veld, order=richting)
        return self.lezer.search(query, opdracht.aantal, offset=opdracht.vanaf)

    def _tel(self, tekst: Query, filters: Mapping[str, Query]) -> dict[str, dict[str, int]]:
        """Counts of all facets with all filters, and of each chosen facet with its own filter left out."""
        tellingen = self._telling(self._met(tekst, filters))
        for naam in filters:
            eigen = self._telling(self._met(tekst, filters, zonder=naam))
            tellingen[naam] = eigen.get(naam, {})
        return tellingen

    def _telling(self, query: Query) -> dict[str, dict[str, int]]:
        gevraagd = {"facet": {"terms": {"field": "facet", "size": MAX_FACETWAARDEN}}}
        tellingen: dict[str, dict[str, int]] = {}
        for bak in self.lezer.aggregate(query, gevraagd)["facet"]["buckets"]:
            naam, waarde = facetwaarde(bak["key"])
            tellingen.setdefault(naam, {})[waarde] = int(bak["doc_count"])
        return tellingen

    def _onthoud(self, sleutel: Any, maak: Any) -> dict[str, dict[str, int]]:
        """Counts are constant for one state of the index: the latest questions are remembered."""
        if sleutel not in self._tellingen:
            self._tellingen[sleutel] = maak()
            while len(self._tellingen) > ONTHOUDEN:
                self._tellingen.popitem(last=False)
        return self._tellingen[sleutel]

    @leest_index
    def verwant(self, pk: int, tekst: Sequence[str], themas: Sequence[str], aantal: int) -> list[int]:
        """Keys of the blueprints most like one with these words and themes."""
        delen = [(Occur.Should, self.bouwer.woord(woord)) for woord in self.woordenboek.kenmerkend(tekst)]
        delen += [(Occur.Should, Query.const_score_query(self._filter("thema", [thema]), 1.5)) for thema in themas]
        zelf = (Occur.MustNot, Query.term_query(self.schema, "pk", pk))
        treffers = self.lezer.search(Query.boolean_query([*delen, zelf]), aantal)
        pks = self.lezer.fast_field_values("pk", [adres for _, adres in treffers.hits])
        return [int(p) for p in pks if p is not None]
