"""Ends old sessions, and keeps all that needs an account closed until there is a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .niet_bewaard import is_tekst, niet_bewaard
from .sessie import loopt_nog, onthoud

VERLOPEN = "U bent uitgelogd, omdat u een tijd niets deed of op alle apparaten uitlogde. Log opnieuw in."
VAN_ACCOUNTS = ("/account/", "/beheer/")  # elsewhere, such as at private files, half a login is none


def account(request: HttpRequest) -> Any:
    """Account of the session, unless the session is too old; that one is thrown away."""
    user = get_user(request)
    if not user.is_authenticated:
        return user
    if loopt_nog(request, user):
        onthoud(request)
        return user if request.path.startswith(VAN_ACCOUNTS) or not mist_tweede_stap(user) else AnonymousUser()
    request.session.flush()
    messages.info(request, VERLOPEN, fail_silently=True)
    return AnonymousUser()


class SessieMiddleware(AuthenticationMiddleware):
    """Names the account of a request; looks at the session only when something asks who it is."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: account(request))  # type: ignore[assignment]


def mist_tweede_stap(user: Any) -> bool:
    """Whether this account has to set up a second factor first."""
    soorten = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return settings.MFA_REQUIRED and not is_mfa_enabled(user, soorten)


class BeheerMiddleware:
    """Answers below /beheer/ only accounts with a second factor and a role; others hear what is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.eerst(request) or self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        beheer = request.path.startswith("/beheer/") and not request.user.is_authenticated
        return niet_bewaard(request) if beheer and is_tekst(request) else None

    def eerst(self, request: HttpRequest) -> HttpResponse | None:
        if not request.path.startswith("/beheer/") or not request.user.is_authenticated:
            return None
        if request.path == reverse("wagtailadmin_logout"):
            return None
        if mist_tweede_stap(request.user):
            return redirect("mfa_index")
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return render(request, "account/zonder_rol.html", status=403)
        return None
