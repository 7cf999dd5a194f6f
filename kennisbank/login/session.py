"""How long somebody stays logged in. Sessions of visitors, without an account, are left alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

LOGGED_IN_AT, LAST_SEEN = "ingelogd_om", "laatst_gezien"
SEEN_INTERVAL = 60  # seconds; not every request writes the session
BACKGROUND_PATHS = ("/beheer/editing-sessions/",)  # an open editing screen calls this by itself


def now() -> float:
    """Seconds since 1970."""
    return timezone.now().timestamp()


def start_session(request: HttpRequest, **kwargs: Any) -> None:
    """Note when somebody logged in."""
    request.session[LOGGED_IN_AT] = request.session[LAST_SEEN] = now()


def may_continue(request: HttpRequest, user: Any) -> bool:
    """Whether this session of a logged-in account may go on."""
    session = request.session
    if LOGGED_IN_AT not in session or LAST_SEEN not in session or user.logged_out_after(session[LOGGED_IN_AT]):
        return False
    return (
        now() - session[LOGGED_IN_AT] < settings.SESSION_MAX_SECONDS
        and now() - session[LAST_SEEN] < settings.SESSION_IDLE_SECONDS
    )


def remember_activity(request: HttpRequest) -> None:
    """Note that somebody is at work."""
    if not request.path.startswith(BACKGROUND_PATHS) and now() - request.session[LAST_SEEN] > SEEN_INTERVAL:
        request.session[LAST_SEEN] = now()
