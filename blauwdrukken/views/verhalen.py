"""List and detail of stories."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView

from ..depends import On, depends
from ..filters import VerhaalFilter
from ..map import map_with_chosen
from ..models import Blauwdruk, Verhaal
from .facet_list import FacetList


@depends(On.CONTENT | On.CHOICE, query=None)
class VerhaalList(FacetList):
    """Stories with facets and search."""

    model = Verhaal
    filterset_class = VerhaalFilter
    template_name = "verhalen/list.html"
    context_object_name = "verhalen"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"gezocht": self.filterset.gezocht}


CONTACT = ("organisatie__regio", "organisatie__opgegaan_in")


@depends(On.CONTENT | On.CHOICE | On.DAY)
class VerhaalDetail(DetailView):
    """One story, with those of its blueprints that are public."""

    template_name = "verhalen/detail.html"
    context_object_name = "verhaal"

    def get_queryset(self) -> QuerySet[Verhaal]:
        verhalen = Verhaal.objects.published().select_related(*CONTACT, "foto", "herkomst")
        return verhalen.prefetch_related("regios", "themas")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blauwdrukken = Blauwdruk.objects.published().filter(verhalen=self.object)
        return super().get_context_data(**kwargs) | {
            "blauwdrukken": blauwdrukken.newest_first().with_answers(),
            "kaart": map_with_chosen(self.object.regios.all()),
        }
