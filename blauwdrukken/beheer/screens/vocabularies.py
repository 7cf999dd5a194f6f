"""Editing screens of what blueprints and projects choose from."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from regios.models import Gemeente, Regio

from ...models import Bron, Doelgroep, Organisatie, Programma, Programmadoel, Thema
from ..form.choosers import OrganisatieChooserViewSet
from ..lists.base import BeheerViewSet
from ..lists.filters import VocabularyFilterSet, make_filterset

ADDRESS_HELP = (
    "Laatste deel van het adres: kleine letters, cijfers en streepjes. Verander het liever niet: anderen linken ernaar."
)


class VocabularyViewSet(BeheerViewSet):
    """What the screens of a vocabulary share: a short list without copies, to take along as a spreadsheet."""

    copy_view_enabled = False
    search_fields = ["naam"]
    list_display = [
        "naam",
        Column("uitleg", label="Uitleg", sort_key="uitleg", classname="bh-tekst"),
        Column("aantal_blauwdrukken", label="Blauwdrukken", sort_key="aantal_blauwdrukken"),
    ]
    list_export = ["naam", "slug", "uitleg", "aantal_blauwdrukken"]
    panels = [FieldPanel("naam"), FieldPanel("slug", heading="Adres", help_text=ADDRESS_HELP), FieldPanel("uitleg")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any, Any]:
        return super().get_queryset(request).annotate(aantal_blauwdrukken=Count("blauwdrukken", distinct=True))


class ThemaViewSet(VocabularyViewSet):
    model = Thema
    filterset_class = make_filterset(Thema, VocabularyFilterSet)
    icon = "tag"
    menu_label = "Thema's"
    export_filename = "themas"
    panels = [
        *VocabularyViewSet.panels,
        FieldPanel(
            "icoon", help_text="Naam van het plaatje bij het thema, zoals: handdruk. De beheerder kent de namen."
        ),
    ]


class DoelgroepViewSet(VocabularyViewSet):
    model = Doelgroep
    filterset_class = make_filterset(Doelgroep, VocabularyFilterSet)
    icon = "group"
    export_filename = "doelgroepen"


class ProgrammaViewSet(VocabularyViewSet):
    model = Programma
    filterset_class = make_filterset(Programma, VocabularyFilterSet)
    icon = "calendar"
    menu_label = "Programma's"
    export_filename = "programmas"
    list_export = [*VocabularyViewSet.list_export, "jaar_van", "jaar_tot", "herkomst", "bron"]
    panels = [
        *VocabularyViewSet.panels,
        FieldRowPanel([FieldPanel("jaar_van"), FieldPanel("jaar_tot")]),
        FieldPanel("tekst"),
        FieldRowPanel([FieldPanel("herkomst"), FieldPanel("bron")]),
    ]


class ProgrammadoelViewSet(BeheerViewSet):
    """What programmes want to reach; projects choose from it."""

    model = Programmadoel
    icon = "tick"
    menu_label = "Doelen van programma's"
    copy_view_enabled = False
    search_fields = ["naam"]
    list_display = [
        "naam",
        Column("programma", label="Programma", sort_key="programma__naam"),
        Column("aantal_projecten", label="Projecten", sort_key="aantal_projecten"),
    ]
    list_filter = ["programma"]
    list_export = ["naam", "slug", "uitleg", "programma", "volgorde", "aantal_projecten"]
    export_filename = "programmadoelen"
    panels = [FieldPanel("programma"), *VocabularyViewSet.panels, FieldPanel("volgorde")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any, Any]:
        return super().get_queryset(request).annotate(aantal_projecten=Count("projecten", distinct=True))


class BronViewSet(BeheerViewSet):
    """Publications that entries retell; their year dates what has no date of its own."""

    model = Bron
    filterset_class = make_filterset(Bron, VocabularyFilterSet)
    icon = "openquote"
    menu_label = "Bronnen"
    copy_view_enabled = False
    search_fields = ["titel", "uitgever"]
    list_display = [
        "titel",
        Column("uitgever", label="Uitgever", sort_key="uitgever"),
        Column("jaar", label="Jaar", sort_key="jaar"),
        Column("aantal_blauwdrukken", label="Blauwdrukken", sort_key="aantal_blauwdrukken"),
    ]
    list_export = ["titel", "slug", "uitgever", "jaar", "link", "aantal_blauwdrukken"]
    export_filename = "bronnen"
    panels = [
        FieldPanel("titel"),
        FieldPanel("slug", heading="Adres", help_text=ADDRESS_HELP),
        FieldRowPanel([FieldPanel("uitgever"), FieldPanel("jaar")]),
        FieldPanel("link"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any, Any]:
        return super().get_queryset(request).annotate(aantal_blauwdrukken=Count("blauwdruk", distinct=True))


class OrganisatieViewSet(BeheerViewSet):
    """Organisations; those that are the same are merged from the list."""

    model = Organisatie
    chooser_viewset_class = OrganisatieChooserViewSet
    icon = "site"
    copy_view_enabled = False
    search_fields = ["naam", "andere_namen"]
    list_display = [
        "naam",
        Column("get_soort_display", label="Soort", sort_key="soort"),
        Column("aantal_keer", label="Keer partij", sort_key="aantal_keer"),
    ]
    list_filter = ["soort", "regio"]
    list_export = [
        "naam",
        "soort",
        "website",
        "email",
        "telefoon",
        "regio",
        "opgegaan_in",
        "omschrijving",
        "andere_namen",
        "aantal_keer",
    ]
    export_filename = "organisaties"
    panels = [
        FieldPanel("naam", help_text="De naam van een organisatie, nooit die van een persoon."),
        FieldPanel("soort"),
        FieldPanel("omschrijving"),
        MultiFieldPanel(
            [FieldPanel("website"), FieldRowPanel([FieldPanel("email"), FieldPanel("telefoon")]), FieldPanel("regio")],
            heading="Hoe bereikt een lezer haar?",
        ),
        FieldPanel("opgegaan_in"),
        FieldPanel("andere_namen"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any, Any]:
        return super().get_queryset(request).annotate(aantal_keer=Count("partijen", distinct=True))


class RegioViewSet(BeheerViewSet):
    """The 35 regions: names and aliases can change, their number and places on the map are fixed."""

    model = Regio
    icon = "globe"
    menu_label = "Regio's"
    copy_view_enabled = False
    search_fields = ["naam", "aliassen"]
    list_display = ["naam", "cbs_code", Column("centrumgemeente", label="Centrumgemeente")]
    list_filter = ["provincies"]
    list_export = ["naam", "slug", "cbs_code", "provincies.all", "centrumgemeente", "aliassen"]
    export_filename = "regios"
    panels = [
        FieldPanel("naam"),
        FieldPanel("slug", heading="Adres", help_text=ADDRESS_HELP),
        FieldPanel("cbs_code"),
        FieldPanel("provincies"),
        FieldPanel("centrumgemeente"),
        FieldPanel("aliassen", help_text="Eén naam per regel. Wie zo'n naam zoekt, vindt deze regio."),
        FieldRowPanel([FieldPanel("kaart_kolom"), FieldPanel("kaart_rij")]),
        FieldRowPanel([FieldPanel("kaart_label"), FieldPanel("kaart_afkorting")]),
    ]


class GemeenteViewSet(BeheerViewSet):
    model = Gemeente
    icon = "home"
    copy_view_enabled = False
    search_fields = ["naam", "aliassen"]
    list_display = ["naam", "regio", "provincie"]
    list_filter = ["provincie", "regio"]
    list_export = ["naam", "cbs_code", "regio", "provincie", "aliassen"]
    export_filename = "gemeenten"
    panels = [
        FieldPanel("naam"),
        FieldPanel("cbs_code"),
        FieldPanel("regio"),
        FieldPanel("provincie"),
        FieldPanel("aliassen", help_text="Eén naam per regel. Wie zo'n naam zoekt, vindt de regio van de gemeente."),
    ]


class VocabularyGroup(SnippetViewSetGroup):
    """Menu group with what blueprints and projects choose from."""

    menu_label = "Woordenlijsten"
    menu_icon = "list-ul"
    menu_order = 140
    items = (
        ThemaViewSet,
        DoelgroepViewSet,
        ProgrammaViewSet,
        ProgrammadoelViewSet,
        BronViewSet,
        OrganisatieViewSet,
        RegioViewSet,
        GemeenteViewSet,
    )
