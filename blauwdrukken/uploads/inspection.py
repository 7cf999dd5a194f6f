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

    def __init__(self, content: bytes, name: str, kind: FileKind) -> None:
        super().__init__(content, name=name)
        self.kind = kind


def check(file: Any, name: str, kinds: tuple[FileKind, ...] = DOCUMENT_KINDS) -> FileKind:
    """Kind of this file by its content; ValidationError with the reason when it is not one of `kinds`."""
    return _determine_kind(_read(file), name, kinds)


def inspect(file: Any, name: str, kinds: tuple[FileKind, ...] = DOCUMENT_KINDS) -> InspectedFile:
    """The checked content, ready to keep; ValidationError with the reason when it is refused."""
    content = _read(file)
    kind = _determine_kind(content, name, kinds)
    if kind in IMAGE_KINDS:
        content = image.redraw(content, kind)
    return InspectedFile(content, name, kind)


def _read(file: Any) -> bytes:
    limit = settings.MAX_UPLOAD_MB * 1024 * 1024
    if file.size > limit:
        refuse(RefusalReason.TE_GROOT, megabytes=settings.MAX_UPLOAD_MB)
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content


def _determine_kind(content: bytes, name: str, kinds: tuple[FileKind, ...]) -> FileKind:
    if not content:
        refuse(RefusalReason.LEEG)
    _refuse_forbidden(content)
    if name.lower().endswith(MACRO_EXTENSIONS):
        refuse(RefusalReason.MACRO)
    promised = FileKind.from_name(name)
    if promised is None or promised not in kinds:
        refuse(RefusalReason.SOORT, soorten=", ".join(kind.extensions[0] for kind in kinds))
    if not content.startswith(promised.begin):
        refuse(RefusalReason.NAAM_KLOPT_NIET, extensie=promised.extensions[0])
    if _look_inside(content, promised) is not promised:
        refuse(RefusalReason.NAAM_KLOPT_NIET, extensie=promised.extensions[0])
    return promised


def _look_inside(content: bytes, promised: FileKind) -> FileKind | None:
    """Kind that the content turns out to be."""
    if promised is FileKind.PDF:
        pdf.check(content)
        return FileKind.PDF
    if promised in IMAGE_KINDS:
        return image.check(content)
    return office.check(content)


def _refuse_forbidden(content: bytes) -> None:
    """Name what is refused whatever it is called, so that the reason helps."""
    if content.startswith(EXECUTABLES):
        refuse(RefusalReason.PROGRAMMA)
    if content.startswith(OLE):
        refuse(RefusalReason.VERSLEUTELD if ENCRYPTED_IN_OLE in content else RefusalReason.OUD_OFFICE)
    text = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"").lower()
    if text.startswith(b"#!"):
        refuse(RefusalReason.SCRIPT)
    if text.startswith(b"<") and b"<svg" in text:
        refuse(RefusalReason.SVG)
    if text.startswith(WEB_PAGE_STARTS):
        refuse(RefusalReason.WEBPAGINA)
    guessed = filetype.archive_match(content)
    if guessed and guessed.extension in ARCHIVE_EXTENSIONS:
        refuse(RefusalReason.ARCHIEF)
