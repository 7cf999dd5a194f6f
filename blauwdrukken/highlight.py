"""What stands out today: an approach of which the outcome is known, and what somebody said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from .models import Blauwdruk, Citaat, Kerncijfer


@dataclass(frozen=True)
class Highlight:
    """The blueprint of a day and the quote beside it, which is of another blueprint when nobody spoke of this one."""

    blauwdruk: Blauwdruk | None
    citaat: Citaat | None

    @property
    def is_of_another(self) -> bool:
        """Whether the quote is not about the blueprint."""
        return not (self.blauwdruk and self.citaat and self.citaat.blauwdruk_id == self.blauwdruk.pk)


def highlight_of(day: date) -> Highlight:
    """The same all day; each blueprint with an outcome gets its turn; 8 queries, whatever the day."""
    blauwdruk = turn_of(_with_outcome(), day)
    citaten = Citaat.objects.published()
    if blauwdruk and blauwdruk.has_citaat:
        citaten = citaten.filter(blauwdruk=blauwdruk)
    return Highlight(blauwdruk, turn_of(citaten, day))


def turn_of(rows: QuerySet, day: date) -> Any:
    """The row whose day it is, or None; 2 queries."""
    ordered = rows.order_by("pk")
    count = ordered.count()
    return ordered[day.toordinal() % count] if count else None


def _with_outcome() -> QuerySet:
    of_this = {"blauwdruk": OuterRef("pk")}
    outcomes = Kerncijfer.objects.filter(**of_this, soort=Kerncijfer.Soort.UITKOMST)
    rows = Blauwdruk.objects.published().filter(Exists(outcomes)).with_answers()
    return rows.annotate(has_citaat=Exists(Citaat.objects.filter(**of_this)))
