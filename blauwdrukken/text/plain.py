"""Plain text: of the blocks of tree.py, for a cell of a spreadsheet, and the paragraphs of what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .tree import Block, inline_text


def plain_text(blokken: list[Block]) -> str:
    """The words, one line a paragraph, list item or row."""
    return "\n".join(_lines(blokken, 0))


def _lines(blokken: list[Block], diepte: int) -> Iterator[str]:
    for blok in blokken:
        if blok["t"] in {"ul", "ol"}:
            yield from _list_lines(blok, diepte)
        elif blok["t"] == "tabel":
            yield from (" · ".join(cel for cel in map(inline_text, rij) if cel.strip()) for rij in blok["rijen"])
        else:
            yield inline_text(blok["c"]).strip()


def _list_lines(lijst: Block, diepte: int) -> Iterator[str]:
    for nummer, item in enumerate(lijst["c"], 1):
        teken = f"{nummer}." if lijst["t"] == "ol" else "•"
        for plaats, regel in enumerate(_lines(item, diepte + 1)):
            yield f"{'  ' * diepte}{teken} {regel}" if not plaats else regel


def split_paragraphs(tekst: str) -> list[str]:
    """Paragraphs of plain text, which blank lines separate."""
    delen = re.split(r"\n\s*\n", tekst)
    return [deel.strip() for deel in delen if deel.strip()]
