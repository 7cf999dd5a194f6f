"""Dutch words: the same analysis for text and question. Everything here is pure and cached per word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from regios.models import fold

_kraaij_pohlmann = Stemmer.Stemmer("dutch", 0)
_porter = Stemmer.Stemmer("dutch_porter", 0)

WORD = re.compile(r"[a-z0-9]+")
LINKED_WORDS = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:[-'’./&][a-z0-9]++)+")

STOP_WORDS = frozenset(
    "de het een en of in op van voor met aan bij te dat die dit deze is zijn was waren er als om door naar ook niet "
    "maar dan wordt worden werd werden uit over tot onder tussen zonder tegen per via hun haar hem zij ze hij wij we "
    "u uw ik mij mijn ons onze je jij jouw jullie men zich zelf wie wat waar wanneer waarom hoe welke welk hoeveel "
    "kan kunt kunnen moet moeten mag mogen wil willen zal zullen zou zouden heb hebt heeft hebben had hadden ben "
    "bent al nog wel geen iets niets alle alles elk elke ieder iedere meer meest veel weinig zo toe af na s "
    "t d n".split()
)
QUESTION_WORDS = frozenset("hoe wat wie waar wanneer waarom welke welk hoeveel mag kan kunnen moet is heeft".split())
# Words in which visitors wrap a question; they count only when nothing else is asked.
FILLER_WORDS = frozenset(
    "aanpak aanpakken blauwdruk blauwdrukken voorbeeld voorbeelden project projecten manier manieren goed goede beste "
    "tip tips informatie info zoek zoeken vind vinden krijg krijgen doe doen doet gedaan maak maken gaat gaan ga hulp "
    "nodig regio arbeidsmarktregio gemeente provincie iemand mensen bestaat bestaan vanuit wil graag anders waarmee "
    "gebruik gebruiken regel regelen meerdere samen komt komen kennen kent werkt beter nieuwe snel eigen via hij "
    "zij bereik bereiken lukt lukken help helpen leer leren geef geeft geven neem neemt nemen laat laten breng brengt "
    "brengen zet zetten staat staan houd houdt houden".split()
)

# Words whose stem would fall together with that of another word, or apart from its own plural.
STEM_EXCEPTIONS = {"gelden": "geld", "scholing": "scholing", "scholingen": "scholing", "leden": "lid", "steden": "stad"}

# How people write a sound, and how the dictionary does.
SPELLINGS = (("buro", "bureau"), ("kado", "cadeau"), ("kt", "ct"), ("ks", "x"), ("k", "c"), ("i", "y"), ("z", "s"))

VOWELS = "aeiou"
# Endings that change, and those of a place: "tilburgse", "leidse", "drentse".
IRREGULAR_ENDINGS = {"heden": ("heid",), "loze": ("loos",), "lozen": ("loos",), "se": ("", "en", "he")}
PLURAL_ENDINGS = ("s", "en", "n", "e", "se", "je", "jes", "tje", "tjes")


@lru_cache(200_000)
def stem(woord: str) -> str:
    """Stem of a folded word: Kraaij-Pohlmann, unless that takes "ge" for the prefix of a participle."""
    if woord in STEM_EXCEPTIONS:
        return STEM_EXCEPTIONS[woord]
    gestemd: str = _kraaij_pohlmann.stemWord(woord)
    return str(_porter.stemWord(woord)) if gestemd.count("ge") < woord.count("ge") else gestemd


def stem_all(lijst: list[str]) -> list[str]:
    """Stem of each of these words, in one go."""
    return [
        STEM_EXCEPTIONS.get(woord) or (stem(woord) if gestemd.count("ge") < woord.count("ge") else gestemd)
        for woord, gestemd in zip(lijst, _kraaij_pohlmann.stemWords(lijst), strict=True)
    ]


@lru_cache(50_000)
def word_forms(woord: str) -> frozenset[str]:
    """Possible inflections of a word, right and wrong ones: keep those that exist ("klussen" gives "klus")."""
    enkelvouden = {woord, *_singulars(woord)}
    return frozenset(vorm for enkel in enkelvouden if len(enkel) > 2 for vorm in (enkel, *_plurals(enkel)))


def _singulars(woord: str) -> Iterator[str]:
    for staart in ("tjes", "tje", "jes", "je", "es", "en", "s", "e", "n", "t"):
        kern = woord.removesuffix(staart)
        if kern != woord and len(kern) > 2:
            yield kern
            if staart in ("en", "e"):
                yield from _undoubled(kern)
    for staart, einden in IRREGULAR_ENDINGS.items():
        if woord.endswith(staart):
            yield from (woord.removesuffix(staart) + einde for einde in einden)
    if woord.endswith("se"):  # "zwolse"
        yield woord[:-2] + woord[-3:-2] + "e"


def _undoubled(kern: str) -> Iterator[str]:
    """What is left of a plural without its ending, as the singular spells it: "klus", "persoon", "huis"."""
    if kern[-1] == kern[-2]:
        yield kern[:-1]
    if kern[-1] not in VOWELS and kern[-2] in VOWELS and kern[-3] not in VOWELS:
        yield _harden(kern[:-2] + kern[-2] + kern[-2:])
    yield _harden(kern)


def derived_words(woord: str) -> set[str]:
    """Possible words for who does it, and back ("instroom" and "instromers", "adviseren" and "adviseurs")."""
    enkel = woord.removesuffix("s")
    for staart in ("eur", "ator", "atie", "ant", "er"):
        kern = enkel.removesuffix(staart)
        if kern != enkel and len(kern) > 3:
            return {kern + "eren", kern + "ering"} if staart != "er" else {kern, *_singulars(kern + "en")}
    kern = woord.removesuffix("eren").removesuffix("ering")
    if kern != woord and len(kern) > 2:
        return {kern + staart + s for staart in ("eur", "ator", "atie", "ant") for s in ("", "s", "en")}
    wortels = {meervoud[:-2] for meervoud in _plurals(woord) if meervoud.endswith("en")}
    return {wortel + staart for wortel in wortels for staart in ("er", "ers")}


def other_spellings(woord: str) -> Iterator[str]:
    """The word as others may spell it ("uitzendburo" gives "uitzendbureau")."""
    return (woord.replace(klank, letters) for klank, letters in SPELLINGS if klank in woord)


def _harden(woord: str) -> str:
    return woord[:-1] + {"v": "f", "z": "s"}.get(woord[-1], woord[-1])


def _plurals(woord: str) -> Iterator[str]:
    yield from (woord + staart for staart in PLURAL_ENDINGS)
    yield from (woord + woord[-1] + "en", woord + woord[-1] + "e")
    zacht = woord[:-1] + {"f": "v", "s": "z"}.get(woord[-1], woord[-1])
    yield from (zacht + "en", zacht + "e")
    if woord[-1] not in VOWELS and woord[-2:-1] == woord[-3:-2]:
        yield from (zacht[:-3] + zacht[-2:] + "en", zacht[:-3] + zacht[-2:] + "e")
    if woord.endswith("heid"):
        yield woord[:-4] + "heden"
    if woord.endswith("loos"):
        yield from (woord[:-4] + "loze", woord[:-4] + "lozen")


def split_words(tekst: str) -> list[str]:
    """Folded words of a text in order; the parts of "drive-in" and "re-integratie" count as words."""
    return WORD.findall(fold(tekst))


def joined_forms(tekst: str) -> Iterator[str]:
    """Words of a folded text with hyphens, dots or apostrophes left out: "re-integratie" gives "reintegratie"."""
    for treffer in LINKED_WORDS.finditer(tekst):
        yield "".join(WORD.findall(treffer[0]))
