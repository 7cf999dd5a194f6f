"""Encrypts second factors with the SECRET_KEY of now, so that the earlier one can go."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kennisbank.login.encryption import reencrypt, replace_secrets


class Command(BaseCommand):
    help = "Encrypts the secrets of second factors with SECRET_KEY, so that SECRET_KEY_FALLBACKS can be emptied."

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = [factor.pk for factor in self.factors() if not self.reencrypt_factor(factor.pk)]
        if unreadable:
            raise CommandError(
                f"{len(unreadable)} secrets fit no key in SECRET_KEY and SECRET_KEY_FALLBACKS; the others are done."
            )
        self.stdout.write("All secrets are encrypted with SECRET_KEY.")

    @staticmethod
    def factors() -> Any:
        return Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)

    @transaction.atomic
    def reencrypt_factor(self, pk: int) -> bool:
        """Whether the secret could be read; the row is held meanwhile, for a used recovery code is marked in it."""
        try:
            for factor in self.factors().select_for_update().filter(pk=pk):
                replace_secrets(factor, reencrypt)
        except InvalidToken:
            return False
        return True
