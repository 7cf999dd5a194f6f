"""List and detail of blueprints."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from regios.models import Regio, vouw

from ..begrippen import leg_uit
from ..filters import BlauwdrukFilter
from ..kaart import kaart_met
from ..models import Blauwdruk, Misser, Partij, Project, Verhaal, Werkdocument
from ..zoeken.machine import loket
from ..zoeken.resultaat import verwante
from .lijst import FacetList


class BlauwdrukList(FacetList):
    """Blueprints with facets and search."""

    model = Blauwdruk
    filterset_class = BlauwdrukFilter
    template_name = "blauwdrukken/list.html"
    context_object_name = "blauwdrukken"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        zoek, antwoord = self.filterset.data.get("zoek", ""), self.filterset.qs.antwoord
        if zoek and not context["page_obj"].has_previous() and (antwoord.vraag.onbekend or not antwoord.totaal):
            Misser.objects.tel(vouw(zoek))
        return context | {
            "zoek": zoek,
            "antwoord": antwoord,
            "verder": None if antwoord.totaal else self.filterset,
            "regios_bij_zoek": Regio.objects.bij_plaats(zoek) if zoek else (),
        }


class BlauwdrukDetail(DetailView):
    """One blueprint with all that is known of it."""

    template_name = "blauwdrukken/detail.html"
    context_object_name = "blauwdruk"

    def get_queryset(self) -> QuerySet[Blauwdruk]:
        return (
            Blauwdruk.objects.gepubliceerd()
            .select_related("programma", "contactorganisatie")
            .prefetch_related(
                "regios",
                "themas",
                "doelgroepen",
                "kosten",
                "kerncijfers",
                "voorbeelden",
                Prefetch("partijen", Partij.objects.select_related("organisatie")),
                Prefetch("werkdocumenten", Werkdocument.objects.select_related("bestand")),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blauwdruk = self.object
        projecten = list(Project.objects.gepubliceerd().filter(blauwdruk=blauwdruk).met_kenmerken())
        waar = {regio for entry in (blauwdruk, *projecten) for regio in entry.regios.all()}
        return super().get_context_data(**kwargs) | {
            "secties": leg_uit(blauwdruk.gevulde_secties()),
            "projecten": projecten,
            "verhalen": Verhaal.objects.gepubliceerd().filter(blauwdrukken=blauwdruk).nieuwste_eerst().als_regel(),
            "kaart": kaart_met(waar),
            "toegepast_in": sorted(waar, key=lambda regio: regio.naam),
            "verwant": verwante(loket().machine(), blauwdruk, 3),
        }


@require_safe
def kort_adres(request: HttpRequest, nummer: int) -> HttpResponse:
    """Short link to a blueprint by its number."""
    return redirect(get_object_or_404(Blauwdruk.objects.gepubliceerd(), nummer=nummer))
