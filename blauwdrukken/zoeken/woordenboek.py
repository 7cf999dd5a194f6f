"""The words visitors use: which words are in the index, and what places, themes, terms and synonyms mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from regios.models import Gemeente, Provincie, Regio

from ..models import Begrip, Doelgroep, Organisatie, Programma, Synoniem, Thema
from .taal import STOPWOORDEN, daders, spellingen, stam, stammen, vormen, woorden

Frase = tuple[str, ...]

LANGSTE_FRASE = 7
LANGSTE_AANEEN = 4
# Places whose name is an everyday word: they count only as a question of their own.
ALLEDAAGS = frozenset("best buren houten bergen beek laren stein goes".split())
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


def frase(tekst: str) -> Frase:
    """Words of a name or phrase, in order."""
    return tuple(woorden(tekst))


class Betekenissen:
    """What a phrase stands for besides its own words: facet values, and phrases that mean the same."""

    def __init__(self) -> None:
        self.facetten: dict[Frase, set[str]] = defaultdict(set)
        self.gelijk: dict[Frase, set[Frase]] = defaultdict(set)
        self.uitleg: dict[Frase, str] = {}

    @classmethod
    def uit_database(cls) -> Betekenissen:
        """Places, vocabularies, terms and synonyms as they are now: 9 queries."""
        zelf = cls()
        zelf._lees_facetten()
        zelf._lees_gelijke()
        return zelf

    def _lees_facetten(self) -> None:
        for slug, naam, aliassen in Regio.objects.values_list("slug", "naam", "aliassen"):
            self.noem(f"regio:{slug}", naam, *aliassen.splitlines())
        for slug, naam, aliassen in Gemeente.objects.values_list("regio__slug", "naam", "aliassen"):
            self.noem(f"regio:{slug}", naam, *aliassen.splitlines())
        for model, facet in (
            (Provincie, "provincie"),
            (Thema, "thema"),
            (Doelgroep, "doelgroep"),
            (Programma, "programma"),
        ):
            for slug, naam in model._default_manager.values_list("slug", "naam"):
                if slug != "anders":
                    self.noem(f"{facet}:{slug}", naam, slug)

    def _lees_gelijke(self) -> None:
        for term, voluit, synoniemen, uitleg in Begrip.objects.values_list("term", "voluit", "synoniemen", "uitleg"):
            self.stel_gelijk([*term.split(" / "), voluit, *synoniemen.splitlines()])
            self.uitleg[frase(term)] = self.uitleg[frase(voluit)] = uitleg
        for naam, andere in Organisatie.objects.exclude(andere_namen="").values_list("naam", "andere_namen"):
            self.stel_gelijk([naam, *andere.splitlines()])
        for groep in Synoniem.objects.values_list("woorden", flat=True):
            self.stel_gelijk(groep.splitlines())

    def noem(self, facet: str, *namen: str) -> None:
        """Each of these names stands for the facet value."""
        for naam in filter(None, map(frase, namen)):
            self.facetten[naam].add(facet)

    def stel_gelijk(self, teksten: Iterable[str]) -> None:
        """These phrases mean the same; what stands in brackets is left out."""
        frasen = {frase(tekst.split("(")[0]) for tekst in teksten} - {()}
        for een in frasen:
            self.gelijk[een] |= frasen - {een}

    def ken(self, woordgroep: Frase) -> Frase:
        """The phrase that is meant, also when it is cut into words otherwise ("noord oost brabant"); else nothing."""
        if woordgroep in self.facetten or woordgroep in self.gelijk:
            return woordgroep
        return self._aaneen.get("".join(woordgroep), ())

    @cached_property
    def _aaneen(self) -> dict[str, Frase]:
        return {"".join(groep): groep for groep in (*self.gelijk, *self.facetten) if len(groep) > 1}

    def facetten_van(self, woordgroep: Frase) -> set[str]:
        """Facet values that a phrase, or an inflection of one word, stands for."""
        if len(woordgroep) > 1:
            return self.facetten.get(woordgroep, set())
        return {facet for vorm in vormen(woordgroep[0]) for facet in self.facetten.get((vorm,), ())}

    @cached_property
    def woorden(self) -> frozenset[str]:
        """All words that mean something by themselves."""
        return frozenset(groep[0] for groep in (*self.facetten, *self.gelijk) if len(groep) == 1)


class Woordenboek:
    """Words of the index with their number of documents, and how a visitor's word relates to them."""

    def __init__(self, aantallen: Mapping[str, int], betekenissen: Betekenissen) -> None:
        self.aantallen = aantallen
        self.betekenissen = betekenissen
        self._lijst = [woord for woord in aantallen if not woord.isdigit() and len(woord) > 2]
        groepeer(self._lijst)
        self.samenstellingen = lru_cache(5_000)(self._samenstellingen)
        self.naaste = lru_cache(5_000)(self._naaste)

    def kent(self, woord: str) -> bool:
        return woord in self.aantallen or woord in self.betekenissen.woorden

    def begrijpt(self, woord: str) -> bool:
        """Whether the word, an inflection or a word of the same stem is known."""
        return self.kent(woord) or bool(self.verbuigingen(woord) or self.stamgenoten(woord))

    def verbuigingen(self, woord: str) -> set[str]:
        """Other inflections of the word that occur in the index."""
        return {vorm for vorm in vormen(woord) if vorm in self.aantallen and vorm not in STOPWOORDEN} - {woord}

    def stamgenoten(self, woord: str) -> set[str]:
        """Words of the index with the stem of the word or an inflection; of an unknown one also as who does it."""
        if len(woord) < 4:
            return set()
        afgeleid = daders(woord)
        if woord.startswith("ge") and woord[-1] in "dt":
            afgeleid |= {woord[2:-1], woord[2:-1] + "en"}
        afgeleid &= self.aantallen.keys()
        if afgeleid - {woord} and woord not in self.aantallen:
            return afgeleid
        onbekend = () if woord in self.aantallen else daders(woord)
        wortels = {stam(vorm) for vorm in (woord, *self.verbuigingen(woord), *onbekend) if len(vorm) > 3}
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

    def delen(self, woord: str) -> Frase:
        """The fewest known words of which an unknown word is composed, or nothing."""
        beste: Frase = ()
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

    def langste_begin(self, woord: str) -> str:
        """The longest known word, of five letters or more, with which an unknown word begins; else nothing."""
        kort = (woord[:i] for i in range(len(woord) - 1, 4, -1))
        return next((begin for begin in kort if begin in self.aantallen), "")

    def begint_met(self, begin: str) -> set[str]:
        """Words of the index that begin with an unknown word."""
        return {woord for woord in self._lijst if woord.startswith(begin)} if len(begin) > 3 else set()

    def aaneen(self, groep: Frase) -> str:
        """Known word that these words form together ("scholings alliantie", "NL werkt door"), or nothing."""
        letters = TUSSENLETTERS if len(groep) == 2 else ("",)
        mogelijk = (tussen.join(groep) for tussen in letters)
        return next((woord for woord in mogelijk if woord in self.aantallen), "")

    def _naaste(self, woord: str) -> tuple[str, int]:
        """The known word at the smallest distance with that distance, the most used first; else ("", 0)."""
        for anders in spellingen(woord):
            if anders in self.aantallen:
                return anders, 1
        hooguit = 0 if len(woord) < 4 else 1 if len(woord) < 7 else 2 if len(woord) < 12 else 3
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
