"""Who may come into the back office, and open what Wagtail brings along that belongs to no entry of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from blauwdrukken.keys import is_key
from blauwdrukken.permissions import PUBLICEREN

from .login.middleware import mist_tweede_stap
from .login.unsaved import is_tekst, niet_bewaard

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


def closed(request: HttpRequest) -> HttpResponse | None:
    """Answer of an address that nobody needs, or that asks another right than this account has."""
    recht = nodig(request.resolver_match) if request.resolver_match else None
    if recht is None or not request.user.is_authenticated:
        return None
    if recht == NIEMAND:
        raise Http404
    return None if request.user.has_perm(recht) else permission_denied(request)


def check_keys(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """404 to a key that is none: Wagtail asks the database for whatever stands in its place."""
    keys = [kwargs[name] for name in ("pk", "object_id") if name in kwargs]
    if "/bulk/" in request.path:
        keys += [key for key in request.GET.getlist("id") if key != "all"]
    if not all(map(is_key, keys)):
        raise Http404


class BeheerMiddleware:
    """Answers below /beheer/ only accounts with a second factor and a role, and only where they may come."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.first(request) or self.get_response(request)

    def first(self, request: HttpRequest) -> HttpResponse | None:
        """What this account has to hear before anything else."""
        if not request.path.startswith("/beheer/") or not request.user.is_authenticated:
            return None
        if request.path == reverse("wagtailadmin_logout"):
            return None
        if mist_tweede_stap(request.user):
            return redirect("mfa_index")
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return render(request, "account/zonder_rol.html", status=403)
        return None

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.path.startswith("/beheer/"):
            return None
        if not request.user.is_authenticated and is_tekst(request):
            return niet_bewaard(request)
        answer = closed(request)
        if answer is None:
            check_keys(request, kwargs)
        return answer
