"""Runs the maker of a document as a process with limits, a few at a time over all processes of this machine."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from .. import maker
from ..limits import MAX_INPUT, TOO_LARGE, WALL_SECONDS, Busy, Failed

logger = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds that a visitor waits for a place
MAKING_FAILED = "Het bestand maken is niet gelukt. De tekst is waarschijnlijk te lang of te ingewikkeld."


def output_dir() -> Path:
    """Folder for files that can always be made again."""
    map_: Path = settings.VAR_DIR / "uitvoer"
    (map_ / "sloten").mkdir(parents=True, exist_ok=True)
    return map_


def lock_files(naam: str, aantal: int) -> list[Path]:
    """Lock files for so many places of one kind."""
    return [output_dir() / "sloten" / f"{naam}-{nummer}" for nummer in range(aantal)]


def make_file(formaat: str, opdracht: dict[str, Any], doel: Path, geduld: float = PATIENCE) -> None:
    """Make the file whole or not at all; raises Busy after `geduld` seconds without a place, or Failed."""
    invoer = json.dumps(opdracht, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(invoer) > MAX_INPUT:
        raise Failed(TOO_LARGE)
    tijdelijk = doel.with_name(f"{secrets.token_hex(8)}.half")
    try:
        with hold_place(lock_files("werkplaats", settings.UITVOER_TEGELIJK), geduld) as slot:
            _run_maker(formaat, invoer, tijdelijk, slot)
        tijdelijk.replace(doel)
    finally:
        tijdelijk.unlink(missing_ok=True)


@contextmanager
def hold_place(keuze: Sequence[Path], geduld: float) -> Iterator[int]:
    """Hold one of these lock files; a lock ends with the processes that hold it, however these end."""
    einde = time.monotonic() + geduld
    while (slot := _take_lock(keuze)) is None:
        if time.monotonic() >= einde:
            raise Busy
        time.sleep(0.02)
    try:
        yield slot
    finally:
        os.close(slot)


def _take_lock(keuze: Sequence[Path]) -> int | None:
    """File descriptor of the first of these locks that is free."""
    for pad in keuze:
        slot = os.open(pad, os.O_RDWR | os.O_CREAT, 0o600)
        with suppress(BlockingIOError):
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return slot
        os.close(slot)
    return None


def _run_maker(formaat: str, invoer: bytes, uitbestand: Path, slot: int) -> None:
    """Run the maker; it holds the lock too, so that its place is taken for as long as it really runs."""
    omgeving = {naam: os.environ[naam] for naam in ("PATH", "LANG", "TMPDIR") if naam in os.environ}
    with subprocess.Popen(  # noqa: S603 (the visitor chooses no part of the command but the format, from a list)
        [sys.executable, "-m", maker.__name__, formaat, str(uitbestand)],
        cwd=settings.BASE_DIR,
        # Threads of the typesetter reserve address space, which is limited.
        env=omgeving | {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "2"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[slot],
    ) as proces:
        try:
            uit, fouten = proces.communicate(invoer, timeout=WALL_SECONDS + 1)
        except subprocess.TimeoutExpired as fout:
            raise Failed(MAKING_FAILED) from fout
        finally:
            proces.kill()
    if proces.returncode == maker.REFUSED:
        raise Failed(uit.decode())
    if proces.returncode:
        laatste = fouten[-2000:].decode("utf-8", "replace")
        logger.error("The maker of %s ended with %s: %s", formaat, proces.returncode, laatste)
        raise Failed(MAKING_FAILED)
