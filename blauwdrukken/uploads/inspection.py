"""The one door for uploaded files: what comes out of inspect() has been looked at from the first byte to the last."""

from __future__ import annotations

from typing import Any

import filetype
from django.conf import settings
from django.core.files.base import ContentFile

from . import image, office, pdf
from .kinds import DOCUMENT_KINDS, IMAGE_KINDS, FileKind, RefusalReason, refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_IN_OLE = "EncryptedPackage".encode("utf-16-le")
EXECUTABLES = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"dex\n",
)
WEB_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--", b"<iframe", b"<meta")
ARCHIVE_EXTENSIONS = {"rar", "7z", "gz", "tar", "bz2", "xz", "zst", "cab", "lz4", "z", "lz"}
MACRO_EXTENSIONS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm")


class InspectedFile(ContentFile):
    """Content that was checked; a picture is drawn anew, without what the camera wrote in it."""

    def __init__(self, inhoud: bytes, naam: str, soort: FileKind) -> None:
        super().__init__(inhoud, name=naam)
        self.kind = soort


def check(bestand: Any, naam: str, soorten: tuple[FileKind, ...] = DOCUMENT_KINDS) -> FileKind:
    """Kind of this file by its content; ValidationError with the reason when it is not one of `soorten`."""
    return _determine_kind(_read(bestand), naam, soorten)


def inspect(bestand: Any, naam: str, soorten: tuple[FileKind, ...] = DOCUMENT_KINDS) -> InspectedFile:
    """The checked content, ready to keep; ValidationError with the reason when it is refused."""
    inhoud = _read(bestand)
    soort = _determine_kind(inhoud, naam, soorten)
    if soort in IMAGE_KINDS:
        inhoud = image.redraw(inhoud, soort)
    return InspectedFile(inhoud, naam, soort)


def _read(bestand: Any) -> bytes:
    grens = settings.MAX_UPLOAD_MB * 1024 * 1024
    if bestand.size > grens:
        refuse(RefusalReason.TE_GROOT, megabytes=settings.MAX_UPLOAD_MB)
    bestand.seek(0)
    inhoud: bytes = bestand.read(grens + 1)
    bestand.seek(0)
    return inhoud


def _determine_kind(inhoud: bytes, naam: str, soorten: tuple[FileKind, ...]) -> FileKind:
    if not inhoud:
        refuse(RefusalReason.LEEG)
    _refuse_forbidden(inhoud)
    if naam.lower().endswith(MACRO_EXTENSIONS):
        refuse(RefusalReason.MACRO)
    beloofd = FileKind.from_name(naam)
    if beloofd is None or beloofd not in soorten:
        refuse(RefusalReason.SOORT, soorten=", ".join(soort.extensions[0] for soort in soorten))
    if not inhoud.startswith(beloofd.begin):
        refuse(RefusalReason.NAAM_KLOPT_NIET, extensie=beloofd.extensions[0])
    if _look_inside(inhoud, beloofd) is not beloofd:
        refuse(RefusalReason.NAAM_KLOPT_NIET, extensie=beloofd.extensions[0])
    return beloofd


def _look_inside(inhoud: bytes, beloofd: FileKind) -> FileKind | None:
    """Kind that the content turns out to be."""
    if beloofd is FileKind.PDF:
        pdf.check(inhoud)
        return FileKind.PDF
    if beloofd in IMAGE_KINDS:
        return image.check(inhoud)
    return office.check(inhoud)


def _refuse_forbidden(inhoud: bytes) -> None:
    """Name what is refused whatever it is called, so that the reason helps."""
    if inhoud.startswith(EXECUTABLES):
        refuse(RefusalReason.PROGRAMMA)
    if inhoud.startswith(OLE):
        refuse(RefusalReason.VERSLEUTELD if ENCRYPTED_IN_OLE in inhoud else RefusalReason.OUD_OFFICE)
    tekst = inhoud[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"").lower()
    if tekst.startswith(b"#!"):
        refuse(RefusalReason.SCRIPT)
    if tekst.startswith(b"<") and b"<svg" in tekst:
        refuse(RefusalReason.SVG)
    if tekst.startswith(WEB_PAGE_STARTS):
        refuse(RefusalReason.WEBPAGINA)
    geraden = filetype.archive_match(inhoud[:8192])
    if geraden and geraden.extension in ARCHIVE_EXTENSIONS:
        refuse(RefusalReason.ARCHIEF)
