"""What stands around every view: headers on its answer, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from blauwdrukken.views.oudadres import oud_adres_response

from .headers import NO_FRAME, SECURITY_HEADERS


class SecurityHeadersMiddleware(CSPMiddleware):
    """Adds the security headers that an answer does not have yet.

    It stands around Django's own, which sets none on the answer to a host name that it refuses. The
    Content-Security-Policy is strict for the public site, and wider for the back office only.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        response = super().process_response(request, response)
        may_be_framed = getattr(response, "xframe_options_exempt", False)
        for name, value in (SECURITY_HEADERS | ({} if may_be_framed else NO_FRAME)).items():
            response.headers.setdefault(name, value)
        return response

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith("/beheer/"):
            parts.config = settings.CONTENT_SECURITY_POLICY_BEHEER
        elif not report_only and getattr(request, "is_preview", False):
            parts.replace = {"frame-ancestors": [SELF]}
        return parts


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages; files that can be asked for in parts are compressed already and keep their length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.has_header("Accept-Ranges") else super().process_response(request, response)


class OldAddressMiddleware:
    """Answers for addresses that used to be public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return oud_adres_response(request) or response
