"""Links of working documents: when each was last seen to work, and who hears of it when one does not any more."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from wagtail.log_actions import LogFormatter, log, registry
from wagtail.permissions import policy_registry

from ...models import Blauwdruk, Werkdocument
from ...models.publication import publicatie_q
from ...outbound import Outcome, probe
from ...text.dates import PartialDate
from .mail import send_mail

LINK_FAILED = "blauwdrukken.link_werkt_niet"  # in the history of a blueprint
FRESH = timedelta(days=30)  # a link that was seen to work so shortly ago is not asked again
SECOND_LOOK = timedelta(hours=20)  # a site that is away for an hour is no reason to tell anybody
PAUSE = 2.0  # seconds between two questions to one site


class LinkFailedFormatter(LogFormatter):
    """A link that did not work, in the history."""

    label = "Link werkt niet"

    def format_message(self, log_entry: Any) -> str:
        return "De link van ‘{titel}’ werkte niet: {reden}".format_map(defaultdict(str, log_entry.data))


@dataclass(frozen=True)
class Broken:
    """A link that was found not to work in two rounds, and why."""

    document: Werkdocument
    reason: str


def check_links(wait: Callable[[float], None] = time.sleep) -> dict[str, Outcome]:
    """Ask each link of a public blueprint that was not seen to work lately, and note what came of it.

    Nothing of the database is held while a site is asked.
    """
    outcomes: dict[str, Outcome] = {}
    broken: list[Broken] = []
    asked: dict[str, float] = {}
    for link, documents in links_to_check().items():
        host = urlsplit(link).hostname or ""
        wait(max(0.0, asked.get(host, -PAUSE) + PAUSE - time.monotonic()) if host in asked else 0.0)
        outcomes[link] = outcome = probe(link, agent())
        asked[host] = time.monotonic()
        broken += note(link, documents, outcome)
    tell(broken)
    return outcomes


def agent() -> str:
    """How the site calls itself, so that others can see who asks."""
    return f"Kennisbank-linkcontrole (+{settings.BASE_URL})"


def links_to_check() -> dict[str, list[Werkdocument]]:
    """Each link once, with the public documents that have it."""
    since = timezone.localdate() - FRESH
    found: dict[str, list[Werkdocument]] = defaultdict(list)
    named = Werkdocument.objects.filter(publicatie_q("blauwdruk__")).exclude(link="")
    for document in named.select_related("blauwdruk").order_by("pk"):
        if document.link_gezien is None or document.link_gezien.last < since:
            found[document.link].append(document)
    return found


def note(link: str, documents: list[Werkdocument], outcome: Outcome) -> list[Broken]:
    """Keep what was seen; returns what has to be told. A link that fails keeps the date at which it worked."""
    if outcome.works:
        same = Werkdocument.objects.filter(pk__in=[document.pk for document in documents], link=link)
        same.update(link_gezien=PartialDate.from_date(timezone.localdate()))
        return []
    if outcome.works is None:
        return []
    return [Broken(document, outcome.reason) for document in documents if has_to_be_told(document, outcome.reason)]


def has_to_be_told(document: Werkdocument, reason: str) -> bool:
    """Note in the history that the link failed: the first time, and once more when it is told."""
    seen = registry.get_logs_for_instance(document.blauwdruk).filter(action=LINK_FAILED, data__link=document.link)
    if document.link_gezien:
        seen = seen.filter(timestamp__date__gt=document.link_gezien.last)
    told = seen.filter(data__gemeld=True).exists()
    is_second = seen.filter(timestamp__lte=timezone.now() - SECOND_LOOK).exists()
    if not told and (is_second or not seen.exists()):
        data = {"link": document.link, "titel": document.titel, "reden": reason, "gemeld": is_second}
        log(document.blauwdruk, LINK_FAILED, data=data)
        return is_second
    return False


def tell(broken: Iterable[Broken]) -> None:
    """One mail to each of those who publish, with all links that have to be looked at."""
    rows = sorted(broken, key=lambda row: (row.document.blauwdruk.nummer, row.document.titel))
    if rows:
        publishers: Iterable[Any] = policy_registry.get_by_type(Blauwdruk).users_with_permission("publish")
        send_mail(publishers, "beheer/mail/links.txt", "links that do not work", rijen=rows)
