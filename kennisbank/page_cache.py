"""Whole pages, kept for the next visitor without a session until something that they depend on changes.

The key holds the state of the content, which triggers in the database raise in the transaction of every change: so a
page is right at once in every process, whatever changed it, and what is old is never asked for again.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from blauwdrukken.depends import Dependence, Keeping, On, answer_under_way, dependence_of
from blauwdrukken.models.publication import moments_of_expiry
from blauwdrukken.search.index import IndexState

from .version import site_version

CACHE = "pages"
DAY_SECONDS = 24 * 3600
MAX_BYTES = 150_000  # of one page as it is sent
KNOWN_VARY = {"cookie", "accept-encoding"}
REVALIDATE, PERSONAL = "no-cache", "private, no-cache"
logger = logging.getLogger(__name__)


class Page(NamedTuple):
    """A page as it was sent, and the moment until which it is right."""

    headers: dict[str, str]
    content: bytes
    until: datetime


@lru_cache(4_096)
def dependence_at(urlconf: str, path: str) -> Dependence | None:
    """What the page at this path depends on; None when nothing of it may be kept."""
    try:
        found = dependence_of(resolve(path, urlconf).func)
    except Resolver404:
        return None
    return None if found is None or On.NEVER in found.on else found


class PageCacheMiddleware:
    """Answers from the cache what anybody may have; it stands around compression, for pages are kept compressed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._last_state: IndexState | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        dependence = dependence_at(settings.ROOT_URLCONF, request.path_info)
        if dependence is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        request.META["QUERY_STRING"] = dependence.clean_query(request.META.get("QUERY_STRING", ""))
        if is_personal(request, dependence):
            return mark_personal(self.get_response(request))
        state = self._state() if is_on() else None
        if state is None:
            return self.get_response(request)
        key = key_of(request, dependence, state)
        page = read(key)
        if page is not None and timezone.now() < page.until:
            return unchanged(request, page.headers) or HttpResponse(page.content, headers=page.headers)
        return self._make(request, dependence, state, key)

    def _state(self) -> IndexState | None:
        """State of the content; the last one known while the database does not answer, for then nothing changes."""
        try:
            self._last_state = IndexState.from_database()
        except DatabaseError as error:
            logger.warning("The state of the content is not known: %s", error)
        return self._last_state

    def _make(self, request: HttpRequest, dependence: Dependence, state: IndexState, key: str) -> HttpResponse:
        """The page made anew; kept when anybody may have it."""
        with answer_under_way() as keeping:
            response = self.get_response(request)
        if not may_be_kept(request, response, keeping):
            return response
        complete(response, dependence)
        if request.method == "GET":
            write(key, Page(dict(response.items()), response.content, right_until(dependence, state)))
        return unchanged(request, response.headers) or response


def is_on() -> bool:
    """Whether pages are kept at all."""
    return not settings.CACHES[CACHE]["BACKEND"].endswith("DummyCache")


def is_personal(request: HttpRequest, dependence: Dependence) -> bool:
    """Whether this may be about one visitor: there is a session, a message or a token, or a password."""
    if "HTTP_AUTHORIZATION" in request.META:
        return True
    if On.CHOICE not in dependence.on or "HTTP_COOKIE" not in request.META:
        return False
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    return not names.isdisjoint(request.COOKIES)


def mark_personal(response: HttpResponse) -> HttpResponse:
    """Tell caches on the way to keep nothing of this for others."""
    response.headers.setdefault("Cache-Control", PERSONAL)
    return response


def key_of(request: HttpRequest, dependence: Dependence, state: IndexState) -> str:
    """Name of this answer: all that can make it another one. A host that is not ours raises DisallowedHost."""
    meta = request.META
    accept = meta.get("HTTP_ACCEPT", "") if On.ACCEPT in dependence.on else ""
    compressed = bool(re_accepts_gzip.search(meta.get("HTTP_ACCEPT_ENCODING", "")))
    parts = (
        site_version(),
        state.versie,
        state.nummer,
        state.token,
        request.scheme,
        request.get_host(),
        request.path,
        meta["QUERY_STRING"],
        accept,
        compressed,
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def may_be_kept(request: HttpRequest, response: Any, keeping: Keeping) -> bool:
    """Whether this answer is the same for everybody: a whole page that sets, tells and counts nothing."""
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        keeping.allowed
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and len(response.content) <= MAX_BYTES
        and vary <= KNOWN_VARY
        and response.get("Cache-Control", REVALIDATE) == REVALIDATE
        and is_impersonal(request)
    )


def is_impersonal(request: HttpRequest) -> bool:
    """Whether the view read nothing in the session and put nothing there, showed no message and made no token."""
    session, messages = request.session, getattr(request, "_messages", None)
    if session.modified or (session.accessed and not session.is_empty()) or "CSRF_COOKIE" in request.META:
        return False
    return messages is None or not (messages.used or messages.added_new)


def complete(response: Any, dependence: Dependence) -> None:
    """Add the headers by which browsers and caches on the way ask each time whether it is still right."""
    if not response.has_header("ETag"):
        content = response.content
        if response.get("Content-Encoding") == "gzip":  # it holds random bytes, and each process sends others
            content = gzip.decompress(content)
        response["ETag"] = f'W/"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response["Cache-Control"] = REVALIDATE
    if On.CHOICE in dependence.on:
        patch_vary_headers(response, ["Cookie"])


def unchanged(request: HttpRequest, headers: Mapping[str, str]) -> HttpResponse | None:
    """The answer that the visitor has the page with these headers already; None when that is not so."""
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return None
    answer: Any = get_conditional_response(request, headers["ETag"])
    for name in ("ETag", "Cache-Control", "Vary") if answer else ():
        if name in headers:
            answer[name] = headers[name]
    return answer


def right_until(dependence: Dependence, state: IndexState) -> datetime:
    """The first moment at which the clock alone may make the page another one."""
    now = timezone.now()
    ends = [now + timedelta(seconds=DAY_SECONDS)]
    if On.DAY in dependence.on:
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        ends.append(timezone.make_aware((midnight + timedelta(days=1)).replace(tzinfo=None)))
    if On.CONTENT in dependence.on:
        ends += [moment for moment in expiries_in(state) if moment > now][:1]
    return min(ends)


@lru_cache(4)
def expiries_in(state: IndexState) -> tuple[datetime, ...]:
    """Moments at which something that is public in this state of the content stops being so, the first one first."""
    return moments_of_expiry()


def read(key: str) -> Page | None:
    """What is kept under this key; a cache that does not answer keeps nothing."""
    try:
        kept = caches[CACHE].get(key)
    except Exception as error:  # each kind of cache fails in its own way, and none may fail a page
        logger.warning("The cache of pages does not answer: %s", error)
        return None
    return Page(*kept) if kept else None


def write(key: str, page: Page) -> None:
    """Keep this page."""
    try:
        caches[CACHE].set(key, tuple(page), DAY_SECONDS)
    except Exception as error:  # as in `read`
        logger.warning("The cache of pages keeps nothing: %s", error)
