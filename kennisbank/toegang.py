"""Who may open the back-office addresses that Wagtail brings along and that belong to no entry of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from blauwdrukken.permissions import PUBLICEREN

NIEMAND = ""
ROLLEN_GEVEN = "auth.change_group"

# Address, or group of addresses, with the right that opens it. This site has no page tree and no collections:
# what Wagtail has for them is closed to all. Lists to pick many at once from name also what one may not know of.
TOEGANG = {
    "bulk:kennisbank.user": ROLLEN_GEVEN,
    "bulk:wagtailcore.page": NIEMAND,
    f"bulk:{get_document_model()._meta.label_lower}": PUBLICEREN,
    f"bulk:{get_image_model()._meta.label_lower}": PUBLICEREN,
    "wagtailadmin_api": NIEMAND,
    "wagtailadmin_block_preview": NIEMAND,
    "wagtailadmin_choose_page": NIEMAND,
    "wagtailadmin_choose_page_anchor_link": NIEMAND,
    "wagtailadmin_choose_page_child": NIEMAND,
    "wagtailadmin_choose_page_chosen_multiple": NIEMAND,
    "wagtailadmin_choose_page_phone_link": NIEMAND,
    "wagtailadmin_choose_page_search": NIEMAND,
    "wagtailadmin_collections": NIEMAND,
    "wagtailadmin_error_test": NIEMAND,
    "wagtailadmin_explore": NIEMAND,
    "wagtailadmin_explore_results": NIEMAND,
    "wagtailadmin_explore_root": NIEMAND,
    "wagtailadmin_pages": NIEMAND,
    "wagtailadmin_reports": NIEMAND,
    "wagtailadmin_reports:site_history": PUBLICEREN,
    "wagtailadmin_reports:site_history_results": PUBLICEREN,
    "wagtailadmin_reports:workflow": PUBLICEREN,
    "wagtailadmin_reports:workflow_results": PUBLICEREN,
    "wagtailadmin_reports:workflow_tasks": PUBLICEREN,
    "wagtailadmin_reports:workflow_tasks_results": PUBLICEREN,
    "wagtailadmin_tag_autocomplete": NIEMAND,
    "wagtailadmin_tag_model_autocomplete": NIEMAND,
    "wagtailadmin_workflows": "wagtailcore.change_workflow",
}


def nodig(adres: ResolverMatch) -> str | None:
    """Right that this address asks for; None when its own view decides."""
    if adres.url_name == "wagtail_bulk_action":
        return TOEGANG.get("bulk:{app_label}.{model_name}".format(**adres.kwargs))
    groep = adres.namespaces[0] if adres.namespaces else ""
    return TOEGANG.get(adres.view_name, TOEGANG.get(groep))


class ToegangMiddleware:
    """Closes what nobody needs, and asks a right where Wagtail asks none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        recht = nodig(request.resolver_match) if request.resolver_match else None
        if recht is None or not request.user.is_authenticated:
            return None
        if recht == NIEMAND:
            raise Http404
        return None if request.user.has_perm(recht) else permission_denied(request)
