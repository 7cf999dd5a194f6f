"""Suggestions while typing: titles that the index holds, and the names of themes, places and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from weakref import WeakKeyDictionary

import tantivy
from django.db.models import Q
from tantivy import Occur, Query

from regios.models import Gemeente, Regio, fold

from ..models import Begrip, Blauwdruk, Thema
from .engine import SearchEngine
from .language import joined_forms, split_words

MAX_CHARACTERS = 100
MAX_WORDS = 8
MAX_TITLES = 5
MAX_SUGGESTIONS = 8
KINDS = ("blauwdruk", "thema", "regio", "gemeente", "begrip")


@dataclass(frozen=True)
class Suggestion:
    """A name that was meant perhaps: what to show, its kind (one of KINDS) and its address."""

    tekst: str
    soort: str
    url: str


class KnownName:
    """A name with the other names that lead to the same address."""

    def __init__(self, soort: str, naam: str, url: str, andere: Iterable[str] = ()) -> None:
        self.kind = soort
        self.url = url
        self.keys = {naam: _make_key(naam)}
        self.keys |= {f"{ander} ({naam})": _make_key(ander) for ander in andere}

    def match(self, begin: Prefix) -> SuggestionHit | None:
        """The match with this beginning; another name is shown only where the name itself does not match."""
        rangen = {tekst: begin.rank(sleutel) for tekst, sleutel in self.keys.items()}
        passend = {tekst: rang for tekst, rang in rangen.items() if rang is not None}
        return (
            SuggestionHit(min(passend.values()), Suggestion(next(iter(passend)), self.kind, self.url))
            if passend
            else None
        )


@dataclass(frozen=True)
class SuggestionHit:
    """A suggestion with its rank: 0 for a name that begins with what was typed, 1 for one with words that do."""

    rank: int
    suggestion: Suggestion

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """By rank, then kind, then name."""
        return self.rank, KINDS.index(self.suggestion.soort), fold(self.suggestion.tekst)


def _make_key(tekst: str) -> str:
    """Words of a name as the index holds them, each after a space."""
    return "".join(f" {woord}" for woord in (*split_words(tekst), *joined_forms(fold(tekst))))


class Prefix:
    """What was typed so far."""

    def __init__(self, tekst: str) -> None:
        self.text = fold(" ".join(tekst[:MAX_CHARACTERS].split()))
        self.words = [f" {woord}" for woord in split_words(self.text)[:MAX_WORDS]]

    def rank(self, sleutel: str) -> int | None:
        """Rank of a match with this name; None when it does not match."""
        if sleutel.startswith("".join(self.words)):
            return 0
        return 1 if all(woord in sleutel for woord in self.words) else None


def _read_names() -> Iterator[KnownName]:
    """Names of everything but blueprints; 4 queries."""
    for thema in Thema.objects.all():
        yield KnownName("thema", thema.naam, thema.get_absolute_url())
    for regio in Regio.objects.all():
        yield KnownName("regio", regio.naam, regio.get_absolute_url(), regio.aliassen.splitlines())
    for gemeente in Gemeente.objects.select_related("regio"):
        url = gemeente.regio.get_absolute_url()
        yield KnownName("gemeente", gemeente.naam, url, gemeente.aliassen.splitlines())
    for begrip in Begrip.objects.all():
        andere = filter(None, [begrip.voluit, *begrip.synoniemen.splitlines()])
        yield KnownName("begrip", begrip.term, begrip.get_absolute_url(), andere)


_names_by_engine: WeakKeyDictionary[SearchEngine, list[KnownName]] = WeakKeyDictionary()


def _names_of(machine: SearchEngine) -> list[KnownName]:
    """The names in the state of the database that this engine answers for: read once, gone together with it."""
    if machine not in _names_by_engine:
        _names_by_engine[machine] = list(_read_names())
    return _names_by_engine[machine]


def suggest(machine: SearchEngine, tekst: str) -> list[Suggestion]:
    """At most 8 names that begin like this text, then names with words that do."""
    begin = Prefix(tekst)
    if not begin.words:
        return []
    titels = _find_hits(_find_titles(machine, begin), begin)[:MAX_TITLES]
    treffers = sorted([*titels, *_find_hits(_names_of(machine), begin)], key=attrgetter("sort_key"))
    return [treffer.suggestion for treffer in treffers[:MAX_SUGGESTIONS]]


def _find_hits(namen: Iterable[KnownName], begin: Prefix) -> list[SuggestionHit]:
    """Matches among these names, the best ones first."""
    return sorted(filter(None, (naam.match(begin) for naam in namen)), key=attrgetter("sort_key"))


def _find_titles(machine: SearchEngine, begin: Prefix) -> list[KnownName]:
    """Titles of published blueprints that may match; the index may lag, so they have to be looked at."""
    nummers = _nummers_with_prefix(machine, begin)
    sleutels = _keys_with_words(machine, begin) if len(nummers) < MAX_TITLES else []
    if not nummers and not sleutels:
        return []
    gezocht = Blauwdruk.objects.published().filter(Q(nummer__in=nummers) | Q(pk__in=sleutels))
    return [KnownName("blauwdruk", rij.titel, rij.get_absolute_url()) for rij in gezocht.only("titel", "slug")]


def _nummers_with_prefix(machine: SearchEngine, begin: Prefix) -> list[int]:
    """Numbers of the first blueprints with a title that begins like this, by title."""
    # What was just changed is in the index twice and comes first: hence more than are needed, to order by title.
    titels = machine.searcher.terms_with_prefix("op_titel", begin.text, limit=MAX_TITLES * 20)
    return [int(titel.rpartition("\t")[2]) for titel in sorted(titel for titel, _ in titels)[: MAX_TITLES * 2]]


def _keys_with_words(machine: SearchEngine, begin: Prefix) -> list[int]:
    """Keys of the first blueprints with a title in which words begin like these, by title."""
    # Words hold only letters and digits, so nothing in them means anything in a regular expression.
    delen = [(Occur.Must, Query.regex_query(machine.schema, "titel", f"{w.strip()}.*")) for w in begin.words]
    treffers = machine.searcher.search(
        Query.boolean_query(delen), MAX_TITLES * 2, count=False, order_by_field="op_titel", order=tantivy.Order.Asc
    )
    pks = machine.searcher.fast_field_values("pk", [adres for _, adres in treffers.hits])
    return [int(pk) for pk in pks if pk is not None]
