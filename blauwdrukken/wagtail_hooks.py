"""What the back office shows, and what it leaves out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .beheer.concurrency import differences as verschillen
from .beheer.lists.merge import SamenvoegActie
from .beheer.publication.deletion import VerwijderActie
from .beheer.publication.publish import PubliceerActie
from .beheer.publication.review import VersieIngetrokken, noem_knoppen, waarschuw_bij_ander_adres
from .beheer.publication.withdraw import IntrekActie
from .beheer.screens.blauwdruk import BlauwdrukViewSet
from .beheer.screens.home import AandachtPaneel
from .beheer.screens.project import ProjectViewSet
from .beheer.screens.search_all import NAAM as ZOEK_ALLES
from .beheer.screens.search_all import ZoekAlles, zoekgebied
from .beheer.screens.search_terms import MisserPanel, ZoekenGroep, mag_synoniemen_maken
from .beheer.screens.verhaal import VerhaalViewSet
from .beheer.screens.vocabularies import WoordenlijstenGroep
from .models import Afbeelding, Bestand, Blauwdruk
from .permissions import PUBLICEREN, Bestandsbeleid
from .views.preview import pagina_voorbeeld, pdf_voorbeeld

ZONDER = {
    "aging-pages",
    "collections",
    "explorer",
    "help",
    "locked-pages",
    "page-types-usage",
    "pages",
    "site-history",
}

# An exact class goes before the policies that Wagtail registers later.
register_permission_policy(Bestand, Bestandsbeleid(Bestand, "wagtaildocs.Document"), exact_class=True)
register_permission_policy(Afbeelding, Bestandsbeleid(Afbeelding, "wagtailimages.Image"), exact_class=True)
register_snippet(BlauwdrukViewSet)
register_snippet(ProjectViewSet)
register_snippet(VerhaalViewSet)
register_snippet(ZoekenGroep)
register_snippet(WoordenlijstenGroep)
hooks.register("register_bulk_action", VerwijderActie, order=1000)
hooks.register("register_bulk_action", SamenvoegActie)
hooks.register("register_bulk_action", PubliceerActie)
hooks.register("register_bulk_action", IntrekActie)


class HistorieMenuItem(MenuItem):
    """Menu item for those who may publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLICEREN)


@hooks.register("register_reports_menu_item")
def wie_deed_wat() -> MenuItem:
    """Lead the secretariat to the history of the site; Wagtail shows that item to who may read pages."""
    return HistorieMenuItem(
        "Wie deed wat", reverse("wagtailadmin_reports:site_history"), icon_name="history", order=1000
    )


@hooks.register("construct_main_menu", order=1000)
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
@hooks.register("construct_search")
def alleen_wat_ergens_heen_leidt(request: HttpRequest, items: list[Any]) -> None:
    """Leave out the page tree and the collections: this site has none."""
    items[:] = [item for item in items if item.name not in ZONDER]


hooks.register("register_admin_search_area", zoekgebied)


@hooks.register("register_admin_urls")
def eigen_adressen() -> list[URLPattern]:
    """Screens that belong to no kind of entry."""
    return [path("zoek/", ZoekAlles.as_view(), name=ZOEK_ALLES)]


@hooks.register("construct_homepage_summary_items", order=1000)
def aantallen_op_het_startscherm(request: HttpRequest, summary_items: list[Any]) -> None:
    """Leave out the counts of pages, pictures and files."""
    summary_items.clear()


@hooks.register("construct_homepage_panels", order=-10)
def wat_aandacht_vraagt(request: HttpRequest, panels: list[Any]) -> None:
    """Show what needs attention, in place of Wagtail's panels, which look for pages of a tree."""
    panels[:] = [AandachtPaneel(request.user)]


@hooks.register("construct_homepage_panels")
def missers_op_het_startscherm(request: HttpRequest, panels: list[Any]) -> None:
    """Show what visitors did not find, to those who can do something about it."""
    if mag_synoniemen_maken(request.user) and (paneel := MisserPanel()).rijen:
        panels.append(paneel)


@hooks.register("register_log_actions", order=100)
def intrekken_in_de_geschiedenis(actions: Any) -> None:
    """Tell in the history why a version was withdrawn."""
    actions.register_action("blauwdrukken.versie_ingetrokken")(VersieIngetrokken)


Blauwdruk.weergaven.update({"": ("Pagina", pagina_voorbeeld), "pdf": ("PDF", pdf_voorbeeld)})
verschillen.gebruik()
hooks.register("construct_snippet_action_menu", noem_knoppen)
hooks.register("before_publish", waarschuw_bij_ander_adres)


@hooks.register("insert_global_admin_js")
def eigen_script() -> SafeString:
    """What the editing screens need besides Wagtail's own scripts."""
    return format_html('<script src="{}"></script>', static("js/beheer.js"))


@hooks.register("insert_editor_js")
def script_bij_het_bewaren() -> SafeString:
    """What keeps typed text safe between two saves."""
    return format_html('<script src="{}" defer></script>', static("js/bewaren.js"))


@hooks.register("insert_global_admin_css")
def eigen_stijl() -> SafeString:
    """What the editing screens need besides Wagtail's own styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/beheer.css"))
