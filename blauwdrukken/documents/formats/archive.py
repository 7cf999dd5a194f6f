"""Zip files that are the same, byte for byte, for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name


def make_archive(parts: Iterable[tuple[str, bytes]], *, ongepakt: frozenset[str] = frozenset()) -> bytes:
    """A zip of these names and contents, in this order; `ongepakt` names what is stored as it is."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        for name, content in parts:
            part = zipfile.ZipInfo(name, ZIP_EPOCH)
            part.external_attr = 0o644 << 16
            zip_.writestr(part, content, zipfile.ZIP_STORED if name in ongepakt else zipfile.ZIP_DEFLATED)
    return uit.getvalue()


def repack(zip_: bytes, vervang: Mapping[str, bytes] | None = None) -> bytes:
    """The same zip without the moment it was made; `vervang` holds other contents for some names."""
    with zipfile.ZipFile(io.BytesIO(zip_)) as bron:
        parts = [(name, (vervang or {}).get(name) or bron.read(name)) for name in bron.namelist()]
    return make_archive(parts)
