"""Zip files that are the same, byte for byte, for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name


def make_archive(parts: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A zip of these names and contents, in this order; `stored` names what is stored as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zip_:
        for name, content in parts:
            part = zipfile.ZipInfo(name, ZIP_EPOCH)
            part.external_attr = 0o644 << 16
            zip_.writestr(part, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def repack(zip_: bytes, replacements: Mapping[str, bytes] | None = None) -> bytes:
    """The same zip without the moment it was made; `replacements` holds other contents for some names."""
    with zipfile.ZipFile(io.BytesIO(zip_)) as source:
        parts = [(name, (replacements or {}).get(name) or source.read(name)) for name in source.namelist()]
    return make_archive(parts)
