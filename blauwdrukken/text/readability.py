"""Hints for plain Dutch in a section; they advise and never block."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .tree import Block, inline_text, parse_blocks

MAX_SENTENCE_WORDS = 25
MAX_PARAGRAPH_WORDS = 120
MAX_UNBROKEN_WORDS = 300  # without a heading or a list
MAX_HINTS = 5  # of one kind
QUOTED_WORDS = 6  # of a sentence
QUOTED_LETTERS = 40  # of a word

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


def explained_abbreviations(texts: Collection[str]) -> set[str]:
    """Abbreviations that one of these texts writes out, such as "Werkgeversservicepunt (WSP)"."""
    return {part for piece in texts for groups in EXPLAINED.findall(piece) for part in groups if part}


def hints(html: str, known: Collection[str]) -> list[str]:
    """What could be plainer in this rich text; at most MAX_HINTS of each kind, the rest counted."""
    blocks = parse_blocks(html)
    pieces = list(_passages(blocks))
    sentences = [sentence for piece in pieces for sentence in SENTENCE_BREAK.split(piece)]
    return [
        *_at_most(_long_sentences(sentences), "lange zinnen"),
        *_at_most(_abbreviations(pieces, known), "afkortingen"),
        *_at_most(_wordy(pieces), "deftige woorden"),
        *_at_most(_passive(sentences), "zinnen zonder wie het doet"),
        *_at_most(_long_passages(blocks), "lange alinea's"),
    ]


def _passages(blocks: list[Block]) -> Iterator[str]:
    """Text of paragraphs and list items; headings are no sentences."""
    for block in blocks:
        if block["t"] == "p":
            yield " ".join(inline_text(block["c"]).split())
        elif block["t"] in {"ul", "ol"}:
            for item in block["c"]:
                yield from _passages(item)


def _at_most(found: Iterator[str], kind: str) -> list[str]:
    sentences = list(dict.fromkeys(found))
    return sentences[:MAX_HINTS] + [f"En nog {len(sentences) - MAX_HINTS} {kind}."] * (len(sentences) > MAX_HINTS)


def _opening_words(sentence: str) -> str:
    words = sentence[: QUOTED_WORDS * (QUOTED_LETTERS + 1)].split()[:QUOTED_WORDS]
    return "‘" + " ".join(word[:QUOTED_LETTERS] for word in words) + " …’"


def _word_count(piece: str) -> int:
    return len([word for word in piece.split() if WORD.match(word)])


def _long_sentences(sentences: list[str]) -> Iterator[str]:
    for sentence in sentences:
        if (count := _word_count(sentence)) > MAX_SENTENCE_WORDS:
            yield f"Lange zin, {count} woorden: {_opening_words(sentence)} Maak er twee van."


def _abbreviations(pieces: list[str], known: Collection[str]) -> Iterator[str]:
    for piece in pieces:
        if piece.isupper():
            continue
        for abbreviation in ABBREVIATION.findall(piece):
            if abbreviation not in known:
                yield f"‘{abbreviation}’ kent niet iedereen. Schrijf het één keer voluit, of zet het bij Begrippen."


def _wordy(pieces: list[str]) -> Iterator[str]:
    for piece in pieces:
        for hit in WORDY.findall(piece):
            yield f"‘{hit.lower()}’: schrijf liever ‘{PLAINER[hit.lower()]}’."


def _passive(sentences: list[str]) -> Iterator[str]:
    for sentence in sentences:
        if IMPERSONAL_PASSIVE.search(sentence) or PASSIVE.search(sentence):
            yield f"Wie doet het? {_opening_words(sentence)} Noem wie iets doet."


def _long_passages(blocks: list[Block]) -> Iterator[str]:
    paragraphs = [inline_text(block["c"]) for block in blocks if block["t"] == "p"]
    for paragraph in paragraphs:
        if (count := _word_count(paragraph)) > MAX_PARAGRAPH_WORDS:
            opening = _opening_words(paragraph)
            yield f"Lange alinea, {count} woorden: {opening} Maak er kortere alinea's of een lijst van."
    total = sum(map(_word_count, paragraphs))
    if total > MAX_UNBROKEN_WORDS and len(paragraphs) == len(blocks):
        yield f"{total} woorden zonder tussenkop of lijst. Met tussenkoppen vindt de lezer sneller wat hij zoekt."
