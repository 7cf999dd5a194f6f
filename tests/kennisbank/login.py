"""Logging in as a person does, for the tests of the login."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import Mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.core import mail

from kennisbank.models import User

PASSWORD = "vier losse woorden samen"
SECRET = "JBSWY3DPEHPK3PXP"
COUNTER = 57_000_000  # the count of half minutes while the fixture `stopped_clock` stops the clock
CODE_PAGE = "/account/tweede-stap/inloggen/"


def role_group(name: str) -> Group:
    return Group.objects.get(name=name)


def create_account(role_name: str = "Secretariaat", email: str = "anna@voorbeeld.nl", **fields: Any) -> User:
    user = User.objects.create_user(email, email, PASSWORD, first_name="Anna", last_name="Bakker", **fields)
    user.groups.add(role_group(role_name))
    return user


def with_app(user: User) -> User:
    """Give the account an app that makes codes, and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def app_code(counter: int, secret: str = SECRET) -> str:
    """What the app shows at this count of half minutes."""
    return format_hotp_value(hotp_value(secret, counter))


def set_up_app(client: Any) -> tuple[str, Any]:
    """Follow the set-up as a person does, and give the secret and the page with recovery codes."""
    html = client.get("/account/tweede-stap/app/").content.decode()
    secret = re.findall(r'<code class="sleutel">(\w+)</code>', html)[0]
    return secret, client.post("/account/tweede-stap/app/", {"code": app_code(COUNTER, secret)}, follow=True)


def log_in_with_code(client: Any, code: str) -> bool:
    """Whether password and code let somebody in."""
    log_in(client)
    client.post(CODE_PAGE, {"code": code})
    return is_logged_in(client)


def unused_recovery_codes(user: User) -> list[str]:
    codes: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return codes


def log_in(client: Any, name: str = "anna@voorbeeld.nl", password: str = PASSWORD, **extra: Any) -> Any:
    """Answer to name and password; `REMOTE_ADDR` may say from where."""
    return client.post("/account/login/", {"login": name, "password": password}, **extra)


def link_in_mail(nummer: int = -1) -> str:
    """Path of the first address in a mail."""
    return re.findall(r"http://127\.0\.0\.1:8000(/account/wachtwoord/kies/\S+)", str(mail.outbox[nummer].body))[0]


def without_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing takes mail."""
    monkeypatch.setattr("django.core.mail.EmailMessage.send", Mock(side_effect=ConnectionRefusedError))


def is_logged_in(client: Any) -> bool:
    return "_auth_user_id" in client.session
