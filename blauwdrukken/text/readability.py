"""Hints for plain Dutch in a section; they advise and never block."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .tree import Block, inline_text, parse_blocks

MAX_SENTENCE_WORDS = 25  # words
MAX_PARAGRAPH_WORDS = 120
MAX_UNBROKEN_WORDS = 300  # without a heading or a list
MAX_HINTS = 5  # hints of one kind
QUOTED_WORDS = 6  # words of a sentence
QUOTED_LETTERS = 40  # letters that are quoted of a word

# Wordy or formal -> what people say.
PLAINER = {
    "ten behoeve van": "voor",
    "met betrekking tot": "over",
    "ten aanzien van": "over",
    "in het kader van": "voor",
    "in het licht van": "door",
    "door middel van": "met",
    "naar aanleiding van": "door",
    "te allen tijde": "altijd",
    "dient te": "moet",
    "dienen te": "moeten",
    "draagt zorg voor": "zorgt voor",
    "zorg dragen voor": "zorgen voor",
    "op dit moment": "nu",
    "alsmede": "en",
    "conform": "volgens",
    "derhalve": "daarom",
    "indien": "als",
    "inzake": "over",
    "middels": "met",
    "reeds": "al",
    "teneinde": "om",
    "tevens": "ook",
    "trachten": "proberen",
}
SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s+(?=[^\w\s]?[A-ZÀ-Þ0-9])")
WORD = re.compile(r"\S*\w\S*")
WORDY = re.compile(rf"\b({'|'.join(PLAINER)})\b", re.IGNORECASE)
IMPERSONAL_PASSIVE = re.compile(r"\ber (?:word(?:t|en)|werd(?:en)?)\b", re.IGNORECASE)
PASSIVE = re.compile(r"\b(?:word(?:t|en)|werd(?:en)?)\b(?: [^\s.,;]{1,40}){0,8}? ge\w{3,}[dt]\b", re.IGNORECASE)
ABBREVIATION = re.compile(r"(?<![\w&-])[A-Z]{2,6}(?![\w&])")
EXPLAINED = re.compile(r"\(([A-Z]{2,6})\)|(?<![\w&-])([A-Z]{2,6}) ?[(=:]")
# Capitals of daily use.
COMMON = {"EU", "NL", "PDF", "TV", "BTW", "ICT", "IT", "HR", "COVID", "OK", "BV", "NV", "CV", "UUR"}


def explained_abbreviations(teksten: Collection[str]) -> set[str]:
    """Abbreviations that one of these texts writes out, such as "Werkgeversservicepunt (WSP)"."""
    return {deel for stuk in teksten for groepen in EXPLAINED.findall(stuk) for deel in groepen if deel}


def hints(html: str, bekend: Collection[str]) -> list[str]:
    """What could be plainer in this rich text; at most MAX_HINTS of each kind, the rest counted."""
    blokken_ = parse_blocks(html)
    stukken = list(_passages(blokken_))
    zinnen = [zin for stuk in stukken for zin in SENTENCE_BREAK.split(stuk)]
    return [
        *_at_most(_long_sentences(zinnen), "lange zinnen"),
        *_at_most(_abbreviations(stukken, bekend), "afkortingen"),
        *_at_most(_wordy(stukken), "deftige woorden"),
        *_at_most(_passive(zinnen), "zinnen zonder wie het doet"),
        *_at_most(_long_passages(blokken_), "lange alinea's"),
    ]


def _passages(blokken_: list[Block]) -> Iterator[str]:
    """Text of paragraphs and list items; headings are no sentences."""
    for blok in blokken_:
        if blok["t"] == "p":
            yield " ".join(inline_text(blok["c"]).split())
        elif blok["t"] in {"ul", "ol"}:
            for item in blok["c"]:
                yield from _passages(item)


def _at_most(gevonden: Iterator[str], soort: str) -> list[str]:
    alle = list(dict.fromkeys(gevonden))
    return alle[:MAX_HINTS] + [f"En nog {len(alle) - MAX_HINTS} {soort}."] * (len(alle) > MAX_HINTS)


def _opening_words(zin: str) -> str:
    woorden = zin[: QUOTED_WORDS * (QUOTED_LETTERS + 1)].split()[:QUOTED_WORDS]
    return "‘" + " ".join(woord[:QUOTED_LETTERS] for woord in woorden) + " …’"


def _word_count(stuk: str) -> int:
    return len([woord for woord in stuk.split() if WORD.match(woord)])


def _long_sentences(zinnen: list[str]) -> Iterator[str]:
    for zin in zinnen:
        if (aantal := _word_count(zin)) > MAX_SENTENCE_WORDS:
            yield f"Lange zin, {aantal} woorden: {_opening_words(zin)} Maak er twee van."


def _abbreviations(stukken: list[str], bekend: Collection[str]) -> Iterator[str]:
    for stuk in stukken:
        if stuk.isupper():
            continue
        for afkorting in ABBREVIATION.findall(stuk):
            if afkorting not in bekend:
                yield f"‘{afkorting}’ kent niet iedereen. Schrijf het één keer voluit, of zet het bij Begrippen."


def _wordy(stukken: list[str]) -> Iterator[str]:
    for stuk in stukken:
        for treffer in WORDY.findall(stuk):
            yield f"‘{treffer.lower()}’: schrijf liever ‘{PLAINER[treffer.lower()]}’."


def _passive(zinnen: list[str]) -> Iterator[str]:
    for zin in zinnen:
        if IMPERSONAL_PASSIVE.search(zin) or PASSIVE.search(zin):
            yield f"Wie doet het? {_opening_words(zin)} Noem wie iets doet."


def _long_passages(blokken_: list[Block]) -> Iterator[str]:
    alineas = [inline_text(blok["c"]) for blok in blokken_ if blok["t"] == "p"]
    for alinea in alineas:
        if (aantal := _word_count(alinea)) > MAX_PARAGRAPH_WORDS:
            yield f"Lange alinea, {aantal} woorden: {_opening_words(alinea)} Maak er kortere alinea's of een lijst van."
    totaal = sum(map(_word_count, alineas))
    if totaal > MAX_UNBROKEN_WORDS and len(alineas) == len(blokken_):
        yield f"{totaal} woorden zonder tussenkop of lijst. Met tussenkoppen vindt de lezer sneller wat hij zoekt."
