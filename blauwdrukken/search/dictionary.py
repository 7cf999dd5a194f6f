"""The words of the index, and how a visitor's word relates to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from .language import FILLER_WORDS, STOP_WORDS, derived_words, other_spellings, stem, stem_all, word_forms
from .meanings import Meanings, Phrase
from .verbs import strong_forms, without_ge

MAX_JOINED_WORDS = 4
LONGEST_COMPOUND = 50  # letters; a longer word is not taken apart
LINKING_LETTERS = ("", "s", "en", "e", "n")
PREFIXES = frozenset("aan af bij ex her in mede mee na niet non om on ont oud over sub toe uit ver voor".split())


# Words by stem, of every dictionary this process has had: a publication adds a few words to many.
_WORDS_BY_STEM: dict[str, list[str]] = {}
_GROUPED: set[str] = set()


def group_by_stem(words: Iterable[str]) -> None:
    """Add the words that are new to their stems."""
    new = [word for word in words if word not in _GROUPED]
    for word, stem_ in zip(new, stem_all(new), strict=True):
        _WORDS_BY_STEM.setdefault(stem_, []).append(word)
    _GROUPED.update(new)


def _derivations(word: str) -> set[str]:
    """Possible words for who or what belongs to a verb, and the verb of a participle, for each inflection."""
    return {derived for form in word_forms(word) for derived in (*derived_words(form), *without_ge(form))}


class Dictionary:
    """Words of the index with their number of documents, and how a visitor's word relates to them."""

    def __init__(self, counts: Mapping[str, int], facets: Set[str], meanings: Meanings) -> None:
        self.document_counts = counts
        self.facets = facets
        self.meanings = meanings
        self._words = [word for word in counts if not word.isdigit() and len(word) > 2]
        group_by_stem(self._words)
        self.compounds = lru_cache(5_000)(self._compounds)
        self.nearest = lru_cache(5_000)(self._nearest)
        self.understands = lru_cache(5_000)(self._understands)
        self.parts = lru_cache(5_000)(self._parts)

    def knows(self, word: str) -> bool:
        return word in self.document_counts or word in self.meanings.words

    def _understands(self, word: str) -> bool:
        """Whether the word, an inflection or a word of the same stem is known."""
        return self.knows(word) or bool(self.inflections(word) or self.words_of_same_stem(word))

    def inflections(self, word: str) -> set[str]:
        """Other inflections of the word that occur in the index."""
        possible = word_forms(word) | strong_forms(word)
        return {form for form in possible if form in self.document_counts and form not in STOP_WORDS} - {word}

    def words_of_same_stem(self, word: str) -> set[str]:
        """Words of the index with the stem of the word; of an unknown one those derived from it, when there are any."""
        if len(word) < 4:
            return set()
        known = word in self.document_counts
        possible = derived_words(word) if known else _derivations(word)
        derived = possible & self.document_counts.keys()
        if derived and not known:
            return derived
        starting_points = {word} | self.inflections(word) | (set() if known else possible)
        stems = {stem(form) for form in starting_points if len(form) > 3}
        relatives = {
            relative
            for stem_ in stems
            for relative in _WORDS_BY_STEM.get(stem_, ())
            if relative in self.document_counts
        }
        return (relatives | derived) - {word} - STOP_WORDS

    def _compounds(self, word: str) -> frozenset[str]:
        """Words of the index that are composed with this word or one of its inflections."""
        parts = {form for form in (word, *self.inflections(word)) if len(form) > 3}
        smallest = {part for part in parts if not any(other != part and other in part for other in parts)}
        return frozenset(
            long_word
            for long_word in self._words
            for part in smallest
            if part in long_word and len(long_word) > len(part) + 2 and self._is_compound(long_word, part)
        )

    def _is_compound(self, long_word: str, part: str) -> bool:
        before, _, after = long_word.partition(part)
        return self._can_precede(before) and self._can_follow(after)

    def _can_precede(self, before: str) -> bool:
        if before in PREFIXES:
            return True
        cores = (before.removesuffix(letters) for letters in LINKING_LETTERS)
        return not before or any(len(core) > 2 and self.knows(core) for core in cores) or len(before) > 4

    def _can_follow(self, after: str) -> bool:
        cores = (after.removeprefix(letters) for letters in LINKING_LETTERS)
        return any(not core or (len(core) > 2 and self.knows(core)) for core in cores) or len(after) > 4

    def _parts(self, word: str) -> Phrase:
        """The fewest known words of which an unknown word is composed, or nothing."""
        best: Phrase = ()
        if len(word) > LONGEST_COMPOUND:
            return best
        for i in range(4, len(word) - 3):
            head, tail = word[:i], word[i:]
            core = next((k for k in self._without_linking_letters(head) if len(k) > 3 and self.understands(k)), "")
            if not core:
                continue
            rest = (tail,) if self.understands(tail) else self.parts(tail)
            if rest and (not best or len(rest) + 1 < len(best)):
                best = (core, *rest)
        return best

    @staticmethod
    def _without_linking_letters(head: str) -> Iterator[str]:
        return (head.removesuffix(letters) for letters in LINKING_LETTERS)

    def characteristic_words(self, text: Iterable[str], at_most: int = 20) -> list[str]:
        """The words of a text that tell it apart: often in it, seldom elsewhere, but not there alone."""
        most = max(self.document_counts.values(), default=1)
        telling = Counter(
            word for word in text if len(word) > 4 and 2 <= self.document_counts.get(word, 0) <= most // 3 + 1
        )
        weight = {word: count * log(1 + most / self.document_counts[word]) for word, count in telling.items()}
        return sorted(weight, key=lambda word: (-weight[word], word))[:at_most]

    def distinctive_words(self, text: Iterable[str]) -> set[str]:
        """The words of an explanation that say something: in the index, but not in most of its texts."""
        most = max(self.document_counts.values(), default=0) // 2 + 1
        ordinary = STOP_WORDS | FILLER_WORDS
        return {w for w in text if len(w) > 4 and w not in ordinary and 0 < self.document_counts.get(w, 0) <= most}

    def longest_part(self, word: str) -> str:
        """The longest known word with which an unknown word ends or begins; the rarer one of these, else nothing."""
        end = next((word[i:] for i in range(1, len(word) - 5) if self.knows(word[i:])), "")
        start = next((word[:i] for i in range(len(word) - 1, 4, -1) if self.knows(word[:i])), "")
        return min(filter(None, (end, start)), key=lambda part: self.document_counts.get(part, 0), default="")

    def starting_with(self, start: str) -> set[str]:
        """Words of the index that begin with an unknown word."""
        return {word for word in self._words if word.startswith(start)} if len(start) > 3 else set()

    def joined(self, group: Phrase) -> str:
        """Known word that these words form together ("scholings alliantie", "NL werkt door"), or nothing."""
        if len(group) > MAX_JOINED_WORDS or STOP_WORDS.issuperset(group):  # "met een" is no "meteen"
            return ""
        letters = LINKING_LETTERS if len(group) == 2 else ("",)
        possible = (linking.join(group) for linking in letters)
        return next((word for word in possible if word in self.document_counts), "")

    def _nearest(self, word: str) -> tuple[str, int]:
        """The known word at the smallest distance with that distance, the most used first; else ("", 0)."""
        for spelling in other_spellings(word):
            if spelling in self.document_counts:
                return spelling, 1
        at_most = 0 if len(word) < 4 else 1 if len(word) < 8 else 2 if len(word) < 12 else 3
        candidates = self._words + [w for w in self.meanings.words if w not in self.document_counts and len(w) > 3]
        found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=at_most, limit=20)
        if not found or not at_most:
            return "", 0
        nearest = min(found, key=lambda g: (g[1], g[0][0] != word[0], -self.document_counts.get(g[0], 0), g[0]))
        return nearest[0], int(nearest[1])

    def near(self, word: str, at_most: int = 4) -> dict[str, float]:
        """Known words that look most like an unknown one, also too far off for a typing error; likeness up to 1."""
        found = process.extract(word, self._words, scorer=JaroWinkler.similarity, score_cutoff=0.75, limit=at_most)
        return {nearest: likeness for nearest, likeness, _ in found}


def count_words(lists: Iterable[Iterable[tuple[str, int]]]) -> dict[str, int]:
    """Number of documents per word over the zones of the index; the largest of the zones."""
    counts: dict[str, int] = {}
    for counted in lists:
        for word, count in counted:
            counts[word] = max(count, counts.get(word, 0))
    return counts
