"""Hints for plain Dutch in a section; they advise and never block."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .tree import Blok, blokken, tekst

LANGE_ZIN = 25  # words
LANGE_ALINEA = 120
LANGE_TEKST = 300  # without a heading or a list
MEESTE = 5  # hints of one kind
AANGEHAALD = 6  # words of a sentence
LANGSTE_WOORD = 40  # letters that are quoted of a word

# Wordy or formal -> what people say.
GEWONER = {
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
ZIN = re.compile(r"(?<=[.!?])\s+(?=[^\w\s]?[A-ZÀ-Þ0-9])")
WOORD = re.compile(r"\S*\w\S*")
WOLLIG = re.compile(rf"\b({'|'.join(GEWONER)})\b", re.IGNORECASE)
ER_WORDT = re.compile(r"\ber (?:word(?:t|en)|werd(?:en)?)\b", re.IGNORECASE)
LIJDEND = re.compile(r"\b(?:word(?:t|en)|werd(?:en)?)\b(?: [^\s.,;]{1,40}){0,8}? ge\w{3,}[dt]\b", re.IGNORECASE)
AFKORTING = re.compile(r"(?<![\w&-])[A-Z]{2,6}(?![\w&])")
UITGELEGD = re.compile(r"\(([A-Z]{2,6})\)|(?<![\w&-])([A-Z]{2,6}) ?[(=:]")
# Capitals of daily use.
ALGEMEEN = {"EU", "NL", "PDF", "TV", "BTW", "ICT", "IT", "HR", "COVID", "OK", "BV", "NV", "CV", "UUR"}


def uitgelegd(teksten: Collection[str]) -> set[str]:
    """Abbreviations that one of these texts writes out, such as "Werkgeversservicepunt (WSP)"."""
    return {deel for stuk in teksten for groepen in UITGELEGD.findall(stuk) for deel in groepen if deel}


def hints(html: str, bekend: Collection[str]) -> list[str]:
    """What could be plainer in this rich text; at most MEESTE of each kind, the rest counted."""
    blokken_ = blokken(html)
    stukken = list(_stukken(blokken_))
    zinnen = [zin for stuk in stukken for zin in ZIN.split(stuk)]
    return [
        *_hooguit(_lange_zinnen(zinnen), "lange zinnen"),
        *_hooguit(_afkortingen(stukken, bekend), "afkortingen"),
        *_hooguit(_wollig(stukken), "deftige woorden"),
        *_hooguit(_lijdend(zinnen), "zinnen zonder wie het doet"),
        *_hooguit(_lange_stukken(blokken_), "lange alinea's"),
    ]


def _stukken(blokken_: list[Blok]) -> Iterator[str]:
    """Text of paragraphs and list items; headings are no sentences."""
    for blok in blokken_:
        if blok["t"] == "p":
            yield " ".join(tekst(blok["c"]).split())
        elif blok["t"] in {"ul", "ol"}:
            for item in blok["c"]:
                yield from _stukken(item)


def _hooguit(gevonden: Iterator[str], soort: str) -> list[str]:
    alle = list(dict.fromkeys(gevonden))
    return alle[:MEESTE] + [f"En nog {len(alle) - MEESTE} {soort}."] * (len(alle) > MEESTE)


def _begin(zin: str) -> str:
    woorden = zin[: AANGEHAALD * (LANGSTE_WOORD + 1)].split()[:AANGEHAALD]
    return "‘" + " ".join(woord[:LANGSTE_WOORD] for woord in woorden) + " …’"


def _woorden(stuk: str) -> int:
    return len([woord for woord in stuk.split() if WOORD.match(woord)])


def _lange_zinnen(zinnen: list[str]) -> Iterator[str]:
    for zin in zinnen:
        if (aantal := _woorden(zin)) > LANGE_ZIN:
            yield f"Lange zin, {aantal} woorden: {_begin(zin)} Maak er twee van."


def _afkortingen(stukken: list[str], bekend: Collection[str]) -> Iterator[str]:
    for stuk in stukken:
        if stuk.isupper():
            continue
        for afkorting in AFKORTING.findall(stuk):
            if afkorting not in bekend:
                yield f"‘{afkorting}’ kent niet iedereen. Schrijf het één keer voluit, of zet het bij Begrippen."


def _wollig(stukken: list[str]) -> Iterator[str]:
    for stuk in stukken:
        for treffer in WOLLIG.findall(stuk):
            yield f"‘{treffer.lower()}’: schrijf liever ‘{GEWONER[treffer.lower()]}’."


def _lijdend(zinnen: list[str]) -> Iterator[str]:
    for zin in zinnen:
        if ER_WORDT.search(zin) or LIJDEND.search(zin):
            yield f"Wie doet het? {_begin(zin)} Noem wie iets doet."


def _lange_stukken(blokken_: list[Blok]) -> Iterator[str]:
    alineas = [tekst(blok["c"]) for blok in blokken_ if blok["t"] == "p"]
    for alinea in alineas:
        if (aantal := _woorden(alinea)) > LANGE_ALINEA:
            yield f"Lange alinea, {aantal} woorden: {_begin(alinea)} Maak er kortere alinea's of een lijst van."
    totaal = sum(map(_woorden, alineas))
    if totaal > LANGE_TEKST and len(alineas) == len(blokken_):
        yield f"{totaal} woorden zonder tussenkop of lijst. Met tussenkoppen vindt de lezer sneller wat hij zoekt."
