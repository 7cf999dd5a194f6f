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
from blauwdrukken.permissions import PUBLISH

from .login.middleware import lacks_second_factor
from .login.unsaved import is_from_edit_form, unsaved_response

NOBODY = ""
GIVE_ROLES = "auth.change_group"

# Address, or group of addresses, with the permission that opens it. This site has no page tree and no collections:
# what Wagtail has for them is closed to all. Lists to pick many at once from name also what one may not know of.
ACCESS = {
    "bulk:kennisbank.user": GIVE_ROLES,
    "bulk:wagtailcore.page": NOBODY,
    f"bulk:{get_document_model()._meta.label_lower}": PUBLISH,
    f"bulk:{get_image_model()._meta.label_lower}": PUBLISH,
    "wagtailadmin_api": NOBODY,
    "wagtailadmin_block_preview": NOBODY,
    "wagtailadmin_choose_page": NOBODY,
    "wagtailadmin_choose_page_anchor_link": NOBODY,
    "wagtailadmin_choose_page_child": NOBODY,
    "wagtailadmin_choose_page_chosen_multiple": NOBODY,
    "wagtailadmin_choose_page_phone_link": NOBODY,
    "wagtailadmin_choose_page_search": NOBODY,
    "wagtailadmin_collections": NOBODY,
    "wagtailadmin_error_test": NOBODY,
    "wagtailadmin_explore": NOBODY,
    "wagtailadmin_explore_results": NOBODY,
    "wagtailadmin_explore_root": NOBODY,
    "wagtailadmin_pages": NOBODY,
    "wagtailadmin_reports": NOBODY,
    "wagtailadmin_reports:site_history": PUBLISH,
    "wagtailadmin_reports:site_history_results": PUBLISH,
    "wagtailadmin_reports:workflow": PUBLISH,
    "wagtailadmin_reports:workflow_results": PUBLISH,
    "wagtailadmin_reports:workflow_tasks": PUBLISH,
    "wagtailadmin_reports:workflow_tasks_results": PUBLISH,
    "wagtailadmin_tag_autocomplete": NOBODY,
    "wagtailadmin_tag_model_autocomplete": NOBODY,
    "wagtailadmin_workflows": "wagtailcore.change_workflow",
}


def required_permission(url: ResolverMatch) -> str | None:
    """Permission that this address asks for; None when its own view decides."""
    if url.url_name == "wagtail_bulk_action":
        return ACCESS.get("bulk:{app_label}.{model_name}".format(**url.kwargs))
    group = url.namespaces[0] if url.namespaces else ""
    return ACCESS.get(url.view_name, ACCESS.get(group))


def closed(request: HttpRequest) -> HttpResponse | None:
    """Answer of an address that nobody needs, or that asks a permission that this account lacks."""
    permission = required_permission(request.resolver_match) if request.resolver_match else None
    if permission is None or not request.user.is_authenticated:
        return None
    if permission == NOBODY:
        raise Http404
    return None if request.user.has_perm(permission) else permission_denied(request)


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
        if lacks_second_factor(request.user):
            return redirect("mfa_index")
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return render(request, "account/zonder_rol.html", status=403)
        return None

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.path.startswith("/beheer/"):
            return None
        if not request.user.is_authenticated and is_from_edit_form(request):
            return unsaved_response(request)
        answer = closed(request)
        if answer is None:
            check_keys(request, kwargs)
        return answer
