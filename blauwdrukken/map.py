"""Counts for the map of regions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from regios.map import RegioMap, make_map
from regios.models import Regio

from .models import Blauwdruk


def map_with_counts() -> RegioMap:
    """All regions with their number of published blueprints; 2 queries."""
    per_regio = (
        Blauwdruk.regios.through.objects.filter(blauwdruk__in=Blauwdruk.objects.published())
        .values_list("regio")
        .annotate(Count("pk"))
    )
    return make_map(Regio.objects.all(), dict(per_regio))


def map_with_chosen(chosen: Iterable[Regio]) -> RegioMap:
    """All regions, with the chosen ones counted as 1; 1 query."""
    return make_map(Regio.objects.all(), {regio.pk: 1 for regio in chosen})
