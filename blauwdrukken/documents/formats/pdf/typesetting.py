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
URL_KEYS = {"adres", "kort_adres"}
MAX_INLINE_DEPTH = 6  # marks within marks
MAX_LIST_DEPTH = 12  # lists within lists; the typesetter reads no deeper
MAX_CHARACTERS = 3_000_000
MAX_PRINTED_URL = 80  # characters of an address that are still worth reading on paper


class Typesetting:
    """The data of one document; `van_rechts` tells whether text from right to left may stay."""

    def __init__(self, opdracht: dict[str, Any], *, van_rechts: bool) -> None:
        self.order = opdracht
        self.site = str(opdracht["site"]["adres"])
        self.readable = partial(readable, van_rechts=van_rechts)
        self.character_count = 0

    def data(self) -> dict[str, Any]:
        """All that the template of this kind of order reads."""
        opdracht = self.order
        data = {"site": self._sanitize(opdracht["site"])}
        if "documenten" in opdracht:
            data["documenten"] = [self._document(document) for document in opdracht["documenten"]]
        if "bundel" in opdracht:
            data["bundel"] = self._bundel(opdracht["bundel"], data["documenten"])
        if "vergelijking" in opdracht:
            data["vergelijking"] = self._comparison(opdracht["vergelijking"])
        return data

    def _document(self, document: dict[str, Any]) -> dict[str, Any]:
        schoon = {naam: self._sanitize(waarde, naam) for naam, waarde in document.items() if naam != "secties"}
        secties = [
            {"kop": self._heading(sectie["kop"]), "blokken": self._blocks(sectie["blokken"])}
            for sectie in document["secties"]
        ]
        return schoon | {
            "titel": self._heading(document["titel"]),
            "secties": secties,
            "toelichting": self._paragraphs(document["toelichting"]),
            "qr": qr_svg(document["kort_adres"]),
            "vervangen": MARK in str(schoon) + str(secties),
        }

    def _bundel(self, bundel: dict[str, Any], documenten: list[dict[str, Any]]) -> dict[str, Any]:
        return self._sanitize(bundel) | {
            "titel": self._heading(bundel["titel"]),
            "voorwoord": self._paragraphs(bundel["voorwoord"]),
            "qr": qr_svg(bundel["adres"]),
            "register": [
                {"kop": "Register op thema", "woorden": index_of_names(documenten, "themas")},
                {"kop": "Register op regio", "woorden": index_of_names(documenten, "regios")},
            ],
        }

    def _comparison(self, vergelijking: dict[str, Any]) -> dict[str, Any]:
        groepen = [
            {
                "naam": self._sanitize(groep["naam"]),
                "rijen": [
                    {
                        "kop": self._sanitize(rij["kop"]),
                        "anders": rij["anders"],
                        "cellen": [self._blocks(cel) for cel in rij["cellen"]],
                    }
                    for rij in groep["rijen"]
                ],
            }
            for groep in vergelijking["groepen"]
        ]
        schoon = {naam: self._sanitize(waarde, naam) for naam, waarde in vergelijking.items() if naam != "groepen"}
        return schoon | {
            "titel": self._heading(vergelijking["titel"]),
            "groepen": groepen,
            "qr": qr_svg(vergelijking["adres"]),
        }

    def _sanitize(self, waarde: Any, veld: str = "") -> Any:
        """The same data with text that can be shown; addresses stay as they are."""
        if isinstance(waarde, str):
            return waarde if veld in URL_KEYS else self._text(waarde)
        if isinstance(waarde, list):
            return [self._sanitize(deel, veld) for deel in waarde]
        if isinstance(waarde, dict):
            return {naam: self._sanitize(deel, naam) for naam, deel in waarde.items()}
        return waarde

    def _text(self, rauw: str) -> str:
        self.character_count += len(rauw)
        if self.character_count > MAX_CHARACTERS:
            raise Failed(TOO_LARGE)
        return self.readable(rauw)

    def _heading(self, rauw: str) -> str:
        """Text of a heading, which may not be empty."""
        return self._text(rauw).strip() or MARK

    def _paragraphs(self, rauw: str) -> list[str]:
        """Paragraphs of plain text, which blank lines separate."""
        return [self._text(alinea) for alinea in split_paragraphs(rauw.replace("\r", ""))]

    def _blocks(self, blokken: list[Block], diepte: int = 0) -> list[Block]:
        return [schoon for blok in blokken for schoon in self._block(blok, diepte)]

    def _block(self, blok: Block, diepte: int) -> list[Block]:
        """The block, or the blocks of a list that lies too deep."""
        if blok["t"] == "tabel":
            return [self._table(blok)]
        if blok["t"] not in {"ul", "ol"}:
            inhoud = self._inlines(blok["c"])
            return [{"t": blok["t"], "c": inhoud}] if inline_text(inhoud).strip() else []
        items = [self._blocks(item, diepte + 1) for item in blok["c"]]
        return [{"t": blok["t"], "c": items}] if diepte < MAX_LIST_DEPTH else [deel for item in items for deel in item]

    def _table(self, tabel: Block) -> Block:
        """Without the columns that are empty in every row."""
        vol = [
            nummer
            for nummer in range(len(tabel["koppen"]))
            if any(inline_text(rij[nummer]).strip() for rij in tabel["rijen"])
        ]
        return {
            "t": "tabel",
            "koppen": [self._text(tabel["koppen"][nummer]) for nummer in vol],
            "rijen": [[self._inlines(rij[nummer]) for nummer in vol] for rij in tabel["rijen"]],
        }

    def _inlines(self, inlines: list[Inline], diepte: int = 0) -> list[Inline]:
        schoon: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, str):
                schoon.append(self._text(inline))
            elif inline["t"] == "br":
                schoon.append(inline)
            elif diepte >= MAX_INLINE_DEPTH:
                schoon.append(self._text(inline_text(inline["c"])))
            else:
                schoon += self._mark(inline, self._inlines(inline["c"], diepte + 1))
        return schoon

    def _mark(self, inline: dict[str, Any], inhoud: list[Inline]) -> list[Inline]:
        """Marked text; a link only to an address that can be followed from a document."""
        if inline["t"] != "a":
            return [{"t": inline["t"], "c": inhoud}]
        adres = inline["h"].strip()
        adres = self.site + adres if adres.startswith("/") else adres
        if not FOLLOWABLE_URL.fullmatch(adres):
            return inhoud
        zichtbaar = SCHEME.sub("", adres).rstrip("/")
        lees = (
            len(zichtbaar) <= MAX_PRINTED_URL
            and zichtbaar not in inline_text(inline["c"])
            and not adres.startswith(self.site)
        )
        return [{"t": "a", "h": adres, "c": inhoud, "op_papier": self._text(zichtbaar) if lees else ""}]


def index_of_names(documenten: list[dict[str, Any]], veld: str) -> list[dict[str, Any]]:
    """The index of the book, as the template names its parts."""
    return [{"woord": naam, "plaatsen": plaatsen} for naam, plaatsen in places_by_name(documenten, veld)]


def qr_svg(adres: str) -> str:
    """QR code as SVG: one path, a module a unit."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(adres)
    vakken = code.get_matrix()
    pad = "".join(f"M{x} {y}h1v1h-1z" for y, rij in enumerate(vakken) for x, zwart in enumerate(rij) if zwart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(vakken)} {len(vakken)}" '
        f'shape-rendering="crispEdges"><path d="{pad}"/></svg>'
    )
