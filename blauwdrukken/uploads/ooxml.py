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

    def read(self, start: bytes, rest: Iterable[bytes]) -> None:
        """Read one part; the parser stops at the first thing that may not be there."""
        self.field_text = ""
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.StartDoctypeDeclHandler = self._doctype
        reader.StartElementHandler = self._element
        reader.EndElementHandler = self._end
        reader.CharacterDataHandler = self._text
        reader.Parse(start, False)
        for piece in rest:
            reader.Parse(piece, False)
        reader.Parse(b"", True)
        self._refuse_command(self.field_text)

    def _doctype(self, *args: object) -> None:
        refuse(RefusalReason.BESCHADIGD)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self.element_count += 1
        if self.element_count > MAX_ELEMENTS:
            refuse(RefusalReason.BOM)
        local = name.rpartition(" ")[2]
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local in {"Override", "Default"}:
            self._type(values.get("ContentType", ""))
        elif local == "Relationship":
            self._relation(values)
        elif name.startswith(ODF):
            self._odf(local, values.get("href", ""))
        elif local == "ddeLink":
            refuse(RefusalReason.VERWIJST)
        elif local == "fldSimple":
            self._refuse_command(values.get("instr", ""))
        self.in_field = local == "instrText"

    def _odf(self, local: str, url: str) -> None:
        if local in {"event-listener", "script"}:
            refuse(RefusalReason.MACRO)
        if local == "encryption-data":
            refuse(RefusalReason.VERSLEUTELD)
        if local.startswith("dde-") or (local in ODF_FETCHING and "://" in url):
            refuse(RefusalReason.VERWIJST)

    def _end(self, name: str) -> None:
        self.in_field = False

    def _text(self, text: str) -> None:
        if self.in_field:
            self.field_text += text
            if len(self.field_text) > MAX_FIELD_TEXT:
                self._refuse_command(self.field_text)
                self.field_text = self.field_text[-len("DDEAUTO") :]

    def _type(self, type_: str) -> None:
        lowered = type_.lower()
        if any(word in lowered for word in ("macro", "vba", "activex", "dialogsheet")):
            refuse(RefusalReason.MACRO)
        self.types.add(type_)

    def _relation(self, values: dict[str, str]) -> None:
        outside = values.get("TargetMode", "").lower() == "external"
        if outside and values.get("Type", "").lower().rpartition("/")[2] in FOLLOWED_ON_OPENING:
            refuse(RefusalReason.VERWIJST)

    def _refuse_command(self, text: str) -> None:
        if EXECUTING_FIELDS.search(text):
            refuse(RefusalReason.VERWIJST)
