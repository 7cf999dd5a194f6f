"""The one room for counts of what visitors do: gathered in memory, and written outside their requests.

Reading a page never waits for the database to write, and never fails by it. What is counted twice would be a lie and
what is not counted only a gap: so when nobody knows whether counts were written, they are dropped.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from .depends import only_this_once

INTERVAL = 10.0  # seconds between two writes: what a killed process takes along at most
MAX_WAITING = 1_000  # different things that wait; what comes above is not counted
Writer = Callable[[Mapping[Any, int]], None]
logger = logging.getLogger(__name__)


class Tally:
    """Counts that wait; each has a writer, which adds numbers to its rows in the database."""

    def __init__(self) -> None:
        self._waiting: dict[Writer, Counter[Hashable]] = {}
        self._lock = threading.Lock()  # held for a moment only
        self._writing = threading.Lock()  # held while the database is asked

    def add(self, writer: Writer, what: Hashable, count: int = 1) -> None:
        """Count this, some time soon; asks nothing of the database and never fails."""
        only_this_once()  # a page from the cache would not count the next time
        with self._lock:
            counts = self._waiting.setdefault(writer, Counter())
            if what in counts or sum(map(len, self._waiting.values())) < MAX_WAITING:
                counts[what] += count

    def flush(self) -> None:
        """Write what waits; what cannot be written now waits on."""
        with self._writing:
            with self._lock:
                waiting, self._waiting = self._waiting, {}
            for writer, counts in waiting.items():
                self._write(writer, counts)

    def _write(self, writer: Writer, counts: Counter[Hashable]) -> None:
        """Write the counts as one transaction; they come back only when they are surely not written."""
        at_commit = False
        try:
            with transaction.atomic():
                writer(counts)
                at_commit = True
        except (OperationalError, InterfaceError):
            logger.warning("Counts %s the database", "may be lost in" if at_commit else "wait for", exc_info=True)
            if not at_commit:
                self._put_back(writer, counts)
        except (DatabaseError, ValueError):
            logger.exception("Counts that the database refuses are dropped")

    def _put_back(self, writer: Writer, counts: Counter[Hashable]) -> None:
        for what, count in counts.items():
            self.add(writer, what, count)


tally = Tally()


def start_flushing() -> None:
    """Write what waits every few seconds for as long as this process lives, and once more when it ends."""
    threading.Thread(target=_flush_for_ever, name="tally", daemon=True).start()
    atexit.register(tally.flush)


def _flush_for_ever() -> None:
    while True:
        time.sleep(INTERVAL)
        try:
            tally.flush()
        except Exception:
            logger.exception("Counting goes on at the next round")
        finally:
            connection.close()  # of this thread; between two rounds it is of no use
