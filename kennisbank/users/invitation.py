"""The mail with which an account begins, and the address in it."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from kennisbank.models import User


def make_link(user: User) -> str:
    """Address at which the invited sets a password: once, for as long as PASSWORD_RESET_TIMEOUT says."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=parts)


def renew_link(user: User) -> str:
    """New address; those of earlier invitations no longer work."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return make_link(user)


def mail(user: User, subject: str, template: str, to: str = "", **context: Any) -> None:
    """Plain text to one account, at another address if one is named; raises OSError when the mail server refuses."""
    content = {"user": user, "site_naam": settings.SITE_NAME, "basis_url": settings.BASE_URL, **context}
    send_mail(subject, render_to_string(template, content), None, [to or user.email])


def invite(user: User, by: str) -> str:
    """Send the invitation and return its address."""
    link = renew_link(user)
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    subject = f"Uw account voor {settings.SITE_NAME}"
    mail(user, subject, "users/uitnodiging.txt", link=link, dagen=days, door=by)
    return link
