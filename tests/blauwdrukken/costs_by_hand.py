"""Costs counted by hand: the judge of the site's own count, which it never calls."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from blauwdrukken.models import Kostenpost

UNKNOWN = Decimal("Infinity")
# Head -> units under it, with how many make one.
HEADS = {
    "uitvoering": {"uitvoering": 1},
    "deelnemer": {"deelnemer": 1},
    "werkgever": {"werkgever": 1},
    "jaar": {"jaar": 1, "maand": 12, "week": 52},
}
# Facet -> the heads it is about, and its choices of "at most".
COST_FACETS: dict[str, tuple[tuple[str, ...], dict[str, int]]] = {
    "kosten_uitvoering": (
        ("uitvoering",),
        {
            "tot-10000": 10_000,
            "tot-25000": 25_000,
            "tot-50000": 50_000,
            "tot-100000": 100_000,
            "tot-250000": 250_000,
        },
    ),
    "kosten_deelnemer": (
        ("deelnemer",),
        {"tot-1000": 1_000, "tot-2500": 2_500, "tot-5000": 5_000, "tot-10000": 10_000},
    ),
    "kosten": (("uitvoering", "deelnemer"), {"tot-5000": 5_000, "tot-50000": 50_000, "tot-250000": 250_000}),
}


def counting(posten: Iterable[Kostenpost], per: str) -> list[list[Decimal | None]]:
    """Ends of the rows that say something under this head."""
    return [
        [None if end is None else end * HEADS[per][p.eenheid] for end in (p.bedrag_van, p.bedrag_tot)]
        for p in posten
        if p.soort in {"kosten", "prijs"} and p.eenheid in HEADS[per] and (per == "jaar" or p.hoe_vaak == "eenmalig")
    ]


def maximum(posten: Iterable[Kostenpost], per: str) -> Decimal:
    """The highest amount; UNKNOWN, which is higher than all, when nobody knows how high it gets."""
    ends = [high for _, high in counting(posten, per)]
    known = [end for end in ends if end is not None]
    return max(known) if ends and len(known) == len(ends) else UNKNOWN


def cost_choices(posten: list[Kostenpost], facet: str) -> set[str]:
    """The choices of a facet that a blueprint with these rows meets."""
    heads, bounds = COST_FACETS[facet]
    known = [top for per in heads if (top := maximum(posten, per)) != UNKNOWN]
    if not known:
        return {"onbekend"}
    too_much = {"meer"} if facet == "kosten" and max(known) > 250_000 else set()
    return {name for name, bound in bounds.items() if max(known) <= bound} | too_much


def duration_choices(months: int | None) -> set[str]:
    """The choices of "at most so long" that a duration meets; no months at all is not known."""
    if not months:
        return {"onbekend"}
    at_most = {name for name, bound in (("tot-6", 6), ("tot-12", 12), ("tot-24", 24)) if months <= bound}
    return at_most | ({"langer"} if months > 12 else set())
