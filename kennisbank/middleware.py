"""What stands around every view: headers on its answer, and how it is sent."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

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
