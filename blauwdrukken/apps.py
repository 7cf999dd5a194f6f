"""Registration of the app with Django."""

from django.apps import AppConfig


class BlauwdrukkenConfig(AppConfig):
    name = "blauwdrukken"
    verbose_name = "Blauwdrukken"
    default_auto_field = "django.db.models.BigAutoField"
