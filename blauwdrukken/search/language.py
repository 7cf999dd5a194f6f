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
def stem(word: str) -> str:
    """Stem of a folded word: Kraaij-Pohlmann, unless that takes "ge" for the prefix of a participle."""
    if word in STEM_EXCEPTIONS:
        return STEM_EXCEPTIONS[word]
    stemmed: str = _kraaij_pohlmann.stemWord(word)
    return str(_porter.stemWord(word)) if stemmed.count("ge") < word.count("ge") else stemmed


def stem_all(words: list[str]) -> list[str]:
    """Stem of each of these words, in one go."""
    return [
        STEM_EXCEPTIONS.get(word) or (stem(word) if stemmed.count("ge") < word.count("ge") else stemmed)
        for word, stemmed in zip(words, _kraaij_pohlmann.stemWords(words), strict=True)
    ]


@lru_cache(50_000)
def word_forms(word: str) -> frozenset[str]:
    """Possible inflections of a word, right and wrong ones: keep those that exist ("klussen" gives "klus")."""
    singulars = {word, *_singulars(word)}
    return frozenset(form for single in singulars if len(single) > 2 for form in (single, *_plurals(single)))


def _singulars(word: str) -> Iterator[str]:
    for tail in ("tjes", "tje", "jes", "je", "es", "en", "s", "e", "n", "t"):
        core = word.removesuffix(tail)
        if core != word and len(core) > 2:
            yield core
            if tail in ("en", "e"):
                yield from _undoubled(core)
    for tail, endings in IRREGULAR_ENDINGS.items():
        if word.endswith(tail):
            yield from (word.removesuffix(tail) + end for end in endings)
    if word.endswith("se"):  # "zwolse"
        yield word[:-2] + word[-3:-2] + "e"


def _undoubled(core: str) -> Iterator[str]:
    """What is left of a plural without its ending, as the singular spells it: "klus", "persoon", "huis"."""
    if core[-1] == core[-2]:
        yield core[:-1]
    if core[-1] not in VOWELS and core[-2] in VOWELS and core[-3] not in VOWELS:
        yield _harden(core[:-2] + core[-2] + core[-2:])
    yield _harden(core)


def derived_words(word: str) -> set[str]:
    """Possible words for who does it, and back ("instroom" and "instromers", "adviseren" and "adviseurs")."""
    single = word.removesuffix("s")
    for tail in ("eur", "ator", "atie", "ant", "er"):
        core = single.removesuffix(tail)
        if core != single and len(core) > 3:
            return {core + "eren", core + "ering"} if tail != "er" else {core, *_singulars(core + "en")}
    core = word.removesuffix("eren").removesuffix("ering")
    if core != word and len(core) > 2:
        return {core + tail + s for tail in ("eur", "ator", "atie", "ant") for s in ("", "s", "en")}
    roots = {plural[:-2] for plural in _plurals(word) if plural.endswith("en")}
    return {root + tail for root in roots for tail in ("er", "ers")}


def other_spellings(word: str) -> Iterator[str]:
    """The word as others may spell it ("uitzendburo" gives "uitzendbureau")."""
    return (word.replace(sound, letters) for sound, letters in SPELLINGS if sound in word)


def _harden(word: str) -> str:
    return word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1])


def _plurals(word: str) -> Iterator[str]:
    yield from (word + tail for tail in PLURAL_ENDINGS)
    yield from (word + word[-1] + "en", word + word[-1] + "e")
    soft = word[:-1] + {"f": "v", "s": "z"}.get(word[-1], word[-1])
    yield from (soft + "en", soft + "e")
    if word[-1] not in VOWELS and word[-2:-1] == word[-3:-2]:
        yield from (soft[:-3] + soft[-2:] + "en", soft[:-3] + soft[-2:] + "e")
    if word.endswith("heid"):
        yield word[:-4] + "heden"
    if word.endswith("loos"):
        yield from (word[:-4] + "loze", word[:-4] + "lozen")


def split_words(text: str) -> list[str]:
    """Folded words of a text in order; the parts of "drive-in" and "re-integratie" count as words."""
    return WORD.findall(fold(text))


def joined_forms(text: str) -> Iterator[str]:
    """Words of a folded text with hyphens, dots or apostrophes left out: "re-integratie" gives "reintegratie"."""
    for hit in LINKED_WORDS.finditer(text):
        yield "".join(WORD.findall(hit[0]))
