"""Replaces the screens of Wagtail for users."""

from wagtail.users.apps import WagtailUsersAppConfig


class GebruikersConfig(WagtailUsersAppConfig):
    user_viewset = "kennisbank.users.viewset.GebruikerViewSet"
