"""What the start screen of the back office shows of somebody's own work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel
from wagtail.permissions import policy_registry


class MijnInzendingen(UserObjectsInWorkflowModerationPanel):
    """Entries that somebody submitted, as far as they still work on them."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        user = context["request"].user
        context["workflow_states"] = [
            staat
            for staat in context["workflow_states"]
            if policy_registry.get(staat.content_object).leest_concept(user, staat.content_object)
        ]
        return context
