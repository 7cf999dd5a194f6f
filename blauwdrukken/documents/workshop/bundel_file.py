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

from ..content import data as gegevens
from ..content.bundel import Bundel
from ..limits import MEGABYTE, Mislukt
from . import store as opslag
from .process import GEDULD, uitvoermap

IN_DE_ZIP = ("pdf", "docx", "epub")
RUIMTE = 200 * MEGABYTE  # of working documents in one zip
TE_GROOT = "De werkdocumenten zijn samen te groot voor één zip. Kies minder blauwdrukken."


def bundelbestand(formaat: str, bundel: Bundel, geduld: float = GEDULD) -> Path:
    """The book in this format, made or from the store; raises Druk or Mislukt."""
    if formaat == "zip":
        return _zip(bundel, geduld)
    return opslag.bestand(formaat, ("bundel", bundel.adres()), bundel.opdracht, geduld)


def _zip(bundel: Bundel, geduld: float) -> Path:
    delen = {f"{bestandsnaam(bundel.titel)}.{f}": bundelbestand(f, bundel, geduld) for f in IN_DE_ZIP}
    werkdocumenten = dict(_werkdocumenten(bundel))
    if sum(pad.stat().st_size for pad in werkdocumenten.values()) > RUIMTE:
        raise Mislukt(TE_GROOT)
    delen |= werkdocumenten
    inhoud = hashlib.sha256(repr([(naam, str(pad)) for naam, pad in delen.items()]).encode()).hexdigest()[:40]
    doel = uitvoermap() / f"{inhoud}.zip"
    if not doel.exists():
        _pak_in(doel, delen, bundel)
    return doel


def _pak_in(doel: Path, delen: dict[str, Path], bundel: Bundel) -> None:
    """Write the zip whole or not at all."""
    tijdelijk = doel.with_name(f"{secrets.token_hex(8)}.half")
    try:
        with ZipFile(tijdelijk, "x", ZIP_DEFLATED) as zip_:
            zip_.writestr("LEESMIJ.txt", leesmij(bundel, list(delen)))
            zip_.writestr("blauwdrukken.json", _json(bundel))
            for naam, pad in delen.items():
                zip_.write(pad, naam)
        tijdelijk.replace(doel)
    finally:
        tijdelijk.unlink(missing_ok=True)


def _json(bundel: Bundel) -> str:
    inhoud: list[dict[str, Any]] = [gegevens.volledig(blauwdruk) for blauwdruk in bundel.blauwdrukken]
    return json.dumps(inhoud, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _werkdocumenten(bundel: Bundel) -> Iterator[tuple[str, Path]]:
    """Name in the zip and file of each working document that was uploaded and is on disk."""
    for blauwdruk in bundel.blauwdrukken:
        for nummer, werkdocument in enumerate(blauwdruk.werkdocumenten.all(), 1):
            pad = Path(werkdocument.bestand.file.path) if werkdocument.bestand else None
            if pad and pad.is_file():
                naam = f"{nummer} {bestandsnaam(werkdocument.titel)}{pad.suffix.lower()}"
                yield f"werkdocumenten/{blauwdruk.nummer} {bestandsnaam(blauwdruk.titel)}/{naam}", pad


def bestandsnaam(tekst: str) -> str:
    """A title as the name of a file on every system: letters, digits and a few signs, not too long."""
    return " ".join(re.sub(r"[^\w ,()&'+-]", " ", tekst).split())[:80].strip() or "Blauwdrukboek"


def leesmij(bundel: Bundel, namen: list[str]) -> str:
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
        f"Dit boek staat ook op {bundel.opdracht()['bundel']['adres']}",
        "Alle bedragen en cijfers zijn een indicatie. U kunt aan deze tekst geen rechten ontlenen.",
    ]
    return "\r\n".join([*regels, ""])
