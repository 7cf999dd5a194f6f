"""From what a visitor types to a query for the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tantivy import Occur
from tantivy import Query as TantivyQuery

from .dictionary import PREFIXES, Dictionary
from .language import FILLER_WORDS, QUESTION_WORDS, STOP_WORDS, split_words
from .meanings import LONGEST_PHRASE, Phrase
from .terms import Term, TermReader

MAX_TERMS = 12
FILLER_WEIGHT = 0.5  # weight of a filler, which only ranks

_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass
class Query:
    """A question that was understood: terms that must all match, and what must not."""

    terms: list[Term] = field(default_factory=list)
    excluded: list[TantivyQuery] = field(default_factory=list)
    fillers: list[TantivyQuery] = field(default_factory=list)
    unreadable: bool = False
    only_stop_words: bool = False
    is_question: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not self.terms and not self.excluded

    @property
    def hits(self) -> set[str]:
        """All words to mark in what is found."""
        return {word for term in self.terms for word in term.hits}

    @property
    def corrected(self) -> dict[str, str]:
        """What was made of typing errors."""
        return {term.text: term.corrected for term in self.terms if term.corrected}

    @property
    def by_explanation(self) -> list[str]:
        """Terms that no text uses, found by their explanation."""
        return [term.text for term in self.terms if term.by_explanation]

    @property
    def unknown(self) -> list[str]:
        """Words that nobody uses."""
        return [term.text for term in self.terms if not term.hits]


@dataclass(frozen=True)
class QueryPiece:
    """A piece of what was typed: words, whether they are quoted, and whether they are excluded."""

    words: tuple[str, ...]
    exact_phrase: bool
    excluded: bool


def split_pieces(text: str) -> list[QueryPiece]:
    """Pieces of a typed question: quoted phrases, excluded pieces, and runs of plain words."""
    pieces = []
    for hit in _PIECE.finditer(text):
        is_quoted = hit["quoted"] is not None
        found = tuple(split_words(hit["quoted"] if is_quoted else hit["word"]))
        if found:
            pieces.append(QueryPiece(found, is_quoted, bool(hit["minus"])))
    return pieces


class QueryParser:
    """Reads questions for one index with one dictionary."""

    def __init__(self, dictionary: Dictionary, reader: TermReader) -> None:
        self.dictionary = dictionary
        self.reader = reader

    def read(self, text: str) -> Query:
        """The question in this text."""
        pieces = split_pieces(text)
        query = Query(excluded=[self.reader.exact_phrase(piece.words).query for piece in pieces if piece.excluded])
        valid = [piece for piece in pieces if not piece.excluded]
        query.unreadable = bool(text.strip()) and not pieces
        query.terms = [self.reader.exact_phrase(piece.words) for piece in valid if piece.exact_phrase]
        loose = [word for piece in valid if not piece.exact_phrase for word in self._plain_words(piece.words)]
        core = self._core_words(loose)
        query.is_question = len(core) > 2 and (text.rstrip().endswith("?") or bool(QUESTION_WORDS & set(loose[:1])))
        query.only_stop_words = bool(loose) and not core
        query.terms += self._terms(core)
        query.fillers = [
            self.reader.builder.word(word) for word in dict.fromkeys(loose) if word in FILLER_WORDS and word not in core
        ]
        del query.terms[MAX_TERMS:]
        return query

    def _plain_words(self, found: Phrase) -> Phrase:
        """Words of one piece: joined when the index knows that, or a longer word; else without prefixes ("oud-")."""
        joined = "".join(found)
        if len(found) > 1 and (joined in self.dictionary.document_counts or self.dictionary.starting_with(joined)):
            return (joined,)
        return tuple(word for word in found if word not in PREFIXES) or found

    def _core_words(self, loose: Sequence[str]) -> list[str]:
        """Words that are asked: without stop words, and without fillers when other words remain.

        Stop words stay where they are part of a known phrase ("Bergen op Zoom") or form a word ("drive in").
        """
        kept = self._in_known_phrase(loose)
        content = [(w, keep) for w, keep in zip(loose, kept, strict=True) if keep or w not in STOP_WORDS]
        without_fillers = [w for w, keep in content if keep or w not in FILLER_WORDS]
        return without_fillers or [w for w, _ in content]

    def _in_known_phrase(self, loose: Sequence[str]) -> list[bool]:
        """For each word, whether it is part of a known phrase or of a word that is written apart here."""
        kept = [False] * len(loose)
        for start in range(len(loose)):
            for end in range(min(len(loose), start + LONGEST_PHRASE), start + 1, -1):
                if self._is_known_phrase(tuple(loose[start:end])):
                    kept[start:end] = [True] * (end - start)
                    break
        return kept

    def _is_known_phrase(self, group: Phrase) -> bool:
        return bool(self.dictionary.meanings.recognise(group) or self.dictionary.joined(group))

    def _terms(self, core: list[str]) -> Iterator[Term]:
        place = 0
        while place < len(core):
            length, term = self._longest(core, place)
            place += length
            yield term

    def _longest(self, core: list[str], place: int) -> tuple[int, Term]:
        """The longest group here that is a known phrase or forms one known word, else one word."""
        for length in range(min(LONGEST_PHRASE, len(core) - place), 1, -1):
            group = tuple(core[place : place + length])
            if self.dictionary.meanings.recognise(group):
                return length, self.reader.known_phrase(group, is_whole=length == len(core))
            if joined := self.dictionary.joined(group):
                return length, self.reader.joined(group, joined)
        return 1, self._single(core[place], is_whole=len(core) == 1)

    def _single(self, word: str, *, is_whole: bool) -> Term:
        """One word, or a known phrase that is written as one."""
        known = self.dictionary.meanings.recognise((word,))
        if len(known) > 1 and word not in self.dictionary.document_counts:
            return self.reader.known_phrase(known, is_whole=is_whole)
        return self.reader.word(word, is_whole=is_whole)


def combine(query: Query, at_least: int | None = None) -> TantivyQuery:
    """Query of the whole question; with `at_least` that many of its terms are enough."""
    parts = [term.query for term in query.terms]
    if not parts:
        positive = TantivyQuery.all_query()
    elif at_least is None or at_least >= len(parts):
        positive = TantivyQuery.boolean_query([(Occur.Must, part) for part in parts])
    else:
        positive = TantivyQuery.boolean_query(
            [(Occur.Should, part) for part in parts], minimum_number_should_match=at_least
        )
    extra = [(Occur.MustNot, part) for part in query.excluded]
    extra += [(Occur.Should, TantivyQuery.boost_query(part, FILLER_WEIGHT)) for part in query.fillers]
    return TantivyQuery.boolean_query([(Occur.Must, positive), *extra]) if extra else positive
