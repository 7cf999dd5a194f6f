"""Kinds of files that may be uploaded, and the reasons to refuse one."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NoReturn, Self

from django.core.exceptions import ValidationError


class FileKind(Enum):
    """Kind of file: its name for readers, media type, extensions and first bytes."""

    PDF = ("PDF", "application/pdf", ("pdf",), b"%PDF-")
    DOCX = (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
        b"PK\x03\x04",
    )
    XLSX = ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), b"PK\x03\x04")
    ODT = ("OpenDocument", "application/vnd.oasis.opendocument.text", ("odt",), b"PK\x03\x04")
    PNG = ("PNG", "image/png", ("png",), b"\x89PNG\r\n\x1a\n")
    JPG = ("JPG", "image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff")
    WEBP = ("WebP", "image/webp", ("webp",), b"RIFF")

    def __init__(self, name: str, mime: str, extensions: tuple[str, ...], start: bytes) -> None:
        self.naam = name
        self.mime = mime
        self.extensions = extensions
        self.begin = start

    @classmethod
    def from_name(cls, name: str) -> Self | None:
        """Kind that the name of a file promises."""
        _, dot, extension = name.rpartition(".")
        return next((kind for kind in cls if dot and extension.lower() in kind.extensions), None)


IMAGE_KINDS = (FileKind.PNG, FileKind.JPG, FileKind.WEBP)
DOCUMENT_KINDS = (FileKind.PDF, FileKind.DOCX, FileKind.ODT, FileKind.XLSX, *IMAGE_KINDS)


class RefusalReason(StrEnum):
    """Why a file is refused, as the person who uploads it reads it."""

    LEEG = "Dit bestand is leeg."
    TE_GROOT = "Dit bestand is te groot. Een bestand mag hooguit {megabytes} MB zijn."
    SOORT = "Dit soort bestand kan niet. Dit kan wel: {soorten}."
    NAAM_KLOPT_NIET = "De naam eindigt op .{extensie}, maar de inhoud is iets anders. Sla het bestand opnieuw op."
    PROGRAMMA = "Dit bestand is of bevat een programma. Dat kan niet."
    SCRIPT = "Dit bestand is een script. Dat kan niet."
    WEBPAGINA = "Dit bestand is een webpagina. Maak er een PDF van."
    SVG = "Dit bestand is een SVG-tekening. Maak er een PNG van."
    OUD_OFFICE = "Dit bestand is opgeslagen in een oude vorm van Office. Sla het op als docx of xlsx."
    ARCHIEF = "Dit bestand is een archief, zoals zip. Upload de bestanden los."
    VERSLEUTELD = "Dit bestand is beveiligd met een wachtwoord. Haal de beveiliging eraf."
    MACRO = "In dit bestand zitten macro's. Sla het op zonder macro's."
    INGESLOTEN = "In dit bestand zit een ander bestand. Haal dat eruit en upload het los."
    VERWIJST = "Dit bestand haalt bij het openen iets op van een ander adres. Haal die koppeling weg."
    PDF_SCRIPT = "In deze PDF zit een script of een opdracht. Druk het document opnieuw af als PDF."
    PDF_BIJLAGE = "In deze PDF zit een ander bestand. Haal de bijlage eruit en upload die los."
    BOM = "Uitgepakt is dit bestand veel te groot. We openen het niet."
    BESCHADIGD = "Dit bestand is beschadigd of wijkt af van de standaard. Sla het opnieuw op."
    PIXELS = "Deze afbeelding is te groot: {breedte} bij {hoogte} beeldpunten. Maak haar eerst kleiner."


def refuse(reason: RefusalReason, **values: object) -> NoReturn:
    """Raise the refusal, as a message for the form."""
    raise ValidationError(reason.value.format(**values), code=reason.name.lower())
