"""Counts for the map of regions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from regios.map import Kaart, maak_kaart
from regios.models import Regio

from .models import Blauwdruk


def kaart_met_aantallen() -> Kaart:
    """All regions with their number of published blueprints; 2 queries."""
    per_regio = (
        Blauwdruk.regios.through.objects.filter(blauwdruk__in=Blauwdruk.objects.gepubliceerd())
        .values_list("regio")
        .annotate(Count("pk"))
    )
    return maak_kaart(Regio.objects.all(), dict(per_regio))


def kaart_met(gekozen: Iterable[Regio]) -> Kaart:
    """All regions, with the chosen ones counted as 1; 1 query."""
    return maak_kaart(Regio.objects.all(), {regio.pk: 1 for regio in gekozen})
