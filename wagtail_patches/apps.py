"""Registration of the app with Django."""

from django.apps import AppConfig


class WagtailPatchesConfig(AppConfig):
    name = "wagtail_patches"

    def ready(self) -> None:
        from . import choosers, screens, spreadsheets  # noqa: PLC0415 (models are ready only now)

        for subject in (choosers, screens, spreadsheets):
            subject.apply()
