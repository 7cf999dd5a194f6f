"""Where the rest of the program asks for the engine of this process, which follows the index on disk."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from .engine import GeenIndexError, Zoekmachine
from .index import Opslag, Stand, leesfouten


class Loket:
    """Hands out the engine of this process, brought up to date first when that is its turn."""

    def __init__(self, map_: Path) -> None:
        self.opslag = Opslag(map_)
        self._machine: Zoekmachine | None = None
        self._slot = threading.Lock()

    def machine(self) -> Zoekmachine:
        """The engine; as new as the database, unless another process is just bringing the index up to date."""
        if self._machine is None or self._machine.stand != Stand.van_database():
            self._ververs()
        if self._machine is None:
            raise GeenIndexError
        return self._machine

    def vergeet(self) -> None:
        """Open the index anew at the next question, with a check of its files."""
        self.opslag.wantrouw()
        self._machine = None

    def klaar(self) -> bool:
        """Whether there is an index to answer from."""
        try:
            return bool(self.machine())
        except GeenIndexError:
            return False

    def _ververs(self) -> None:
        """Follow the database, unless a transaction is open: what may yet be undone must not reach others."""
        if not self._slot.acquire(blocking=self._machine is None):
            return
        try:
            if not connection.in_atomic_block or settings.SEARCH_IN_TRANSACTION:
                with self.opslag.slot(wacht=False) as gekregen:
                    if gekregen:
                        self.opslag.volg()
            self._heropen()
        finally:
            self._slot.release()

    def _heropen(self) -> None:
        """Open the index when it is another than the one at hand; that stays when the new one cannot be read."""
        stand = self.opslag.stand()
        if stand is None or (self._machine and self._machine.stand == stand):
            return
        try:
            with leesfouten():
                self._machine = Zoekmachine(self.opslag.open(), stand)
        except (OSError, ValueError):
            self.opslag.wantrouw()  # who next holds the lock makes it anew


@cache
def loket_in(map_: Path) -> Loket:
    """The one counter of this process for an index folder."""
    return Loket(map_)


def loket() -> Loket:
    """The counter of this process."""
    return loket_in(Path(settings.VAR_DIR) / "zoekindex")
