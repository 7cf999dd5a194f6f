"""How much one client may ask in a while, so that nobody waits for somebody else's greed.

Each web process counts for itself, in memory: a page that is read writes nothing in the database.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle

View = Callable[..., Any]


class TooManyRequests(Exception):  # noqa: N818 (a state of the client, not an error)
    """A client asked too often; it may come back after so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds


def client_of(request: HttpRequest) -> str:
    """The address that asks; what proxies say is believed only as far as they are our own."""
    return str(ratelimit.get_ip(request))


class ClientLimit(SimpleRateThrottle):
    """The limit of LIMITS by this name, for each client apart."""

    scope = "api"

    def __init__(self, scope: str = "") -> None:
        self.scope = scope or self.scope
        self.cache = caches["limits"]
        super().__init__()

    def get_rate(self) -> str | None:
        return settings.LIMITS[self.scope] or None

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"{self.scope}:{client_of(request)}"


def limited(scope: str, applies: Callable[[HttpRequest], bool] = lambda request: True) -> Callable[[View], View]:
    """A view that raises TooManyRequests to a client above the limit; only requests that it applies to count."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if applies(request):
                check(scope, request)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def check(scope: str, request: HttpRequest) -> None:
    """Count this request; TooManyRequests when it is one too many."""
    limit = ClientLimit(scope)
    if not limit.allow_request(request, None):
        raise TooManyRequests(ceil(limit.wait() or 1))
