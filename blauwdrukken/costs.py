"""Costs of a blueprint brought under comparable heads, only as far as its rows allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from .models import Kostenpost
from .text.notation import format_amount_range

Soort, Eenheid, HoeVaak, Btw = Kostenpost.Soort, Kostenpost.Eenheid, Kostenpost.HoeVaak, Kostenpost.Btw

OWN = {Soort.KOSTEN, Soort.PRIJS}
# What is no cost of the whole approach, as a reader is told what there is instead.
NOT_OWN: dict[str, str] = {
    Soort.SUBSIDIE: "een subsidie",
    Soort.BIJDRAGE: "een bijdrage van een partij",
    Soort.BUDGET: "een budget of begroting",
    Soort.ONDERDEEL: "kosten van een onderdeel",
    Soort.ONBEKEND: "een bedrag waarvan niet vaststaat wat het is",
}
NOT_ONCE: dict[str, str] = {
    HoeVaak.JAARLIJKS: "een bedrag dat elk jaar terugkomt",
    HoeVaak.ONBEKEND: "een bedrag waarvan niet vaststaat hoe vaak het terugkomt",
}


@dataclass(frozen=True)
class Basis:
    """A head to compare under: the units that belong there, with how many of them make one.

    A month is a twelfth of a year whatever is bought, but nobody knows how many trainings or pieces make a participant,
    or for how many times "in totaal" is. Only an amount a year comes back; under the other heads it counts once.
    """

    per: str
    factors: dict[str, int]

    @property
    def name(self) -> str:
        """The head in words."""
        return f"per {self.per}"

    def obstacle(self, post: Kostenpost) -> str:
        """What a row is, when it says nothing under this head; empty when it counts."""
        if post.soort not in OWN:
            return NOT_OWN.get(post.soort, NOT_OWN[Soort.ONBEKEND])
        if post.eenheid not in self.factors:
            unit = "per iets anders" if post.eenheid == Eenheid.ANDERS else post.get_eenheid_display()
            return f"een bedrag {unit}"
        if self.per == "jaar" or post.hoe_vaak == HoeVaak.EENMALIG:
            return ""
        return NOT_ONCE.get(post.hoe_vaak, NOT_ONCE[HoeVaak.ONBEKEND])


UITVOERING = Basis("uitvoering", {Eenheid.UITVOERING: 1})
DEELNEMER = Basis("deelnemer", {Eenheid.DEELNEMER: 1})
WERKGEVER = Basis("werkgever", {Eenheid.WERKGEVER: 1})
JAAR = Basis("jaar", {Eenheid.JAAR: 1, Eenheid.MAAND: 12, Eenheid.WEEK: 52})
BASES = (UITVOERING, DEELNEMER, WERKGEVER, JAAR)


@dataclass(frozen=True)
class Kosten:
    """Lowest and highest amount in euros of some rows, which are not added up: one may be part of another.

    `reden` says why there is no highest amount, and `toelichting` what to know of the amounts there are.
    """

    lowest: Decimal | None
    highest: Decimal | None
    toelichting: str = ""
    reden: str = ""

    def __str__(self) -> str:
        return format_amount_range(self.lowest, self.highest)

    @property
    def is_known(self) -> bool:
        """Whether either end is known."""
        return (self.lowest, self.highest) != (None, None)

    @property
    def remarks(self) -> str:
        """All that is said beside the amount."""
        return ", ".join(part for part in (self.toelichting, self.reden) if part)


def kosten(posten: Iterable[Kostenpost], basis: Basis) -> Kosten:
    """Range of the amounts under one head; an end is known only when every row that counts knows it."""
    posten = list(posten)
    counted = [post for post in posten if not basis.obstacle(post)]
    if not counted:
        return Kosten(None, None, reden=_nothing_counts(posten, basis))
    van, tot = ([_times(post, end, basis) for post in counted] for end in ("bedrag_van", "bedrag_tot"))
    lowest, highest = _known(min, van), _known(max, tot)
    return Kosten(
        lowest,
        highest,
        toelichting=", ".join(_notes(counted, basis)) if (lowest, highest) != (None, None) else "",
        reden="" if highest is not None else _no_upper_end(counted),
    )


def _known(which: Callable[[list[Decimal]], Decimal], ends: list[Decimal | None]) -> Decimal | None:
    """The lowest or highest end, when all are known."""
    known = [end for end in ends if end is not None]
    return which(known) if len(known) == len(ends) else None


def _times(post: Kostenpost, end: str, basis: Basis) -> Decimal | None:
    bedrag = getattr(post, end)
    return None if bedrag is None else bedrag * basis.factors[post.eenheid]


def _nothing_counts(posten: list[Kostenpost], basis: Basis) -> str:
    """Why no row counts under this head."""
    others = list(dict.fromkeys(basis.obstacle(post) for post in posten))
    if not others:
        return "er staan geen bedragen bij"
    *first, last = others
    return f"bekend is alleen {' en '.join([', '.join(first), last] if first else [last])}"


def _no_upper_end(counted: list[Kostenpost]) -> str:
    open_ends = sum(post.bedrag_tot is None for post in counted)
    if len(counted) == 1:
        return "hoe hoog het hoogstens wordt, staat er niet bij"
    return f"van {open_ends} van de {len(counted)} bedragen staat er niet bij hoe hoog het hoogstens wordt"


def _notes(counted: list[Kostenpost], basis: Basis) -> list[str]:
    several = [f"laagste en hoogste van {len(counted)} bedragen, niet opgeteld"] * (len(counted) > 1)
    return several + _conversion_notes(counted, basis) + _btw_notes(counted)


def _conversion_notes(counted: list[Kostenpost], basis: Basis) -> list[str]:
    converted = {post.get_eenheid_display(): basis.factors[post.eenheid] for post in counted}
    return [f"omgerekend van een bedrag {unit} (maal {times})" for unit, times in converted.items() if times != 1]


def _btw_notes(counted: list[Kostenpost]) -> list[str]:
    kinds = {post.btw: post.get_btw_display() for post in counted}
    if len(kinds) > 1:
        return ["btw verschilt per bedrag"]
    return [name for kind, name in kinds.items() if kind != Btw.ONBEKEND]


def comparable(posten: Iterable[Kostenpost]) -> list[tuple[Basis, Kosten]]:
    """What these rows allow to say under each head."""
    posten = list(posten)
    return [(basis, kosten(posten, basis)) for basis in BASES]


def incomparable(posten: Iterable[Kostenpost]) -> list[Kostenpost]:
    """The rows that count under no head."""
    return [post for post in posten if all(basis.obstacle(post) for basis in BASES)]


def highest(posten: Iterable[Kostenpost], *bases: Basis) -> Decimal | None:
    """The highest known amount under these heads, or None."""
    posten = list(posten)
    known = [amount for basis in bases if (amount := kosten(posten, basis).highest) is not None]
    return max(known, default=None)
