"""List and screens of accounts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path, reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users

from blauwdrukken.beheer.concurrency.guard import GuardedEdit
from blauwdrukken.text.notation import join_words
from kennisbank.login.adapters import display_name
from kennisbank.models import User

from .actions import AccountAction, ClearSecondFactor, InviteAgain, notify, send_invitation
from .forms import UserForm
from .reach import Reach

ACTIONS: dict[str, tuple[type[AccountAction], str]] = {
    "opnieuw-uitnodigen": (InviteAgain, "mail"),
    "tweede-stap-wissen": (ClearSecondFactor, "key"),
}


def action_buttons(user: User) -> list[Button]:
    """Actions that there are for this account."""
    return [
        Button(view.page_title, url=reverse(f"wagtailusers_users:{name}", args=[user.pk]), icon_name=icon, priority=40)
        for name, (view, icon) in ACTIONS.items()
        if view.applies_to(user)
    ]


class UserFilterSet(WagtailFilterSet):
    groups = django_filters.ModelMultipleChoiceFilter(
        label="Rol", queryset=Group.objects.order_by("name"), widget=CheckboxSelectMultiple
    )
    tweede_stap = django_filters.BooleanFilter(label="Tweede stap", widget=BooleanRadioSelect)
    is_active = django_filters.BooleanFilter(label="Account is aan", widget=BooleanRadioSelect)

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class UserIndex(users.IndexView):
    """Everybody with an account, and how safe it is."""

    page_title = "Gebruikers"
    add_item_label = "Gebruiker uitnodigen"
    search_fields = ["username", "first_name", "last_name", "email"]
    export_filename = "gebruikers"
    list_export = [
        "first_name",
        "last_name",
        "email",
        "groups.all",
        "regios.all",
        "organisatie",
        "last_login",
        "tweede_stap",
        "is_active",
    ]

    @cached_property
    def columns(self) -> list[Any]:
        title_column = self._get_title_column_class(users.TitleColumn)  # without the picture, which nobody can set here
        unbroken = "w-whitespace-nowrap"  # else a phone shows a name letter by letter
        return [
            users.BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            title_column(
                "name",
                accessor=display_name,
                label="Naam",
                sort_key="name",
                get_url=self.get_edit_url,
                classname=unbroken,
            ),
            Column("email", label="Mailadres", sort_key="email"),
            Column("rollen", label="Rollen", accessor=self.roles_of),
            Column("regios", label="Regio's", accessor=lambda user: join_words(user.regios.all())),
            DateColumn("last_login", label="Laatst ingelogd", sort_key="last_login"),
            BooleanColumn("tweede_stap", label="Tweede stap", sort_key="tweede_stap"),
            BooleanColumn("is_active", label="Aan", sort_key="is_active"),
        ]

    @staticmethod
    def roles_of(user: User) -> str:
        return join_words(user.groups.all()) or ("Alle rechten" if user.is_superuser else "")

    def get_base_queryset(self) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        rows = User.objects.select_related("wagtail_userprofile").annotate(tweede_stap=Exists(factors))
        return rows.prefetch_related("groups", "regios", "authenticator_set")

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.request.user)

    def get_edit_url(self, instance: User) -> str | None:
        return super().get_edit_url(instance) if self.reach.includes(instance) else None

    def get_delete_url(self, instance: User) -> str | None:
        return super().get_delete_url(instance) if self.reach.includes(instance) else None

    def get_list_more_buttons(self, instance: User) -> list[Any]:
        extra = action_buttons(instance) if self.get_edit_url(instance) else []
        return super().get_list_more_buttons(instance) + extra


class UserCreate(users.CreateView):
    """Make an account and send the invitation."""

    page_title = "Gebruiker uitnodigen"
    submit_button_label = "Uitnodigen"
    template_name = "wagtailadmin/generic/create.html"

    def save_instance(self) -> User:
        user: User = super().save_instance()
        send_invitation(self.request, user)
        return user


class ManageableAccount:
    """Opens only accounts that this user may manage."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        user: User = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not Reach(self.request.user).includes(user):
            raise PermissionDenied
        return user


class UserEdit(GuardedEdit, ManageableAccount, users.EditView):
    """A new mail address opens the account by a reset: its owner hears of it at the earlier one."""

    def save_instance(self) -> User:
        previous = self.form.initial["email"]
        user: User = super().save_instance()
        if previous and previous != user.email:
            subject_and_template = ("Uw mailadres is gewijzigd", "users/mailadres_gewijzigd.txt")
            notify(self.request, user, *subject_and_template, to=previous)
        return user

    @property
    def header_more_buttons(self) -> list[Any]:
        return super().header_more_buttons + action_buttons(self.object)


class UserDelete(ManageableAccount, users.DeleteView):
    pass


class UserHistory(ManageableAccount, users.HistoryView):
    pass


class UserViewSet(users.UserViewSet):
    """Accounts: invited by mail, never with a password made by somebody else."""

    menu_label = "Gebruikers"
    filterset_class = UserFilterSet
    copy_view_enabled = False
    index_view_class = UserIndex
    add_view_class = UserCreate
    edit_view_class = UserEdit
    delete_view_class = UserDelete
    history_view_class = UserHistory
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[UserForm]:
        return UserForm

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [path(f"{name}/<int:pk>/", view.as_view(), name=name) for name, (view, _) in ACTIONS.items()]
        return super().get_urlpatterns() + own
