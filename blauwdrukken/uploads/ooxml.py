"""Watches the XML of a document go by, without ever building it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from .kinds import RefusalReason, refuse

# Relations that a reader follows by itself on opening; hyperlinks wait for a click.
FOLLOWED_ON_OPENING = ("attachedtemplate", "oleobject", "frame", "subdocument", "image")
ODF = "urn:oasis:names:tc:opendocument:"
ODF_FETCHING = {"image", "object", "object-ole", "plugin", "applet", "floating-frame", "section-source"}
EXECUTING_FIELDS = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
MAX_FIELD_TEXT = 100_000
MAX_ELEMENTS = 10_000_000


class XmlGuard:
    """Reads the XML parts of one document; refuses document types, macros, secrets and links that open themselves."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.element_count = 0

    def read(self, begin: bytes, rest: Iterable[bytes]) -> None:
        """Read one part; the parser stops at the first thing that may not be there."""
        self.field_text = ""
        self.in_field = False
        lezer = expat.ParserCreate(namespace_separator=" ")
        lezer.StartDoctypeDeclHandler = self._doctype
        lezer.StartElementHandler = self._element
        lezer.EndElementHandler = self._end
        lezer.CharacterDataHandler = self._text
        lezer.Parse(begin, False)
        for stuk in rest:
            lezer.Parse(stuk, False)
        lezer.Parse(b"", True)
        self._refuse_command(self.field_text)

    def _doctype(self, *args: object) -> None:
        refuse(RefusalReason.BESCHADIGD)

    def _element(self, naam: str, attributen: dict[str, str]) -> None:
        self.element_count += 1
        if self.element_count > MAX_ELEMENTS:
            refuse(RefusalReason.BOM)
        lokaal = naam.rpartition(" ")[2]
        waarden = {sleutel.rpartition(" ")[2]: waarde for sleutel, waarde in attributen.items()}
        if lokaal in {"Override", "Default"}:
            self._type(waarden.get("ContentType", ""))
        elif lokaal == "Relationship":
            self._relation(waarden)
        elif naam.startswith(ODF):
            self._odf(lokaal, waarden.get("href", ""))
        elif lokaal == "ddeLink":
            refuse(RefusalReason.VERWIJST)
        elif lokaal == "fldSimple":
            self._refuse_command(waarden.get("instr", ""))
        self.in_field = lokaal == "instrText"

    def _odf(self, lokaal: str, adres: str) -> None:
        if lokaal in {"event-listener", "script"}:
            refuse(RefusalReason.MACRO)
        if lokaal == "encryption-data":
            refuse(RefusalReason.VERSLEUTELD)
        if lokaal.startswith("dde-") or (lokaal in ODF_FETCHING and "://" in adres):
            refuse(RefusalReason.VERWIJST)

    def _end(self, naam: str) -> None:
        self.in_field = False

    def _text(self, tekst: str) -> None:
        if self.in_field and len(self.field_text) < MAX_FIELD_TEXT:
            self.field_text += tekst

    def _type(self, type_: str) -> None:
        klein = type_.lower()
        if any(teken in klein for teken in ("macro", "vba", "activex", "dialogsheet")):
            refuse(RefusalReason.MACRO)
        self.types.add(type_)

    def _relation(self, waarden: dict[str, str]) -> None:
        buiten = waarden.get("TargetMode", "").lower() == "external"
        if buiten and waarden.get("Type", "").lower().rpartition("/")[2] in FOLLOWED_ON_OPENING:
            refuse(RefusalReason.VERWIJST)

    def _refuse_command(self, tekst: str) -> None:
        if EXECUTING_FIELDS.search(tekst):
            refuse(RefusalReason.VERWIJST)
