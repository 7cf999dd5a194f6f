"""A Word document as a file."""

from __future__ import annotations

import io
from typing import Any

from ....text.clean import schoon
from ..archive import herpak
from .book import schrijf_blauwdruk, schrijf_bundel
from .comparison import schrijf_vergelijking
from .page import eigenschappen
from .style import nieuw

SOORTEN: dict[str, Any] = {
    "blauwdruk": schrijf_blauwdruk,
    "bundel": schrijf_bundel,
    "vergelijking": schrijf_vergelijking,
}


def maak(opdracht: dict[str, Any]) -> bytes:
    """The document as a file: for a blueprint, a bundle or a comparison."""
    opdracht = schoon(opdracht)
    document = nieuw(liggend=opdracht["soort"] == "vergelijking")
    SOORTEN[opdracht["soort"]](document, opdracht)
    eigenschappen(document, opdracht)
    uit = io.BytesIO()
    document.save(uit)
    return herpak(uit.getvalue())
