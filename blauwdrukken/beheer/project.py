"""Editing screens of projects."""

from __future__ import annotations

from wagtail.admin.ui.tables import Column

from ..models import Project
from .basis import BeheerViewSet
from .beoordelen import BeoordeeldViewSet
from .blauwdruk import STAND
from .regioformulier import RegioFormulier


class ProjectViewSet(BeoordeeldViewSet, BeheerViewSet):
    """List and editing screens of projects."""

    model = Project
    icon = "tasks"
    menu_order = 110
    add_to_admin_menu = True
    search_fields = ["titel", "doel"]
    list_display = ["titel", "blauwdruk", Column("get_status_display", label="Status"), *STAND]
    list_filter = ["live", "status", "programma"]
    inspect_view_enabled = True
    base_form_class = RegioFormulier
