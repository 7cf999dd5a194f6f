"""Shows where a question matches: marked words in the title, and a fitting snippet with its section."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..models import Blauwdruk
from ..secties import SECTIES_BY_FIELD, Sectie
from .language import WORD, fold
from .schema import CORE_FIELDS, OTHER_FIELDS, without_tags

SNIPPET_WORDS = 32
_WORD = re.compile(r"[\w’']+")


@dataclass(frozen=True)
class Snippet:
    """Part of a section with the matching words marked."""

    sectie: Sectie
    html: SafeString


@lru_cache(50_000)
def _folded_parts(word: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(word)))


def _matches(word: str, hits: Set[str]) -> bool:
    return not hits.isdisjoint(_folded_parts(word))


def highlight(text: str, hits: Set[str]) -> SafeString:
    """The text as HTML, with matching words in <mark>."""
    pieces, place = [], 0
    for word in _WORD.finditer(text):
        if _matches(word[0], hits):
            pieces += [escape(text[place : word.start()]), f"<mark>{escape(word[0])}</mark>"]
            place = word.end()
    return mark_safe("".join([*pieces, escape(text[place:])]))  # noqa: S308 (every piece is escaped)


def make_snippet(blauwdruk: Blauwdruk, hits: Set[str]) -> Snippet | None:
    """The piece of text that holds most of the different words that match; None when no section does."""
    best: tuple[int, str, str] | None = None
    for field in (*CORE_FIELDS, *OTHER_FIELDS):
        text = " ".join(without_tags(getattr(blauwdruk, field)).split())
        count, piece = best_stretch(text, hits)
        if count and (best is None or count > best[0]):
            best = (count, field, piece)
    return Snippet(SECTIES_BY_FIELD[best[1]], highlight(best[2], hits)) if best else None


def best_stretch(text: str, hits: Set[str]) -> tuple[int, str]:
    """Number of different matching words in the richest stretch of a text, and that stretch."""
    found = [(w.start(), fold(w[0])) for w in _WORD.finditer(text) if _matches(w[0], hits)]
    if not found:
        return 0, ""
    width = SNIPPET_WORDS * 7
    best = max(found, key=lambda start: len({word for spot, word in found if 0 <= spot - start[0] < width}))
    count = len({word for spot, word in found if 0 <= spot - best[0] < width})
    return count, cut(text, max(0, best[0] - 40), best[0] + width)


def cut(text: str, start: int, end: int) -> str:
    """Part of a text cut at spaces, with dots where something is left out."""
    start = text.rfind(" ", 0, start) + 1
    end = text.rfind(" ", start, end) if end < len(text) else len(text)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
