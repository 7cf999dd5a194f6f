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


def check(content: bytes) -> FileKind:
    """Kind of this picture, by its header only: no pixel is unpacked."""
    with _open(content) as afbeelding:
        width, height = afbeelding.size
        if width * height > MAX_PIXELS:
            refuse(RefusalReason.PIXELS, breedte=width, hoogte=height)
        return FORMATS[str(afbeelding.format)]


def redraw(content: bytes, kind: FileKind) -> bytes:
    """The same picture upright and at most MAX_SIDE wide and high, without place, camera or anything else hidden."""
    format_name, options = SAVE_OPTIONS[kind]
    buffer = BytesIO()
    try:
        with _open(content) as afbeelding:
            upright = ImageOps.exif_transpose(afbeelding)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            _pixels_only(upright).save(buffer, format_name, **options)
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, MemoryError):
        refuse(RefusalReason.BESCHADIGD)
    return buffer.getvalue()


def _pixels_only(afbeelding: Image.Image) -> Image.Image:
    """Only the pixels."""
    bare = afbeelding.convert("RGBA" if afbeelding.has_transparency_data else "RGB")
    bare.info = {}
    return bare


def _open(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # MAX_PIXELS is stricter
            return Image.open(BytesIO(content), formats=list(FORMATS))
    except Image.DecompressionBombError:
        refuse(RefusalReason.PIXELS, breedte="meer dan 13.000", hoogte="13.000")
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError):
        refuse(RefusalReason.BESCHADIGD)
