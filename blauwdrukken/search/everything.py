"""The small index of all that is no blueprint: kept in memory, made of one state of the content.

These rows are few and their texts short. So each process makes it anew when somebody searches after a change, in less
time than a page takes, and nothing on disk can fall behind or break.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import tantivy
from django.utils import timezone

from .engine import SearchEngine, SearchRequest
from .index import IndexState
from .kinds import KINDS, Entry
from .query import Query
from .schema import add_zones, make_schema

WRITER_MEMORY = 15_000_000  # the least that tantivy takes
MAX_ANSWERS = 100


@dataclass(frozen=True)
class Answer:
    """What a question finds, the best first, and how it was understood."""

    entries: tuple[Entry, ...]
    query: Query
    partial: bool

    @property
    def corrected(self) -> dict[str, str]:
        """What was made of typing errors, when that found something."""
        return self.query.corrected if self.entries else {}

    @property
    def unknown(self) -> list[str]:
        """Words that none of these rows has."""
        return self.query.unknown

    @property
    def says_too_little(self) -> bool:
        """Whether nothing but words was asked that nearly every text has."""
        return self.query.is_empty and self.query.only_stop_words

    @property
    def unreadable(self) -> bool:
        """Whether there is no letter or digit in it."""
        return self.query.unreadable

    def of(self, kind: str) -> list[Entry]:
        """Entries of this kind that are public at this moment."""
        now = timezone.now()
        return [entry for entry in self.entries if entry.kind == kind and (entry.until is None or entry.until > now)]


class Everything:
    """All rows that can be found besides blueprints, and the engine that finds them."""

    def __init__(self, state: IndexState) -> None:
        self.state = state
        self.entries = tuple(entry for kind in KINDS.values() if kind.read for entry in kind.read())
        self.engine = SearchEngine(make_index(self.entries), state)
        self.find = lru_cache(MAX_ANSWERS)(self._find)

    def _find(self, text: str) -> Answer:
        """What this question finds; nothing when it asks for nothing."""
        request = SearchRequest(text, ordering="relevantie", limit=max(1, len(self.entries)))
        response = self.engine.search(request)
        keys = [] if response.query.is_empty else response.keys
        return Answer(tuple(self.entries[key] for key in keys), response.query, response.partial)


def make_index(entries: Sequence[Entry]) -> tantivy.Index:
    """An index in memory in which the key of an entry is its place."""
    index = tantivy.Index(make_schema())
    writer = index.writer(WRITER_MEMORY, 1)
    for place, entry in enumerate(entries):
        writer.add_document(make_entry_document(place, entry))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def make_entry_document(place: int, entry: Entry) -> tantivy.Document:
    """Document of one entry."""
    document = tantivy.Document()
    document.add_unsigned("pk", place)
    zones = {"titel": [entry.titel], "samenvatting": [entry.summary], "naam": entry.names, "tekst": [entry.text]}
    add_zones(document, zones)
    for facet in entry.facets:
        document.add_text("facet", facet)
    return document


class Latest:
    """Holds what was made of the latest state of the content, for all threads of this process."""

    def __init__(self) -> None:
        self._made: Everything | None = None
        self._lock = threading.Lock()

    def at(self, state: IndexState) -> Everything:
        """What fits this state, made when it is another than the last one; threads wait for one another meanwhile."""
        with self._lock:
            if self._made is None or self._made.state != state:
                self._made = Everything(state)
            return self._made


_latest = Latest()


def everything() -> Everything:
    """All that can be found besides blueprints, as the database has it now; 1 query, more for the first who asks."""
    return _latest.at(IndexState.from_database())
