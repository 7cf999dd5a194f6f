"""One question asked of all kinds: what each gives, the best first, and how the words were understood."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from .engine import SearchRequest
from .everything import everything
from .gateway import gateway
from .kinds import KINDS, Entry, Kind
from .language import split_words, stem
from .query import Query
from .results import ResultList
from .snippet import best_stretch, cut, highlight

FIRST = 3  # rows of a group
WHOLE = 280  # characters of a summary that is shown whole
BEGINNING = 180  # characters of a text in which nothing was found
MAX_ALSO = 4
MAX_NEAR = 4


@dataclass(frozen=True)
class Hit:
    """An entry that was found, with the found words marked."""

    entry: Entry
    titel: SafeString
    text: SafeString


@dataclass(frozen=True)
class Group:
    """What one kind gives: its number, the first rows, and where all of them stand."""

    kind: Kind
    count: int
    rows: Sequence[Any]
    url: str

    @property
    def name(self) -> str:
        return self.kind.one if self.count == 1 else self.kind.many

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True)
class Near:
    """A word that looks like an unknown one, with the number of rows that it gives."""

    word: str
    count: int


class SearchOfAll:
    """The answers of the two indexes to one question."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = everything()
        self.others = self.all.find(text)
        self.engine = gateway().engine()
        self._results = ResultList(self.engine, SearchRequest(text, {}, "relevantie", 0, FIRST))
        self._response = self._results.response

    @cached_property
    def groups(self) -> list[Group]:
        """All kinds, also those that give nothing."""
        return [self._group(kind) for kind in KINDS.values()]

    @cached_property
    def total(self) -> int:
        """Number of rows of all kinds together."""
        return sum(group.count for group in self.groups)

    @cached_property
    def corrected(self) -> dict[str, str]:
        """What was made of typing errors, in the answers that count."""
        blauwdrukken = self._response.query.corrected if self._blauwdrukken else {}
        return blauwdrukken | (self.others.corrected if self._others_count else {})

    @property
    def unknown(self) -> list[str]:
        """Words that nothing on the site has."""
        others = set(self.others.unknown)
        return [word for word in self._response.query.unknown if word in others]

    @property
    def by_explanation(self) -> list[str]:
        """Terms that no blueprint uses, when blueprints were found by their explanation."""
        return self._response.query.by_explanation if self._blauwdrukken else []

    @property
    def partial(self) -> bool:
        """Whether some of what was found has only part of the words."""
        return bool(self._blauwdrukken and self._response.partial) or bool(self._others_count and self.others.partial)

    @property
    def says_too_little(self) -> bool:
        """Whether nothing but words was asked that nearly every text has."""
        return self.others.says_too_little

    @property
    def unreadable(self) -> bool:
        """Whether there is no letter or digit in it."""
        return self.others.unreadable

    @property
    def also(self) -> list[str]:
        """What else was searched for: words of the site that mean the same, and are no form of what was typed."""
        asked = [tuple(split_words(term.text)) for term in self._response.query.terms]
        typed = {stem(word) for phrase in asked for word in phrase}
        found = {other for phrase in asked for other in self.engine.dictionary.meanings.equivalents_of(phrase)}
        new = (
            other for other in found if not typed.issuperset(map(stem, other)) and all(map(self._is_in_texts, other))
        )
        return sorted(map(" ".join, new))[:MAX_ALSO]

    def near(self) -> list[Near]:
        """When nothing was found: known words that look like the unknown ones, the most alike first."""
        known = (self.engine.dictionary, self.all.engine.dictionary)
        likeness: dict[str, float] = {}
        for word in self.unknown[:3]:
            for dictionary in known:
                likeness |= {near: max(alike, likeness.get(near, 0)) for near, alike in dictionary.near(word).items()}
        words = sorted(likeness, key=lambda word: (-likeness[word], word))
        return [near for near in (Near(word, self._count(word)) for word in words) if near.count][:MAX_NEAR]

    def entries(self, kind: str) -> list[Entry]:
        """Entries of this kind, the best first."""
        return self.others.of(kind) if self._others_count else []

    def hits(self, entries: Sequence[Entry]) -> list[Hit]:
        """These entries with the found words marked."""
        return [make_hit(entry, self.others.query.hits) for entry in entries]

    def _group(self, kind: Kind) -> Group:
        if kind.read is None:
            return Group(kind, self._blauwdrukken, self._results[:FIRST] if self._blauwdrukken else [], self._url(kind))
        entries = self.entries(kind.name)
        return Group(kind, len(entries), self.hits(entries[:FIRST]), self._url(kind))

    def _url(self, kind: Kind) -> str:
        if kind.own_list:
            return f"{reverse(kind.own_list)}?{urlencode({'zoek': self.text})}"
        return f"{reverse('zoeken')}?{urlencode({'zoek': self.text, 'soort': kind.name})}"

    @cached_property
    def _blauwdrukken(self) -> int:
        """Number of blueprints; none by a guess at a word that other rows have as it was typed."""
        query = self._response.query
        guessed = _guesses(query, self.others.query) and bool(self.others.entries)
        return 0 if query.is_empty or guessed else self._response.total

    @cached_property
    def _others_count(self) -> int:
        """Number of other rows; none by a guess at a word that blueprints have as it was typed."""
        query = self.others.query
        guessed = _guesses(query, self._response.query) and bool(self._response.total)
        return 0 if guessed else len(self.others.entries)

    def _count(self, word: str) -> int:
        return self.engine.count(word, {}) + len(self.all.find(word).entries)

    def _is_in_texts(self, word: str) -> bool:
        known = (self.engine.dictionary, self.all.engine.dictionary)
        return any(word in dictionary.document_counts for dictionary in known)


def _guesses(query: Query, other: Query) -> bool:
    """Whether one reading changed a word that the other knows as it stands."""
    return bool(query.corrected.keys() - other.corrected.keys() - set(other.unknown))


def make_hit(entry: Entry, hits: Set[str]) -> Hit:
    """The entry with what fits of it, and the found words marked."""
    return Hit(entry, highlight(entry.titel, hits), highlight(fitting_text(entry, hits), hits))


def fitting_text(entry: Entry, hits: Set[str]) -> str:
    """The summary when it has the words, else the piece of the text or parts that has them, else what there is."""
    in_summary, piece = best_stretch(entry.summary, hits)
    if in_summary:
        return entry.summary if len(entry.summary) <= WHOLE else piece
    if piece := best_stretch(entry.text, hits)[1]:
        return piece
    if piece := best_stretch(entry.parts, hits)[1]:
        return f"{entry.parts_name}: {piece}"
    beginning = entry.summary or entry.text or f"{entry.parts_name}: {entry.parts}".lstrip(": ")
    return beginning if len(beginning) <= WHOLE else cut(beginning, 0, BEGINNING)
