"""Suggestions while typing: titles that the index holds, and the names of themes, places and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from weakref import WeakKeyDictionary

import tantivy
from django.db.models import Q
from tantivy import Occur, Query

from regios.models import Gemeente, Regio, vouw

from ..models import Begrip, Blauwdruk, Thema
from .engine import Zoekmachine
from .language import koppelingen, woorden

MAX_TEKENS = 100
MAX_WOORDEN = 8
MAX_TITELS = 5
MAX_SUGGESTIES = 8
SOORTEN = ("blauwdruk", "thema", "regio", "gemeente", "begrip")


@dataclass(frozen=True)
class Suggestie:
    """A name that was meant perhaps: what to show, its kind (one of SOORTEN) and its address."""

    tekst: str
    soort: str
    url: str


class Naam:
    """A name with the other names that lead to the same address."""

    def __init__(self, soort: str, naam: str, url: str, andere: Iterable[str] = ()) -> None:
        self.soort = soort
        self.url = url
        self.sleutels = {naam: _sleutel(naam)}
        self.sleutels |= {f"{ander} ({naam})": _sleutel(ander) for ander in andere}

    def bij(self, begin: Begin) -> Treffer | None:
        """The match with this beginning; another name is shown only where the name itself does not match."""
        rangen = {tekst: begin.rang(sleutel) for tekst, sleutel in self.sleutels.items()}
        passend = {tekst: rang for tekst, rang in rangen.items() if rang is not None}
        return Treffer(min(passend.values()), Suggestie(next(iter(passend)), self.soort, self.url)) if passend else None


@dataclass(frozen=True)
class Treffer:
    """A suggestion with its rank: 0 for a name that begins with what was typed, 1 for one with words that do."""

    rang: int
    suggestie: Suggestie

    @property
    def plaats(self) -> tuple[int, int, str]:
        """By rank, then kind, then name."""
        return self.rang, SOORTEN.index(self.suggestie.soort), vouw(self.suggestie.tekst)


def _sleutel(tekst: str) -> str:
    """Words of a name as the index holds them, each after a space."""
    return "".join(f" {woord}" for woord in (*woorden(tekst), *koppelingen(vouw(tekst))))


class Begin:
    """What was typed so far."""

    def __init__(self, tekst: str) -> None:
        self.tekst = vouw(" ".join(tekst[:MAX_TEKENS].split()))
        self.woorden = [f" {woord}" for woord in woorden(self.tekst)[:MAX_WOORDEN]]

    def rang(self, sleutel: str) -> int | None:
        """Rank of a match with this name; None when it does not match."""
        if sleutel.startswith("".join(self.woorden)):
            return 0
        return 1 if all(woord in sleutel for woord in self.woorden) else None


def _namen() -> Iterator[Naam]:
    """Names of everything but blueprints; 4 queries."""
    for thema in Thema.objects.all():
        yield Naam("thema", thema.naam, thema.get_absolute_url())
    for regio in Regio.objects.all():
        yield Naam("regio", regio.naam, regio.get_absolute_url(), regio.aliassen.splitlines())
    for gemeente in Gemeente.objects.select_related("regio"):
        url = gemeente.regio.get_absolute_url()
        yield Naam("gemeente", gemeente.naam, url, gemeente.aliassen.splitlines())
    for begrip in Begrip.objects.all():
        andere = filter(None, [begrip.voluit, *begrip.synoniemen.splitlines()])
        yield Naam("begrip", begrip.term, begrip.get_absolute_url(), andere)


_per_machine: WeakKeyDictionary[Zoekmachine, list[Naam]] = WeakKeyDictionary()


def _namen_van(machine: Zoekmachine) -> list[Naam]:
    """The names in the state of the database that this engine answers for: read once, gone together with it."""
    if machine not in _per_machine:
        _per_machine[machine] = list(_namen())
    return _per_machine[machine]


def suggesties(machine: Zoekmachine, tekst: str) -> list[Suggestie]:
    """At most 8 names that begin like this text, then names with words that do."""
    begin = Begin(tekst)
    if not begin.woorden:
        return []
    titels = _treffers(_titels(machine, begin), begin)[:MAX_TITELS]
    treffers = sorted([*titels, *_treffers(_namen_van(machine), begin)], key=attrgetter("plaats"))
    return [treffer.suggestie for treffer in treffers[:MAX_SUGGESTIES]]


def _treffers(namen: Iterable[Naam], begin: Begin) -> list[Treffer]:
    """Matches among these names, the best ones first."""
    return sorted(filter(None, (naam.bij(begin) for naam in namen)), key=attrgetter("plaats"))


def _titels(machine: Zoekmachine, begin: Begin) -> list[Naam]:
    """Titles of published blueprints that may match; the index may lag, so they have to be looked at."""
    nummers = _met_begin(machine, begin)
    sleutels = _met_woorden(machine, begin) if len(nummers) < MAX_TITELS else []
    if not nummers and not sleutels:
        return []
    gezocht = Blauwdruk.objects.gepubliceerd().filter(Q(nummer__in=nummers) | Q(pk__in=sleutels))
    return [Naam("blauwdruk", rij.titel, rij.get_absolute_url()) for rij in gezocht.only("titel", "slug")]


def _met_begin(machine: Zoekmachine, begin: Begin) -> list[int]:
    """Numbers of the first blueprints with a title that begins like this, by title."""
    # What was just changed is in the index twice and comes first: hence more than are needed, to order by title.
    titels = machine.lezer.terms_with_prefix("op_titel", begin.tekst, limit=MAX_TITELS * 20)
    return [int(titel.rpartition("\t")[2]) for titel in sorted(titel for titel, _ in titels)[: MAX_TITELS * 2]]


def _met_woorden(machine: Zoekmachine, begin: Begin) -> list[int]:
    """Keys of the first blueprints with a title in which words begin like these, by title."""
    # Words hold only letters and digits, so nothing in them means anything in a regular expression.
    delen = [(Occur.Must, Query.regex_query(machine.schema, "titel", f"{w.strip()}.*")) for w in begin.woorden]
    treffers = machine.lezer.search(
        Query.boolean_query(delen), MAX_TITELS * 2, count=False, order_by_field="op_titel", order=tantivy.Order.Asc
    )
    pks = machine.lezer.fast_field_values("pk", [adres for _, adres in treffers.hits])
    return [int(pk) for pk in pks if pk is not None]
