"""Whether the site can do all of its work: what /readyz tells."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction

from blauwdrukken.heartbeat import PLANNING, QUEUE, is_alive
from blauwdrukken.search.gateway import gateway

MIN_FREE = 50_000_000  # bytes; below it the next upload or document may be the one that does not fit


def database() -> str:
    """The database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "de database antwoordt niet"
    return ""


def index() -> str:
    """There is a search index; without a database nobody can tell."""
    try:
        return "" if gateway().is_ready() else "de zoekindex wordt gemaakt"
    except (DatabaseError, OSError):
        return "de zoekindex is niet te lezen"


def disk() -> str:
    """There is room where the site writes, and it may."""
    for folder in _folders():
        if not os.access(folder, os.W_OK):
            return "de site mag niet op de schijf schrijven"
        if shutil.disk_usage(folder).free < MIN_FREE:
            return "de schijf is vol"
    return ""


def _folders() -> set[Path]:
    """Where the site writes: its own folder, and that of a database in a file."""
    folders = {Path(settings.VAR_DIR)}
    if connection.vendor == "sqlite" and (folder := Path(str(connection.settings_dict["NAME"])).parent).is_dir():
        folders.add(folder)
    return folders


def planning() -> str:
    """What is planned is carried out."""
    return "" if is_alive(PLANNING) else "de planning loopt niet"


def queue() -> str:
    """Somebody works at the queue."""
    return "" if is_alive(QUEUE) else "aan de wachtrij wordt niet gewerkt"


def refusal_to_write() -> OperationalError | None:
    """Why the database writes nothing at this moment; asked without waiting for it."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    try:
        with _impatient(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET expires = expires WHERE 1 = 0")  # noqa: S608 (name from the settings)
    except OperationalError as error:
        return error
    return None


@contextmanager
def _impatient() -> Iterator[None]:
    """Let SQLite say at once that it is locked."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.cursor().execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        patience = int(connection.settings_dict["OPTIONS"]["timeout"] * 1000)
        connection.cursor().execute(f"PRAGMA busy_timeout = {patience}")


CHECKS: tuple[Callable[[], str], ...] = (database, index, disk, planning, queue)


def problems() -> list[str]:
    """What is not as it should be, one sentence each."""
    return [problem for check in CHECKS if (problem := check())]
