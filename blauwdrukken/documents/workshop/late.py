"""Documents for which the time of a visitor was too short: made in the background, and then in the store."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ... import background
from ...outage import outage_of
from ..limits import NO_MEMORY, OUR_MISTAKE, TOO_BUSY, Busy, Failed, Slow
from .process import BACKGROUND, make_file, output_dir

REMEMBERED = timedelta(minutes=10)  # how long the reason of a failure is told before it is tried anew
logger = logging.getLogger(__name__)


@dataclass
class NotYet(Exception):  # noqa: N818 (a state of the site, not an error)
    """A document that will be there later; `order` is what has yet to be put in the queue."""

    name: str
    extension: str
    order: dict[str, Any] | None = None


def order_file(name: str) -> Path:
    """What a document in the queue is made from."""
    return output_dir() / f"{name}.opdracht"


def put_in_queue(document: NotYet, client: str) -> None:
    """Let this document be made in the background; Busy when there is no room in the queue."""
    if document.order is None:
        return
    order_file(document.name).write_text(json.dumps(document.order))
    try:
        background.enqueue(make_document, client, bestand=document.name, formaat=document.extension)
    except background.QueueFull as error:
        raise Busy from error


@task(backend=background.BACKEND, queue_name="documenten")
def make_document(bestand: str, formaat: str) -> dict[str, str]:
    """Make the file of this name in the store; tells in Dutch why there is none."""
    target = output_dir() / f"{bestand}.{formaat}"
    try:
        if not target.exists():  # two visitors may have asked for it
            make_file(formaat, json.loads(order_file(bestand).read_text()), target, BACKGROUND)
    except Failed as error:
        return {"reden": error.reason}
    except (Busy, Slow) as error:
        raise background.NoTimeError from error
    except OSError as error:
        logger.exception("A document could not be made")
        outage = outage_of(error)
        return {"reden": outage.words if outage else OUR_MISTAKE}
    order_file(bestand).unlink(missing_ok=True)
    return {}


def check(name: str, extension: str) -> None:
    """NotYet while this document is in the queue, Failed when it just failed; no query for one that never was there."""
    if not order_file(name).exists():
        return
    row = background.results().filter(args_kwargs__kwargs__bestand=name).order_by("-enqueued_at").first()
    if row is None:
        return
    if row.status in background.UNFINISHED or background.will_be_retried(row):
        raise NotYet(name, extension)
    if row.finished_at and timezone.now() - row.finished_at < REMEMBERED and (reason := reason_of(row)):
        raise Failed(reason)


def reason_of(row: DBTaskResult) -> str:
    """Why there is no file after this work, in Dutch; empty when there is one."""
    if row.status == TaskResultStatus.SUCCESSFUL:
        return str((row.return_value or {}).get("reden", ""))
    return {background.NO_TIME: TOO_BUSY, background.KILLED: NO_MEMORY}.get(row.exception_class_path, OUR_MISTAKE)
