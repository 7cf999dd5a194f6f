"""Editing screens of projects."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from ...models import Project
from ...text.dates import EXAMPLES
from ..form.panels import checkbox_panel, planning_panel, title_and_address_panel
from ..form.regio_form import RegioForm
from ..lists.base import BeheerViewSet
from ..publication.review import ReviewedViewSet
from .blauwdruk import STATE_COLUMNS


class ProjectViewSet(ReviewedViewSet, BeheerViewSet):
    """List and editing screens of projects."""

    model = Project
    icon = "tasks"
    menu_order = 110
    add_to_admin_menu = True
    search_fields = ["titel", "doel"]
    list_display = ["titel", "blauwdruk", Column("get_status_display", label="Status"), *STATE_COLUMNS]
    list_filter = ["live", "status", "programma", "landelijk", "regios"]
    list_export = [
        "titel",
        "slug",
        "live",
        "blauwdruk",
        "status_met_moment",
        "prioriteit",
        "landelijk",
        "regios.all",
        "programma",
        "programmadoel",
        "nummer",
        "organisatie",
        "periode_begin",
        "periode_eind",
        "budget",
        "last_published_at",
    ]
    export_filename = "projecten"
    inspect_view_enabled = True
    base_form_class = RegioForm
    edit_handler = ObjectList(
        [
            title_and_address_panel(
                FieldPanel("blauwdruk", help_text="De aanpak die het project uitvoert, als die er is."),
                FieldPanel("doel", help_text="Wat wil het project bereiken, en voor wie?"),
                heading="Wat is het",
                help_text="Kort en herkenbaar. Bijvoorbeeld: “Op de bus langs vijf werkgevers in Zeeland”.",
            ),
            FieldPanel("omschrijving", help_text="Wat gebeurt er? Schrijf zo dat een buitenstaander het begrijpt."),
            MultiFieldPanel(
                [
                    FieldPanel("landelijk"),
                    checkbox_panel("regios", help_text="De regio’s waar het project loopt."),
                    FieldPanel("organisatie", help_text="Wie voert het project uit?"),
                    FieldPanel("contact"),
                ],
                heading="Waar en wie",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("status"), FieldPanel("datum", help_text="Wanneer was het zo? " + EXAMPLES)]
                    ),
                    FieldRowPanel([FieldPanel("programma"), FieldPanel("programmadoel")]),
                    FieldRowPanel([FieldPanel("nummer"), FieldPanel("prioriteit")]),
                    FieldRowPanel([FieldPanel("periode_begin"), FieldPanel("periode_eind")]),
                    FieldPanel("periode_toelichting", help_text="Bijvoorbeeld: “Het einde hangt af van de subsidie”."),
                    FieldRowPanel([FieldPanel("herkomst"), FieldPanel("bron")]),
                ],
                heading="Stand van zaken",
            ),
            MultiFieldPanel(
                [FieldPanel("budget", help_text="In euro’s, in totaal."), FieldPanel("budget_toelichting")],
                heading="Geld",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("resultaat", help_text="Wat heeft het opgeleverd? Noem aantallen als u ze weet."),
                    FieldPanel("wat_aangepast", help_text="Wat doet dit project anders dan de blauwdruk?"),
                ],
                heading="Wat het opleverde",
            ),
            planning_panel(),
        ]
    )
