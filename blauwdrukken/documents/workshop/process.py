"""Runs the maker of a document as a process with limits, a few at a time over all processes of this machine."""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from .. import maker
from ..limits import (
    MAX_INPUT,
    NO_MEMORY,
    OUR_MISTAKE,
    TOO_LARGE,
    TOO_MUCH_WORK,
    WALL_SECONDS,
    Busy,
    Failed,
    Slow,
)

logger = logging.getLogger(__name__)


class Pace(NamedTuple):
    """How many seconds a file may wait for a place, and may be in the making; and which visitor waits for it."""

    patience: float
    seconds: int
    client: str | None = ""


VISITOR = Pace(5.0, WALL_SECONDS)  # somebody looks at an empty page meanwhile
BACKGROUND = Pace(120.0, 15 * 60, client=None)  # its processor time stays limited as it is


def output_dir() -> Path:
    """Folder for files that can always be made again."""
    folder: Path = settings.VAR_DIR / "uitvoer"
    (folder / "sloten").mkdir(parents=True, exist_ok=True)
    return folder


def lock_files(name: str, count: int) -> list[Path]:
    """Lock files for so many places of one kind."""
    return [output_dir() / "sloten" / f"{name}-{number}" for number in range(count)]


def make_file(extension: str, order: dict[str, Any], target: Path, pace: Pace = VISITOR) -> None:
    """Make the file whole or not at all.

    Raises Busy without a place, Slow without time enough, Failed when it cannot be made, OSError without room for it.
    """
    request = json.dumps(order, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(request) > MAX_INPUT:
        raise Failed(TOO_LARGE)
    temporary = target.with_name(f"{secrets.token_hex(8)}.half")
    try:
        with hold_place(lock_files("werkplaats", settings.UITVOER_TEGELIJK), pace.patience) as lock:
            _run_maker(extension, request, temporary, lock, pace.seconds)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def hold_place(places: Sequence[Path], patience: float) -> Iterator[int]:
    """Hold one of these lock files; a lock ends with the processes that hold it, however these end."""
    end = time.monotonic() + patience
    while (lock := _take_lock(places)) is None:
        if time.monotonic() >= end:
            raise Busy
        time.sleep(0.02)
    try:
        yield lock
    finally:
        os.close(lock)


def _take_lock(places: Sequence[Path]) -> int | None:
    """File descriptor of the first of these locks that is free."""
    for path in places:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        os.close(lock)
    return None


def _run_maker(extension: str, request: bytes, output_file: Path, lock: int, seconds: int) -> None:
    """Run the maker; it holds the lock too, so that its place is taken for as long as it really runs."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    with subprocess.Popen(  # noqa: S603 (the visitor chooses no part of the command but the format, from a list)
        [sys.executable, "-m", maker.__name__, extension, str(output_file), str(seconds)],
        cwd=settings.BASE_DIR,
        # Threads of the typesetter reserve address space, which is limited.
        env=environment | {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "2"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[lock],
    ) as process:
        try:
            output, errors = process.communicate(request, timeout=seconds + 1)
        except subprocess.TimeoutExpired as error:
            raise Slow from error
        finally:
            process.kill()
    if process.returncode:
        _explain(extension, process.returncode, output.decode("utf-8", "replace"), errors)


def _explain(extension: str, code: int, output: str, errors: bytes) -> None:
    """Raise what this end of a maker means; only the text of a document that is too much may be called so."""
    if code == maker.REFUSED:
        raise Failed(output)
    if code == maker.NO_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    logger.error("The maker of %s ended with %s: %s", extension, code, errors[-2000:].decode("utf-8", "replace"))
    if code == -signal.SIGALRM:
        raise Slow
    raise Failed({-signal.SIGXCPU: TOO_MUCH_WORK, -signal.SIGKILL: NO_MEMORY}.get(code, OUR_MISTAKE))
