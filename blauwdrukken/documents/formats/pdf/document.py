"""Documents as PDF/UA by Typst: the content goes in as data, so nothing in it is ever read as markup."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from .typesetting import Typesetting

TEMPLATES = Path(__file__).parent / "templates"
TYPEFACES = Path(font_source_sans_pro.__file__).parent / "files"
LARGE = 300_000  # bytes from which packing is worth its time
TEMPLATE_NAMES = {"blauwdruk": "enkel.typ", "bundel": "bundel.typ", "vergelijking": "vergelijking.typ"}


def make(order: dict[str, Any]) -> bytes:
    """The PDF; Failed when the text is too long."""
    try:
        pdf = _typeset(order, right_to_left=True)
    except BaseException as error:  # its panic is no Exception, and the class of that cannot be imported
        if type(error).__name__ not in {"PanicException", "TypstError"}:
            raise
        pdf = _typeset(order, right_to_left=False)
    return _compress(pdf)


def _typeset(order: dict[str, Any], *, right_to_left: bool) -> bytes:
    """Typeset the order; Typst reads the templates and the typefaces, and no other file."""
    data = Typesetting(order, right_to_left=right_to_left).data()
    pdf: bytes = typst.compile(
        TEMPLATES / TEMPLATE_NAMES[order["soort"]],
        root=TEMPLATES,
        font_paths=[TYPEFACES],
        ignore_system_fonts=True,
        package_path=TEMPLATES,
        package_cache_path=TEMPLATES,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return pdf


def _compress(pdf: bytes) -> bytes:
    """A large document with its objects packed, less than half the size; the same content gives the same bytes."""
    if len(pdf) < LARGE:
        return pdf
    import pikepdf  # noqa: PLC0415 (to load it takes as long as to typeset a blueprint)

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()
