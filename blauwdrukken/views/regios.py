"""Regions: all of them on a map, and one with what happens there."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from regios.map import zoom
from regios.models import Regio

from ..depends import On, depends
from ..map import map_with_counts
from ..models import Blauwdruk, Project, Verhaal
from ..nearby import Nearby

MAX_SHOWN = 10
MAX_ELSEWHERE = 3


class First:
    """The first rows of a query, and how many there are."""

    def __init__(self, rows: QuerySet, at_most: int) -> None:
        self.rows = rows[:at_most]
        self.count = rows.count()

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)


@depends(On.CONTENT | On.CHOICE, query=("zoek",))
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


@depends(On.CONTENT | On.CHOICE)
class RegioDetail(DetailView):
    """One region with its blueprints, projects and municipalities."""

    template_name = "regios/detail.html"
    context_object_name = "regio"

    def get_queryset(self) -> QuerySet[Regio]:
        return Regio.objects.select_related("centrumgemeente").prefetch_related("provincies", "gemeenten")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regio = self.object
        nearby = Nearby(regio)
        here = Q(regios=regio)
        landelijk = Blauwdruk.objects.published().filter(landelijk=True).exclude(here)
        return super().get_context_data(**kwargs) | {
            "kaart": zoom(map_with_counts(nearby.places)),
            "nearby": nearby,
            "blauwdrukken": First(Blauwdruk.objects.published().filter(here).newest_first().with_answers(), MAX_SHOWN),
            "projecten": First(Project.objects.published().filter(here).with_facts(), MAX_SHOWN),
            "verhalen": First(Verhaal.objects.published().filter(here).newest_first().with_line_facts(), MAX_SHOWN),
            "uit_provincie": First(nearby.blauwdrukken_provincie.newest_first().with_answers(), MAX_ELSEWHERE),
            "landelijk": First(landelijk.newest_first().with_answers(), MAX_ELSEWHERE),
            "projecten_dichtbij": nearby.projecten.with_facts()[:MAX_ELSEWHERE],
        }
