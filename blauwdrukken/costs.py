"""Costs of a blueprint brought under comparable heads, only as far as its rows allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .models import Kostenpost
from .text.notation import format_amount_range

Eenheid, Btw = Kostenpost.Eenheid, Kostenpost.Btw

# Head -> units that belong under it, with how many of them make one; a month is a twelfth of a year whatever is
# bought, but nobody knows how many days, trainings or pieces make a year or a participant.
COST_BASES: dict[str, dict[str, int]] = {
    "In totaal": {Eenheid.TOTAAL: 1},
    "Per deelnemer": {Eenheid.DEELNEMER: 1},
    "Per werkgever": {Eenheid.WERKGEVER: 1},
    "Per jaar": {Eenheid.JAAR: 1, Eenheid.MAAND: 12, Eenheid.WEEK: 52},
}
COMPARABLE_UNITS = {eenheid for eenheden in COST_BASES.values() for eenheid in eenheden}


@dataclass(frozen=True)
class Kosten:
    """Lowest and highest amount in euros of some rows, which are not added up: one may be part of another."""

    lowest: Decimal | None
    highest: Decimal | None
    toelichting: str = ""

    def __str__(self) -> str:
        return format_amount_range(self.lowest, self.highest)


UNKNOWN = Kosten(None, None)


def kosten(posten: Iterable[Kostenpost], basis: str) -> Kosten:
    """Range of the amounts under one head; an end is known only when every row knows it."""
    factors = COST_BASES[basis]
    return _range([post for post in posten if post.eenheid in factors], factors)


def other_kosten(posten: Iterable[Kostenpost]) -> dict[str, Kosten]:
    """Amounts that fit no common head, per unit as written in Dutch."""
    per_eenheid: dict[str, list[Kostenpost]] = {}
    for post in posten:
        if post.eenheid not in COMPARABLE_UNITS:
            name = post.omschrijving if post.eenheid == Eenheid.ANDERS else post.get_eenheid_display()
            per_eenheid.setdefault(name, []).append(post)
    return {name: _range(rows, {}) for name, rows in per_eenheid.items()}


def _range(posten: list[Kostenpost], factors: dict[str, int]) -> Kosten:
    known = [post for post in posten if (post.bedrag_van, post.bedrag_tot) != (None, None)]
    if not known:
        return UNKNOWN
    van = [None if post.bedrag_van is None else post.bedrag_van * factors.get(post.eenheid, 1) for post in known]
    tot = [None if post.bedrag_tot is None else post.bedrag_tot * factors.get(post.eenheid, 1) for post in known]
    return Kosten(
        None if None in van else min(bedrag for bedrag in van if bedrag is not None),
        None if None in tot else max(bedrag for bedrag in tot if bedrag is not None),
        ", ".join([*_count_notes(posten, known), *_conversion_notes(known, factors), *_btw_notes(known)]),
    )


def _count_notes(posten: list[Kostenpost], known: list[Kostenpost]) -> list[str]:
    sentences = [f"laagste en hoogste van {len(known)} bedragen, niet opgeteld"] * (len(known) > 1)
    unknown = len(posten) - len(known)
    return sentences + [f"van {unknown} post{'en' * (unknown > 1)} is het bedrag onbekend"] * (unknown > 0)


def _conversion_notes(posten: list[Kostenpost], factors: dict[str, int]) -> list[str]:
    eenheden = {
        post.get_eenheid_display(): factors[post.eenheid] for post in posten if factors.get(post.eenheid, 1) != 1
    }
    return [f"omgerekend van een bedrag {eenheid} (maal {factor})" for eenheid, factor in eenheden.items()]


def _btw_notes(posten: list[Kostenpost]) -> list[str]:
    kinds = {post.btw: post.get_btw_display() for post in posten}
    if len(kinds) > 1:
        return ["btw verschilt per bedrag"]
    return [name for kind, name in kinds.items() if kind != Btw.ONBEKEND]
