"""Who is asking: ends old sessions, and counts half a login as none."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .session import may_continue, remember_activity

EXPIRED = "U bent uitgelogd, omdat u een tijd niets deed of op alle apparaten uitlogde. Log opnieuw in."
ACCOUNT_PATHS = ("/account/", "/beheer/")  # elsewhere, such as at private files, half a login is none


def account(request: HttpRequest) -> Any:
    """Account of the session, unless the session is too old; that one is thrown away."""
    user = get_user(request)
    if not user.is_authenticated:
        return user
    if may_continue(request, user):
        remember_activity(request)
        return user if request.path.startswith(ACCOUNT_PATHS) or not lacks_second_factor(user) else AnonymousUser()
    request.session.flush()
    messages.info(request, EXPIRED, fail_silently=True)
    return AnonymousUser()


class LimitedSessionMiddleware(AuthenticationMiddleware):
    """Names the account of a request; looks at the session only when something asks who it is."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: account(request))  # type: ignore[assignment]


def lacks_second_factor(user: Any) -> bool:
    """Whether this account has to set up a second factor first."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return settings.MFA_REQUIRED and not is_mfa_enabled(user, kinds)
