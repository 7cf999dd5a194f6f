"""How long somebody stays logged in. Sessions of visitors, without an account, are left alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

BEGIN, GEZIEN = "ingelogd_om", "laatst_gezien"
ONTHOUD_PER = 60  # seconds; not every request writes the session
GEEN_WERK = ("/beheer/editing-sessions/",)  # an open editing screen calls this by itself


def nu() -> float:
    """Seconds since 1970."""
    return timezone.now().timestamp()


def begin(request: HttpRequest, **kwargs: Any) -> None:
    """Note when somebody logged in."""
    request.session[BEGIN] = request.session[GEZIEN] = nu()


def loopt_nog(request: HttpRequest, user: Any) -> bool:
    """Whether this session of a logged-in account may go on."""
    sessie = request.session
    if BEGIN not in sessie or GEZIEN not in sessie or user.heeft_uitgelogd_na(sessie[BEGIN]):
        return False
    return nu() - sessie[BEGIN] < settings.SESSION_MAX_SECONDS and nu() - sessie[GEZIEN] < settings.SESSION_IDLE_SECONDS


def onthoud(request: HttpRequest) -> None:
    """Note that somebody is at work."""
    if not request.path.startswith(GEEN_WERK) and nu() - request.session[GEZIEN] > ONTHOUD_PER:
        request.session[GEZIEN] = nu()
