"""From what a visitor types to a query for the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tantivy import Occur, Query

from .dictionary import VOORVOEGSELS, Woordenboek
from .language import STOPWOORDEN, VRAAGWOORDEN, VULWOORDEN, woorden
from .meanings import LANGSTE_FRASE, Frase
from .terms import Eenheid, Lezer

MAX_EENHEDEN = 12
BIJZAAK = 0.5  # weight of a filler, which only ranks

_STUK = re.compile(r'(?P<min>(?<!\S)-)?(?:"(?P<zin>[^"]*)"|(?P<woord>[^\s"]+))')


@dataclass
class Vraag:
    """A question that was understood: units that must all match, and what must not."""

    eenheden: list[Eenheid] = field(default_factory=list)
    uitgesloten: list[Query] = field(default_factory=list)
    bijzaak: list[Query] = field(default_factory=list)
    onleesbaar: bool = False
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

    @property
    def verbeterd(self) -> dict[str, str]:
        """What was made of typing errors."""
        return {eenheid.tekst: eenheid.verbeterd for eenheid in self.eenheden if eenheid.verbeterd}

    @property
    def omschreven(self) -> list[str]:
        """Terms that no text uses, found by their explanation."""
        return [eenheid.tekst for eenheid in self.eenheden if eenheid.omschreven]

    @property
    def onbekend(self) -> list[str]:
        """Words that nobody uses."""
        return [eenheid.tekst for eenheid in self.eenheden if not eenheid.treffers]


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
    """Reads questions for one index with one dictionary."""

    def __init__(self, boek: Woordenboek, lezer: Lezer) -> None:
        self.boek = boek
        self.lezer = lezer

    def lees(self, tekst: str) -> Vraag:
        """The question in this text."""
        stukken = ontleed(tekst)
        vraag = Vraag(uitgesloten=[self.lezer.zin(stuk.woorden).query for stuk in stukken if stuk.uitgesloten])
        geldig = [stuk for stuk in stukken if not stuk.uitgesloten]
        vraag.onleesbaar = bool(tekst.strip()) and not stukken
        vraag.eenheden = [self.lezer.zin(stuk.woorden) for stuk in geldig if stuk.zin]
        los = [woord for stuk in geldig if not stuk.zin for woord in self._los(stuk.woorden)]
        kern = self._kern(los)
        vraag.is_vraagzin = len(kern) > 2 and (tekst.rstrip().endswith("?") or bool(VRAAGWOORDEN & set(los[:1])))
        vraag.alleen_stopwoorden = bool(los) and not kern
        vraag.eenheden += self._eenheden(kern)
        vraag.bijzaak = [
            self.lezer.bouwer.woord(woord) for woord in dict.fromkeys(los) if woord in VULWOORDEN and woord not in kern
        ]
        del vraag.eenheden[MAX_EENHEDEN:]
        return vraag

    def _los(self, gevonden: Frase) -> Frase:
        """Words of one piece: joined when the index knows that, or a longer word; else without prefixes ("oud-")."""
        aaneen = "".join(gevonden)
        if len(gevonden) > 1 and (aaneen in self.boek.aantallen or self.boek.begint_met(aaneen)):
            return (aaneen,)
        return tuple(woord for woord in gevonden if woord not in VOORVOEGSELS) or gevonden

    def _kern(self, los: Sequence[str]) -> list[str]:
        """Words that are asked: without stop words, and without fillers when other words remain.

        Stop words stay where they are part of a known phrase ("Bergen op Zoom") or form a word ("drive in").
        """
        houden = self._in_bekende_groep(los)
        inhoud = [(w, blijft) for w, blijft in zip(los, houden, strict=True) if blijft or w not in STOPWOORDEN]
        zonder_vulling = [w for w, blijft in inhoud if blijft or w not in VULWOORDEN]
        return zonder_vulling or [w for w, _ in inhoud]

    def _in_bekende_groep(self, los: Sequence[str]) -> list[bool]:
        """For each word, whether it is part of a known phrase or of a word that is written apart here."""
        houden = [False] * len(los)
        for begin in range(len(los)):
            for einde in range(min(len(los), begin + LANGSTE_FRASE), begin + 1, -1):
                if self._is_bekende_groep(tuple(los[begin:einde])):
                    houden[begin:einde] = [True] * (einde - begin)
                    break
        return houden

    def _is_bekende_groep(self, groep: Frase) -> bool:
        return bool(self.boek.betekenissen.ken(groep) or self.boek.aaneen(groep))

    def _eenheden(self, kern: list[str]) -> Iterator[Eenheid]:
        plaats = 0
        while plaats < len(kern):
            lengte, eenheid = self._langste(kern, plaats)
            plaats += lengte
            yield eenheid

    def _langste(self, kern: list[str], plaats: int) -> tuple[int, Eenheid]:
        """The longest group here that is a known phrase or forms one known word, else one word."""
        for lengte in range(min(LANGSTE_FRASE, len(kern) - plaats), 1, -1):
            groep = tuple(kern[plaats : plaats + lengte])
            if self.boek.betekenissen.ken(groep):
                return lengte, self.lezer.woordgroep(groep, alleen=lengte == len(kern))
            if aaneen := self.boek.aaneen(groep):
                return lengte, self.lezer.aaneen(groep, aaneen)
        return 1, self._enkel(kern[plaats], alleen=len(kern) == 1)

    def _enkel(self, woord: str, *, alleen: bool) -> Eenheid:
        """One word, or a known phrase that is written as one."""
        bekend = self.boek.betekenissen.ken((woord,))
        if len(bekend) > 1 and woord not in self.boek.aantallen:
            return self.lezer.woordgroep(bekend, alleen=alleen)
        return self.lezer.woord(woord, alleen=alleen)


def combineer(vraag: Vraag, minstens: int | None = None) -> Query:
    """Query of the whole question; with `minstens` that many of its units are enough."""
    delen = [eenheid.query for eenheid in vraag.eenheden]
    if not delen:
        positief = Query.all_query()
    elif minstens is None or minstens >= len(delen):
        positief = Query.boolean_query([(Occur.Must, deel) for deel in delen])
    else:
        positief = Query.boolean_query([(Occur.Should, deel) for deel in delen], minimum_number_should_match=minstens)
    extra = [(Occur.MustNot, deel) for deel in vraag.uitgesloten]
    extra += [(Occur.Should, Query.boost_query(deel, BIJZAAK)) for deel in vraag.bijzaak]
    return Query.boolean_query([(Occur.Must, positief), *extra]) if extra else positief
