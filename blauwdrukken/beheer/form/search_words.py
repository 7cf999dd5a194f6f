"""Searching a list or chooser of the back office by the words that somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

MAX_WORDS = 10


def filter_by_words(rijen: QuerySet[Any, Any], velden: Iterable[str], zoek: str) -> QuerySet[Any, Any]:
    """The rows that hold each of the first words, in whichever of these fields."""
    for woord in zoek.split()[:MAX_WORDS]:
        gevonden = Q()
        for veld in velden:
            gevonden |= Q(**{f"{veld}__icontains": woord})
        rijen = rijen.filter(gevonden)
    return rijen
