"""A Word document as a file."""

from __future__ import annotations

import io
from typing import Any

from ....text.clean import sanitize
from ..archive import repack
from .book import write_blauwdruk, write_bundel
from .comparison import write_comparison
from .page import write_properties
from .style import new_document

WRITERS: dict[str, Any] = {
    "blauwdruk": write_blauwdruk,
    "bundel": write_bundel,
    "vergelijking": write_comparison,
}


def make(order: dict[str, Any]) -> bytes:
    """The document as a file: for a blueprint, a bundle or a comparison."""
    order = sanitize(order)
    document = new_document(landscape=order["soort"] == "vergelijking")
    WRITERS[order["soort"]](document, order)
    write_properties(document, order)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())
