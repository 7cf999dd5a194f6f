"""Registration of the app with Django."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.signals import request_started
from django.db.models.signals import post_migrate
from django.utils import translation

from .roles import create_roles


def activate_language(**kwargs: Any) -> None:
    """Make the one language of the site that of this thread: else every number and address looks for one in vain."""
    translation.activate(settings.LANGUAGE_CODE)


class KennisbankConfig(AppConfig):
    name = "kennisbank"
    verbose_name = "Kennisbank"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The permissions of an app exist only after its turn: wait for the last one.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(create_roles, sender=last)
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 (models exist only now)

        from blauwdrukken.search.kinds import register  # noqa: PLC0415

        from .found_pages import PAGINAS  # noqa: PLC0415
        from .login.session import start_session  # noqa: PLC0415

        register(PAGINAS)
        user_logged_in.connect(start_session)
        request_started.connect(activate_language)
