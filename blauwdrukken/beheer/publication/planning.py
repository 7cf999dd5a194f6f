"""What was planned and did not happen: found, and told to those who publish."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.utils import timezone
from wagtail.log_actions import log, registry
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from ...models.publication import Publicatie
from ...outage import outage_of
from .mail import send_entry_mail

GRACE = timedelta(minutes=5)  # the timer looks every minute
FAILED = "blauwdrukken.planning_mislukt"  # in the history of an entry
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Planned:
    """An entry that should have appeared or disappeared at a moment."""

    entry: Publicatie
    moment: datetime
    appears: bool


def overdue() -> list[Planned]:
    """What should have happened by now, the longest ago first; a query for each kind of entry, and 2."""
    before = timezone.now() - GRACE
    return sorted([*_not_gone(before), *_not_there(before)], key=lambda planned: planned.moment)


def _not_gone(before: datetime) -> Iterator[Planned]:
    for model in publicatie_models():
        for entry in model.objects.filter(live=True, expire_at__lt=before).select_related("latest_revision"):
            yield Planned(entry, entry.expire_at, appears=False)


def _not_there(before: datetime) -> Iterator[Planned]:
    revisions = Revision.objects.filter(approved_go_live_at__lt=before)
    for revision in revisions.prefetch_related("content_object__latest_revision"):
        if isinstance(revision.content_object, Publicatie):
            yield Planned(revision.content_object, revision.approved_go_live_at, appears=True)


def publicatie_models() -> list[type[Publicatie]]:
    """Kinds of entries that can be planned."""
    return [model for model in apps.get_models() if issubclass(model, Publicatie)]


def tell_of_failure(planned: Planned, error: Exception) -> None:
    """Note in the entry's history that its plan failed, and mail those who publish; once for each plan.

    When the database or the disk is in the way, the next round does it, and there is nothing to tell.
    """
    told = registry.get_logs_for_instance(planned.entry).filter(action=FAILED, timestamp__gte=planned.moment)
    if outage_of(error) or told.exists():
        return
    log(planned.entry, FAILED)
    publishers = policy_registry.get_by_type(type(planned.entry)).users_with_permission("publish")
    send_entry_mail(publishers, "beheer/mail/planning_mislukt.txt", planned.entry, gepland=planned)
