"""Synonyms, terms and searches without result in the back office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import CreateView, SnippetViewSetGroup

from ...models import Begrip, Misser, Synoniem
from ..lists.base import BeheerViewSet
from ..lists.filters import BegripFilterSet, ChangedFilterSet, make_filterset

TITLE = "Zoekopdrachten zonder resultaat"


def may_edit_synoniemen(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether this user may add or change synonyms, and so see what visitors did not find."""
    return bool(policy_registry.get_by_type(Synoniem).user_has_any_permission(user, {"add", "change"}))


def missers_per_term(days: int) -> QuerySet[Misser, Any]:
    """Terms searched in vain in the last days, today included: term, totaal, laatste, sleutel; most frequent first."""
    since = timezone.localdate() - timedelta(days=days)
    per_term = Misser.objects.filter(dag__gt=since).values("term")
    return per_term.annotate(totaal=Sum("aantal"), laatste=Max("dag"), sleutel=Max("id")).order_by("-totaal", "term")


def to_one_line(text: str) -> str:
    """What came with an address, as one short line of visible characters."""
    visible = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(visible.split())[:80]


class SynoniemCreate(CreateView):
    """Add screen; `?woorden=` fills in the first line."""

    def get_initial(self) -> dict[str, Any]:
        line = to_one_line(self.request.GET.get("woorden", ""))
        return super().get_initial() | ({"woorden": f"{line}\n"} if line else {})


class SynoniemViewSet(BeheerViewSet):
    """List and editing screens of synonyms."""

    model = Synoniem
    icon = "link"
    search_fields = ["woorden"]
    filterset_class = make_filterset(Synoniem, ChangedFilterSet)
    list_export = ["woorden"]
    export_filename = "synoniemen"
    add_view_class = SynoniemCreate
    copy_view_enabled = False
    panels = [
        FieldPanel(
            "woorden",
            help_text="Schrijf op elke regel één woord of woordgroep. Wie een van deze woorden zoekt, "
            "vindt ook de blauwdrukken met de andere woorden.",
        )
    ]


class BegripViewSet(BeheerViewSet):
    """List and editing screens of terms."""

    model = Begrip
    icon = "openquote"
    search_fields = ["term", "voluit", "synoniemen"]
    list_display = ["term", "voluit"]
    filterset_class = make_filterset(Begrip, BegripFilterSet)
    list_export = ["term", "slug", "voluit", "uitleg", "synoniemen", "uit_het_vak"]
    export_filename = "begrippen"
    copy_view_enabled = False
    panels = [
        FieldPanel("term"),
        FieldPanel(
            "slug", heading="Adres", help_text="Laatste deel van het adres: kleine letters, cijfers en streepjes."
        ),
        FieldPanel("voluit", help_text="Alleen bij een afkorting: de hele naam."),
        FieldPanel("uitleg"),
        FieldPanel(
            "synoniemen",
            help_text="Schrijf op elke regel één woord of woordgroep. Wie dat zoekt, vindt ook dit begrip.",
        ),
        FieldPanel("uit_het_vak"),
    ]


class MisserList(BaseListingView):
    """Searches without result of the last 90 days, one row a term."""

    page_title = TITLE
    header_icon = "search"
    index_url_name = "zoekopdrachten:list"
    paginate_by = 50
    results_template_name = "beheer/missers.html"
    days = 90

    def get_queryset(self) -> QuerySet[Misser, Any]:
        return missers_per_term(self.days)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_add = policy_registry.get_by_type(Synoniem).user_has_permission(self.request.user, "add")
        return super().get_context_data(**kwargs) | {"dagen": self.days, "mag_toevoegen": may_add}


@require_POST
def delete_misser(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a term, on all days on which it was searched."""
    term = get_object_or_404(Misser, pk=pk).term
    Misser.objects.filter(term=term).delete()
    messages.success(request, f"De zoekopdracht ‘{term}’ is gewist.")
    return redirect(get_valid_next_url_from_request(request) or "zoekopdrachten:list")


class MisserMenuItem(MenuItem):
    """Menu item for those who may make synonyms."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_synoniemen(request.user)


class MisserViewSet(ViewSet):
    """The list of searches without result, and the button that forgets one."""

    name = "zoekopdrachten"
    icon = "search"
    menu_label = TITLE
    menu_item_class = MisserMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        guarded = user_passes_test(may_edit_synoniemen)
        return [
            path("", guarded(MisserList.as_view()), name="list"),
            path("wis/<int:pk>/", guarded(delete_misser), name="wis"),
        ]


class SearchGroup(SnippetViewSetGroup):
    """Menu group with all that the secretariat can do for search."""

    menu_label = "Zoeken"
    menu_icon = "tag"
    menu_order = 130
    items = (SynoniemViewSet, BegripViewSet, MisserViewSet)


class MisserPanel(Component):
    """Panel on the start screen with the searches that most often found nothing."""

    name = "missers"
    template_name = "beheer/missers_paneel.html"
    order = 400
    days = 30
    max_shown = 5

    def __init__(self) -> None:
        self.rows = list(missers_per_term(self.days)[: self.max_shown])

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"titel": TITLE, "rijen": self.rows, "dagen": self.days}
