"""Signs of life of the processes beside the web server: each touches a file, and who asks looks how long ago."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PLANNING, QUEUE, LINKS = "planning", "wachtrij", "links"
MAX_AGE = {PLANNING: 180.0, QUEUE: 30.0, LINKS: 24 * 3600.0}  # seconds after which a process counts as gone
INTERVAL = 5.0  # seconds between two beats of a process that may be long at one thing
logger = logging.getLogger(__name__)


def _file(name: str) -> Path:
    return Path(settings.VAR_DIR) / "hartslag" / name


def beat(name: str) -> None:
    """Show that this process lives; a disk that refuses is no reason to stop."""
    try:
        _file(name).parent.mkdir(exist_ok=True)
        _file(name).touch()
    except OSError:
        logger.exception("No sign of life of %s", name)


def is_alive(name: str) -> bool:
    """Whether this process showed itself not long ago."""
    try:
        return time.time() - _file(name).stat().st_mtime < MAX_AGE[name]
    except OSError:
        return False


@contextmanager
def beating(name: str) -> Iterator[None]:
    """Show all the while that this process lives, whatever it is doing."""
    over = threading.Event()

    def go_on() -> None:
        while True:
            beat(name)
            if over.wait(INTERVAL):
                return

    thread = threading.Thread(target=go_on, name=f"heartbeat of {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
