"""An order as the templates of the typesetter want it: text that can be shown, addresses that can be followed."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from ....text.plain import split_paragraphs
from ....text.tree import Block, Inline, inline_text
from ...content.book import places_by_name
from ...limits import TOO_LARGE, Failed
from .glyphs import MARK, readable

FOLLOWABLE_URL = re.compile(r"(?:https?://|mailto:)[!-~]{1,1900}")
SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:)")
URL_KEYS = {"adres", "kort_adres", "uitleg_trede"}
MAX_INLINE_DEPTH = 6  # marks within marks
MAX_LIST_DEPTH = 12  # lists within lists; the typesetter reads no deeper
MAX_CHARACTERS = 3_000_000
MAX_PRINTED_URL = 80  # characters of an address that are still worth reading on paper


class Typesetting:
    """The data of one document; `right_to_left` tells whether text from right to left may stay."""

    def __init__(self, order: dict[str, Any], *, right_to_left: bool) -> None:
        self.order = order
        self.site = str(order["site"]["adres"])
        self.readable = partial(readable, right_to_left=right_to_left)
        self.character_count = 0

    def data(self) -> dict[str, Any]:
        """All that the template of this kind of order reads."""
        order = self.order
        data = {"site": self._sanitize(order["site"])}
        if "documenten" in order:
            data["documenten"] = [self._document(document) for document in order["documenten"]]
        if "bundel" in order:
            data["bundel"] = self._bundel(order["bundel"], data["documenten"])
        if "vergelijking" in order:
            data["vergelijking"] = self._comparison(order["vergelijking"])
        return data

    def _document(self, document: dict[str, Any]) -> dict[str, Any]:
        clean = {name: self._sanitize(value, name) for name, value in document.items() if name != "secties"}
        secties = [
            {"kop": self._heading(sectie["kop"]), "blokken": self._blocks(sectie["blokken"])}
            for sectie in document["secties"]
        ]
        return clean | {
            "titel": self._heading(document["titel"]),
            "secties": secties,
            "toelichting": self._paragraphs(document["toelichting"]),
            "qr": qr_svg(document["kort_adres"]),
            "vervangen": MARK in str(clean) + str(secties),
        }

    def _bundel(self, bundel: dict[str, Any], documents: list[dict[str, Any]]) -> dict[str, Any]:
        return self._sanitize(bundel) | {
            "titel": self._heading(bundel["titel"]),
            "voorwoord": self._paragraphs(bundel["voorwoord"]),
            "qr": qr_svg(bundel["adres"]),
            "register": [
                {"kop": "Register op thema", "woorden": index_of_names(documents, "themas")},
                {"kop": "Register op regio", "woorden": index_of_names(documents, "regios")},
            ],
        }

    def _comparison(self, comparison: dict[str, Any]) -> dict[str, Any]:
        groups = [
            {
                "naam": self._sanitize(group["naam"]),
                "rijen": [
                    {
                        "kop": self._sanitize(row["kop"]),
                        "anders": row["anders"],
                        "cellen": [self._blocks(cell) for cell in row["cellen"]],
                    }
                    for row in group["rijen"]
                ],
            }
            for group in comparison["groepen"]
        ]
        clean = {name: self._sanitize(value, name) for name, value in comparison.items() if name != "groepen"}
        return clean | {
            "titel": self._heading(comparison["titel"]),
            "groepen": groups,
            "qr": qr_svg(comparison["adres"]),
        }

    def _sanitize(self, value: Any, field: str = "") -> Any:
        """The same data with text that can be shown; addresses stay as they are."""
        if isinstance(value, str):
            return value if field in URL_KEYS else self._text(value)
        if isinstance(value, list):
            return [self._sanitize(part, field) for part in value]
        if isinstance(value, dict):
            return {name: self._sanitize(part, name) for name, part in value.items()}
        return value

    def _text(self, raw: str) -> str:
        self.character_count += len(raw)
        if self.character_count > MAX_CHARACTERS:
            raise Failed(TOO_LARGE)
        return self.readable(raw)

    def _heading(self, raw: str) -> str:
        """Text of a heading, which may not be empty."""
        return self._text(raw).strip() or MARK

    def _paragraphs(self, raw: str) -> list[str]:
        """Paragraphs of plain text, which blank lines separate."""
        return [self._text(paragraph) for paragraph in split_paragraphs(raw.replace("\r", ""))]

    def _blocks(self, blocks: list[Block], depth: int = 0) -> list[Block]:
        return [clean for block in blocks for clean in self._block(block, depth)]

    def _block(self, block: Block, depth: int) -> list[Block]:
        """The block, or the blocks of a list that lies too deep."""
        if block["t"] == "tabel":
            return [self._table(block)]
        if block["t"] not in {"ul", "ol"}:
            content = self._inlines(block["c"])
            return [{"t": block["t"], "c": content}] if inline_text(content).strip() else []
        items = [self._blocks(item, depth + 1) for item in block["c"]]
        return [{"t": block["t"], "c": items}] if depth < MAX_LIST_DEPTH else [part for item in items for part in item]

    def _table(self, table: Block) -> Block:
        """Without the columns that are empty in every row."""
        full = [
            number
            for number in range(len(table["koppen"]))
            if any(inline_text(row[number]).strip() for row in table["rijen"])
        ]
        return {
            "t": "tabel",
            "koppen": [self._text(table["koppen"][number]) for number in full],
            "rijen": [[self._inlines(row[number]) for number in full] for row in table["rijen"]],
        }

    def _inlines(self, inlines: list[Inline], depth: int = 0) -> list[Inline]:
        clean: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, str):
                clean.append(self._text(inline))
            elif inline["t"] == "br":
                clean.append(inline)
            elif depth >= MAX_INLINE_DEPTH:
                clean.append(self._text(inline_text(inline["c"])))
            else:
                clean += self._mark(inline, self._inlines(inline["c"], depth + 1))
        return clean

    def _mark(self, inline: dict[str, Any], content: list[Inline]) -> list[Inline]:
        """Marked text; a link only to an address that can be followed from a document."""
        if inline["t"] != "a":
            return [inline | {"c": content}]
        url = inline["h"].strip()
        url = self.site + url if url.startswith("/") else url
        if not FOLLOWABLE_URL.fullmatch(url):
            return content
        visible = SCHEME.sub("", url).rstrip("/")
        is_printed = (
            len(visible) <= MAX_PRINTED_URL
            and visible not in inline_text(inline["c"])
            and not url.startswith(self.site)
        )
        return [{"t": "a", "h": url, "c": content, "op_papier": self._text(visible) if is_printed else ""}]


def index_of_names(documents: list[dict[str, Any]], field: str) -> list[dict[str, Any]]:
    """The index of the book, as the template names its parts."""
    return [{"woord": name, "plaatsen": places} for name, places in places_by_name(documents, field)]


def qr_svg(url: str) -> str:
    """QR code as SVG: one path, a module a unit."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(url)
    modules = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(modules) for x, black in enumerate(row) if black)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(modules)} {len(modules)}" '
        f'shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )
