"""Registration of the app with Django."""

from django.apps import AppConfig


class RegiosConfig(AppConfig):
    name = "regios"
    verbose_name = "Regio's"
    default_auto_field = "django.db.models.BigAutoField"
