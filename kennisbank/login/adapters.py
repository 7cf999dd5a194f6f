"""What allauth does otherwise on this site."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from qrcode.image.svg import SvgPathImage

from kennisbank.context_processors import site
from kennisbank.models import User
from wagtail_patches.originals import overrides

from .encryption import encrypt, read_secret
from .session import now

logger = logging.getLogger(__name__)

STARTED_WITH = "begonnen_met"  # in the session: hash of the password that a login began with
UNKNOWN_LOGIN = "Deze gegevens kloppen niet. Controleer uw mailadres of gebruikersnaam en uw wachtwoord."
TOO_OFTEN = "U hebt het te vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw."
WRONG_CODE = "Deze code klopt niet. Wacht op een nieuwe code in uw app en vul die in."
WRONG_PASSKEY = "Deze passkey klopt niet. Probeer het opnieuw, of log op een andere manier in."


def display_name(user: User) -> str:
    """Name by which people know an account."""
    return user.get_full_name() or user.get_username()


class AccountAdapter(DefaultAccountAdapter):
    """Login of invited accounts only, with counts of failures that cannot shut the owner out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": UNKNOWN_LOGIN,
        "username_password_mismatch": UNKNOWN_LOGIN,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "enter_current_password": "Dit is niet uw wachtwoord van nu.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Address in mail; below BASE_URL, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Say so when the mail server does not take it, whether there is an account or not."""
        try:
            super().send_mail(template_prefix, email, site(self.request) | context)
        except OSError as error:
            logger.exception("Mail could not be sent")
            page = render(self.request, "account/mail_mislukt.html", status=503)
            raise ImmediateHttpResponse(page) from error

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Tell somebody what changed in the account; the change is made already, with or without this mail."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(template_prefix, user, {"user": user})

    @overrides(DefaultAccountAdapter)
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures are counted for an account and an address together: who guesses shuts out only himself."""
        name = credentials.get("email") or credentials.get("username") or ""
        return f"{name.lower()}:{ratelimit.get_ip(request)}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who logged in less than five minutes ago is not asked again."""
        steps = get_authentication_records(self.request, self.request.user)
        fresh = steps and now() - steps[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        request.session[STARTED_WITH] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: User) -> None:
        """A login that waited for its code while the password changed is over: it began with the old one."""
        if request.session.pop(STARTED_WITH, None) != user.get_session_auth_hash():
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def set_password(self, user: User, password: str) -> None:
        """A new password also begins the count of the second factor anew: the one who guessed is out."""
        super().set_password(user, password)
        key = f"mfa-auth-user-{user.pk}"
        ratelimit.clear(self.request, app="allauth.account", action="login_failed", key=key)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names, pictures and secrets of the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "incorrect_passkey": WRONG_PASSKEY,
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return read_secret(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """QR code as a picture that can stand in the page itself."""
        return str(qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 (name of allauth)
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.BASE_HOST, "name": settings.SITE_NAME}
