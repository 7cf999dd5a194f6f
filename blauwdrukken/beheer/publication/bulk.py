"""What actions on a number of entries at once share."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_list_or_404
from django.utils.functional import classproperty
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from ...keys import is_key
from ...models.publication import Publicatie

MAX = 100


class Selection(PermissionCheckedMixin):
    """A number of entries: of those this user may know of."""

    def get_queryset(self, model: Any, object_ids: Any) -> list[Any]:
        sleutels = [sleutel for sleutel in object_ids if is_key(sleutel)]
        return get_list_or_404(self.permission_policy.known(self.request.user), pk__in=sleutels)


class PublicatieAction(Selection, SnippetBulkAction):
    """Something done to a number of entries that can be public; afterwards it says to which, and why not to others."""

    permission_required = "publish"  # who may publish reaches all entries: none needs asking for by itself
    done_label = ""

    @classproperty
    def models(self) -> list[Any]:
        return [model for model in get_snippet_models() if issubclass(model, Publicatie)]

    def get_queryset(self, model: Any, object_ids: Any) -> list[Any]:
        rijen = super().get_queryset(model, object_ids)
        self.too_many = len(rijen) > MAX
        return sorted(rijen, key=lambda rij: rij.pk)[:MAX]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"titel": self.display_name, "max": MAX if self.too_many else 0}

    def get_execution_context(self) -> dict[str, Any]:
        return {"actie": self}

    def prepare_action(self, objects: list[Any], objects_without_access: dict[str, list[Any]]) -> None:
        self.excluded = objects_without_access["items_with_no_access"]

    @classmethod
    def execute_action(cls, objects: list[Any], actie: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Do it to each that is as it was on the page with the question; tell how it went."""
        rijen = actie.model._base_manager.select_for_update().filter(pk__in=[entry.pk for entry in objects])
        uitkomsten = [(entry, actie.perform(entry)) for entry in rijen.order_by("pk")]
        niet = [(entry, entry.reden) for entry in actie.excluded] + [paar for paar in uitkomsten if paar[1]]
        actie.notify([entry for entry, reden in uitkomsten if not reden], niet)
        return len(objects), 0

    def perform(self, entry: Any) -> str:
        """Do it to this entry; answers why not."""
        raise NotImplementedError

    def notify(self, gelukt: list[Any], niet: list[tuple[Any, str]]) -> None:
        if gelukt:
            namen = ", ".join(f"‘{entry}’" for entry in gelukt)
            messages.success(self.request, f"{len(gelukt)} {self.done_label}: {namen}.")
        if niet:
            redenen = " ".join(f"‘{entry}’: {reden}" for entry, reden in niet)
            messages.warning(self.request, f"{len(niet)} niet {self.done_label}. {redenen}")
