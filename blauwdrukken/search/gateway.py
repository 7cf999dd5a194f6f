"""Where the rest of the program asks for the engine of this process, which follows the index on disk."""

from __future__ import annotations

import logging
import threading
import time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from ..depends import only_this_once
from .engine import NoIndexError, SearchEngine
from .index import IndexState, IndexStore, panics_as_errors

PAUSE = 10.0  # seconds before an index that could not be written is tried again
logger = logging.getLogger(__name__)


class EngineGateway:
    """Hands out the engine of this process, brought up to date first when that is its turn."""

    def __init__(self, folder: Path) -> None:
        self.store = IndexStore(folder)
        self._engine: SearchEngine | None = None
        self._lock = threading.Lock()
        self._resume_at = 0.0

    def engine(self) -> SearchEngine:
        """The engine; as new as the database, unless another process is just bringing the index up to date."""
        now = IndexState.from_database()
        if self._engine is None or self._engine.state != now:
            self._refresh()
        if self._engine is None:
            raise NoIndexError
        if self._engine.state != now:
            only_this_once()
        return self._engine

    def forget(self) -> None:
        """Open the index anew at the next question, with a check of its files."""
        self.store.distrust()
        self._engine = None

    def is_ready(self) -> bool:
        """Whether there is an index to answer from."""
        try:
            return bool(self.engine())
        except NoIndexError:
            return False

    def _refresh(self) -> None:
        """Follow the database, unless a transaction is open: what may yet be undone must not reach others."""
        if not self._lock.acquire(blocking=self._engine is None):
            return
        try:
            if not connection.in_atomic_block or settings.SEARCH_IN_TRANSACTION:
                self._follow()
            self._reopen()
        finally:
            self._lock.release()

    def _follow(self) -> None:
        """Bring the index up to date when it is nobody else's turn; without room on the disk the old one answers on."""
        if time.monotonic() < self._resume_at:
            return
        try:
            with self.store.lock(wait=False) as got:
                if got:
                    self.store.follow()
        except (OSError, ValueError):
            if self._engine is None and self.store.state() is None:
                raise
            logger.exception("The search index stays behind the database")
            self._resume_at = time.monotonic() + PAUSE

    def _reopen(self) -> None:
        """Open the index when it is another than the one at hand; that stays when the new one cannot be read."""
        state = self.store.state()
        if state is None or (self._engine and self._engine.state == state):
            return
        try:
            with panics_as_errors():
                self._engine = SearchEngine(self.store.open(), state)
        except (OSError, ValueError):
            self.store.distrust()  # who next holds the lock makes it anew


@cache
def gateway_in(folder: Path) -> EngineGateway:
    """The one gateway of this process to an index folder."""
    return EngineGateway(folder)


def gateway() -> EngineGateway:
    """The gateway of this process."""
    return gateway_in(Path(settings.VAR_DIR) / "zoekindex")
