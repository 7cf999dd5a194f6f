"""Wagtail's page of one's own account, without what leads nowhere here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class AccountPage(AccountView):
    """Name and looks; a picture of oneself would be a file that nobody checks, and is shown nowhere."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


def menu_items() -> list[Any]:
    """What else an account can do, for the tab with actions: one function of the request each."""
    choices = [
        ("mfa_index", "Tweede stap", "De app, passkeys en herstelcodes waarmee u inlogt."),
        ("account_change_password", "Wachtwoord wijzigen", "Kies een nieuw wachtwoord."),
        ("overal-uitloggen", "Overal uitloggen", "Log uit op alle apparaten, bijvoorbeeld als u er een kwijt bent."),
    ]

    def make(name: str, label: str, explanation: str) -> Any:
        return lambda request: {"url": reverse(name), "label": label, "help_text": explanation}

    return [make(*choice) for choice in choices]
