"""Regions: all of them on a map, and one with what happens there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from regios.models import Regio

from ..map import kaart_met, kaart_met_aantallen
from ..models import Blauwdruk, Project, Verhaal

GETOOND = 10


@require_safe
def regio_list(request: HttpRequest) -> HttpResponse:
    """The map and the list of regions; ?zoek= finds the region of a municipality."""
    zoek = request.GET.get("zoek", "").replace("\x00", " ").strip()[:100]
    kaart = kaart_met_aantallen()
    context = {
        "kaart": kaart,
        "regios": sorted(kaart.tegels, key=lambda tegel: tegel.regio.naam),
        "zoek": zoek,
        "gevonden": Regio.objects.bij_plaats(zoek) if zoek else (),
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
        blauwdrukken = Blauwdruk.objects.gepubliceerd().filter(regios=regio)
        projecten = Project.objects.gepubliceerd().filter(regios=regio)
        verhalen = Verhaal.objects.gepubliceerd().filter(regios=regio)
        landelijk = Blauwdruk.objects.gepubliceerd().filter(landelijk=True).exclude(regios=regio)
        return super().get_context_data(**kwargs) | {
            "blauwdrukken": blauwdrukken.nieuwste_eerst().met_kenmerken()[:GETOOND],
            "aantal_blauwdrukken": blauwdrukken.count(),
            "projecten": projecten.met_kenmerken()[:GETOOND],
            "aantal_projecten": projecten.count(),
            "verhalen": verhalen.nieuwste_eerst().als_regel()[:GETOOND],
            "aantal_verhalen": verhalen.count(),
            "landelijk": landelijk.nieuwste_eerst().met_kenmerken()[:3],
            "kaart": kaart_met([regio]),
        }
