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
        opslag = gateway().store
        with opslag.lock(wacht=True):
            if als_nodig and opslag.state() is not None:
                opslag.follow()
                return
            if verbosity:
                self.stdout.write("Zoekindex maken")
            opslag.rebuild(self._show_progress if verbosity else lambda klaar, totaal: None)

    def _show_progress(self, klaar: int, totaal: int) -> None:
        """Show how far it is, on one line."""
        breedte = 40
        vol = breedte * klaar // max(totaal, 1)
        einde = "\n" if klaar >= totaal else ""
        self.stdout.write(f"\r[{'#' * vol}{'.' * (breedte - vol)}] {klaar} van {totaal}", ending=einde)
        self.stdout.flush()
