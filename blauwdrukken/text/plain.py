"""Blocks of tree.py as plain text, for a cell of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from .tree import Blok, tekst


def platte_tekst(blokken: list[Blok]) -> str:
    """The words, one line a paragraph, list item or row."""
    return "\n".join(_regels(blokken, 0))


def _regels(blokken: list[Blok], diepte: int) -> Iterator[str]:
    for blok in blokken:
        if blok["t"] in {"ul", "ol"}:
            yield from _lijst(blok, diepte)
        elif blok["t"] == "tabel":
            yield from (" · ".join(cel for cel in map(tekst, rij) if cel.strip()) for rij in blok["rijen"])
        else:
            yield tekst(blok["c"]).strip()


def _lijst(lijst: Blok, diepte: int) -> Iterator[str]:
    for nummer, item in enumerate(lijst["c"], 1):
        teken = f"{nummer}." if lijst["t"] == "ol" else "•"
        for plaats, regel in enumerate(_regels(item, diepte + 1)):
            yield f"{'  ' * diepte}{teken} {regel}" if not plaats else regel
