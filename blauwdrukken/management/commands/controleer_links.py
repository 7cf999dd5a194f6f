"""Looks whether the links of working documents still work."""

from __future__ import annotations

import logging
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from blauwdrukken.beheer.publication.links import check_links
from blauwdrukken.heartbeat import LINKS, beat, is_alive

from .publish_scheduled import wait

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Asks the sites of others whether links still work. With --herhaal it does so once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--herhaal", action="store_true", help="once a day, until the starting process ends")

    def handle(self, *args: Any, herhaal: bool, **options: Any) -> None:
        if not herhaal:
            outcomes = check_links().values()
            working = sum(outcome.works is True for outcome in outcomes)
            self.stdout.write(f"{len(outcomes)} links bekeken, {working} werken.")
            return
        parent = os.getppid()
        while os.getppid() == parent:
            if not is_alive(LINKS):  # a start of the site is no reason to ask everybody again
                self._round()
            wait(lambda: os.getppid() != parent)

    @staticmethod
    def _round() -> None:
        beat(LINKS)
        try:
            check_links()
        except Exception:
            logger.exception("The links wait for the next round")
        close_old_connections()
