"""Searching a list or chooser of the back office by the words that somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

MAX_WORDS = 10


def filter_by_words(rows: QuerySet[Any, Any], fields: Iterable[str], text: str) -> QuerySet[Any, Any]:
    """The rows that hold each of the first words, in whichever of these fields."""
    for word in text.split()[:MAX_WORDS]:
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows
