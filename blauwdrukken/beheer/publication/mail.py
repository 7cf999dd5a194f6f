"""Mail to the people who work on an entry."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from wagtail.permissions import policy_registry

logger = logging.getLogger(__name__)


def send_entry_mail(recipients: Iterable[Any], template: str, entry: Any, **context: Any) -> None:
    """Send those of these users who may edit the entry a mail about it."""
    policy = policy_registry.get_by_type(type(entry))
    editors = (user for user in recipients if policy.user_has_permission_for_instance(user, "change", entry))
    send_mail(editors, template, entry, entry=entry, **context)


def send_mail(recipients: Iterable[Any], template: str, about: object, **context: Any) -> None:
    """Send each of these users a plain mail: first line of the template is the subject.

    A mail server that fails is logged, for the work itself is done.
    """
    context |= {"basis_url": settings.WAGTAILADMIN_BASE_URL, "site_naam": settings.SITE_NAME}
    messages = []
    for user in recipients:
        if user.is_active and user.email:
            subject, _, text = render_to_string(template, context | {"user": user}).strip().partition("\n")
            messages.append(
                EmailMessage(
                    " ".join(subject.split()),
                    text.strip(),
                    to=[user.email],
                    headers={"Auto-Submitted": "auto-generated"},
                )
            )
    try:
        get_connection().send_messages(messages)
    except OSError:
        logger.exception("Mail about %r was not sent", about)
