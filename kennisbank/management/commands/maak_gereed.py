"""All that a site needs before it can be served."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates, loads the content or its corrections, and brings the search index up to date: in one process."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Database bijwerken")
        self.stdout.flush()
        call_command("migrate", verbosity=0)
        call_command("laad_kennisbank", bijwerken=True)
        if settings.LOCAL:
            call_command("maak_redactie")
        call_command("indexeer", als_nodig=True)
