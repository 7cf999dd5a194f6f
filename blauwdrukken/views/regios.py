"""Regions: all of them on a map, and one with what happens there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from regios.models import Regio

from ..map import map_with_chosen, map_with_counts
from ..models import Blauwdruk, Project, Verhaal

MAX_SHOWN = 10


@require_safe
def regio_list(request: HttpRequest) -> HttpResponse:
    """The map and the list of regions; ?zoek= finds the region of a municipality."""
    zoek = request.GET.get("zoek", "").replace("\x00", " ").strip()[:100]
    kaart = map_with_counts()
    context = {
        "kaart": kaart,
        "regios": sorted(kaart.tiles, key=lambda tile: tile.regio.naam),
        "zoek": zoek,
        "gevonden": Regio.objects.at_place(zoek) if zoek else (),
    }
    return render(request, "regios/list.html", context)


class RegioDetail(DetailView):
    """One region with its blueprints, projects and municipalities."""

    template_name = "regios/detail.html"
    context_object_name = "regio"

    def get_queryset(self) -> QuerySet[Regio]:
        return Regio.objects.select_related("centrumgemeente").prefetch_related("provincies", "gemeenten")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regio = self.object
        blauwdrukken = Blauwdruk.objects.published().filter(regios=regio)
        projecten = Project.objects.published().filter(regios=regio)
        verhalen = Verhaal.objects.published().filter(regios=regio)
        landelijk = Blauwdruk.objects.published().filter(landelijk=True).exclude(regios=regio)
        return super().get_context_data(**kwargs) | {
            "blauwdrukken": blauwdrukken.newest_first().with_facts()[:MAX_SHOWN],
            "aantal_blauwdrukken": blauwdrukken.count(),
            "projecten": projecten.with_facts()[:MAX_SHOWN],
            "aantal_projecten": projecten.count(),
            "verhalen": verhalen.newest_first().with_line_facts()[:MAX_SHOWN],
            "aantal_verhalen": verhalen.count(),
            "landelijk": landelijk.newest_first().with_facts()[:3],
            "kaart": map_with_chosen([regio]),
        }
