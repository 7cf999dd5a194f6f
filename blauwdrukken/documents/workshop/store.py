"""Documents that were made before: files in var/uitvoer, named after all that they were made from.

What is in here is never proof that something is public: whoever asks for a file looks in the database first.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from ...search.index import IndexState
from ..limits import Busy, Slow
from . import late
from .process import BACKGROUND, VISITOR, Pace, hold_place, lock_files, make_file, output_dir

WAITING_PLACES = 8  # requests that may be making a file or waiting for one; so there are threads left for pages
PLACES_PER_CLIENT = 5  # of these
CLIENT_GROUPS = 64  # clients of one group share their places, so that the lock files stay few
KEEP_SECONDS = 2 * 24 * 3600  # a document tells on which day it was made
LEFTOVER_SECONDS = 2 * BACKGROUND.seconds  # seconds after which a half-written file or a lock belongs to nobody
PACKAGES = ("typst", "font-source-sans-pro", "pikepdf", "qrcode", "python-docx", "openpyxl")
MAX_REMEMBERED = 5_000
MakeOrder = Callable[[], dict[str, Any]]
_known: dict[Hashable, Path] = {}


def get_file(
    extension: str, key: Hashable, make_order: MakeOrder, pace: Pace = VISITOR, state: IndexState | None = None
) -> Path:
    """File for what `key` names; `order` tells what to make and is only asked when the content changed.

    One query, none with the `state` of the database. Raises Busy or Failed like make_file.
    """
    known_as = (state or IndexState.from_database(), timezone.localdate(), extension, key)
    path = _known.get(known_as)
    if path is None or not path.exists():
        path = store_file(extension, make_order(), pace)
        if len(_known) >= MAX_REMEMBERED:
            _known.clear()
        _known[known_as] = path
    return path


def store_file(extension: str, order: dict[str, Any], pace: Pace = VISITOR) -> Path:
    """File that this makes, from the store if it is there; who asks for it meanwhile waits for the same file.

    Raises NotYet when there is no place for a visitor, or too little time.
    """
    folder = output_dir()
    name = _file_name(extension, order)
    path = folder / f"{name}.{extension}"
    if path.exists():
        return path
    if pace.client is None:
        _make(path, extension, order, pace)
        return path
    late.check(name, extension)
    try:
        with _waiting_place(pace.client):
            _make(path, extension, order, pace)
    except (Busy, Slow) as error:
        raise late.NotYet(name, extension, order) from error
    return path


@contextmanager
def _waiting_place(client: str) -> Iterator[None]:
    """A place in the waiting room; one client never takes them all."""
    with (
        hold_place(lock_files(_client_group(client), PLACES_PER_CLIENT), 0),
        hold_place(lock_files("wachtkamer", WAITING_PLACES), 0),
    ):
        yield


def _client_group(client: str) -> str:
    """Name of the places that this client shares with few others."""
    return f"bezoeker-{hashlib.sha256(client.encode()).digest()[0] % CLIENT_GROUPS}"


def _make(path: Path, extension: str, order: dict[str, Any], pace: Pace) -> None:
    """Make the file in its turn, unless somebody else just did."""
    with hold_place([path.with_suffix(".slot")], pace.patience):
        if not path.exists():
            make_file(extension, order, path, pace)
    clean_up(path.parent)


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
