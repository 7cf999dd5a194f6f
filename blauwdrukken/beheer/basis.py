"""What all editing screens share: every address asks the policy, for the entry it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
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

from ..models.rijketekst import RijkeTekst, schoon
from ..permissions import Beleid, is_gepubliceerd, zonder_concept
from .autosave import NoemtWatMis
from .gelijktijdig import EerstLezen, Gelijktijdig
from .kiezers import BeheerChooserViewSet
from .lopend import met_lopend
from .regioformulier import BeheerFormulier
from .verwijderen import Verwijderen
from .zoekwoorden import met_woorden

LEZEN = (InspectView, HistoryView, UsageView, CopyView)
VERSIES = (PreviewRevisionView, RevisionsCompareView)
ACTIES: dict[type, str] = {DeleteView: "delete", UnpublishView: "publish", RevisionsUnscheduleView: "publish"}
BOEKHOUDING = [
    "id",
    "expired",
    "has_unpublished_changes",
    "latest_revision",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
]
MOMENTEN = ("wagtail.publish", "wagtail.unpublish")


class AlleenOpenbaar:
    """A reading screen that shows others' entries as the public knows them."""

    model: Any
    permission_policy: Any
    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        instance = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if self.leest_concept(instance):
            return instance
        self.edit_url_name = self.delete_url_name = None
        return zonder_concept(self.model._default_manager.get(pk=instance.pk))

    def leest_concept(self, instance: Any) -> bool:
        return self.permission_policy.leest_concept(self.request.user, instance)


class Inzage(AlleenOpenbaar):
    """An entry field by field, in words."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        waarde = super().get_field_display_value(field_name, field)  # type: ignore[misc]
        if isinstance(field, RijkeTekst):
            return mark_safe(schoon(waarde) or "-")  # noqa: S308 (cleaned here)
        if isinstance(waarde, bool):
            return "Ja" if waarde else "Nee"
        return "-" if waarde in (None, "") else waarde


class OpenbareHistorie(AlleenOpenbaar):
    """History that tells of others' entries only when they were published and withdrawn."""

    def get_base_queryset(self) -> Any:
        regels = super().get_base_queryset()  # type: ignore[misc]
        return regels if self.edit_url_name else regels.filter(action__in=MOMENTEN)

    @cached_property
    def header_buttons(self) -> list[Any]:
        return super().header_buttons if self.edit_url_name else []


class EigenLijst:
    """A list that leads to editing only where one may edit."""

    is_searching: bool
    list_display: list[Any]
    model: Any
    permission_policy: Any
    request: HttpRequest
    search_query: str
    user_has_permission: Callable[[str], bool]

    @cached_property
    def eigen_sleutels(self) -> set[Any] | None:
        """Keys of the entries this user may change; None when there is no line between own and other."""
        beleid, user = self.permission_policy, self.request.user
        if beleid.overal(user):
            return None
        return set(beleid.instances_user_has_permission_for(user, "change").values_list("pk", flat=True))

    def is_eigen(self, instance: Any) -> bool:
        return self.eigen_sleutels is None or instance.pk in self.eigen_sleutels

    @cached_property
    def columns(self) -> list[Any]:
        kolommen = super().columns  # type: ignore[misc]
        if self.user_has_permission("delete"):
            return kolommen
        return [kolom for kolom in kolommen if not isinstance(kolom, BulkActionsCheckboxColumn)]

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        rijen = [rij if self.is_eigen(rij) else zonder_concept(rij) for rij in object_list]
        return super().get_table(met_lopend(rijen), **kwargs)  # type: ignore[misc]

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        """The rows with what their columns refer to, and what the public knows of them."""
        kolommen = {getattr(kolom, "name", kolom) for kolom in self.list_display} | {"live_revision"}
        velden = [veld.name for veld in self.model._meta.fields if veld.is_relation and veld.name in kolommen]
        rijen = super().get_base_queryset()  # type: ignore[misc]
        return rijen.select_related(*velden) if velden else rijen

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:
            return queryset
        return self.model.snippet_viewset.zoek(queryset, self.search_query)

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if self.is_eigen(instance) else None  # type: ignore[misc]

    def get_delete_url(self, instance: Any) -> str | None:
        return super().get_delete_url(instance) if self.is_eigen(instance) else None  # type: ignore[misc]


