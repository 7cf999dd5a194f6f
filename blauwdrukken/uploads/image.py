"""Pictures: measured by their header, then drawn anew without hidden data."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from .kinds import Reden, Soort, weiger

MAX_PIXELS = 40_000_000
MAX_ZIJDE = 2560
FORMATEN = {"PNG": Soort.PNG, "JPEG": Soort.JPG, "WEBP": Soort.WEBP}
OPSLAAN: dict[Soort, tuple[str, dict[str, Any]]] = {
    Soort.PNG: ("PNG", {"optimize": True}),
    Soort.JPG: ("JPEG", {"quality": 88, "progressive": True}),
    Soort.WEBP: ("WEBP", {"quality": 88}),
}


def controleer(inhoud: bytes) -> Soort:
    """Kind of this picture, by its header only: no pixel is unpacked."""
    with _open(inhoud) as afbeelding:
        breedte, hoogte = afbeelding.size
        if breedte * hoogte > MAX_PIXELS:
            weiger(Reden.PIXELS, breedte=breedte, hoogte=hoogte)
        return FORMATEN[str(afbeelding.format)]


def teken_opnieuw(inhoud: bytes, soort: Soort) -> bytes:
    """The same picture upright and at most MAX_ZIJDE wide and high, without place, camera or anything else hidden."""
    formaat, opties = OPSLAAN[soort]
    uit = BytesIO()
    try:
        with _open(inhoud) as afbeelding:
            recht = ImageOps.exif_transpose(afbeelding)
            recht.thumbnail((MAX_ZIJDE, MAX_ZIJDE))
            _zonder_extra(recht, soort).save(uit, formaat, **opties)
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, MemoryError):
        weiger(Reden.BESCHADIGD)
    return uit.getvalue()


def _zonder_extra(afbeelding: Image.Image, soort: Soort) -> Image.Image:
    """Only the pixels."""
    doorzichtig = afbeelding.has_transparency_data and soort is not Soort.JPG
    kaal = afbeelding.convert("RGBA" if doorzichtig else "RGB")
    kaal.info = {}
    return kaal


def _open(inhoud: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # MAX_PIXELS is stricter
            return Image.open(BytesIO(inhoud), formats=list(FORMATEN))
    except Image.DecompressionBombError:
        weiger(Reden.PIXELS, breedte="meer dan 13.000", hoogte="13.000")
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError):
        weiger(Reden.BESCHADIGD)
