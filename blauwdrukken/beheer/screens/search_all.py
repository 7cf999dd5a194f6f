"""One search through all lists that somebody has in the back office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.search import SearchArea
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.snippets.models import get_snippet_models

from ...facets import MAX_SEARCH_LENGTH
from ...permissions import LIST_ACTIONS
from ..form.search_words import filter_by_words

URL_NAME = "zoek_alles"
MAX_SHOWN = 5


@dataclass(frozen=True)
class Hit:
    """An entry, and the screen that shows it; some may only see in the list that it is there."""

    entry: Any
    url: str | None


@dataclass(frozen=True)
class HitList:
    """The first entries of a kind, and the list that shows all."""

    heading: str
    hits: list[Hit]
    url: str
    has_more: bool


class SearchAllView(WagtailAdminTemplateMixin, TemplateView):
    """What answers the search field above the menu; one list for each kind of entry, 2 queries each."""

    page_title = "Zoeken in het beheer"
    header_icon = "search"
    template_name = "beheer/zoek_alles.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(self.request.GET)
        text = form.cleaned_data["q"].strip()[:MAX_SEARCH_LENGTH] if form.is_valid() else ""
        lists = search_lists(self.request, text) if text else []
        return super().get_context_data(**kwargs) | {"zoek": text, "max_zoek": MAX_SEARCH_LENGTH, "lijsten": lists}


def search_lists(request: HttpRequest, text: str) -> list[HitList]:
    """For each kind of entry that this user has a list of: what was found, if anything."""
    viewsets = [model.snippet_viewset for model in get_snippet_models()]
    visible = [v for v in viewsets if v.permission_policy.user_has_any_permission(request.user, LIST_ACTIONS)]
    found = (search_list(viewset, request, text) for viewset in sorted(visible, key=menu_position))
    return [listing for listing in found if listing.hits]


def menu_position(viewset: Any) -> tuple[bool, int]:
    """As in the menu: the lists with a place of their own first."""
    return (not viewset.add_to_admin_menu, viewset.menu_order or 0)


def search_list(viewset: Any, request: HttpRequest, text: str) -> HitList:
    """What was found in the list of one kind of entry."""
    rows = list(order_by_name(viewset, viewset.search(viewset.get_queryset(request), text), text)[: MAX_SHOWN + 1])
    editable = viewset.permission_policy.instances_user_has_permission_for(request.user, "change")
    own = set(editable.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if rows else set()
    hits = [Hit(row, screen_url(viewset, row, editable=row.pk in own)) for row in rows[:MAX_SHOWN]]
    url = f"{reverse(viewset.get_url_name('list'))}?{urlencode({'q': text})}"
    return HitList(str(viewset.menu_label), hits, url, len(rows) > MAX_SHOWN)


def order_by_name(viewset: Any, rows: QuerySet[Any, Any], text: str) -> QuerySet[Any, Any]:
    """The rows in order of name or title, with first those that have the words in it."""
    name, *_ = viewset.search_fields
    with_name = filter_by_words(viewset.model._default_manager.all(), [name], text)
    return rows.order_by(Case(When(pk__in=with_name.values("pk"), then=0), default=1), name)


def screen_url(viewset: Any, entry: Any, *, editable: bool) -> str | None:
    """The screen on which this user sees an entry, if there is one."""
    if editable:
        return reverse(viewset.get_url_name("edit"), args=[quote(entry.pk)])
    if viewset.inspect_view_enabled:
        return reverse(viewset.get_url_name("inspect"), args=[quote(entry.pk)])
    return None


def make_search_area() -> SearchArea:
    """The search field above the menu goes to the area that is first; Wagtail's own goes to the page tree."""
    return SearchArea("Alles", reverse(URL_NAME), name="alles", icon_name="search", order=10)
