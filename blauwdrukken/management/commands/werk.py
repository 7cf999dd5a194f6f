"""Work off the queue of books, then end: the site starts this itself when there is something to do."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from blauwdrukken.documents.limits import Busy
from blauwdrukken.documents.workshop.process import hold_place
from blauwdrukken.documents.workshop.queue import resume, workshop_locks

QUEUE_OPTIONS = ("--backend", "achtergrond", "--queue-name", "bundels", "--verbosity", "0")


class Command(BaseCommand):
    """One process a machine does this; a second one ends at once."""

    help = "Makes the books that wait in the queue, and then ends."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with hold_place(workshop_locks(), 0):
                resume()
                call_command("db_worker", *QUEUE_OPTIONS, "--batch", "--no-startup-delay", "--no-reload")
                call_command("prune_db_task_results", *QUEUE_OPTIONS, "--min-age-days", "2")
        except Busy:
            self.stdout.write("Er is al een proces bezig met de wachtrij.")
