"""What the screens of reviewed entries have: steps of the review, remarks, withdrawal, versions, and plain words."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.views.snippets import EditView

from ...models.publication import Publicatie
from ..concurrency.autosave import SingleHistoryLine
from ..concurrency.snapshot import is_as_submitted
from .remarks import OpmerkingView, WithOpmerkingen
from .under_way import attach_in_progress
from .withdraw import VersieListView, VersieWithdrawView, WithdrawView

# Names of actions of the editor -> what they are called here.
BUTTON_LABELS = {
    "action-unpublish": "Intrekken",
    "action-cancel-workflow": "Trek de indiening terug",
    "action-restart-workflow": "Begin de beoordeling opnieuw",
}


class ReviewedEditView(SingleHistoryLine, WithOpmerkingen, EditView):
    """Editing screen of a reviewed entry."""

    versies_url_name = ""

    def get_object(self, queryset: Any = None) -> Any:
        """The entry, read once by a page that only shows it; Wagtail would ask a dozen times who reviews it."""
        if self.request.method != "GET":
            return super().get_object(queryset)
        if getattr(self, "object", None) is None:
            (self.object,) = attach_in_progress([super().get_object(queryset)])
        return self.object

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        if not self.versies_url_name:
            return super().header_more_buttons
        versies = reverse(self.versies_url_name, args=[quote(self.object.pk)])
        return [*super().header_more_buttons, Button("Versies", url=versies, icon_name="history", priority=40)]


class ReadFirst:
    """A step of the review that is taken on the text as it was sent in, and on no other."""

    object: Any
    task_state: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entry, task = self.object, self.task_state
        if is_as_submitted(entry, task):
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        context = {"entry": entry, "bewerken": reverse(entry.snippet_viewset.get_url_name("edit"), args=[entry.pk])}
        return TemplateResponse(request, "beheer/eerst_lezen.html", context, status=409)


class ReviewedViewSet:
    """Addresses that viewsets of reviewed entries have beside Wagtail's."""

    edit_view_class = ReviewedEditView
    unpublish_view_class = WithdrawView

    def get_urlpatterns(self) -> list[URLPattern]:
        opmerkingen = self.construct_view(OpmerkingView)  # type: ignore[attr-defined]
        own = [path("opmerkingen/<str:pk>/", opmerkingen, name="opmerkingen")]
        return super().get_urlpatterns() + own  # type: ignore[misc]


class WithVersies:
    """Addresses for the numbered versions of an entry."""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {
            f"{name}_url_name": self.get_url_name(name)  # type: ignore[attr-defined]
            for name in ("versies", "versie_intrekken")
        }
        return super().get_common_view_kwargs(**names, **kwargs)  # type: ignore[misc]

    def get_urlpatterns(self) -> list[URLPattern]:
        listing = self.construct_view(VersieListView)  # type: ignore[attr-defined]
        withdraw = self.construct_view(VersieWithdrawView)  # type: ignore[attr-defined]
        own = [
            path("versies/<str:pk>/", listing, name="versies"),
            path("versies/<str:pk>/<int:nummer>/intrekken/", withdraw, name="versie_intrekken"),
        ]
        return super().get_urlpatterns() + own  # type: ignore[misc]


def label_buttons(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Give the actions of the editor the names of the manual."""
    for item in menu_items:
        if item.name in BUTTON_LABELS:
            item.label = BUTTON_LABELS[item.name]


def warn_of_new_address(request: HttpRequest, entry: Any) -> None:
    """Say to who publishes that the address changes, and that the old one leads on."""
    if not isinstance(entry, Publicatie) or entry.pk is None:
        return
    now = type(entry).objects.get(pk=entry.pk).public_path()
    if now and now != entry.get_absolute_url():
        messages.info(
            request, f"Het adres verandert in {entry.get_absolute_url()}. Het oude adres stuurt bezoekers door."
        )


class WithdrawalFormatter(LogFormatter):
    """Withdrawal in the history, with its reason."""

    label = "Intrekken"
    message = "Ingetrokken"

    def format_comment(self, log_entry: Any) -> str:
        return log_entry.data.get("reden", "")


class VersieWithdrawalFormatter(WithdrawalFormatter):
    """Withdrawal of one version in the history."""

    label = "Versie intrekken"

    def format_message(self, log_entry: Any) -> str:
        return f"Versie {log_entry.data.get('nummer', '')} ingetrokken"
