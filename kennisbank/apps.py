"""Registration of the app with Django."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from .roles import maak_rollen
from .translation import vul_aan


class KennisbankConfig(AppConfig):
    name = "kennisbank"
    verbose_name = "Kennisbank"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        vul_aan()
        # The rights of an app exist only after its turn: wait for the last one.
        laatste = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(maak_rollen, sender=laatste)
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 (models exist only now)

        from .login.session import begin  # noqa: PLC0415

        user_logged_in.connect(begin)
