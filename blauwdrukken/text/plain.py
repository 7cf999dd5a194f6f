"""Plain text: of the blocks of tree.py, for a cell of a spreadsheet, and the paragraphs of what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .tree import Block, inline_text


def plain_text(blocks: list[Block]) -> str:
    """The words, one line a paragraph, list item or row."""
    return "\n".join(_lines(blocks, 0))


def _lines(blocks: list[Block], depth: int) -> Iterator[str]:
    for block in blocks:
        if block["t"] in {"ul", "ol"}:
            yield from _list_lines(block, depth)
        elif block["t"] == "tabel":
            yield from (" · ".join(cell for cell in map(inline_text, row) if cell.strip()) for row in block["rijen"])
        else:
            yield inline_text(block["c"]).strip()


def _list_lines(listing: Block, depth: int) -> Iterator[str]:
    for number, item in enumerate(listing["c"], 1):
        marker = f"{number}." if listing["t"] == "ol" else "•"
        for place, line in enumerate(_lines(item, depth + 1)):
            yield f"{'  ' * depth}{marker} {line}" if not place else line


def split_paragraphs(text: str) -> list[str]:
    """Paragraphs of plain text, which blank lines separate."""
    parts = re.split(r"\n\s*\n", text)
    return [part.strip() for part in parts if part.strip()]
