"""Large books are made in the background: a queue in the database, worked off by a process that ends with it."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ...search.index import IndexState
from ..content.bundel import Bundel
from ..formats.table import Subject, made
from ..limits import Busy, Failed
from .bundel_file import bundel_file
from .process import hold_place, lock_files, output_dir
from .store import makers_version

logger = logging.getLogger(__name__)
MAX_IMMEDIATE = 15  # blueprints in one file that are made while the visitor waits
MAX_QUEUED = 20  # files that may be waiting
PATIENCE = 120.0  # seconds that the process waits for its turn among the visitors
TOO_BUSY = "Het is nu te druk om dit boek te maken. Probeer het straks nog eens."
MAKING_FAILED = "Er ging iets mis bij het maken. Probeer het nog eens."
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
_workers: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Progress:
    """How far a file is: waiting with so many before it, being made, ready at `path`, or failed for a `reason`."""

    status: str
    ahead: int = 0
    path: Path | None = None
    reason: str = ""


def is_immediate(extension: str, bundel: Bundel) -> bool:
    """Whether the visitor can wait for it; a zip holds three documents."""
    return len(bundel.slugs) * (len(made(Subject.BUNDEL)) if extension == "zip" else 1) <= MAX_IMMEDIATE


@task(backend="achtergrond", queue_name="bundels")
def make_bundel(sleutel: str, formaat: str, vraag: str) -> dict[str, str]:
    """Make the file of a book; tells its name in the store, or in Dutch why there is none."""
    try:
        return {"bestand": bundel_file(formaat, Bundel(QueryDict(vraag)), PATIENCE).name}
    except Failed as error:
        return {"reden": error.reason}
    except Busy:
        return {"reden": TOO_BUSY}
    except Exception:
        logger.exception("A book could not be made")
        raise


def get_progress(extension: str, bundel: Bundel) -> Progress | None:
    """How far this file is; None when it was never asked for with the present content."""
    result = _tasks().filter(args_kwargs__kwargs__sleutel=_key(extension, bundel)).order_by("-enqueued_at").first()
    if result is None:
        return None
    if result.status == TaskResultStatus.SUCCESSFUL:
        return _outcome(result.return_value)
    if result.status == TaskResultStatus.FAILED:
        return Progress("mislukt", reason=MAKING_FAILED)
    if result.status == TaskResultStatus.RUNNING:
        return Progress("bezig")
    return Progress("wacht", _tasks().filter(status__in=UNFINISHED, enqueued_at__lt=result.enqueued_at).count())


def _outcome(returned: dict[str, str]) -> Progress | None:
    """A file that was tidied away counts as never asked for."""
    if reason := returned.get("reden"):
        return Progress("mislukt", reason=reason)
    path = output_dir() / returned["bestand"]
    return Progress("klaar", path=path) if path.exists() else None


def enqueue_bundel(extension: str, bundel: Bundel) -> Progress:
    """Put the file in the queue; raises Busy when that is full."""
    waiting = _tasks().filter(status__in=UNFINISHED).count()
    if waiting >= MAX_QUEUED:
        raise Busy
    query = bundel.url().partition("?")[2]
    make_bundel.enqueue(sleutel=_key(extension, bundel), formaat=extension, vraag=query)
    return Progress("wacht", waiting)


def _tasks() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(queue_name="bundels")


def _key(extension: str, bundel: Bundel) -> str:
    """Hash of all that the file is made from; whoever asks for the same gets the same file."""
    made_from = (IndexState.from_database(), timezone.localdate(), makers_version(), extension, bundel.url())
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def workshop_locks() -> list[Path]:
    """The lock of the one process of this machine that works off the queue."""
    return lock_files("werkbank", 1)


def start_worker() -> None:
    """Start the process that works off the queue, unless it runs; who looks at a file that waits starts it again."""
    _workers[:] = [worker for worker in _workers if worker.poll() is None]
    if _workers:  # it may not have come to its lock yet: another beside it would only slow it down
        return
    try:
        with hold_place(workshop_locks(), 0):
            pass
    except Busy:
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "werk"]
    _workers.append(subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL))  # noqa: S603 (fixed)


def resume() -> int:
    """Put back in the queue what a process left unfinished; only for who holds the lock of the workshop."""
    return int(_tasks().filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY))
