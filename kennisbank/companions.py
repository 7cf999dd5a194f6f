"""The processes beside the web server: started, watched and ended by gunicorn's master process, without Django."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
COMMANDS = {
    "planning": ("publish_scheduled", "--herhaal"),
    "wachtrij": ("werk", "--herhaal"),
}
LINKS = ("controleer_links", "--herhaal")  # only where it is asked for: it talks to the sites of others
INTERVAL = 0.5  # seconds between two looks
PAUSES = (0.0, 1.0, 5.0, 15.0, 60.0)  # seconds before a process that died starts again, longer when it keeps dying
STEADY = 60.0  # seconds after which a process that lives has earned a quick start
PATIENCE = 5.0  # seconds that a process gets to end by itself
logger = logging.getLogger("gunicorn.error")
# A web process that is forked while a companion is being started would hold the pipe by which its start is told, and
# who started it would wait for as long as that web process lives.
_starting = threading.Lock()


class Companion:
    """One process, that is started again whenever it is gone."""

    def __init__(self, name: str, command: tuple[str, ...]) -> None:
        self.name, self.command = name, command
        self.process: subprocess.Popen[bytes] | None = None
        self._deaths, self._started = 0, 0.0

    def look(self) -> None:
        """Start it when it is not there and its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self.process = None
            self._deaths = 1 if now - self._started > STEADY else self._deaths + 1
            self._started = now
            logger.error("The process of %s ended; it is started again", self.name)
        if now - self._started >= PAUSES[min(self._deaths, len(PAUSES) - 1)]:
            self._start(now)

    def _start(self, now: float) -> None:
        """In a session of its own: Ctrl-C is for the web server, which then ends this one."""
        self._started = now
        with _starting:
            self.process = subprocess.Popen(  # noqa: S603 (fixed)
                self.command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None:
            self.process.terminate()

    def wait(self) -> None:
        """Return when it is gone."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
            self.process.kill()


class Companions:
    """All of them, watched by a thread for as long as the web server lives."""

    def __init__(self, *, links: bool = False) -> None:
        manage = (sys.executable, str(BASE_DIR / "manage.py"))
        commands = COMMANDS | ({"links": LINKS} if links else {})
        self._all = [Companion(name, (*manage, *command)) for name, command in commands.items()]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="companions", daemon=True)

    def start(self) -> None:
        """Start them and watch; from now on a fork of this process waits for a start that is under way."""
        os.register_at_fork(
            before=_starting.acquire, after_in_parent=_starting.release, after_in_child=_starting.release
        )
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.is_set():
            for companion in self._all:
                try:
                    companion.look()
                except OSError:
                    logger.exception("The process of %s cannot be started", companion.name)
            self._over.wait(INTERVAL)

    def renew(self) -> None:
        """Let each end, so that it starts again with the present code."""
        for companion in self._all:
            companion.end()

    def stop(self) -> None:
        """End them all, and return when they are gone."""
        self._over.set()
        self._thread.join()
        self.renew()
        for companion in self._all:
            companion.wait()
