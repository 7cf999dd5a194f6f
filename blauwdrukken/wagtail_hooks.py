"""Blueprints, projects and search in the back office."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from .beheer_zoeken import MisserPanel, ZoekenGroep, mag_synoniemen_maken
from .facetten import MAX_ZOEK
from .models import Blauwdruk, Project
from .secties import SECTIES, Groep, Soort
from .zoeken.machine import Opdracht, loket
from .zoeken.resultaat import Resultaat

KERNVELDEN = (
    "titel",
    "slug",
    "samenvatting",
    "landelijk",
    "regios",
    "themas",
    "thema_anders",
    "doelgroepen",
    "programma",
    "fase",
    "onderbouwing",
    "contactorganisatie",
    "laatst_gewijzigd",
    "herzien_voor",
    "stand",
    "looptijd_maanden",
    "toelichting",
    "bron",
)
MAX_GEVONDEN = 500
ZONDER = {"explorer", "images", "documents", "help", "locked-pages", "aging-pages", "page-types-usage"}
STAND = (UpdatedAtColumn(), LiveStatusTagColumn())
EXTRA_RIJEN = {Groep.KERN: ["kerncijfers"], Groep.GELD_EN_AFSPRAKEN: ["kosten"]}


def panelen(groep: Groep) -> list[Any]:
    """Editing panels of one group of the format, in its order."""
    velden = [
        FieldPanel(sectie.veld) if sectie.soort is Soort.TEKST else InlinePanel(sectie.veld, label=sectie.kop)
        for sectie in SECTIES
        if sectie.groep is groep and sectie.soort is not Soort.KEUZE
    ]
    return velden + [InlinePanel(naam, label=naam.capitalize()) for naam in EXTRA_RIJEN.get(groep, [])]


class BlauwdrukIndexView(IndexView):
    """List of blueprints: searched as the public list is, and drafts by their title and summary."""

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:
            return queryset
        zoek = self.search_query.replace("\x00", " ")[:MAX_ZOEK]
        gevonden = Resultaat(loket().machine(), Opdracht(zoek, volgorde="relevantie", aantal=MAX_GEVONDEN))
        concept = Q(live=False) & (Q(titel__icontains=zoek) | Q(samenvatting__icontains=zoek))
        return queryset.filter(Q(pk__in=gevonden.antwoord.sleutels) | concept)


class BlauwdrukViewSet(SnippetViewSet):
    """List and editing screens of blueprints."""

    model = Blauwdruk
    icon = "doc-full"
    menu_order = 100
    add_to_admin_menu = True
    search_backend_name = None
    search_fields = ["titel", "samenvatting"]
    index_view_class = BlauwdrukIndexView
    list_display = ["titel", "nummer", "programma", Column("get_fase_display", label="Fase"), *STAND]
    list_filter = ["live", "fase", "onderbouwing", "programma"]
    inspect_view_enabled = True
    edit_handler = TabbedInterface(
        [
            ObjectList([MultiFieldPanel([FieldPanel(v) for v in KERNVELDEN], heading="Gegevens")], heading="Gegevens"),
            *(ObjectList(panelen(groep), heading=groep.value) for groep in Groep),
        ]
    )


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


register_snippet(BlauwdrukViewSet)
register_snippet(ProjectViewSet)
register_snippet(ZoekenGroep)


@hooks.register("construct_main_menu", order=1000)
@hooks.register("construct_reports_menu")
def alleen_wat_ergens_heen_leidt(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out the page tree and the libraries of pictures and files: this site has none."""
    menu_items[:] = [item for item in menu_items if item.name not in ZONDER]


@hooks.register("construct_homepage_summary_items", order=1000)
def aantallen_op_het_startscherm(request: HttpRequest, summary_items: list[Any]) -> None:
    """Leave out the counts of pages, pictures and files."""
    summary_items.clear()


@hooks.register("construct_homepage_panels")
def missers_op_het_startscherm(request: HttpRequest, panels: list[Any]) -> None:
    """Show what visitors did not find, to those who can do something about it."""
    if mag_synoniemen_maken(request.user) and (paneel := MisserPanel()).rijen:
        panels.append(paneel)
