"""The translations of the site, and those of the packages it uses."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import django
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.apps import apps

from kennisbank.translation import DUTCH

LOCALE = Path(__file__).resolve().parents[1] / "locale"
WRITTEN = (LOCALE / DUTCH / "django.po").read_text()


def own_entries() -> list[Message]:
    """What the site says otherwise, in the order of the file."""
    return [entry for entry in read_po(StringIO(WRITTEN), locale="nl") if entry.id]


def shipped_folders() -> list[Path]:
    """Where the packages in use keep their translations."""
    installed = [Path(app.path, "locale") for app in apps.get_app_configs()]
    return [Path(django.__file__).parent / "conf" / "locale", *(folder for folder in installed if folder.exists())]
