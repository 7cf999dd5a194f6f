"""Large books are made in the background: each is a piece of work in the queue of the site."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ... import background
from ...outage import outage_of
from ...search.index import IndexState
from ..content.bundel import Bundel
from ..formats.table import Subject, made
from ..limits import Busy, Failed, Slow
from .bundel_file import bundel_file
from .late import reason_of
from .process import BACKGROUND, lock_files, output_dir
from .store import makers_version

logger = logging.getLogger(__name__)
MAX_IMMEDIATE = 15  # blueprints in one file that are made while the visitor waits


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


@task(backend=background.BACKEND, queue_name="bundels")
def make_bundel(sleutel: str, formaat: str, vraag: str) -> dict[str, str]:
    """Make the file of a book; tells its name in the store, or in Dutch why there is none."""
    try:
        return {"bestand": bundel_file(formaat, Bundel(QueryDict(vraag)), BACKGROUND).name}
    except Failed as error:
        return {"reden": error.reason}
    except (Busy, Slow) as error:
        raise background.NoTimeError from error
    except Exception as error:
        if outage := outage_of(error):
            return {"reden": outage.words}
        logger.exception("A book could not be made")
        raise


def get_progress(extension: str, bundel: Bundel) -> Progress | None:
    """How far this file is; None when it was never asked for with the present content."""
    result = _tasks().filter(args_kwargs__kwargs__sleutel=_key(extension, bundel)).order_by("-enqueued_at").first()
    if result is None:
        return None
    if result.status == TaskResultStatus.RUNNING:
        return Progress("bezig")
    if result.status == TaskResultStatus.READY or background.will_be_retried(result):
        return Progress("wacht", background.ahead_of(result))
    return _outcome(result)


def _outcome(result: DBTaskResult) -> Progress | None:
    """A file that was tidied away counts as never asked for."""
    if reason := reason_of(result):
        return Progress("mislukt", reason=reason)
    path = output_dir() / result.return_value["bestand"]
    return Progress("klaar", path=path) if path.exists() else None


def enqueue_bundel(extension: str, bundel: Bundel, client: str) -> None:
    """Put the file in the queue for this client; raises Busy when there is no room."""
    query = bundel.url().partition("?")[2]
    kwargs = {"sleutel": _key(extension, bundel), "formaat": extension, "vraag": query}
    try:
        background.enqueue(make_bundel, client, **kwargs)
    except background.QueueFull as error:
        raise Busy from error


def _tasks() -> QuerySet[DBTaskResult]:
    return background.results().filter(queue_name="bundels")


def _key(extension: str, bundel: Bundel) -> str:
    """Hash of all that the file is made from; whoever asks for the same gets the same file."""
    made_from = (IndexState.from_database(), timezone.localdate(), makers_version(), extension, bundel.url())
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def workshop_locks() -> list[Path]:
    """The lock of the one process of this machine that works off the queue."""
    return lock_files("werkbank", 1)
