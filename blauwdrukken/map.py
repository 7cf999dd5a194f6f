"""Counts for the map of regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db.models import Count

from regios.map import RegioMap, make_map
from regios.models import Regio

from .models import Blauwdruk, Project
from .search.remember import per_state


@per_state
def all_regios() -> tuple[Regio, ...]:
    """Every region, to draw."""
    return tuple(Regio.objects.all())


def map_with_counts(places: Mapping[int, str] = MappingProxyType({})) -> RegioMap:
    """All regions with their numbers of published blueprints and projects; 3 queries."""
    return make_map(all_regios(), *map(_count_per_regio, (Blauwdruk, Project)), places=places)


def _count_per_regio(model: type[Blauwdruk | Project]) -> dict[int, int]:
    links = model.regios.through.objects.filter(**{f"{model._meta.model_name}__in": model.objects.published()})
    return dict(links.values_list("regio").annotate(Count("pk")))


def map_with_chosen(chosen: Iterable[Regio]) -> RegioMap:
    """All regions, with the chosen ones counted as 1; 1 query."""
    return make_map(all_regios(), {regio.pk: 1 for regio in chosen})
