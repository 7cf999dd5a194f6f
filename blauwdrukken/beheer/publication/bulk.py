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
        keys = [key for key in object_ids if is_key(key)]
        return get_list_or_404(self.permission_policy.known(self.request.user), pk__in=keys)


class PublicatieAction(Selection, SnippetBulkAction):
    """Something done to a number of entries that can be public; afterwards it says to which, and why not to others."""

    permission_required = "publish"  # who may publish reaches all entries: none needs asking for by itself
    done_label = ""

    @classproperty
    def models(self) -> list[Any]:
        return [model for model in get_snippet_models() if issubclass(model, Publicatie)]

    def get_queryset(self, model: Any, object_ids: Any) -> list[Any]:
        rows = super().get_queryset(model, object_ids)
        self.too_many = len(rows) > MAX
        return sorted(rows, key=lambda row: row.pk)[:MAX]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"titel": self.display_name, "max": MAX if self.too_many else 0}

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self}

    def prepare_action(self, objects: list[Any], objects_without_access: dict[str, list[Any]]) -> None:
        self.excluded = objects_without_access["items_with_no_access"]

    @classmethod
    def execute_action(cls, objects: list[Any], action: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Do it to each that is as it was on the page with the question; tell how it went."""
        rows = action.model._base_manager.select_for_update().filter(pk__in=[entry.pk for entry in objects])
        outcomes = [(entry, action.perform(entry)) for entry in rows.order_by("pk")]
        not_done = [(entry, entry.reden) for entry in action.excluded] + [pair for pair in outcomes if pair[1]]
        action.notify([entry for entry, reason in outcomes if not reason], not_done)
        return len(objects), 0

    def perform(self, entry: Any) -> str:
        """Do it to this entry; answers why not."""
        raise NotImplementedError

    def notify(self, succeeded: list[Any], not_done: list[tuple[Any, str]]) -> None:
        if succeeded:
            names = ", ".join(f"‘{entry}’" for entry in succeeded)
            messages.success(self.request, f"{len(succeeded)} {self.done_label}: {names}.")
        if not_done:
            reasons = " ".join(f"‘{entry}’: {reason}" for entry, reason in not_done)
            messages.warning(self.request, f"{len(not_done)} niet {self.done_label}. {reasons}")
