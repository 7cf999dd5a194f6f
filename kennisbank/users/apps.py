"""Replaces the screens of Wagtail for users."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "kennisbank.users.viewset.UserViewSet"
