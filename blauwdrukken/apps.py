"""Registration of the app with Django."""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate, pre_migrate


def drop_triggers(sender: Any, using: str, plan: Any, **kwargs: Any) -> None:
    """Take the triggers of the search engine away while tables change."""
    from .search.triggers import drop_triggers as drop  # noqa: PLC0415 (models are ready only now)

    if any(migration.app_label in ("blauwdrukken", "regios", "kennisbank") for migration, _ in plan):
        drop(using)


def create_triggers(sender: Any, using: str, **kwargs: Any) -> None:
    """Make the triggers of the search engine once all tables stand."""
    from .search.triggers import create_triggers as create  # noqa: PLC0415 (models are ready only now)

    create(using)


def create_review(sender: Any, using: str, **kwargs: Any) -> None:
    """Make the review of the secretariat once all tables stand."""
    from .models import beoordeling  # noqa: PLC0415 (models are ready only now)

    table = beoordeling.Beoordeling._meta.db_table
    if using == DEFAULT_DB_ALIAS and table in connections[using].introspection.table_names():
        beoordeling.create_review()


class BlauwdrukkenConfig(AppConfig):
    name = "blauwdrukken"
    verbose_name = "Blauwdrukken"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(create_triggers, sender=self)
        post_migrate.connect(create_review, sender=self)
