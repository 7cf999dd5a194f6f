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


def group_by_stem(lijst: Iterable[str]) -> None:
    """Add the words that are new to their stems."""
    nieuw = [woord for woord in lijst if woord not in _GROUPED]
    for woord, wortel in zip(nieuw, stem_all(nieuw), strict=True):
        _WORDS_BY_STEM.setdefault(wortel, []).append(woord)
    _GROUPED.update(nieuw)


def _derivations(woord: str) -> set[str]:
    """Possible words for who or what belongs to a verb, and the verb of a participle, for each inflection."""
    return {afgeleid for vorm in word_forms(woord) for afgeleid in (*derived_words(vorm), *without_ge(vorm))}


class Dictionary:
    """Words of the index with their number of documents, and how a visitor's word relates to them."""

    def __init__(self, aantallen: Mapping[str, int], facetten: Set[str], betekenissen: Meanings) -> None:
        self.document_counts = aantallen
        self.facets = facetten
        self.meanings = betekenissen
        self._words = [woord for woord in aantallen if not woord.isdigit() and len(woord) > 2]
        group_by_stem(self._words)
        self.compounds = lru_cache(5_000)(self._compounds)
        self.nearest = lru_cache(5_000)(self._nearest)
        self.understands = lru_cache(5_000)(self._understands)
        self.parts = lru_cache(5_000)(self._parts)

    def knows(self, woord: str) -> bool:
        return woord in self.document_counts or woord in self.meanings.words

    def _understands(self, woord: str) -> bool:
        """Whether the word, an inflection or a word of the same stem is known."""
        return self.knows(woord) or bool(self.inflections(woord) or self.words_of_same_stem(woord))

    def inflections(self, woord: str) -> set[str]:
        """Other inflections of the word that occur in the index."""
        mogelijk = word_forms(woord) | strong_forms(woord)
        return {vorm for vorm in mogelijk if vorm in self.document_counts and vorm not in STOP_WORDS} - {woord}

    def words_of_same_stem(self, woord: str) -> set[str]:
        """Words of the index with the stem of the word; of an unknown one those derived from it, when there are any."""
        if len(woord) < 4:
            return set()
        bekend = woord in self.document_counts
        mogelijk = derived_words(woord) if bekend else _derivations(woord)
        afgeleid = mogelijk & self.document_counts.keys()
        if afgeleid and not bekend:
            return afgeleid
        vertrekpunten = {woord} | self.inflections(woord) | (set() if bekend else mogelijk)
        wortels = {stem(vorm) for vorm in vertrekpunten if len(vorm) > 3}
        genoten = {
            genoot for wortel in wortels for genoot in _WORDS_BY_STEM.get(wortel, ()) if genoot in self.document_counts
        }
        return (genoten | afgeleid) - {woord} - STOP_WORDS

    def _compounds(self, woord: str) -> frozenset[str]:
        """Words of the index that are composed with this word or one of its inflections."""
        delen = {vorm for vorm in (woord, *self.inflections(woord)) if len(vorm) > 3}
        kleinste = {deel for deel in delen if not any(ander != deel and ander in deel for ander in delen)}
        return frozenset(
            lang
            for lang in self._words
            for deel in kleinste
            if deel in lang and len(lang) > len(deel) + 2 and self._is_compound(lang, deel)
        )

    def _is_compound(self, lang: str, deel: str) -> bool:
        voor, _, na = lang.partition(deel)
        return self._can_precede(voor) and self._can_follow(na)

    def _can_precede(self, voor: str) -> bool:
        if voor in PREFIXES:
            return True
        kernen = (voor.removesuffix(letters) for letters in LINKING_LETTERS)
        return not voor or any(len(kern) > 2 and self.knows(kern) for kern in kernen) or len(voor) > 4

    def _can_follow(self, na: str) -> bool:
        kernen = (na.removeprefix(letters) for letters in LINKING_LETTERS)
        return any(not kern or (len(kern) > 2 and self.knows(kern)) for kern in kernen) or len(na) > 4

    def _parts(self, woord: str) -> Phrase:
        """The fewest known words of which an unknown word is composed, or nothing."""
        beste: Phrase = ()
        if len(woord) > LONGEST_COMPOUND:
            return beste
        for i in range(4, len(woord) - 3):
            kop, staart = woord[:i], woord[i:]
            kern = next((k for k in self._without_linking_letters(kop) if len(k) > 3 and self.understands(k)), "")
            if not kern:
                continue
            rest = (staart,) if self.understands(staart) else self.parts(staart)
            if rest and (not beste or len(rest) + 1 < len(beste)):
                beste = (kern, *rest)
        return beste

    @staticmethod
    def _without_linking_letters(kop: str) -> Iterator[str]:
        return (kop.removesuffix(letters) for letters in LINKING_LETTERS)

    def characteristic_words(self, tekst: Iterable[str], hooguit: int = 20) -> list[str]:
        """The words of a text that tell it apart: often in it, seldom elsewhere, but not there alone."""
        meest = max(self.document_counts.values(), default=1)
        telling = Counter(
            woord for woord in tekst if len(woord) > 4 and 2 <= self.document_counts.get(woord, 0) <= meest // 3 + 1
        )
        gewicht = {woord: aantal * log(1 + meest / self.document_counts[woord]) for woord, aantal in telling.items()}
        return sorted(gewicht, key=lambda woord: (-gewicht[woord], woord))[:hooguit]

    def distinctive_words(self, tekst: Iterable[str]) -> set[str]:
        """The words of an explanation that say something: in the index, but not in most of its texts."""
        meest = max(self.document_counts.values(), default=0) // 2 + 1
        gewoon = STOP_WORDS | FILLER_WORDS
        return {w for w in tekst if len(w) > 4 and w not in gewoon and 0 < self.document_counts.get(w, 0) <= meest}

    def longest_part(self, woord: str) -> str:
        """The longest known word with which an unknown word ends or begins; the rarer one of these, else nothing."""
        einde = next((woord[i:] for i in range(1, len(woord) - 5) if self.knows(woord[i:])), "")
        begin = next((woord[:i] for i in range(len(woord) - 1, 4, -1) if self.knows(woord[:i])), "")
        return min(filter(None, (einde, begin)), key=lambda deel: self.document_counts.get(deel, 0), default="")

    def starting_with(self, begin: str) -> set[str]:
        """Words of the index that begin with an unknown word."""
        return {woord for woord in self._words if woord.startswith(begin)} if len(begin) > 3 else set()

    def joined(self, groep: Phrase) -> str:
        """Known word that these words form together ("scholings alliantie", "NL werkt door"), or nothing."""
        if len(groep) > MAX_JOINED_WORDS or STOP_WORDS.issuperset(groep):  # "met een" is no "meteen"
            return ""
        letters = LINKING_LETTERS if len(groep) == 2 else ("",)
        mogelijk = (tussen.join(groep) for tussen in letters)
        return next((woord for woord in mogelijk if woord in self.document_counts), "")

    def _nearest(self, woord: str) -> tuple[str, int]:
        """The known word at the smallest distance with that distance, the most used first; else ("", 0)."""
        for anders in other_spellings(woord):
            if anders in self.document_counts:
                return anders, 1
        hooguit = 0 if len(woord) < 4 else 1 if len(woord) < 8 else 2 if len(woord) < 12 else 3
        keuze = self._words + [w for w in self.meanings.words if w not in self.document_counts and len(w) > 3]
        gevonden = process.extract(woord, keuze, scorer=OSA.distance, score_cutoff=hooguit, limit=20)
        if not gevonden or not hooguit:
            return "", 0
        naast = min(gevonden, key=lambda g: (g[1], g[0][0] != woord[0], -self.document_counts.get(g[0], 0), g[0]))
        return naast[0], int(naast[1])

    def near(self, woord: str, hooguit: int = 4) -> list[str]:
        """Known words that look most like an unknown one, also when too far off to be a typing error."""
        gevonden = process.extract(woord, self._words, scorer=JaroWinkler.similarity, score_cutoff=0.75, limit=hooguit)
        return [naast for naast, _, _ in gevonden]


def count_words(lijsten: Iterable[Iterable[tuple[str, int]]]) -> dict[str, int]:
    """Number of documents per word over the zones of the index; the largest of the zones."""
    aantallen: dict[str, int] = {}
    for lijst in lijsten:
        for woord, aantal in lijst:
            aantallen[woord] = max(aantal, aantallen.get(woord, 0))
    return aantallen
