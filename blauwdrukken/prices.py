"""What a blueprint costs beside others that name an amount under the same head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from . import costs
from .models import Blauwdruk, Kostenpost
from .search.remember import per_state
from .text.notation import euro

MOST_OTHERS = 5
FIELDS = ("soort", "bedrag_van", "bedrag_tot", "eenheid", "hoe_vaak", "btw")


@dataclass(frozen=True)
class Price:
    """What one blueprint costs under a head."""

    pk: int
    titel: str
    slug: str
    kosten: costs.Kosten
    until: datetime | None

    @property
    def is_public(self) -> bool:
        """Whether its blueprint is still on the site at this moment."""
        return self.until is None or self.until > timezone.now()

    @property
    def url(self) -> str:
        return reverse("blauwdruk-detail", args=[self.slug])

    @property
    def ends(self) -> tuple[Decimal | None, Decimal | None]:
        return self.kosten.lowest, self.kosten.highest

    @property
    def size(self) -> Decimal:
        """The amount to sort by: its highest end, else the only one that is known."""
        return max(end for end in self.ends if end is not None)


@dataclass(frozen=True)
class Beside:
    """The amount of one blueprint under a head, and those of the others that are nearest to it, the lowest first."""

    basis: costs.Basis
    own: Price
    others: list[Price]
    number: int  # of all others with such an amount
    lowest: Decimal
    highest: Decimal

    @property
    def prices(self) -> list[Price]:
        """All that is shown, its own among them in its place."""
        return sorted([self.own, *self.others], key=lambda price: price.size)

    @property
    def is_part(self) -> bool:
        """Whether more others name an amount than are shown."""
        return self.number > len(self.others)

    @property
    def range(self) -> str:
        """From the lowest to the highest end that any of the others names."""
        return f"tussen {euro(self.lowest)} en {euro(self.highest)}"


def beside_others(blauwdruk: Blauwdruk) -> list[Beside]:
    """For each head under which it names an amount and another does too; without any amount nothing is read."""
    own = [(basis, kosten) for basis, kosten in costs.comparable(blauwdruk.kosten.all()) if kosten.is_known]
    if not own:
        return []
    prices = known_prices()
    others = [
        [price for price in prices[basis.per] if price.pk != blauwdruk.pk and price.is_public] for basis, _ in own
    ]
    return [
        _beside(basis, _price(blauwdruk, kosten), rest)
        for (basis, kosten), rest in zip(own, others, strict=True)
        if rest
    ]


def _beside(basis: costs.Basis, own: Price, others: list[Price]) -> Beside:
    ends = [end for price in others for end in price.ends if end is not None]
    nearest = sorted(others, key=lambda price: abs(price.size - own.size))[:MOST_OTHERS]
    return Beside(basis, own, nearest, len(others), min(ends), max(ends))


@per_state
def known_prices() -> dict[str, list[Price]]:
    """What every published blueprint costs under each head, as far as that is known."""
    rows = Kostenpost.objects.filter(blauwdruk__in=Blauwdruk.objects.published(), soort__in=costs.OWN)
    rows = rows.select_related("blauwdruk").only(*FIELDS, "blauwdruk__titel", "blauwdruk__slug", "blauwdruk__expire_at")
    prices: dict[str, list[Price]] = defaultdict(list)
    for blauwdruk, posten in groupby(rows.order_by("blauwdruk_id", "sort_order"), lambda post: post.blauwdruk):
        for basis, price in _prices_of(blauwdruk, posten):
            prices[basis.per].append(price)
    return prices


def _prices_of(blauwdruk: Blauwdruk, posten: Iterable[Kostenpost]) -> list[tuple[costs.Basis, Price]]:
    return [(basis, _price(blauwdruk, kosten)) for basis, kosten in costs.comparable(posten) if kosten.is_known]


def _price(blauwdruk: Blauwdruk, kosten: costs.Kosten) -> Price:
    return Price(blauwdruk.pk or 0, blauwdruk.titel, blauwdruk.slug, kosten, blauwdruk.expire_at)
