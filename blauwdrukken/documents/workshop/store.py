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

from ...search.index import IndexState
from ..limits import WALL_SECONDS
from .process import PATIENCE, hold_place, lock_files, make_file, output_dir

WAITING_PLACES = 8  # requests that may be making a file or waiting for one; so there are threads left for pages
KEEP_SECONDS = 2 * 24 * 3600  # seconds; a document tells on which day it was made
LEFTOVER_SECONDS = 10 * WALL_SECONDS  # seconds after which a half-written file or a lock belongs to nobody
PACKAGES = ("typst", "font-source-sans-pro", "pikepdf", "qrcode", "python-docx", "openpyxl")
MAX_REMEMBERED = 5_000
MakeOrder = Callable[[], dict[str, Any]]
_known: dict[Hashable, Path] = {}


def get_file(
    formaat: str, sleutel: Hashable, opdracht: MakeOrder, geduld: float = PATIENCE, stand: IndexState | None = None
) -> Path:
    """File for what `sleutel` names; `opdracht` tells what to make and is only asked when the content changed.

    One query, none with the `stand` of the database. Raises Busy or Failed like make_file.
    """
    vraag = (stand or IndexState.from_database(), timezone.localdate(), formaat, sleutel)
    pad = _known.get(vraag)
    if pad is None or not pad.exists():
        pad = store_file(formaat, opdracht(), geduld)
        if len(_known) >= MAX_REMEMBERED:
            _known.clear()
        _known[vraag] = pad
    return pad


def store_file(formaat: str, opdracht: dict[str, Any], geduld: float = PATIENCE) -> Path:
    """File that this makes, from the store if it is there; who asks for it meanwhile waits for the same file."""
    map_ = output_dir()
    naam = _file_name(formaat, opdracht)
    pad = map_ / f"{naam}.{formaat}"
    if pad.exists():
        return pad
    with hold_place(lock_files("wachtkamer", WAITING_PLACES), 0), hold_place([map_ / f"{naam}.slot"], geduld):
        if not pad.exists():
            make_file(formaat, opdracht, pad, geduld)
    clean_up(map_)
    return pad


def _file_name(formaat: str, opdracht: dict[str, Any]) -> str:
    """Hash of the content, the format and the code that makes it."""
    inhoud = json.dumps([formaat, makers_version(), opdracht], sort_keys=True)
    return hashlib.sha256(inhoud.encode()).hexdigest()[:40]


@cache
def makers_version() -> str:
    """Hash of makers, templates and the packages they use; read once a process."""
    bron = hashlib.sha256()
    documents, text = Path(__file__).parents[1], Path(__file__).parents[2] / "text"
    for pad in sorted([*documents.rglob("*"), *text.rglob("*")]):
        if pad.is_file() and pad.suffix != ".pyc":
            bron.update(pad.read_bytes())
    for pakket in PACKAGES:
        bron.update(version(pakket).encode())
    return bron.hexdigest()


def clean_up(map_: Path) -> None:
    """Remove what is old or left behind, and the oldest files above the size that is allowed.

    A reader that has a file open keeps it: the system removes the content after the last one closes it.
    """
    nu, ruimte = time.time(), settings.UITVOER_MAX_MB * 1_000_000
    for tijd, grootte, pad in sorted(_files(map_), reverse=True):
        blijvend = pad.suffix not in {".half", ".slot"}
        ruimte -= grootte
        if nu - tijd > (KEEP_SECONDS if blijvend else LEFTOVER_SECONDS) or (blijvend and ruimte < 0):
            pad.unlink(missing_ok=True)


def _files(map_: Path) -> list[tuple[float, int, Path]]:
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
