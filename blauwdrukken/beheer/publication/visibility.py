"""Lists and reading screens, which show entries of others as the public knows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn

from ...models.rich_text import CleanRichTextField
from ...permissions import without_draft
from ...text.clean import clean_html
from .under_way import attach_in_progress

PUBLIC_ACTIONS = ("wagtail.publish", "wagtail.unpublish")


class PublicOnly:
    """A reading screen that shows others' entries as the public knows them."""

    model: Any
    permission_policy: Any
    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        instance = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if self.may_read_draft(instance):
            return instance
        self.edit_url_name = self.delete_url_name = None
        return without_draft(self.model._default_manager.get(pk=instance.pk))

    def may_read_draft(self, instance: Any) -> bool:
        return self.permission_policy.may_read_draft(self.request.user, instance)


class InspectScreen(PublicOnly):
    """An entry field by field, in words."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)  # type: ignore[misc]
        if isinstance(field, CleanRichTextField):
            return mark_safe(clean_html(value) or "-")  # noqa: S308 (cleaned here)
        if isinstance(value, bool):
            return "Ja" if value else "Nee"
        return "-" if value in (None, "") else value


class PublicHistory(PublicOnly):
    """History that tells of others' entries only when they were published and withdrawn."""

    def get_base_queryset(self) -> Any:
        lines = super().get_base_queryset()  # type: ignore[misc]
        return lines if self.edit_url_name else lines.filter(action__in=PUBLIC_ACTIONS)

    @cached_property
    def header_buttons(self) -> list[Any]:
        return super().header_buttons if self.edit_url_name else []


class OwnList:
    """A list that leads to editing only where one may edit."""

    is_searching: bool
    list_display: list[Any]
    model: Any
    permission_policy: Any
    request: HttpRequest
    search_query: str
    user_has_permission: Callable[[str], bool]

    @cached_property
    def own_keys(self) -> set[Any] | None:
        """Keys of the entries this user may change; None when there is no line between own and other."""
        policy, user = self.permission_policy, self.request.user
        if policy.reaches_all(user):
            return None
        return set(policy.instances_user_has_permission_for(user, "change").values_list("pk", flat=True))

    def is_own(self, instance: Any) -> bool:
        return self.own_keys is None or instance.pk in self.own_keys

    @cached_property
    def columns(self) -> list[Any]:
        shown = super().columns  # type: ignore[misc]
        if self.user_has_permission("delete"):
            return shown
        return [column for column in shown if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        rows = [row if self.is_own(row) else without_draft(row) for row in object_list]
        return super().get_table(attach_in_progress(rows), **kwargs)  # type: ignore[misc]

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        """The rows with what their columns refer to, and what the public knows of them."""
        columns = {getattr(column, "name", column) for column in self.list_display} | {"live_revision"}
        fields = [field.name for field in self.model._meta.fields if field.is_relation and field.name in columns]
        rows = super().get_base_queryset()  # type: ignore[misc]
        return rows.select_related(*fields) if fields else rows

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:
            return queryset
        return self.model.snippet_viewset.search(queryset, self.search_query)

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if self.is_own(instance) else None  # type: ignore[misc]
