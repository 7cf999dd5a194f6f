"""Themes and terms."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from regios.models import Regio, fold

from ..depends import On, depends
from ..map import map_with_chosen
from ..models import Begrip, Blauwdruk, Thema
from ..search.engine import PAGE_SIZE
from ..themas import groups_of, thema_tiles


@depends(On.CONTENT | On.CHOICE)
class ThemaList(ListView):
    """All themes with their share of the blueprints; those that are no subject or have none stand below."""

    template_name = "themas/list.html"
    context_object_name = "alle"

    def get_queryset(self) -> QuerySet[Thema]:
        return Thema.objects.with_count()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        total = Blauwdruk.objects.published().count()
        tiles = thema_tiles(total, self.object_list)
        shown = [tile.thema for tile in tiles]
        return super().get_context_data(**kwargs) | {
            "themas": tiles,
            "aantal_blauwdrukken": total,
            "overige": [thema for thema in self.object_list if thema not in shown],
        }


@depends(On.CONTENT | On.CHOICE)
class ThemaDetail(DetailView):
    """One theme with its newest blueprints."""

    template_name = "themas/detail.html"
    context_object_name = "thema"
    model = Thema

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blauwdrukken = Blauwdruk.objects.published().filter(themas=self.object)
        regios = list(Regio.objects.filter(blauwdrukken__in=blauwdrukken.order_by()).distinct())
        return super().get_context_data(**kwargs) | {
            "blauwdrukken": blauwdrukken.newest_first().with_answers()[:PAGE_SIZE],
            "aantal": blauwdrukken.count(),
            "regios": regios,
            "kaart": map_with_chosen(regios),
            "groepen": groups_of(self.object),
        }


@depends(On.CONTENT | On.CHOICE)
class BegripList(ListView):
    """The terms of the field on one page, by their first letter."""

    template_name = "begrippen.html"
    model = Begrip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        begrippen = sorted(self.object_list, key=lambda begrip: fold(begrip.term))
        letters = [(letter, list(rows)) for letter, rows in groupby(begrippen, key=first_letter)]
        return super().get_context_data(**kwargs) | {"letters": letters}


def first_letter(begrip: Begrip) -> str:
    """Under which a reader looks for it: "0-9" for what begins with no letter."""
    first = fold(begrip.term)[:1].upper()
    return first if first.isalpha() else "0-9"
