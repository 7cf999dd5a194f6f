"""What stands around every view: headers on its answer, and an answer in Dutch where it could not give one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.template.loader import render_to_string
from wagtail.admin.admin_url_finder import AdminURLFinder

from blauwdrukken.beheer.gestuurd import is_sleutel
from blauwdrukken.models.publicatie import AdresBezetError
from blauwdrukken.views.oudadres import oud_adres
from blauwdrukken.zoeken.loket import loket
from blauwdrukken.zoeken.machine import BeschadigdError, GeenIndexError

from .context_processors import site

logger = logging.getLogger(__name__)
PERMISSIONS = ", ".join(
    f"{naam}=()" for naam in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)


class SecurityHeadersMiddleware:
    """Adds the headers that Django does not set itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages; files that can be asked for in parts are compressed already and keep their length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.has_header("Accept-Ranges") else super().process_response(request, response)


class IndexMiddleware:
    """Answers 503 in Dutch while there is no search index that can be read; the next request makes it anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, GeenIndexError):
            return None
        if isinstance(exception, BeschadigdError):
            loket().vergeet()
        antwoord = HttpResponse(render_to_string("503.html", site(request)), status=503)
        antwoord["Retry-After"] = "10"
        return antwoord


class InGebruikMiddleware:
    """Answers 409 in Dutch when something cannot be deleted because other things need it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ProtectedError):
            return None
        return HttpResponse(render_to_string("beheer/in_gebruik.html", site(request)), status=409)


class OnleesbaarMiddleware:
    """Answers 400 in the back office to what no browser sends, such as rows without a key; 404 to a key that is none.

    Wagtail asks the database for whatever stands in the place of a key.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        sleutels = [kwargs[naam] for naam in ("pk", "object_id") if naam in kwargs]
        if "/bulk/" in request.path:
            sleutels += [sleutel for sleutel in request.GET.getlist("id") if sleutel != "all"]
        if request.path.startswith("/beheer/") and not all(map(is_sleutel, sleutels)):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        onleesbaar = (OverflowError, DataError, *((KeyError, ValidationError) if request.method == "POST" else ()))
        if not (request.path.startswith("/beheer/") and isinstance(exception, onleesbaar)):
            return None
        logger.warning("A request that cannot be read", exc_info=exception)
        return HttpResponse(render_to_string("400.html", site(request)), status=400)


class AdresMiddleware:
    """Answers for addresses that used to be public, and tells an editor when an address is taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return oud_adres(request) or response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AdresBezetError):
            return None
        messages.error(request, str(exception))
        return redirect(AdminURLFinder(request.user).get_edit_url(exception.entry) or "wagtailadmin_home")


class PolicyMiddleware(CSPMiddleware):
    """Content-Security-Policy: strict for the public site, wider for the back office only."""

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith("/beheer/"):
            parts.config = settings.CONTENT_SECURITY_POLICY_BEHEER
        elif not report_only and getattr(request, "is_preview", False):
            parts.replace = {"frame-ancestors": [SELF]}
        return parts
