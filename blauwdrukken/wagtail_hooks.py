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

from .beheer.concurrency import differences
from .beheer.lists.merge import MergeAction
from .beheer.publication.deletion import DeleteAction
from .beheer.publication.links import LINK_FAILED, LinkFailedFormatter
from .beheer.publication.planning import FAILED
from .beheer.publication.publish import PublishAction
from .beheer.publication.review import VersieWithdrawalFormatter, label_buttons, warn_of_new_address
from .beheer.publication.withdraw import WithdrawAction
from .beheer.screens.blauwdruk import BlauwdrukViewSet
from .beheer.screens.home import AttentionPanel
from .beheer.screens.planning import PlanningPanel
from .beheer.screens.project import ProjectViewSet
from .beheer.screens.search_all import URL_NAME as ZOEK_ALLES
from .beheer.screens.search_all import SearchAllView, make_search_area
from .beheer.screens.search_terms import MisserPanel, SearchGroup, may_edit_synoniemen
from .beheer.screens.verhaal import VerhaalViewSet
from .beheer.screens.vocabularies import VocabularyGroup
from .models import Afbeelding, Bestand, Blauwdruk
from .permissions import PUBLISH, FilePolicy
from .views.preview import page_preview, pdf_preview

HIDDEN_ITEMS = {
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
register_permission_policy(Bestand, FilePolicy(Bestand, "wagtaildocs.Document"), exact_class=True)
register_permission_policy(Afbeelding, FilePolicy(Afbeelding, "wagtailimages.Image"), exact_class=True)
register_snippet(BlauwdrukViewSet)
register_snippet(ProjectViewSet)
register_snippet(VerhaalViewSet)
register_snippet(SearchGroup)
register_snippet(VocabularyGroup)
hooks.register("register_bulk_action", DeleteAction, order=1000)
hooks.register("register_bulk_action", MergeAction)
hooks.register("register_bulk_action", PublishAction)
hooks.register("register_bulk_action", WithdrawAction)


class HistoryMenuItem(MenuItem):
    """Menu item for those who may publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)


@hooks.register("register_reports_menu_item")
def site_history_item() -> MenuItem:
    """Lead the secretariat to the history of the site; Wagtail shows that item to who may read pages."""
    return HistoryMenuItem(
        "Wie deed wat", reverse("wagtailadmin_reports:site_history"), icon_name="history", order=1000
    )


@hooks.register("construct_main_menu", order=1000)
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
@hooks.register("construct_search")
def hide_unused_items(request: HttpRequest, items: list[Any]) -> None:
    """Leave out the page tree and the collections: this site has none."""
    items[:] = [item for item in items if item.name not in HIDDEN_ITEMS]


hooks.register("register_admin_search_area", make_search_area)


@hooks.register("register_admin_urls")
def register_own_urls() -> list[URLPattern]:
    """Screens that belong to no kind of entry."""
    return [path("zoek/", SearchAllView.as_view(), name=ZOEK_ALLES)]


@hooks.register("construct_homepage_summary_items", order=1000)
def clear_summary_items(request: HttpRequest, summary_items: list[Any]) -> None:
    """Leave out the counts of pages, pictures and files."""
    summary_items.clear()


@hooks.register("construct_homepage_panels", order=-10)
def show_attention_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show what needs attention, in place of Wagtail's panels, which look for pages of a tree."""
    panels[:] = [AttentionPanel(request.user)]


@hooks.register("construct_homepage_panels")
def show_planning_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show plans that failed, to those who can do something about it."""
    if request.user.has_perm(PUBLISH) and (panel := PlanningPanel()).rows:
        panels.append(panel)


@hooks.register("construct_homepage_panels")
def show_misser_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show what visitors did not find, to those who can do something about it."""
    if may_edit_synoniemen(request.user) and (panel := MisserPanel()).rows:
        panels.append(panel)


@hooks.register("register_log_actions", order=100)
def register_withdrawal_log(actions: Any) -> None:
    """Tell in the history why a version was withdrawn."""
    actions.register_action("blauwdrukken.versie_ingetrokken")(VersieWithdrawalFormatter)
    actions.register_action(FAILED, "Planning mislukt", "Wat gepland was, is niet gelukt")
    actions.register_action(LINK_FAILED)(LinkFailedFormatter)


Blauwdruk.previews.update({"": ("Pagina", page_preview), "pdf": ("PDF", pdf_preview)})
differences.register_comparisons()
hooks.register("construct_snippet_action_menu", label_buttons)
hooks.register("before_publish", warn_of_new_address)


@hooks.register("insert_global_admin_js")
def add_admin_script() -> SafeString:
    """What the editing screens need besides Wagtail's own scripts."""
    return format_html('<script src="{}"></script>', static("js/beheer.js"))


@hooks.register("insert_editor_js")
def add_saving_script() -> SafeString:
    """What keeps typed text safe between two saves."""
    return format_html('<script src="{}" defer></script>', static("js/bewaren.js"))


@hooks.register("insert_global_admin_css")
def add_admin_style() -> SafeString:
    """What the editing screens need besides Wagtail's own styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/beheer.css"))
