"""Editing screens of blueprints."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import IndexView

from ...completeness import with_completeness
from ...facets import MAX_SEARCH_LENGTH
from ...models import Blauwdruk
from ...search.engine import SearchRequest
from ...search.gateway import gateway
from ...search.results import ResultList
from ..form.blauwdruk import FORM
from ..form.regio_form import RegioForm
from ..lists.base import BeheerViewSet
from ..publication.review import ReviewedViewSet, WithVersies
from .completeness import BlauwdrukCreateView, BlauwdrukEditView, CompletenessColumn

MAX_FOUND = 500
STATE_COLUMNS = (UpdatedAtColumn(), LiveStatusTagColumn())


class BlauwdrukIndexView(IndexView):
    """List of blueprints, each with how complete it is."""

    def get_base_queryset(self) -> Any:
        return with_completeness(super().get_base_queryset())


class BlauwdrukViewSet(WithVersies, ReviewedViewSet, BeheerViewSet):
    """List and editing screens of blueprints."""

    model = Blauwdruk
    icon = "doc-full"
    menu_order = 100
    add_to_admin_menu = True
    search_fields = ["titel", "samenvatting"]
    index_view_class = BlauwdrukIndexView
    add_view_class = BlauwdrukCreateView
    edit_view_class = BlauwdrukEditView
    list_display = [
        "titel",
        "nummer",
        "programma",
        Column("get_fase_display", label="Fase"),
        CompletenessColumn(),
        *STATE_COLUMNS,
    ]
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
        "looptijd_toelichting",
        "laatst_gewijzigd",
        "herzien_voor",
        "last_published_at",
    ]
    export_filename = "blauwdrukken"
    inspect_view_enabled = True
    base_form_class = RegioForm
    edit_handler = FORM

    def search(self, rows: Any, text: str) -> Any:
        """What the public list finds, and the drafts with these words in their title or summary."""
        text = text[:MAX_SEARCH_LENGTH]
        found = ResultList(gateway().engine(), SearchRequest(text, ordering="relevantie", limit=MAX_FOUND))
        drafts = super().search(rows.filter(live=False), text).values("pk")
        return rows.filter(Q(pk__in=found.response.keys) | Q(pk__in=drafts))
