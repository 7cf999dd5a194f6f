"""Who belongs to a name and a password."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Q
from django.http import HttpRequest

from kennisbank.models import User
from wagtail_patches.originals import overrides


class AccountBackend(AuthenticationBackend):
    """Looks an account up once, by mail address or user name, and checks one password.

    A check takes long on purpose: as many for an unknown name as for a known one, or the time tells which is which.
    """

    @overrides(AuthenticationBackend)
    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        name = credentials.get("email") or credentials.get("username") or ""
        user = User.objects.filter(Q(email__iexact=name) | Q(username__iexact=name)).first() if name else None
        found: User | None = self._check_password(user, credentials["password"])
        return found
