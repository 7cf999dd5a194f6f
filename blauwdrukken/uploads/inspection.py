"""The one door for uploaded files: what comes out of keur() has been looked at from the first byte to the last."""

from __future__ import annotations

from typing import Any

import filetype
from django.conf import settings
from django.core.files.base import ContentFile

from . import image as beeld
from . import office as kantoor
from . import pdf
from .kinds import AFBEELDINGEN, DOCUMENTEN, Reden, Soort, weiger

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
VERSLEUTELD_IN_OLE = "EncryptedPackage".encode("utf-16-le")
PROGRAMMAS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"dex\n",
)
WEBPAGINA = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--", b"<iframe", b"<meta")
ARCHIEVEN = {"rar", "7z", "gz", "tar", "bz2", "xz", "zst", "cab", "lz4", "z", "lz"}
MACRO_NAMEN = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm")


class Schoon(ContentFile):
    """Content that was checked; a picture is drawn anew, without what the camera wrote in it."""

    def __init__(self, inhoud: bytes, naam: str, soort: Soort) -> None:
        super().__init__(inhoud, name=naam)
        self.soort = soort


def controleer(bestand: Any, naam: str, soorten: tuple[Soort, ...] = DOCUMENTEN) -> Soort:
    """Kind of this file by its content; ValidationError with the reason when it is not one of `soorten`."""
    return _onderzoek(_lees(bestand), naam, soorten)


def keur(bestand: Any, naam: str, soorten: tuple[Soort, ...] = DOCUMENTEN) -> Schoon:
    """The checked content, ready to keep; ValidationError with the reason when it is refused."""
    inhoud = _lees(bestand)
    soort = _onderzoek(inhoud, naam, soorten)
    if soort in AFBEELDINGEN:
        inhoud = beeld.teken_opnieuw(inhoud, soort)
    return Schoon(inhoud, naam, soort)


def _lees(bestand: Any) -> bytes:
    grens = settings.MAX_UPLOAD_MB * 1024 * 1024
    if bestand.size > grens:
        weiger(Reden.TE_GROOT, megabytes=settings.MAX_UPLOAD_MB)
    bestand.seek(0)
    inhoud: bytes = bestand.read(grens + 1)
    bestand.seek(0)
    return inhoud


def _onderzoek(inhoud: bytes, naam: str, soorten: tuple[Soort, ...]) -> Soort:
    if not inhoud:
        weiger(Reden.LEEG)
    _weiger_wat_nooit_mag(inhoud)
    if naam.lower().endswith(MACRO_NAMEN):
        weiger(Reden.MACRO)
    beloofd = Soort.van_naam(naam)
    if beloofd is None or beloofd not in soorten:
        weiger(Reden.SOORT, soorten=", ".join(soort.extensies[0] for soort in soorten))
    if not inhoud.startswith(beloofd.begin):
        weiger(Reden.NAAM_KLOPT_NIET, extensie=beloofd.extensies[0])
    if _kijk_erin(inhoud, beloofd) is not beloofd:
        weiger(Reden.NAAM_KLOPT_NIET, extensie=beloofd.extensies[0])
    return beloofd


def _kijk_erin(inhoud: bytes, beloofd: Soort) -> Soort | None:
    """Kind that the content turns out to be."""
    if beloofd is Soort.PDF:
        pdf.controleer(inhoud)
        return Soort.PDF
    if beloofd in AFBEELDINGEN:
        return beeld.controleer(inhoud)
    return kantoor.controleer(inhoud)


def _weiger_wat_nooit_mag(inhoud: bytes) -> None:
    """Name what is refused whatever it is called, so that the reason helps."""
    if inhoud.startswith(PROGRAMMAS):
        weiger(Reden.PROGRAMMA)
    if inhoud.startswith(OLE):
        weiger(Reden.VERSLEUTELD if VERSLEUTELD_IN_OLE in inhoud else Reden.OUD_OFFICE)
    tekst = inhoud[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"").lower()
    if tekst.startswith(b"#!"):
        weiger(Reden.SCRIPT)
    if tekst.startswith(b"<") and b"<svg" in tekst:
        weiger(Reden.SVG)
    if tekst.startswith(WEBPAGINA):
        weiger(Reden.WEBPAGINA)
    geraden = filetype.archive_match(inhoud[:8192])
    if geraden and geraden.extension in ARCHIEVEN:
        weiger(Reden.ARCHIEF)
