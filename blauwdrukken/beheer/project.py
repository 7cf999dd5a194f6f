"""Editing screens of projects."""

from __future__ import annotations

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Project
from .blauwdruk import STAND


class ProjectViewSet(SnippetViewSet):
    """List and editing screens of projects."""

    model = Project
    icon = "tasks"
    menu_order = 110
    add_to_admin_menu = True
    search_backend_name = None
    search_fields = ["titel", "doel"]
    list_display = ["titel", "blauwdruk", Column("get_status_display", label="Status"), *STAND]
    list_filter = ["live", "status", "programma"]
    inspect_view_enabled = True
