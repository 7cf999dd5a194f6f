"""Watches the XML of a document go by, without ever building it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from .kinds import Reden, weiger

# Relations that a reader follows by itself on opening; hyperlinks wait for a click.
VOLGT_ZELF = ("attachedtemplate", "oleobject", "frame", "subdocument", "image")
ODF = "urn:oasis:names:tc:opendocument:"
ODF_HAALT_OP = {"image", "object", "object-ole", "plugin", "applet", "floating-frame", "section-source"}
VELDEN_DIE_UITVOEREN = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
MAX_VELDTEKST = 100_000
MAX_ELEMENTEN = 10_000_000


class XmlWacht:
    """Reads the XML parts of one document; refuses document types, macros, secrets and links that open themselves."""

    def __init__(self) -> None:
        self.typen: set[str] = set()
        self.elementen = 0

    def lees(self, begin: bytes, rest: Iterable[bytes]) -> None:
        """Read one part; the parser stops at the first thing that may not be there."""
        self.veldtekst = ""
        self.in_veld = False
        lezer = expat.ParserCreate(namespace_separator=" ")
        lezer.StartDoctypeDeclHandler = self._doctype
        lezer.StartElementHandler = self._element
        lezer.EndElementHandler = self._einde
        lezer.CharacterDataHandler = self._tekst
        lezer.Parse(begin, False)
        for stuk in rest:
            lezer.Parse(stuk, False)
        lezer.Parse(b"", True)
        self._weiger_opdracht(self.veldtekst)

    def _doctype(self, *args: object) -> None:
        weiger(Reden.BESCHADIGD)

    def _element(self, naam: str, attributen: dict[str, str]) -> None:
        self.elementen += 1
        if self.elementen > MAX_ELEMENTEN:
            weiger(Reden.BOM)
        lokaal = naam.rpartition(" ")[2]
        waarden = {sleutel.rpartition(" ")[2]: waarde for sleutel, waarde in attributen.items()}
        if lokaal in {"Override", "Default"}:
            self._type(waarden.get("ContentType", ""))
        elif lokaal == "Relationship":
            self._relatie(waarden)
        elif naam.startswith(ODF):
            self._odf(lokaal, waarden.get("href", ""))
        elif lokaal == "ddeLink":
            weiger(Reden.VERWIJST)
        elif lokaal == "fldSimple":
            self._weiger_opdracht(waarden.get("instr", ""))
        self.in_veld = lokaal == "instrText"

    def _odf(self, lokaal: str, adres: str) -> None:
        if lokaal in {"event-listener", "script"}:
            weiger(Reden.MACRO)
        if lokaal == "encryption-data":
            weiger(Reden.VERSLEUTELD)
        if lokaal.startswith("dde-") or (lokaal in ODF_HAALT_OP and "://" in adres):
            weiger(Reden.VERWIJST)

    def _einde(self, naam: str) -> None:
        self.in_veld = False

    def _tekst(self, tekst: str) -> None:
        if self.in_veld and len(self.veldtekst) < MAX_VELDTEKST:
            self.veldtekst += tekst

    def _type(self, type_: str) -> None:
        klein = type_.lower()
        if any(teken in klein for teken in ("macro", "vba", "activex", "dialogsheet")):
            weiger(Reden.MACRO)
        self.typen.add(type_)

    def _relatie(self, waarden: dict[str, str]) -> None:
        buiten = waarden.get("TargetMode", "").lower() == "external"
        if buiten and waarden.get("Type", "").lower().rpartition("/")[2] in VOLGT_ZELF:
            weiger(Reden.VERWIJST)

    def _weiger_opdracht(self, tekst: str) -> None:
        if VELDEN_DIE_UITVOEREN.search(tekst):
            weiger(Reden.VERWIJST)
