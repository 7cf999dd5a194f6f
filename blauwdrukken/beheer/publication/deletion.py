"""Deleting: what readers saw is withdrawn instead, so that its addresses go on telling what became of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.snippets.bulk_actions import DeleteBulkAction

from ...models.publication import Publicatie
from .bulk import Selection

PUBLIC_MESSAGE = (
    "Dit staat op de site. Anderen linken ernaar. Trek het in: bezoekers lezen dan op het oude adres waarom het weg is."
)
WITHDRAWN_MESSAGE = (
    "Dit is ingetrokken. Op het oude adres lezen bezoekers waarom. Daarom moet het in het beheer blijven."
)


def why_not_delete(entry: Model) -> str:
    """Why this entry cannot be deleted; empty when nothing here forbids it."""
    if isinstance(entry, Publicatie) and entry.was_public:
        return PUBLIC_MESSAGE if entry.live else WITHDRAWN_MESSAGE
    choices = (relation.get_accessor_name() for relation in entry._meta.related_objects if relation.many_to_many)
    count = sum(getattr(entry, name).count() for name in choices if name)
    return f"Dit is nog {count} keer gekozen. Kies daar eerst iets anders." if count else ""


class DeleteScreen:
    """Screen that deletes an entry, unless readers saw it or other entries chose it."""

    model: Any
    object: Any

    @transaction.atomic
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.model._base_manager.select_for_update()
        entry = get_object_or_404(rows, pk=self.object.pk)
        if reason := why_not_delete(entry):
            return self.refuse(request, entry, reason)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def refuse(self, request: HttpRequest, entry: Any, reason: str) -> HttpResponse:
        viewset = entry.snippet_viewset
        context = {"entry": entry, "reden": reason, "bewerken": reverse(viewset.get_url_name("edit"), args=[entry.pk])}
        if getattr(entry, "live", False):
            context["intrekken"] = reverse(viewset.get_url_name("unpublish"), args=[entry.pk])
        return TemplateResponse(request, "beheer/niet_verwijderen.html", context, status=409)


class DeleteAction(Selection, DeleteBulkAction):
    """Delete a number of entries at once: of those this user may know of, the ones that may and can be deleted."""

    permission_required = "delete"
    template_name = "beheer/verwijderen.html"

    def check_perm(self, entry: Any) -> bool:
        entry.reden = why_not_delete(entry)
        return super().check_perm(entry) and not entry.reden

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        """Delete them; what was published since the question was asked stays."""
        model = kwargs["self"].model
        rows = model._base_manager.select_for_update().filter(pk__in=[entry.pk for entry in objects])
        return super().execute_action([entry for entry in rows if not why_not_delete(entry)], **kwargs)
