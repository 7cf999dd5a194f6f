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
KEEP_SECONDS = 2 * 24 * 3600  # a document tells on which day it was made
LEFTOVER_SECONDS = 10 * WALL_SECONDS  # seconds after which a half-written file or a lock belongs to nobody
PACKAGES = ("typst", "font-source-sans-pro", "pikepdf", "qrcode", "python-docx", "openpyxl")
MAX_REMEMBERED = 5_000
MakeOrder = Callable[[], dict[str, Any]]
_known: dict[Hashable, Path] = {}


def get_file(
    extension: str, key: Hashable, make_order: MakeOrder, patience: float = PATIENCE, state: IndexState | None = None
) -> Path:
    """File for what `key` names; `order` tells what to make and is only asked when the content changed.

    One query, none with the `state` of the database. Raises Busy or Failed like make_file.
    """
    known_as = (state or IndexState.from_database(), timezone.localdate(), extension, key)
    path = _known.get(known_as)
    if path is None or not path.exists():
        path = store_file(extension, make_order(), patience)
        if len(_known) >= MAX_REMEMBERED:
            _known.clear()
        _known[known_as] = path
    return path


def store_file(extension: str, order: dict[str, Any], patience: float = PATIENCE) -> Path:
    """File that this makes, from the store if it is there; who asks for it meanwhile waits for the same file."""
    folder = output_dir()
    name = _file_name(extension, order)
    path = folder / f"{name}.{extension}"
    if path.exists():
        return path
    with hold_place(lock_files("wachtkamer", WAITING_PLACES), 0), hold_place([folder / f"{name}.slot"], patience):
        if not path.exists():
            make_file(extension, order, path, patience)
    clean_up(folder)
    return path


def _file_name(extension: str, order: dict[str, Any]) -> str:
    """Hash of the content, the format and the code that makes it."""
    content = json.dumps([extension, makers_version(), order], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:40]


@cache
def makers_version() -> str:
    """Hash of makers, templates and the packages they use; read once a process."""
    digest = hashlib.sha256()
    documents, text = Path(__file__).parents[1], Path(__file__).parents[2] / "text"
    for path in sorted([*documents.rglob("*"), *text.rglob("*")]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    for package in PACKAGES:
        digest.update(version(package).encode())
    return digest.hexdigest()


def clean_up(folder: Path) -> None:
    """Remove what is old or left behind, and the oldest files above the size that is allowed.

    A reader that has a file open keeps it: the system removes the content after the last one closes it.
    """
    now, space = time.time(), settings.UITVOER_MAX_MB * 1_000_000
    for modified, size, path in sorted(_files(folder), reverse=True):
        is_document = path.suffix not in {".half", ".slot"}
        space -= size
        if now - modified > (KEEP_SECONDS if is_document else LEFTOVER_SECONDS) or (is_document and space < 0):
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[tuple[float, int, Path]]:
    """Time, size and path of each file; another process may be removing them."""
    found = []
    for path in folder.iterdir():
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        if path.is_dir():
            continue
        found.append((stat.st_mtime, stat.st_size, path))
    return found
