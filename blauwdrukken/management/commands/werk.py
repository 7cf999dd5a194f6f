"""Work off the queue: all that waits, or with --herhaal all that will ever wait."""

from __future__ import annotations

import logging
import os
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from blauwdrukken.background import BACKEND, has_work, resume, retry_later
from blauwdrukken.documents.limits import Busy
from blauwdrukken.documents.workshop.process import hold_place, lock_files
from blauwdrukken.heartbeat import QUEUE, beating

INTERVAL = 1.0  # seconds between two looks at an empty queue
TIDY_INTERVAL = 3600.0  # seconds
KEEP_DAYS = "2"  # days that the outcome of work is kept
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """One process a machine does this: it holds a lock, which ends with it however it ends."""

    help = "Does the work that waits in the queue. With --herhaal it goes on until the process that started it ends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--herhaal", action="store_true", help="wait for more")

    def handle(self, *args: Any, herhaal: bool, **options: Any) -> None:
        logging.getLogger("django_tasks").setLevel(logging.CRITICAL)  # work that fails tells so itself
        if herhaal:
            self._go_on(os.getppid())
            return
        try:
            with hold_place(lock_files("werkbank", 1), 0):
                resume()
                while has_work():
                    work_once()
                tidy()
        except Busy:
            self.stdout.write("Er is al een proces bezig met de wachtrij.")

    def _go_on(self, parent: int) -> None:
        """Wait for the lock, and then for work."""
        while os.getppid() == parent:
            try:
                with hold_place(lock_files("werkbank", 1), INTERVAL), beating(QUEUE):
                    work_for_ever(parent)
                    return
            except Busy:
                continue
            except DatabaseError:
                logger.exception("The queue waits for the database")
                close_old_connections()
                time.sleep(INTERVAL)


def work_for_ever(parent: int) -> None:
    """Do what comes, until the process that started this one is gone or asks to end."""
    resume()
    tidied = 0.0
    while os.getppid() == parent:
        close_old_connections()
        if has_work():
            if not work_once(stoppable=True):
                return
        elif time.monotonic() - tidied > TIDY_INTERVAL:
            tidy()
            tidied = time.monotonic()
        else:
            time.sleep(INTERVAL)


def work_once(*, stoppable: bool = False) -> bool:
    """Do the piece of work whose turn it is; False when the process was asked to end meanwhile."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    if stoppable:
        worker.configure_signals()
    worker.run()
    retry_later()
    return bool(worker.running)


def tidy() -> None:
    """Forget the outcome of work that is done long ago."""
    call_command(
        "prune_db_task_results", "--backend", BACKEND, "--queue-name", "*", "--min-age-days", KEEP_DAYS, verbosity=0
    )
