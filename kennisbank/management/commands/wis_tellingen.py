"""Forgets counts of failed logins that are over, with the addresses in them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone


class Command(BaseCommand):
    help = "Removes expired rows of the cache, in which failed logins are counted; run it every week."

    def handle(self, *args: Any, **options: Any) -> None:
        table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 (name from the settings)
            self.stdout.write(f"Gewist: {cursor.rowcount}")