class Bewerkscherm(NoemtWatMis, Gelijktijdig):
    """An editing screen that loses no text."""


LAGEN: dict[type, type] = {
    EditView: Bewerkscherm,
    CreateView: NoemtWatMis,
    DeleteView: Verwijderen,
    WorkflowActionView: EerstLezen,
    HistoryView: OpenbareHistorie,
    InspectView: Inzage,
    UsageView: AlleenOpenbaar,
    CopyView: AlleenOpenbaar,
    IndexView: EigenLijst,
}


def met_laag(view_class: type) -> type:
    """The view with the layer on top that hides what is not for this user, whatever a viewset made of the view."""
    for soort, laag in LAGEN.items():
        if issubclass(view_class, soort):
            return type(view_class.__name__, (laag, view_class), {})
    return view_class


class BeheerViewSet(SnippetViewSet):
    """List and editing screens, guarded per entry; searched by ourselves, not by Wagtail's database search."""

    search_backend_name = None
    chooser_viewset_class = BeheerChooserViewSet
    base_form_class: type = BeheerFormulier
    inspect_view_fields_exclude = BOEKHOUDING

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if policy_registry.get_by_type(self.model, fallback=False) is None:
            register_permission_policy(self.model, Beleid(self.model))

    def get_edit_handler(self) -> Any:
        edit_handler = super().get_edit_handler()
        edit_handler.base_form_class = self.base_form_class
        return edit_handler

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any, Any]:
        """What this user may know of: all, or what is published and their own."""
        acties = {"add", "change", "delete", "view"}
        rijen = self.permission_policy.instances_user_has_any_permission_for(request.user, acties)
        return rijen.prefetch_related(*self.relaties()) if "export" in request.GET else rijen

    def zoek(self, rijen: QuerySet[Any, Any], zoek: str) -> QuerySet[Any, Any]:
        """Those of these rows that somebody looks for with these words."""
        return met_woorden(rijen, self.search_fields, zoek)

    def relaties(self) -> list[str]:
        """Names of the relations that an export shows."""
        velden = {veld.name for veld in self.model._meta.get_fields() if veld.is_relation}
        namen = (naam.removesuffix(".all") for naam in self.list_export)
        return [naam for naam in namen if naam in velden]

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        if issubclass(view_class, CopyView):  # its form is sent to the add screen; here it would overwrite the original
            kwargs["http_method_names"] = ["get", "head", "options"]
        view = super().construct_view(met_laag(view_class), **kwargs)

        @wraps(view)
        def bewaakt(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
            if "pk" in kw:
                self.controleer(request, view_class, **kw)
            return view(request, *args, **kw)

        return bewaakt

    def controleer(self, request: HttpRequest, view_class: type, pk: Any, **kwargs: Any) -> None:
        """Raise PermissionDenied when this user may not do this to this entry."""
        instance = self.model._default_manager.filter(pk=unquote(str(pk))).first()
        if instance is not None and not self.mag(request.user, view_class, instance, **kwargs):
            raise PermissionDenied

    def mag(self, user: Any, view_class: type, instance: Any, **kwargs: Any) -> bool:
        """Whether this user may open this view of this entry."""
        beleid = self.permission_policy
        if issubclass(view_class, LEZEN):
            return beleid.user_has_any_permission_for_instance(user, {"view", "change"}, instance)
        if issubclass(view_class, VERSIES) and not beleid.leest_concept(user, instance):
            versies = [str(waarde) for naam, waarde in kwargs.items() if naam.startswith("revision_id")]
            leest = beleid.user_has_permission_for_instance(user, "view", instance)
            return leest and is_gepubliceerd(instance, versies)
        actie = next((actie for soort, actie in ACTIES.items() if issubclass(view_class, soort)), "change")
        return beleid.user_has_permission_for_instance(user, actie, instance)
