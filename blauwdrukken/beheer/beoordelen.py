"""What the editing screens of reviewed entries have: remarks, withdrawal, versions, and plain words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter
from wagtail.snippets.views.snippets import EditView

from ..models.publicatie import Publicatie
from .intrekken import Intrekken, VersieIntrekken, VersieLijst
from .opmerkingen import MetOpmerkingen, OpmerkingView

# Names of actions of the editor -> what they are called here.
KNOPPEN = {
    "action-unpublish": "Intrekken",
    "action-cancel-workflow": "Trek de indiening terug",
    "action-restart-workflow": "Begin de beoordeling opnieuw",
}


class BeoordeeldEditView(MetOpmerkingen, EditView):
    """Editing screen of a reviewed entry."""


class BeoordeeldViewSet:
    """Addresses that viewsets of reviewed entries have beside Wagtail's."""

    edit_view_class = BeoordeeldEditView
    unpublish_view_class = Intrekken

    def get_urlpatterns(self) -> list[URLPattern]:
        opmerkingen = self.construct_view(OpmerkingView)  # type: ignore[attr-defined]
        eigen = [path("opmerkingen/<str:pk>/", opmerkingen, name="opmerkingen")]
        return super().get_urlpatterns() + eigen  # type: ignore[misc]


class MetVersies:
    """Addresses for the numbered versions of an entry."""

    def get_urlpatterns(self) -> list[URLPattern]:
        namen = {
            "versies_url_name": self.get_url_name("versies"),  # type: ignore[attr-defined]
            "versie_intrekken_url_name": self.get_url_name("versie_intrekken"),  # type: ignore[attr-defined]
        }
        lijst = self.construct_view(VersieLijst, **namen)  # type: ignore[attr-defined]
        intrekken = self.construct_view(VersieIntrekken, **namen)  # type: ignore[attr-defined]
        eigen = [
            path("versies/<str:pk>/", lijst, name="versies"),
            path("versies/<str:pk>/<int:nummer>/intrekken/", intrekken, name="versie_intrekken"),
        ]
        return super().get_urlpatterns() + eigen  # type: ignore[misc]


def noem_knoppen(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Give the actions of the editor the names of the manual."""
    for item in menu_items:
        if item.name in KNOPPEN:
            item.label = KNOPPEN[item.name]


def waarschuw_bij_ander_adres(request: HttpRequest, entry: Any) -> None:
    """Say to who publishes that the address changes, and that the old one leads on."""
    if not isinstance(entry, Publicatie) or entry.pk is None:
        return
    nu = type(entry).objects.get(pk=entry.pk).publiek_pad()
    if nu and nu != entry.get_absolute_url():
        messages.info(
            request, f"Het adres verandert in {entry.get_absolute_url()}. Het oude adres stuurt bezoekers door."
        )


class Ingetrokken(LogFormatter):
    """Withdrawal in the history, with its reason."""

    label = "Intrekken"
    message = "Ingetrokken"

    def format_comment(self, log_entry: Any) -> str:
        return log_entry.data.get("reden", "")


class VersieIngetrokken(Ingetrokken):
    """Withdrawal of one version in the history."""

    label = "Versie intrekken"

    def format_message(self, log_entry: Any) -> str:
        return f"Versie {log_entry.data.get('nummer', '')} ingetrokken"
