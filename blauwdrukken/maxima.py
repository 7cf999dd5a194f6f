"""Facets that mean "at most": their choices, and which of these an entry meets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from . import costs
from .models import Blauwdruk
from .text.notation import euro

ONBEKEND = "onbekend"


@dataclass(frozen=True)
class Maximum:
    """Choices of "at most", in order: who meets one meets the higher ones too, and who has no `amount` meets none.

    `above` is a choice of old addresses, which is no maximum: its value, its name and the bound above which it begins.
    """

    amount: Callable[[Blauwdruk], Decimal | int | None]
    bounds: tuple[int, ...]
    name: Callable[[int], str]
    unknown: str
    above: tuple[str, str, int] | None = None

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Pairs of value and name."""
        at_most = [(f"tot-{bound}", self.name(bound)) for bound in self.bounds]
        return [*at_most, (ONBEKEND, self.unknown), *([self.above[:2]] if self.above else [])]

    def values(self, blauwdruk: Blauwdruk) -> list[str]:
        """The choices that this blueprint meets."""
        amount = self.amount(blauwdruk)
        if amount is None:
            return [ONBEKEND]
        met = [f"tot-{bound}" for bound in self.bounds if amount <= bound]
        return [*met, *([self.above[0]] if self.above and amount > self.above[2] else [])]


def _cost(*bases: costs.Basis) -> Callable[[Blauwdruk], Decimal | None]:
    return lambda blauwdruk: costs.highest(blauwdruk.kosten.all(), *bases)


def at_most_euro(bound: int) -> str:
    """A bound of money in words."""
    return f"Hoogstens {euro(Decimal(bound))}"


NO_AMOUNT = "Bedrag niet bekend"
# Facet, as filters.py and search/schema.py call it -> its choices. Raise SCHEMA_VERSION with each change.
MAXIMA = {
    "kosten_uitvoering": Maximum(
        _cost(costs.UITVOERING), (10_000, 25_000, 50_000, 100_000, 250_000), at_most_euro, NO_AMOUNT
    ),
    "kosten_deelnemer": Maximum(_cost(costs.DEELNEMER), (1_000, 2_500, 5_000, 10_000), at_most_euro, NO_AMOUNT),
    # Of old addresses, which did not say per what.
    "kosten": Maximum(
        _cost(costs.UITVOERING, costs.DEELNEMER),
        (5_000, 50_000, 250_000),
        at_most_euro,
        NO_AMOUNT,
        above=("meer", f"Meer dan {euro(Decimal(250_000))}", 250_000),
    ),
    "looptijd": Maximum(
        lambda blauwdruk: blauwdruk.looptijd_maanden or None,
        (6, 12, 24),
        lambda bound: f"Hoogstens {bound} maanden",
        "Duur niet bekend",
        above=("langer", "Langer dan een jaar", 12),
    ),
}
