"""The files of an own blauwdrukboek: each format from the store, and a zip with all of them."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from ..content import data as content_data
from ..content.bundel import Bundel
from ..formats.table import Subject, made
from ..limits import MEGABYTE, Failed
from . import store
from .process import PATIENCE, output_dir

MAX_WERKDOCUMENT_BYTES = 200 * MEGABYTE  # of working documents in one zip
ZIP_TOO_LARGE = "De werkdocumenten zijn samen te groot voor één zip. Kies minder blauwdrukken."


def bundel_file(formaat: str, bundel: Bundel, geduld: float = PATIENCE) -> Path:
    """The book in this format, made or from the store; raises Busy or Failed."""
    if formaat == "zip":
        return _zip(bundel, geduld)
    return store.get_file(formaat, ("bundel", bundel.url()), bundel.make_order, geduld)


def _zip(bundel: Bundel, geduld: float) -> Path:
    delen = {f"{file_name(bundel.titel)}.{f}": bundel_file(f, bundel, geduld) for f in made(Subject.BUNDEL)}
    werkdocumenten = dict(_werkdocumenten(bundel))
    if sum(pad.stat().st_size for pad in werkdocumenten.values()) > MAX_WERKDOCUMENT_BYTES:
        raise Failed(ZIP_TOO_LARGE)
    delen |= werkdocumenten
    inhoud = hashlib.sha256(repr([(naam, str(pad)) for naam, pad in delen.items()]).encode()).hexdigest()[:40]
    doel = output_dir() / f"{inhoud}.zip"
    if not doel.exists():
        _pack(doel, delen, bundel)
    return doel


def _pack(doel: Path, delen: dict[str, Path], bundel: Bundel) -> None:
    """Write the zip whole or not at all."""
    tijdelijk = doel.with_name(f"{secrets.token_hex(8)}.half")
    try:
        with ZipFile(tijdelijk, "x", ZIP_DEFLATED) as zip_:
            zip_.writestr("LEESMIJ.txt", readme(bundel, list(delen)))
            zip_.writestr("blauwdrukken.json", _json(bundel))
            for naam, pad in delen.items():
                zip_.write(pad, naam)
        tijdelijk.replace(doel)
    finally:
        tijdelijk.unlink(missing_ok=True)


def _json(bundel: Bundel) -> str:
    inhoud: list[dict[str, Any]] = [content_data.full_data(blauwdruk) for blauwdruk in bundel.blauwdrukken]
    return json.dumps(inhoud, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _werkdocumenten(bundel: Bundel) -> Iterator[tuple[str, Path]]:
    """Name in the zip and file of each working document that was uploaded and is on disk."""
    for blauwdruk in bundel.blauwdrukken:
        for nummer, werkdocument in enumerate(blauwdruk.werkdocumenten.all(), 1):
            pad = Path(werkdocument.bestand.file.path) if werkdocument.bestand else None
            if pad and pad.is_file():
                naam = f"{nummer} {file_name(werkdocument.titel)}{pad.suffix.lower()}"
                yield f"werkdocumenten/{blauwdruk.nummer} {file_name(blauwdruk.titel)}/{naam}", pad


def file_name(tekst: str) -> str:
    """A title as the name of a file on every system: letters, digits and a few signs, not too long."""
    return " ".join(re.sub(r"[^\w ,()&'+-]", " ", tekst).split())[:80].strip() or "Blauwdrukboek"


def readme(bundel: Bundel, namen: list[str]) -> str:
    """What is in the zip, as Windows writes text."""
    regels = [
        bundel.titel,
        "",
        "In deze zip zitten:",
        *(f"- {naam}" for naam in ["blauwdrukken.json", *namen]),
        "",
        "Blauwdrukken in dit boek:",
        *(f"- {b.nummer}. {b.titel}" for b in bundel.blauwdrukken),
        "",
        f"Dit boek staat ook op {bundel.make_order()['bundel']['adres']}",
        "Alle bedragen en cijfers zijn een indicatie. U kunt aan deze tekst geen rechten ontlenen.",
    ]
    return "\r\n".join([*regels, ""])
