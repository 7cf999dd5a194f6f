"""Plans that were not carried out, on the start screen of those who publish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from ..publication.planning import overdue

MAX_SHOWN = 10


class PlanningPanel(Component):
    """What should have appeared or disappeared, and what to do about it."""

    name = "planning"
    template_name = "beheer/planning.html"
    order = 50

    def __init__(self) -> None:
        self.rows = overdue()[:MAX_SHOWN]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"rijen": self.rows, "request": parent_context["request"]}
