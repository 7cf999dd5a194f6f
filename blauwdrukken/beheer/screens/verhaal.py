"""Editing screens of stories."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView

from ...models import Verhaal
from ..form.panels import BlauwdrukSelect, checkbox_panel, planning_panel, title_and_address_panel
from ..form.regio_form import RegioForm
from ..lists.base import BeheerViewSet
from ..publication.review import ReviewedViewSet
from .blauwdruk import STATE_COLUMNS


class VerhaalCreateView(CreateView):
    """A new story belongs to who makes it."""

    def save_instance(self) -> Any:
        self.form.instance.eigenaar = self.request.user
        return super().save_instance()


class VerhaalViewSet(ReviewedViewSet, BeheerViewSet):
    """List and editing screens of stories."""

    model = Verhaal
    icon = "openquote"
    menu_order = 115
    add_to_admin_menu = True
    search_fields = ["titel", "intro", "tekst"]
    list_display = ["titel", Column("get_soort_display", label="Soort"), "organisatie", *STATE_COLUMNS]
    list_filter = ["live", "soort", "landelijk", "regios", "themas"]
    list_export = [
        "titel",
        "slug",
        "live",
        "get_soort_display",
        "datum",
        "organisatie",
        "landelijk",
        "regios.all",
        "themas.all",
        "blauwdrukken.all",
        "last_published_at",
    ]
    export_filename = "verhalen"
    add_view_class = VerhaalCreateView
    inspect_view_enabled = True
    base_form_class = RegioForm
    edit_handler = ObjectList(
        [
            title_and_address_panel(
                FieldPanel("soort"),
                FieldPanel("intro"),
                heading="Verhaal",
                help_text="Kort en uitnodigend. Bijvoorbeeld: “In de bus leer je het bedrijf echt kennen”.",
            ),
            FieldPanel("tekst"),
            FieldPanel("film_url"),
            MultiFieldPanel([FieldPanel("foto"), FieldPanel("foto_alt")], heading="Foto"),
            MultiFieldPanel(
                [
                    FieldPanel(
                        "blauwdrukken",
                        widget=BlauwdrukSelect,
                        help_text="Haal een vinkje weg om een blauwdruk los te maken. "
                        "Na het bewaren kunt u er weer drie bij kiezen.",
                    ),
                    checkbox_panel("themas"),
                    FieldPanel("landelijk"),
                    checkbox_panel("regios"),
                    FieldPanel("organisatie", help_text="Wie vertelt dit, of waar speelt het?"),
                ],
                heading="Waar het bij hoort",
            ),
            MultiFieldPanel(
                [FieldPanel("datum"), FieldRowPanel([FieldPanel("herkomst"), FieldPanel("bron")])], heading="Herkomst"
            ),
            planning_panel(),
        ]
    )
