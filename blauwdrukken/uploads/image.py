"""Pictures: measured by their header, then drawn anew without hidden data."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from .kinds import FileKind, RefusalReason, refuse

MAX_PIXELS = 40_000_000
MAX_SIDE = 2560
FORMATS = {"PNG": FileKind.PNG, "JPEG": FileKind.JPG, "WEBP": FileKind.WEBP}
SAVE_OPTIONS: dict[FileKind, tuple[str, dict[str, Any]]] = {
    FileKind.PNG: ("PNG", {"optimize": True}),
    FileKind.JPG: ("JPEG", {"quality": 88, "progressive": True}),
    FileKind.WEBP: ("WEBP", {"quality": 88}),
}


def check(inhoud: bytes) -> FileKind:
    """Kind of this picture, by its header only: no pixel is unpacked."""
    with _open(inhoud) as afbeelding:
        breedte, hoogte = afbeelding.size
        if breedte * hoogte > MAX_PIXELS:
            refuse(RefusalReason.PIXELS, breedte=breedte, hoogte=hoogte)
        return FORMATS[str(afbeelding.format)]


def redraw(inhoud: bytes, soort: FileKind) -> bytes:
    """The same picture upright and at most MAX_SIDE wide and high, without place, camera or anything else hidden."""
    formaat, opties = SAVE_OPTIONS[soort]
    uit = BytesIO()
    try:
        with _open(inhoud) as afbeelding:
            recht = ImageOps.exif_transpose(afbeelding)
            recht.thumbnail((MAX_SIDE, MAX_SIDE))
            _pixels_only(recht, soort).save(uit, formaat, **opties)
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, MemoryError):
        refuse(RefusalReason.BESCHADIGD)
    return uit.getvalue()


def _pixels_only(afbeelding: Image.Image, soort: FileKind) -> Image.Image:
    """Only the pixels."""
    doorzichtig = afbeelding.has_transparency_data and soort is not FileKind.JPG
    kaal = afbeelding.convert("RGBA" if doorzichtig else "RGB")
    kaal.info = {}
    return kaal


def _open(inhoud: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # MAX_PIXELS is stricter
            return Image.open(BytesIO(inhoud), formats=list(FORMATS))
    except Image.DecompressionBombError:
        refuse(RefusalReason.PIXELS, breedte="meer dan 13.000", hoogte="13.000")
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError):
        refuse(RefusalReason.BESCHADIGD)
