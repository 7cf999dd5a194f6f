"""Whether a fault is that the database or the disk cannot do its work now, and what to say of it."""

from __future__ import annotations

import errno
import sqlite3
from enum import Enum

from django.db import InterfaceError, OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_WRITING = {errno.EROFS, errno.EIO}


class Outage(Enum):
    """Why something cannot be done now: words for whoever waits, and after how many seconds to try again."""

    LOCKED = ("De database bewaart nu veel tegelijk. Probeer het over een halve minuut nog eens.", 30)
    FULL = ("De schijf van de server is vol. Daarom kunnen wij nu niets bewaren of maken.", 300)
    AWAY = ("De database van de site antwoordt niet. Probeer het over een minuut nog eens.", 60)
    DISK = ("De schijf van de server weigert te schrijven. Daarom kunnen wij nu niets bewaren of maken.", 300)

    def __init__(self, words: str, retry_after: int) -> None:
        self.words = words
        self.retry_after = retry_after


SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.LOCKED,
    sqlite3.SQLITE_LOCKED: Outage.LOCKED,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.DISK,
    sqlite3.SQLITE_IOERR: Outage.DISK,
    sqlite3.SQLITE_CANTOPEN: Outage.AWAY,
    sqlite3.SQLITE_PROTOCOL: Outage.LOCKED,
}
# The codes of PostgreSQL that mean something else than that it is away.
POSTGRESQL = {
    "53100": Outage.FULL,
    "40001": Outage.LOCKED,
    "40P01": Outage.LOCKED,
    "55P03": Outage.LOCKED,
    "57014": Outage.LOCKED,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """What keeps the database or the disk from its work, by this fault; None when it is a fault of another kind."""
    if isinstance(error, OperationalError | InterfaceError):
        return _of_database(error.__cause__)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return Outage.FULL
    return Outage.DISK if isinstance(error, OSError) and error.errno in NO_WRITING else None


def _of_database(cause: BaseException | None) -> Outage | None:
    """SQLite calls a mistake in a question by the same name: only its code tells them apart."""
    if isinstance(cause, sqlite3.Error):
        return SQLITE.get(getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
    return POSTGRESQL.get(getattr(cause, "sqlstate", None) or "", Outage.AWAY)
