"""The words of the index, and how a visitor's word relates to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from .language import STOPWOORDEN, VULWOORDEN, daders, spellingen, stam, stammen, vormen
from .meanings import Betekenissen, Frase
from .verbs import sterke_vormen, zonder_ge

LANGSTE_AANEEN = 4
LANGSTE_SAMENSTELLING = 50  # letters; a longer word is not taken apart
TUSSENLETTERS = ("", "s", "en", "e", "n")
VOORVOEGSELS = frozenset("aan af bij ex her in mede mee na niet non om on ont oud over sub toe uit ver voor".split())


# Words by stem, of every dictionary this process has had: a publication adds a few words to many.
_PER_STAM: dict[str, list[str]] = {}
_GEGROEPEERD: set[str] = set()


def groepeer(lijst: Iterable[str]) -> None:
    """Add the words that are new to their stems."""
    nieuw = [woord for woord in lijst if woord not in _GEGROEPEERD]
    for woord, wortel in zip(nieuw, stammen(nieuw), strict=True):
        _PER_STAM.setdefault(wortel, []).append(woord)
    _GEGROEPEERD.update(nieuw)


def _afleidingen(woord: str) -> set[str]:
    """Possible words for who or what belongs to a verb, and the verb of a participle, for each inflection."""
    return {afgeleid for vorm in vormen(woord) for afgeleid in (*daders(vorm), *zonder_ge(vorm))}


class Woordenboek:
    """Words of the index with their number of documents, and how a visitor's word relates to them."""

    def __init__(self, aantallen: Mapping[str, int], facetten: Set[str], betekenissen: Betekenissen) -> None:
        self.aantallen = aantallen
        self.facetten = facetten
        self.betekenissen = betekenissen
        self._lijst = [woord for woord in aantallen if not woord.isdigit() and len(woord) > 2]
        groepeer(self._lijst)
        self.samenstellingen = lru_cache(5_000)(self._samenstellingen)
        self.naaste = lru_cache(5_000)(self._naaste)
        self.begrijpt = lru_cache(5_000)(self._begrijpt)
        self.delen = lru_cache(5_000)(self._delen)

    def kent(self, woord: str) -> bool:
        return woord in self.aantallen or woord in self.betekenissen.woorden

    def _begrijpt(self, woord: str) -> bool:
        """Whether the word, an inflection or a word of the same stem is known."""
        return self.kent(woord) or bool(self.verbuigingen(woord) or self.stamgenoten(woord))

    def verbuigingen(self, woord: str) -> set[str]:
        """Other inflections of the word that occur in the index."""
        mogelijk = vormen(woord) | sterke_vormen(woord)
        return {vorm for vorm in mogelijk if vorm in self.aantallen and vorm not in STOPWOORDEN} - {woord}

    def stamgenoten(self, woord: str) -> set[str]:
        """Words of the index with the stem of the word; of an unknown one those derived from it, when there are any."""
        if len(woord) < 4:
            return set()
        bekend = woord in self.aantallen
        mogelijk = daders(woord) if bekend else _afleidingen(woord)
        afgeleid = mogelijk & self.aantallen.keys()
        if afgeleid and not bekend:
            return afgeleid
        vertrekpunten = {woord} | self.verbuigingen(woord) | (set() if bekend else mogelijk)
        wortels = {stam(vorm) for vorm in vertrekpunten if len(vorm) > 3}
        genoten = {genoot for wortel in wortels for genoot in _PER_STAM.get(wortel, ()) if genoot in self.aantallen}
        return (genoten | afgeleid) - {woord} - STOPWOORDEN

    def _samenstellingen(self, woord: str) -> frozenset[str]:
        """Words of the index that are composed with this word or one of its inflections."""
        delen = {vorm for vorm in (woord, *self.verbuigingen(woord)) if len(vorm) > 3}
        kleinste = {deel for deel in delen if not any(ander != deel and ander in deel for ander in delen)}
        return frozenset(
            lang
            for lang in self._lijst
            for deel in kleinste
            if deel in lang and len(lang) > len(deel) + 2 and self._is_samengesteld(lang, deel)
        )

    def _is_samengesteld(self, lang: str, deel: str) -> bool:
        voor, _, na = lang.partition(deel)
        return self._kan_voor(voor) and self._kan_na(na)

    def _kan_voor(self, voor: str) -> bool:
        if voor in VOORVOEGSELS:
            return True
        kernen = (voor.removesuffix(letters) for letters in TUSSENLETTERS)
        return not voor or any(len(kern) > 2 and self.kent(kern) for kern in kernen) or len(voor) > 4

    def _kan_na(self, na: str) -> bool:
        kernen = (na.removeprefix(letters) for letters in TUSSENLETTERS)
        return any(not kern or (len(kern) > 2 and self.kent(kern)) for kern in kernen) or len(na) > 4

    def _delen(self, woord: str) -> Frase:
        """The fewest known words of which an unknown word is composed, or nothing."""
        beste: Frase = ()
        if len(woord) > LANGSTE_SAMENSTELLING:
            return beste
        for i in range(4, len(woord) - 3):
            kop, staart = woord[:i], woord[i:]
            kern = next((k for k in self._kernen(kop) if len(k) > 3 and self.begrijpt(k)), "")
            if not kern:
                continue
            rest = (staart,) if self.begrijpt(staart) else self.delen(staart)
            if rest and (not beste or len(rest) + 1 < len(beste)):
                beste = (kern, *rest)
        return beste

    @staticmethod
    def _kernen(kop: str) -> Iterator[str]:
        return (kop.removesuffix(letters) for letters in TUSSENLETTERS)

    def kenmerkend(self, tekst: Iterable[str], hooguit: int = 20) -> list[str]:
        """The words of a text that tell it apart: often in it, seldom elsewhere, but not there alone."""
        meest = max(self.aantallen.values(), default=1)
        telling = Counter(
            woord for woord in tekst if len(woord) > 4 and 2 <= self.aantallen.get(woord, 0) <= meest // 3 + 1
        )
        gewicht = {woord: aantal * log(1 + meest / self.aantallen[woord]) for woord, aantal in telling.items()}
        return sorted(gewicht, key=lambda woord: (-gewicht[woord], woord))[:hooguit]

    def zeldzaam(self, tekst: Iterable[str]) -> set[str]:
        """The words of an explanation that say something: in the index, but not in most of its texts."""
        meest = max(self.aantallen.values(), default=0) // 2 + 1
        gewoon = STOPWOORDEN | VULWOORDEN
        return {w for w in tekst if len(w) > 4 and w not in gewoon and 0 < self.aantallen.get(w, 0) <= meest}

    def langste_deel(self, woord: str) -> str:
        """The longest known word with which an unknown word ends or begins; the rarer one of these, else nothing."""
        einde = next((woord[i:] for i in range(1, len(woord) - 5) if self.kent(woord[i:])), "")
        begin = next((woord[:i] for i in range(len(woord) - 1, 4, -1) if self.kent(woord[:i])), "")
        return min(filter(None, (einde, begin)), key=lambda deel: self.aantallen.get(deel, 0), default="")

    def begint_met(self, begin: str) -> set[str]:
        """Words of the index that begin with an unknown word."""
        return {woord for woord in self._lijst if woord.startswith(begin)} if len(begin) > 3 else set()

    def aaneen(self, groep: Frase) -> str:
        """Known word that these words form together ("scholings alliantie", "NL werkt door"), or nothing."""
        if len(groep) > LANGSTE_AANEEN or STOPWOORDEN.issuperset(groep):  # "met een" is no "meteen"
            return ""
        letters = TUSSENLETTERS if len(groep) == 2 else ("",)
        mogelijk = (tussen.join(groep) for tussen in letters)
        return next((woord for woord in mogelijk if woord in self.aantallen), "")

    def _naaste(self, woord: str) -> tuple[str, int]:
        """The known word at the smallest distance with that distance, the most used first; else ("", 0)."""
        for anders in spellingen(woord):
            if anders in self.aantallen:
                return anders, 1
        hooguit = 0 if len(woord) < 4 else 1 if len(woord) < 8 else 2 if len(woord) < 12 else 3
        keuze = self._lijst + [w for w in self.betekenissen.woorden if w not in self.aantallen and len(w) > 3]
        gevonden = process.extract(woord, keuze, scorer=OSA.distance, score_cutoff=hooguit, limit=20)
        if not gevonden or not hooguit:
            return "", 0
        naast = min(gevonden, key=lambda g: (g[1], g[0][0] != woord[0], -self.aantallen.get(g[0], 0), g[0]))
        return naast[0], int(naast[1])

    def nabij(self, woord: str, hooguit: int = 4) -> list[str]:
        """Known words that look most like an unknown one, also when too far off to be a typing error."""
        gevonden = process.extract(woord, self._lijst, scorer=JaroWinkler.similarity, score_cutoff=0.75, limit=hooguit)
        return [naast for naast, _, _ in gevonden]


def tel_woorden(lijsten: Iterable[Iterable[tuple[str, int]]]) -> dict[str, int]:
    """Number of documents per word over the zones of the index; the largest of the zones."""
    aantallen: dict[str, int] = {}
    for lijst in lijsten:
        for woord, aantal in lijst:
            aantallen[woord] = max(aantal, aantallen.get(woord, 0))
    return aantallen
