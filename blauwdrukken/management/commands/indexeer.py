"""Makes the search index anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from blauwdrukken.search.gateway import gateway


class Command(BaseCommand):
    help = "Makes the search index anew beside the old one, and puts it in its place; the site goes on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--als-nodig", action="store_true", help="only bring it up to date with the database")

    def handle(self, *args: Any, als_nodig: bool, verbosity: int, **options: Any) -> None:
        store = gateway().store
        with store.lock(wait=True):
            if als_nodig and store.state() is not None:
                store.follow()
                return
            if verbosity:
                self.stdout.write("Zoekindex maken")
            store.rebuild(self._show_progress if verbosity else lambda done, total: None)

    def _show_progress(self, done: int, total: int) -> None:
        """Show how far it is, on one line."""
        width = 40
        full = width * done // max(total, 1)
        end = "\n" if done >= total else ""
        self.stdout.write(f"\r[{'#' * full}{'.' * (width - full)}] {done} van {total}", ending=end)
        self.stdout.flush()
