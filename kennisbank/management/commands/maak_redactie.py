"""First account of a trial on one's own machine."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kennisbank.models import User

USERNAME = "redactie"


class Command(BaseCommand):
    help = f"Makes the account `{USERNAME}` with a generated password, unless there are accounts already."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            return
        password = secrets.token_urlsafe(12)
        file = settings.VAR_DIR / "redactie-wachtwoord"
        file.touch(mode=0o600)
        file.write_text(f"{password}\n")
        User.objects.create_superuser(USERNAME, password=password)
        self.stdout.write(
            f"Account voor /beheer/: {USERNAME}, wachtwoord {password} (staat ook in {file.name} in var/)"
        )
