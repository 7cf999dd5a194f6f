"""An order as the templates of the typesetter want it: text that can be shown, addresses that can be followed."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from ....text.tree import Blok, Inline, tekst
from ...limits import TE_GROOT, Mislukt
from .glyphs import MERKTEKEN, leesbaar

ADRES = re.compile(r"(?:https?://|mailto:)[!-~]{1,1900}")
SCHEMA = re.compile(r"^(?:https?://(?:www\.)?|mailto:)")
ADRESVELDEN = {"adres", "kort_adres"}
MAX_INLINE = 6  # marks within marks
MAX_LIJST = 12  # lists within lists; the typesetter reads no deeper
MAX_TEKENS = 3_000_000
OP_PAPIER = 80  # characters of an address that are still worth reading on paper


class Zetsel:
    """The data of one document; `van_rechts` tells whether text from right to left may stay."""

    def __init__(self, opdracht: dict[str, Any], *, van_rechts: bool) -> None:
        self.opdracht = opdracht
        self.site = str(opdracht["site"]["adres"])
        self.leesbaar = partial(leesbaar, van_rechts=van_rechts)
        self.tekens = 0

    def data(self) -> dict[str, Any]:
        """All that the template of this kind of order reads."""
        opdracht = self.opdracht
        data = {"site": self._schoon(opdracht["site"])}
        if "documenten" in opdracht:
            data["documenten"] = [self._document(document) for document in opdracht["documenten"]]
        if "bundel" in opdracht:
            data["bundel"] = self._bundel(opdracht["bundel"], data["documenten"])
        if "vergelijking" in opdracht:
            data["vergelijking"] = self._vergelijking(opdracht["vergelijking"])
        return data

    def _document(self, document: dict[str, Any]) -> dict[str, Any]:
        schoon = {naam: self._schoon(waarde, naam) for naam, waarde in document.items() if naam != "secties"}
        secties = [
            {"kop": self._kop(sectie["kop"]), "blokken": self._blokken(sectie["blokken"])}
            for sectie in document["secties"]
        ]
        return schoon | {
            "titel": self._kop(document["titel"]),
            "secties": secties,
            "toelichting": self._alineas(document["toelichting"]),
            "qr": qr(document["kort_adres"]),
            "vervangen": MERKTEKEN in str(schoon) + str(secties),
        }

    def _bundel(self, bundel: dict[str, Any], documenten: list[dict[str, Any]]) -> dict[str, Any]:
        return self._schoon(bundel) | {
            "titel": self._kop(bundel["titel"]),
            "voorwoord": self._alineas(bundel["voorwoord"]),
            "qr": qr(bundel["adres"]),
            "register": [
                {"kop": "Register op thema", "woorden": register(documenten, "themas")},
                {"kop": "Register op regio", "woorden": register(documenten, "regios")},
            ],
        }

    def _vergelijking(self, vergelijking: dict[str, Any]) -> dict[str, Any]:
        groepen = [
            {
                "naam": self._schoon(groep["naam"]),
                "rijen": [
                    {
                        "kop": self._schoon(rij["kop"]),
                        "anders": rij["anders"],
                        "cellen": [self._blokken(cel) for cel in rij["cellen"]],
                    }
                    for rij in groep["rijen"]
                ],
            }
            for groep in vergelijking["groepen"]
        ]
        schoon = {naam: self._schoon(waarde, naam) for naam, waarde in vergelijking.items() if naam != "groepen"}
        return schoon | {"titel": self._kop(vergelijking["titel"]), "groepen": groepen, "qr": qr(vergelijking["adres"])}

    def _schoon(self, waarde: Any, veld: str = "") -> Any:
        """The same data with text that can be shown; addresses stay as they are."""
        if isinstance(waarde, str):
            return waarde if veld in ADRESVELDEN else self._tekst(waarde)
        if isinstance(waarde, list):
            return [self._schoon(deel, veld) for deel in waarde]
        if isinstance(waarde, dict):
            return {naam: self._schoon(deel, naam) for naam, deel in waarde.items()}
        return waarde

    def _tekst(self, rauw: str) -> str:
        self.tekens += len(rauw)
        if self.tekens > MAX_TEKENS:
            raise Mislukt(TE_GROOT)
        return self.leesbaar(rauw)

    def _kop(self, rauw: str) -> str:
        """Text of a heading, which may not be empty."""
        return self._tekst(rauw).strip() or MERKTEKEN

    def _alineas(self, rauw: str) -> list[str]:
        """Paragraphs of plain text, which blank lines separate."""
        delen = re.split(r"\n\s*\n", rauw.replace("\r", ""))
        return [self._tekst(deel.strip()) for deel in delen if deel.strip()]

    def _blokken(self, blokken: list[Blok], diepte: int = 0) -> list[Blok]:
        return [schoon for blok in blokken for schoon in self._blok(blok, diepte)]

    def _blok(self, blok: Blok, diepte: int) -> list[Blok]:
        """The block, or the blocks of a list that lies too deep."""
        if blok["t"] == "tabel":
            return [self._tabel(blok)]
        if blok["t"] not in {"ul", "ol"}:
            inhoud = self._inlines(blok["c"])
            return [{"t": blok["t"], "c": inhoud}] if tekst(inhoud).strip() else []
        items = [self._blokken(item, diepte + 1) for item in blok["c"]]
        return [{"t": blok["t"], "c": items}] if diepte < MAX_LIJST else [deel for item in items for deel in item]

    def _tabel(self, tabel: Blok) -> Blok:
        """Without the columns that are empty in every row."""
        vol = [
            nummer
            for nummer in range(len(tabel["koppen"]))
            if any(tekst(rij[nummer]).strip() for rij in tabel["rijen"])
        ]
        return {
            "t": "tabel",
            "koppen": [self._tekst(tabel["koppen"][nummer]) for nummer in vol],
            "rijen": [[self._inlines(rij[nummer]) for nummer in vol] for rij in tabel["rijen"]],
        }

    def _inlines(self, inlines: list[Inline], diepte: int = 0) -> list[Inline]:
        schoon: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, str):
                schoon.append(self._tekst(inline))
            elif inline["t"] == "br":
                schoon.append(inline)
            elif diepte >= MAX_INLINE:
                schoon.append(self._tekst(tekst(inline["c"])))
            else:
                schoon += self._merk(inline, self._inlines(inline["c"], diepte + 1))
        return schoon

    def _merk(self, inline: dict[str, Any], inhoud: list[Inline]) -> list[Inline]:
        """Marked text; a link only to an address that can be followed from a document."""
        if inline["t"] != "a":
            return [{"t": inline["t"], "c": inhoud}]
        adres = inline["h"].strip()
        adres = self.site + adres if adres.startswith("/") else adres
        if not ADRES.fullmatch(adres):
            return inhoud
        zichtbaar = SCHEMA.sub("", adres).rstrip("/")
        lees = len(zichtbaar) <= OP_PAPIER and zichtbaar not in tekst(inline["c"]) and not adres.startswith(self.site)
        return [{"t": "a", "h": adres, "c": inhoud, "op_papier": self._tekst(zichtbaar) if lees else ""}]


def register(documenten: list[dict[str, Any]], veld: str) -> list[dict[str, Any]]:
    """Words in order of the alphabet, each with the places of the documents that have it."""
    woorden = sorted({woord for document in documenten for woord in document[veld] if woord.strip()}, key=str.casefold)
    return [
        {"woord": woord, "plaatsen": [plaats for plaats, document in enumerate(documenten) if woord in document[veld]]}
        for woord in woorden
    ]


def qr(adres: str) -> str:
    """QR code as SVG: one path, a module a unit."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(adres)
    vakken = code.get_matrix()
    pad = "".join(f"M{x} {y}h1v1h-1z" for y, rij in enumerate(vakken) for x, zwart in enumerate(rij) if zwart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(vakken)} {len(vakken)}" '
        f'shape-rendering="crispEdges"><path d="{pad}"/></svg>'
    )
