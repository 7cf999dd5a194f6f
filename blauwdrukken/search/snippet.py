"""Shows where a question matches: marked words in the title, and a fitting fragment with its section."""

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
def _folded_parts(woord: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(woord)))


def _matches(woord: str, treffers: Set[str]) -> bool:
    return not treffers.isdisjoint(_folded_parts(woord))


def highlight(tekst: str, treffers: Set[str]) -> SafeString:
    """The text as HTML, with matching words in <mark>."""
    stukken, plaats = [], 0
    for woord in _WORD.finditer(tekst):
        if _matches(woord[0], treffers):
            stukken += [escape(tekst[plaats : woord.start()]), f"<mark>{escape(woord[0])}</mark>"]
            plaats = woord.end()
    return mark_safe("".join([*stukken, escape(tekst[plaats:])]))  # noqa: S308 (every piece is escaped)


def make_snippet(blauwdruk: Blauwdruk, treffers: Set[str]) -> Snippet | None:
    """The piece of text that holds most of the different words that match; None when no section does."""
    beste: tuple[int, str, str] | None = None
    for veld in (*CORE_FIELDS, *OTHER_FIELDS):
        tekst = " ".join(without_tags(getattr(blauwdruk, veld)).split())
        aantal, stuk = _best_stretch(tekst, treffers)
        if aantal and (beste is None or aantal > beste[0]):
            beste = (aantal, veld, stuk)
    return Snippet(SECTIES_BY_FIELD[beste[1]], highlight(beste[2], treffers)) if beste else None


def _best_stretch(tekst: str, treffers: Set[str]) -> tuple[int, str]:
    """Number of different matching words in the richest stretch of a text, and that stretch."""
    gevonden = [(w.start(), fold(w[0])) for w in _WORD.finditer(tekst) if _matches(w[0], treffers)]
    if not gevonden:
        return 0, ""
    breedte = SNIPPET_WORDS * 7
    beste = max(gevonden, key=lambda begin: len({woord for plek, woord in gevonden if 0 <= plek - begin[0] < breedte}))
    aantal = len({woord for plek, woord in gevonden if 0 <= plek - beste[0] < breedte})
    return aantal, _cut(tekst, max(0, beste[0] - 40), beste[0] + breedte)


def _cut(tekst: str, begin: int, einde: int) -> str:
    """Part of a text cut at spaces, with dots where something is left out."""
    begin = tekst.rfind(" ", 0, begin) + 1
    einde = tekst.rfind(" ", begin, einde) if einde < len(tekst) else len(tekst)
    return ("… " if begin else "") + tekst[begin:einde] + (" …" if einde < len(tekst) else "")
