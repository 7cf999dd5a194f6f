"""The one queue for what takes time: in the database, fair between clients, worked off by one process a machine.

Who has much in the queue goes behind who has little: the first piece of work of everybody goes before anybody's second.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

BACKEND = "achtergrond"
MAX_QUEUED = 400  # pieces of work that may be waiting
MAX_PER_CLIENT = 40  # of one address, so that a whole class can ask at once
MAX_ATTEMPTS = 3  # of work during which its process was killed, or for which there was no time
KILLED = "killed"  # in place of the exception of work whose process died each time
LOWEST = -100  # priority
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
PAUSE = timedelta(minutes=1)  # before work for which there was no time is tried again
logger = logging.getLogger(__name__)


class NoTimeError(Exception):
    """The machine was too busy for this work: it is tried again later."""


class QueueFull(Exception):  # noqa: N818 (a state of the site, not an error)
    """So much waits, of this client or of all, that there is no room for more."""


NO_TIME = f"{NoTimeError.__module__}.{NoTimeError.__qualname__}"


def results() -> QuerySet[DBTaskResult]:
    """Work that waits, is done or was done."""
    return DBTaskResult.objects.filter(backend_name=BACKEND)


@transaction.atomic
def enqueue(task: Task[..., Any], client: str, **kwargs: Any) -> DBTaskResult:
    """Put this work in the queue for a client; QueueFull when there is no room."""
    asker = hashlib.sha256(client.encode()).hexdigest()[:16]
    waiting = results().filter(status__in=UNFINISHED)
    own = waiting.filter(args_kwargs__client=asker).count()
    if own >= MAX_PER_CLIENT or waiting.count() >= MAX_QUEUED:
        raise QueueFull
    row: DBTaskResult = task.using(priority=max(LOWEST, -own)).enqueue(**kwargs).db_result  # type: ignore[attr-defined]
    row.args_kwargs["client"] = asker  # beside what the task gets
    row.save(update_fields=["args_kwargs"])
    return row


def ahead_of(row: DBTaskResult) -> int:
    """How many pieces of work go before this one that waits."""
    sooner = Q(priority__gt=row.priority) | Q(priority=row.priority, enqueued_at__lt=row.enqueued_at)
    running = Q(status=TaskResultStatus.RUNNING)
    return results().filter(running | (Q(status=TaskResultStatus.READY) & sooner)).count()


def has_work() -> bool:
    """Whether something waits that may begin."""
    return bool(results().ready().exists())  # type: ignore[attr-defined]


def resume() -> None:
    """Put back what a process left unfinished; what cost so many processes their lives is given up.

    Only for who holds the lock of the worker.
    """
    left = results().filter(status=TaskResultStatus.RUNNING)
    for row in left:
        if len(row.worker_ids) >= MAX_ATTEMPTS:
            logger.error("Given up after %s attempts: %s %s", MAX_ATTEMPTS, row.task_path, row.pk)
            left.filter(pk=row.pk).update(
                status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path=KILLED
            )
    left.update(status=TaskResultStatus.READY)


def retry_later() -> None:
    """Let work for which there was no time wait once more, behind all others."""
    for row in results().filter(status=TaskResultStatus.FAILED, exception_class_path=NO_TIME):
        if will_be_retried(row):
            later = timezone.now() + PAUSE
            results().filter(pk=row.pk).update(status=TaskResultStatus.READY, run_after=later, priority=LOWEST)


def will_be_retried(row: DBTaskResult) -> bool:
    """Whether this work, for which there was no time, gets another chance."""
    return row.exception_class_path == NO_TIME and len(row.worker_ids) < MAX_ATTEMPTS
