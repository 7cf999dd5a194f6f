"""Documents that were made before: files in var/uitvoer, named after all that they were made from.

What is in here is never proof that something is public: whoever asks for a file looks in the database first.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Hashable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from ...search.index import Stand
from ..limits import WANDTIJD
from .process import GEDULD, maak_bestand, plaats, sloten, uitvoermap

WACHTKAMER = 8  # requests that may be making a file or waiting for one; so there are threads left for pages
BEWAAR = 2 * 24 * 3600  # seconds; a document tells on which day it was made
RESTEN = 10 * WANDTIJD  # seconds after which a half-written file or a lock belongs to nobody
PAKKETTEN = ("typst", "font-source-sans-pro", "pikepdf", "qrcode", "python-docx", "openpyxl")
ONTHOUDEN = 5_000
Maken = Callable[[], dict[str, Any]]
_bekend: dict[Hashable, Path] = {}


def bestand(
    formaat: str, sleutel: Hashable, opdracht: Maken, geduld: float = GEDULD, stand: Stand | None = None
) -> Path:
    """File for what `sleutel` names; `opdracht` tells what to make and is only asked when the content changed.

    One query, none with the `stand` of the database. Raises Druk or Mislukt like maak_bestand.
    """
    vraag = (stand or Stand.van_database(), timezone.localdate(), formaat, sleutel)
    pad = _bekend.get(vraag)
    if pad is None or not pad.exists():
        pad = bewaar(formaat, opdracht(), geduld)
        if len(_bekend) >= ONTHOUDEN:
            _bekend.clear()
        _bekend[vraag] = pad
    return pad


def bewaar(formaat: str, opdracht: dict[str, Any], geduld: float = GEDULD) -> Path:
    """File that this makes, from the store if it is there; who asks for it meanwhile waits for the same file."""
    map_ = uitvoermap()
    naam = _naam(formaat, opdracht)
    pad = map_ / f"{naam}.{formaat}"
    if pad.exists():
        return pad
    with plaats(sloten("wachtkamer", WACHTKAMER), 0), plaats([map_ / f"{naam}.slot"], geduld):
        if not pad.exists():
            maak_bestand(formaat, opdracht, pad, geduld)
    ruim_op(map_)
    return pad


def _naam(formaat: str, opdracht: dict[str, Any]) -> str:
    """Hash of the content, the format and the code that makes it."""
    inhoud = json.dumps([formaat, versie(), opdracht], sort_keys=True)
    return hashlib.sha256(inhoud.encode()).hexdigest()[:40]


@cache
def versie() -> str:
    """Hash of makers, templates and the packages they use; read once a process."""
    bron = hashlib.sha256()
    documents, text = Path(__file__).parents[1], Path(__file__).parents[2] / "text"
    for pad in sorted([*documents.rglob("*"), *text.rglob("*")]):
        if pad.is_file() and pad.suffix != ".pyc":
            bron.update(pad.read_bytes())
    for pakket in PAKKETTEN:
        bron.update(version(pakket).encode())
    return bron.hexdigest()


def ruim_op(map_: Path) -> None:
    """Remove what is old or left behind, and the oldest files above the size that is allowed.

    A reader that has a file open keeps it: the system removes the content after the last one closes it.
    """
    nu, ruimte = time.time(), settings.UITVOER_MAX_MB * 1_000_000
    for tijd, grootte, pad in sorted(_bestanden(map_), reverse=True):
        blijvend = pad.suffix not in {".half", ".slot"}
        ruimte -= grootte
        if nu - tijd > (BEWAAR if blijvend else RESTEN) or (blijvend and ruimte < 0):
            pad.unlink(missing_ok=True)


def _bestanden(map_: Path) -> list[tuple[float, int, Path]]:
    """Time, size and path of each file; another process may be removing them."""
    gevonden = []
    for pad in map_.iterdir():
        try:
            stat = pad.stat()
        except FileNotFoundError:
            continue
        if pad.is_dir():
            continue
        gevonden.append((stat.st_mtime, stat.st_size, pad))
    return gevonden
