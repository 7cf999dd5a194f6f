"""Publishes and withdraws what editors planned; stands in for Wagtail's command of the same name."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from blauwdrukken.beheer.publication.mail import send_entry_mail
from blauwdrukken.beheer.publication.planning import Planned, publicatie_models, tell_of_failure
from blauwdrukken.heartbeat import PLANNING, beat
from blauwdrukken.models import OudAdres
from blauwdrukken.models.publication import AddressTakenError, Publicatie

INTERVAL = 60  # seconds
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publishes and withdraws what is due. With --herhaal it goes on until the process that started it ends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--herhaal", action="store_true", help="look every minute")

    def handle(self, *args: Any, herhaal: bool, **options: Any) -> None:
        if not herhaal:
            run_round()
            return
        parent = os.getppid()
        while os.getppid() == parent:
            try:
                run_round()
            except Exception:
                logger.exception("Planned publications wait for the next round")
            close_old_connections()
            wait(lambda: os.getppid() != parent)


def wait(is_over: Callable[[], bool]) -> None:
    """Wait for the next round, or until there is no reason to."""
    for _ in range(INTERVAL):
        if is_over():
            return
        time.sleep(1)


def run_round() -> None:
    """All that is due now, each in a transaction of its own: one that fails does not stop the others."""
    for planned, action in due(timezone.now()):
        beat(PLANNING)
        attempt(planned, action)
    beat(PLANNING)


def due(now: datetime) -> Iterator[tuple[Callable[[], Planned], Callable[[], None]]]:
    """Each plan of which the moment has come: how to find what it is about, and how to carry it out."""
    for model in publicatie_models():
        for key in list(model.objects.filter(live=True, expire_at__lte=now).values_list("pk", flat=True)):
            yield partial(planned_end, model, key), partial(expire, model, key)
    planned = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    for key in list(planned.values_list("pk", flat=True)):
        yield partial(planned_start, key), partial(publish, key)


def attempt(planned: Callable[[], Planned], action: Callable[[], None]) -> None:
    """Do this; what goes wrong is logged and told, and the round goes on for as long as there is a database."""
    try:
        action()
    except Exception as error:
        logger.exception("Not carried out: %s", action)
        if not connection.is_usable():
            raise
        try:
            tell_of_failure(planned(), error)
        except Exception:
            logger.exception("Nobody was told")


def planned_start(key: int) -> Planned:
    """What this revision was to make public."""
    revision = Revision.objects.get(pk=key)
    return Planned(revision.content_object, revision.approved_go_live_at, appears=True)


def planned_end(model: type[Publicatie], key: int) -> Planned:
    """What was to disappear."""
    entry = model.objects.get(pk=key)
    return Planned(entry, entry.expire_at, appears=False)


@transaction.atomic
def expire(model: type[Publicatie], key: int) -> None:
    """Withdraw an entry whose time has come, unless another process just did."""
    entry = model.objects.select_for_update().filter(pk=key, live=True, expire_at__lte=timezone.now()).first()
    if entry is None:
        return
    until = date_format(timezone.localtime(entry.expire_at), "j F Y")
    OudAdres.objects.withdraw(entry, f"Deze {entry._meta.verbose_name} gold tot {until}.")
    entry.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish(key: int) -> None:
    """Publish a revision whose time has come; when its address is taken, drop the plan and tell who decides."""
    try:
        with transaction.atomic():
            planned = Revision.objects.select_for_update().filter(pk=key, approved_go_live_at__lte=timezone.now())
            for revision in planned:
                revision.publish(log_action="wagtail.publish.scheduled")
    except AddressTakenError as error:
        Revision.objects.filter(pk=key).update(approved_go_live_at=None)
        publishers = policy_registry.get_by_type(type(error.entry)).users_with_permission("publish")
        kind = error.entry._meta.verbose_name
        send_entry_mail(publishers, "beheer/mail/niet_gepubliceerd.txt", error.entry, soort=kind)
