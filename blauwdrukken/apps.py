"""Registration of the app with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def maak_triggers(sender: Any, using: str, **kwargs: Any) -> None:
    """Make the triggers of the search engine once all tables stand."""
    from .zoeken.triggers import maak_triggers as maak  # noqa: PLC0415 (models are ready only now)

    maak(using)


class BlauwdrukkenConfig(AppConfig):
    name = "blauwdrukken"
    verbose_name = "Blauwdrukken"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(maak_triggers, sender=self)
