"""Suggestions while typing: titles that the index holds, and the names of themes, places, programmes and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from weakref import WeakKeyDictionary

import tantivy
from django.db.models import Q
from tantivy import Occur, Query

from regios.models import Gemeente, Regio, fold

from ..models import Begrip, Blauwdruk, Programma, Thema
from .engine import SearchEngine
from .language import joined_forms, split_words

MAX_CHARACTERS = 100
MAX_WORDS = 8
MAX_TITLES = 5
MAX_SUGGESTIONS = 8
KINDS = ("blauwdruk", "thema", "regio", "gemeente", "programma", "begrip")


@dataclass(frozen=True)
class Suggestion:
    """A name that was meant perhaps: what to show, its kind (one of KINDS) and its address."""

    tekst: str
    soort: str
    url: str


class KnownName:
    """A name with the other names that lead to the same address."""

    def __init__(self, kind: str, name: str, url: str, others: Iterable[str] = ()) -> None:
        self.kind = kind
        self.url = url
        self.keys = {name: _make_key(name)}
        self.keys |= {f"{other} ({name})": _make_key(other) for other in others}

    def match(self, start: Prefix) -> SuggestionHit | None:
        """The match with this beginning; another name is shown only where the name itself does not match."""
        ranks = {text: start.rank(key) for text, key in self.keys.items()}
        matching = {text: rank for text, rank in ranks.items() if rank is not None}
        return (
            SuggestionHit(min(matching.values()), Suggestion(next(iter(matching)), self.kind, self.url))
            if matching
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


def _make_key(text: str) -> str:
    """Words of a name as the index holds them, each after a space."""
    return "".join(f" {word}" for word in (*split_words(text), *joined_forms(fold(text))))


class Prefix:
    """What was typed so far."""

    def __init__(self, text: str) -> None:
        self.text = fold(" ".join(text[:MAX_CHARACTERS].split()))
        self.words = [f" {word}" for word in split_words(self.text)[:MAX_WORDS]]

    def rank(self, key: str) -> int | None:
        """Rank of a match with this name; None when it does not match."""
        if key.startswith("".join(self.words)):
            return 0
        return 1 if all(word in key for word in self.words) else None


def _read_names() -> Iterator[KnownName]:
    """Names of everything but blueprints; 5 queries."""
    for thema in Thema.objects.all():
        yield KnownName("thema", thema.naam, thema.get_absolute_url())
    for regio in Regio.objects.all():
        yield KnownName("regio", regio.naam, regio.get_absolute_url(), regio.aliassen.splitlines())
    for gemeente in Gemeente.objects.select_related("regio"):
        url = gemeente.regio.get_absolute_url()
        yield KnownName("gemeente", gemeente.naam, url, gemeente.aliassen.splitlines())
    for programma in Programma.objects.all():
        yield KnownName("programma", programma.naam, programma.get_absolute_url())
    for begrip in Begrip.objects.all():
        others = filter(None, [begrip.voluit, *begrip.synoniemen.splitlines()])
        yield KnownName("begrip", begrip.term, begrip.get_absolute_url(), others)


_names_by_engine: WeakKeyDictionary[SearchEngine, list[KnownName]] = WeakKeyDictionary()


def _names_of(engine: SearchEngine) -> list[KnownName]:
    """The names in the state of the database that this engine answers for: read once, gone together with it."""
    if engine not in _names_by_engine:
        _names_by_engine[engine] = list(_read_names())
    return _names_by_engine[engine]


def suggest(engine: SearchEngine, text: str) -> list[Suggestion]:
    """At most 8 names that begin like this text, then names with words that do."""
    start = Prefix(text)
    if not start.words:
        return []
    titels = _find_hits(_find_titles(engine, start), start)[:MAX_TITLES]
    hits = sorted([*titels, *_find_hits(_names_of(engine), start)], key=attrgetter("sort_key"))
    return [hit.suggestion for hit in hits[:MAX_SUGGESTIONS]]


def _find_hits(names: Iterable[KnownName], start: Prefix) -> list[SuggestionHit]:
    """Matches among these names, the best ones first."""
    return sorted(filter(None, (name.match(start) for name in names)), key=attrgetter("sort_key"))


def _find_titles(engine: SearchEngine, start: Prefix) -> list[KnownName]:
    """Titles of published blueprints that may match; the index may lag, so they have to be looked at."""
    nummers = _nummers_with_prefix(engine, start)
    keys = _keys_with_words(engine, start) if len(nummers) < MAX_TITLES else []
    if not nummers and not keys:
        return []
    sought = Blauwdruk.objects.published().filter(Q(nummer__in=nummers) | Q(pk__in=keys))
    return [KnownName("blauwdruk", row.titel, row.get_absolute_url()) for row in sought.only("titel", "slug")]


def _nummers_with_prefix(engine: SearchEngine, start: Prefix) -> list[int]:
    """Numbers of the first blueprints with a title that begins like this, by title."""
    # What was just changed is in the index twice and comes first: hence more than are needed, to order by title.
    titels = engine.searcher.terms_with_prefix("op_titel", start.text, limit=MAX_TITLES * 20)
    return [int(titel.rpartition("\t")[2]) for titel in sorted(titel for titel, _ in titels)[: MAX_TITLES * 2]]


def _keys_with_words(engine: SearchEngine, start: Prefix) -> list[int]:
    """Keys of the first blueprints with a title in which words begin like these, by title."""
    # Words hold only letters and digits, so nothing in them means anything in a regular expression.
    parts = [(Occur.Must, Query.regex_query(engine.schema, "titel", f"{word.strip()}.*")) for word in start.words]
    hits = engine.searcher.search(
        Query.boolean_query(parts), MAX_TITLES * 2, count=False, order_by_field="op_titel", order=tantivy.Order.Asc
    )
    pks = engine.searcher.fast_field_values("pk", [address for _, address in hits.hits])
    return [int(pk) for pk in pks if pk is not None]
