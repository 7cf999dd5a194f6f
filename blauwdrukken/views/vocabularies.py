"""Themes and terms."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from ..depends import On, depends
from ..models import Begrip, Blauwdruk, Thema
from ..search.engine import PAGE_SIZE


@depends(On.CONTENT | On.CHOICE)
class ThemaList(ListView):
    """All themes with their number of blueprints."""

    template_name = "themas/list.html"
    context_object_name = "themas"

    def get_queryset(self) -> QuerySet[Thema]:
        return Thema.objects.with_count()


@depends(On.CONTENT | On.CHOICE)
class ThemaDetail(DetailView):
    """One theme with its newest blueprints."""

    template_name = "themas/detail.html"
    context_object_name = "thema"
    model = Thema

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blauwdrukken = Blauwdruk.objects.published().filter(themas=self.object)
        return super().get_context_data(**kwargs) | {
            "blauwdrukken": blauwdrukken.newest_first().with_answers()[:PAGE_SIZE],
            "aantal": blauwdrukken.count(),
        }


@depends(On.CONTENT | On.CHOICE)
class BegripList(ListView):
    """The terms of the field on one page."""

    template_name = "begrippen.html"
    context_object_name = "begrippen"
    model = Begrip
