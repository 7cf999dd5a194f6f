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

_PIECE = re.compile(r'(?P<min>(?<!\S)-)?(?:"(?P<zin>[^"]*)"|(?P<woord>[^\s"]+))')


@dataclass
class Query:
    """A question that was understood: units that must all match, and what must not."""

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
        return {woord for eenheid in self.terms for woord in eenheid.hits}

    @property
    def corrected(self) -> dict[str, str]:
        """What was made of typing errors."""
        return {eenheid.text: eenheid.corrected for eenheid in self.terms if eenheid.corrected}

    @property
    def by_explanation(self) -> list[str]:
        """Terms that no text uses, found by their explanation."""
        return [eenheid.text for eenheid in self.terms if eenheid.by_explanation]

    @property
    def unknown(self) -> list[str]:
        """Words that nobody uses."""
        return [eenheid.text for eenheid in self.terms if not eenheid.hits]


@dataclass(frozen=True)
class QueryPiece:
    """A piece of what was typed: words, whether they are quoted, and whether they are excluded."""

    words: tuple[str, ...]
    exact_phrase: bool
    excluded: bool


def split_pieces(tekst: str) -> list[QueryPiece]:
    """Pieces of a typed question: quoted phrases, excluded pieces, and runs of plain words."""
    stukken = []
    for treffer in _PIECE.finditer(tekst):
        zin = treffer["zin"] is not None
        gevonden = tuple(split_words(treffer["zin"] if zin else treffer["woord"]))
        if gevonden:
            stukken.append(QueryPiece(gevonden, zin, bool(treffer["min"])))
    return stukken


class QueryParser:
    """Reads questions for one index with one dictionary."""

    def __init__(self, boek: Dictionary, lezer: TermReader) -> None:
        self.dictionary = boek
        self.reader = lezer

    def read(self, tekst: str) -> Query:
        """The question in this text."""
        stukken = split_pieces(tekst)
        vraag = Query(excluded=[self.reader.exact_phrase(stuk.words).query for stuk in stukken if stuk.excluded])
        geldig = [stuk for stuk in stukken if not stuk.excluded]
        vraag.unreadable = bool(tekst.strip()) and not stukken
        vraag.terms = [self.reader.exact_phrase(stuk.words) for stuk in geldig if stuk.exact_phrase]
        los = [woord for stuk in geldig if not stuk.exact_phrase for woord in self._plain_words(stuk.words)]
        kern = self._core_words(los)
        vraag.is_question = len(kern) > 2 and (tekst.rstrip().endswith("?") or bool(QUESTION_WORDS & set(los[:1])))
        vraag.only_stop_words = bool(los) and not kern
        vraag.terms += self._terms(kern)
        vraag.fillers = [
            self.reader.builder.word(woord)
            for woord in dict.fromkeys(los)
            if woord in FILLER_WORDS and woord not in kern
        ]
        del vraag.terms[MAX_TERMS:]
        return vraag

    def _plain_words(self, gevonden: Phrase) -> Phrase:
        """Words of one piece: joined when the index knows that, or a longer word; else without prefixes ("oud-")."""
        aaneen = "".join(gevonden)
        if len(gevonden) > 1 and (aaneen in self.dictionary.document_counts or self.dictionary.starting_with(aaneen)):
            return (aaneen,)
        return tuple(woord for woord in gevonden if woord not in PREFIXES) or gevonden

    def _core_words(self, los: Sequence[str]) -> list[str]:
        """Words that are asked: without stop words, and without fillers when other words remain.

        Stop words stay where they are part of a known phrase ("Bergen op Zoom") or form a word ("drive in").
        """
        houden = self._in_known_phrase(los)
        inhoud = [(w, blijft) for w, blijft in zip(los, houden, strict=True) if blijft or w not in STOP_WORDS]
        zonder_vulling = [w for w, blijft in inhoud if blijft or w not in FILLER_WORDS]
        return zonder_vulling or [w for w, _ in inhoud]

    def _in_known_phrase(self, los: Sequence[str]) -> list[bool]:
        """For each word, whether it is part of a known phrase or of a word that is written apart here."""
        houden = [False] * len(los)
        for begin in range(len(los)):
            for einde in range(min(len(los), begin + LONGEST_PHRASE), begin + 1, -1):
                if self._is_known_phrase(tuple(los[begin:einde])):
                    houden[begin:einde] = [True] * (einde - begin)
                    break
        return houden

    def _is_known_phrase(self, groep: Phrase) -> bool:
        return bool(self.dictionary.meanings.recognise(groep) or self.dictionary.joined(groep))

    def _terms(self, kern: list[str]) -> Iterator[Term]:
        plaats = 0
        while plaats < len(kern):
            lengte, eenheid = self._longest(kern, plaats)
            plaats += lengte
            yield eenheid

    def _longest(self, kern: list[str], plaats: int) -> tuple[int, Term]:
        """The longest group here that is a known phrase or forms one known word, else one word."""
        for lengte in range(min(LONGEST_PHRASE, len(kern) - plaats), 1, -1):
            groep = tuple(kern[plaats : plaats + lengte])
            if self.dictionary.meanings.recognise(groep):
                return lengte, self.reader.known_phrase(groep, alleen=lengte == len(kern))
            if aaneen := self.dictionary.joined(groep):
                return lengte, self.reader.joined(groep, aaneen)
        return 1, self._single(kern[plaats], alleen=len(kern) == 1)

    def _single(self, woord: str, *, alleen: bool) -> Term:
        """One word, or a known phrase that is written as one."""
        bekend = self.dictionary.meanings.recognise((woord,))
        if len(bekend) > 1 and woord not in self.dictionary.document_counts:
            return self.reader.known_phrase(bekend, alleen=alleen)
        return self.reader.word(woord, alleen=alleen)


def combine(vraag: Query, minstens: int | None = None) -> TantivyQuery:
    """Query of the whole question; with `minstens` that many of its units are enough."""
    delen = [eenheid.query for eenheid in vraag.terms]
    if not delen:
        positief = TantivyQuery.all_query()
    elif minstens is None or minstens >= len(delen):
        positief = TantivyQuery.boolean_query([(Occur.Must, deel) for deel in delen])
    else:
        positief = TantivyQuery.boolean_query(
            [(Occur.Should, deel) for deel in delen], minimum_number_should_match=minstens
        )
    extra = [(Occur.MustNot, deel) for deel in vraag.excluded]
    extra += [(Occur.Should, TantivyQuery.boost_query(deel, FILLER_WEIGHT)) for deel in vraag.fillers]
    return TantivyQuery.boolean_query([(Occur.Must, positief), *extra]) if extra else positief
