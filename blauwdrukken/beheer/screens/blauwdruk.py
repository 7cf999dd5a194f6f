"""Editing screens of blueprints."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import IndexView

from ...completeness import met_volledigheid
from ...facets import MAX_ZOEK
from ...models import Blauwdruk
from ...search.engine import Opdracht
from ...search.gateway import loket
from ...search.results import Resultaat
from ..form.blauwdruk import FORMULIER
from ..form.regio_form import RegioFormulier
from ..lists.base import BeheerViewSet
from ..publication.review import BeoordeeldViewSet, MetVersies
from .completeness import BlauwdrukCreateView, BlauwdrukEditView, VolledigColumn

MAX_GEVONDEN = 500
STAND = (UpdatedAtColumn(), LiveStatusTagColumn())


class BlauwdrukIndexView(IndexView):
    """List of blueprints, each with how complete it is."""

    def get_base_queryset(self) -> Any:
        return met_volledigheid(super().get_base_queryset())


class BlauwdrukViewSet(MetVersies, BeoordeeldViewSet, BeheerViewSet):
    """List and editing screens of blueprints."""

    model = Blauwdruk
    icon = "doc-full"
    menu_order = 100
    add_to_admin_menu = True
    search_fields = ["titel", "samenvatting"]
    index_view_class = BlauwdrukIndexView
    add_view_class = BlauwdrukCreateView
    edit_view_class = BlauwdrukEditView
    list_display = ["titel", "nummer", "programma", Column("get_fase_display", label="Fase"), VolledigColumn(), *STAND]
    list_filter = ["live", "fase", "onderbouwing", "programma", "landelijk", "regios", "themas", "doelgroepen"]
    list_export = [
        "nummer",
        "titel",
        "slug",
        "live",
        "get_fase_display",
        "get_onderbouwing_display",
        "landelijk",
        "regios.all",
        "themas.all",
        "doelgroepen.all",
        "programma",
        "contactorganisatie",
        "looptijd_maanden",
        "laatst_gewijzigd",
        "herzien_voor",
        "last_published_at",
    ]
    export_filename = "blauwdrukken"
    inspect_view_enabled = True
    base_form_class = RegioFormulier
    edit_handler = FORMULIER

    def zoek(self, rijen: Any, zoek: str) -> Any:
        """What the public list finds, and the drafts with these words in their title or summary."""
        zoek = zoek[:MAX_ZOEK]
        gevonden = Resultaat(loket().machine(), Opdracht(zoek, volgorde="relevantie", aantal=MAX_GEVONDEN))
        concepten = super().zoek(rijen.filter(live=False), zoek).values("pk")
        return rijen.filter(Q(pk__in=gevonden.antwoord.sleutels) | Q(pk__in=concepten))
