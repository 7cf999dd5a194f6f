"""What all editing screens share: every address asks the policy, for the entry it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    InspectView,
    PreviewRevisionView,
    RevisionsCompareView,
    RevisionsUnscheduleView,
    SnippetViewSet,
    UnpublishView,
    UsageView,
    WorkflowActionView,
)

from ...permissions import EntryPolicy, is_published
from ..concurrency.autosave import NamesInvalidFields
from ..concurrency.guard import GuardedEdit
from ..form.choosers import BeheerChooserViewSet
from ..form.regio_form import BeheerForm
from ..form.search_words import filter_by_words
from ..publication.deletion import DeleteScreen
from ..publication.review import ReadFirst
from ..publication.visibility import InspectScreen, OwnList, PublicHistory, PublicOnly

READ_VIEWS = (InspectView, HistoryView, UsageView, CopyView)
REVISION_VIEWS = (PreviewRevisionView, RevisionsCompareView)
ACTION_BY_VIEW: dict[type, str] = {DeleteView: "delete", UnpublishView: "publish", RevisionsUnscheduleView: "publish"}
BOOKKEEPING_FIELDS = [
    "id",
    "expired",
    "has_unpublished_changes",
    "latest_revision",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
]


class EditScreen(NamesInvalidFields, GuardedEdit):
    """An editing screen that loses no text."""


LAYERS: dict[type, type] = {
    EditView: EditScreen,
    CreateView: NamesInvalidFields,
    DeleteView: DeleteScreen,
    WorkflowActionView: ReadFirst,
    HistoryView: PublicHistory,
    InspectView: InspectScreen,
    UsageView: PublicOnly,
    CopyView: PublicOnly,
    IndexView: OwnList,
}


def with_layer(view_class: type) -> type:
    """The view with our own layer for its kind on top, whatever a viewset made of the view."""
    for kind, layer in LAYERS.items():
        if issubclass(view_class, kind):
            return type(view_class.__name__, (layer, view_class), {})
    return view_class


class BeheerViewSet(SnippetViewSet):
    """List and editing screens, guarded per entry; searched by ourselves, not by Wagtail's database search."""

    search_backend_name = None
    chooser_viewset_class = BeheerChooserViewSet
    base_form_class: type = BeheerForm
    inspect_view_fields_exclude = BOOKKEEPING_FIELDS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if policy_registry.get_by_type(self.model, fallback=False) is None:
            register_permission_policy(self.model, EntryPolicy(self.model))

    def get_edit_handler(self) -> Any:
        edit_handler = super().get_edit_handler()
        edit_handler.base_form_class = self.base_form_class
        return edit_handler

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any, Any]:
        """What this user may know of: all, or what is published and their own."""
        rows = self.permission_policy.known(request.user)
        return rows.prefetch_related(*self.export_relations()) if "export" in request.GET else rows

    def search(self, rows: QuerySet[Any, Any], text: str) -> QuerySet[Any, Any]:
        """Those of these rows that somebody looks for with these words."""
        return filter_by_words(rows, self.search_fields, text)

    def export_relations(self) -> list[str]:
        """Names of the relations that an export shows."""
        fields = {field.name for field in self.model._meta.get_fields() if field.is_relation}
        names = (name.removesuffix(".all") for name in self.list_export)
        return [name for name in names if name in fields]

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        if issubclass(view_class, CopyView):  # its form is sent to the add screen; here it would overwrite the original
            kwargs["http_method_names"] = ["get", "head", "options"]
        view = super().construct_view(with_layer(view_class), **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
            if "pk" in kw:
                self.check_permission(request, view_class, **kw)
            return view(request, *args, **kw)

        return guarded

    def check_permission(self, request: HttpRequest, view_class: type, pk: Any, **kwargs: Any) -> None:
        """Raise PermissionDenied when this user may not do this to this entry."""
        instance = self.model._default_manager.filter(pk=unquote(str(pk))).first()
        if instance is not None and not self.may_open(request.user, view_class, instance, **kwargs):
            raise PermissionDenied

    def may_open(self, user: Any, view_class: type, instance: Any, **kwargs: Any) -> bool:
        """Whether this user may open this view of this entry."""
        policy = self.permission_policy
        if issubclass(view_class, READ_VIEWS):
            return policy.user_has_any_permission_for_instance(user, {"view", "change"}, instance)
        if issubclass(view_class, REVISION_VIEWS) and not policy.may_read_draft(user, instance):
            versies = [str(value) for name, value in kwargs.items() if name.startswith("revision_id")]
            may_read = policy.user_has_permission_for_instance(user, "view", instance)
            return may_read and is_published(instance, versies)
        action = next((action for kind, action in ACTION_BY_VIEW.items() if issubclass(view_class, kind)), "change")
        return policy.user_has_permission_for_instance(user, action, instance)
