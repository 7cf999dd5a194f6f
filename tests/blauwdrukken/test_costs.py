from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.costs import COMPARABLE_UNITS, COST_BASES, kosten, other_kosten
from blauwdrukken.models import Kostenpost

AMOUNT = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def kostenpost(draw: st.DrawFn) -> Kostenpost:
    van, tot = draw(AMOUNT), draw(AMOUNT)
    if van is not None and tot is not None and van > tot:
        van, tot = tot, van
    return Kostenpost(
        omschrijving=draw(st.sampled_from(["uren", "zaal"])),
        bedrag_van=van,
        bedrag_tot=tot,
        eenheid=draw(st.sampled_from(Kostenpost.Eenheid.values)),
        btw=draw(st.sampled_from(Kostenpost.Btw.values)),
    )


KOSTENPOSTEN = st.lists(kostenpost(), max_size=6)
BASIS = st.sampled_from(list(COST_BASES))


def known_kosten(posten: list[Kostenpost], grondslag: str) -> list[Kostenpost]:
    return [p for p in posten if p.eenheid in COST_BASES[grondslag] and (p.bedrag_van, p.bedrag_tot) != (None, None)]


@given(KOSTENPOSTEN, BASIS)
def test_the_range_holds_every_amount_and_its_ends_are_amounts_of_rows(
    posten: list[Kostenpost], grondslag: str
) -> None:
    uitkomst, maal = kosten(posten, grondslag), COST_BASES[grondslag]
    for rij in known_kosten(posten, grondslag):
        if uitkomst.lowest is not None and rij.bedrag_van is not None:
            assert uitkomst.lowest <= rij.bedrag_van * maal[rij.eenheid]
        if uitkomst.highest is not None and rij.bedrag_tot is not None:
            assert uitkomst.highest >= rij.bedrag_tot * maal[rij.eenheid]
    vanaf = [p.bedrag_van * maal[p.eenheid] for p in known_kosten(posten, grondslag) if p.bedrag_van is not None]
    assert uitkomst.lowest is None or uitkomst.lowest in vanaf


@given(KOSTENPOSTEN, BASIS)
def test_an_end_that_one_row_does_not_know_is_not_known(posten: list[Kostenpost], grondslag: str) -> None:
    rijen, uitkomst = known_kosten(posten, grondslag), kosten(posten, grondslag)
    assert (uitkomst.lowest is None) == (not rijen or any(p.bedrag_van is None for p in rijen))
    assert (uitkomst.highest is None) == (not rijen or any(p.bedrag_tot is None for p in rijen))


@given(KOSTENPOSTEN, BASIS)
def test_unknown_is_said_and_never_nought(posten: list[Kostenpost], grondslag: str) -> None:
    uitkomst = kosten(posten, grondslag)
    if not known_kosten(posten, grondslag):
        assert str(uitkomst) == "onbekend"
    elif not any(p.bedrag_van == 0 or p.bedrag_tot == 0 for p in known_kosten(posten, grondslag)):
        assert uitkomst.lowest != 0
        assert uitkomst.highest != 0


@given(KOSTENPOSTEN, BASIS, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(posten: list[Kostenpost], grondslag: str, toeval: random.Random) -> None:
    anders = posten.copy()
    toeval.shuffle(anders)
    een, twee = kosten(posten, grondslag), kosten(anders, grondslag)
    assert (een.lowest, een.highest) == (twee.lowest, twee.highest)


@given(KOSTENPOSTEN)
def test_every_row_is_counted_under_one_head_at_most(posten: list[Kostenpost]) -> None:
    for rij in posten:
        plaatsen = [g for g, eenheden in COST_BASES.items() if rij.eenheid in eenheden]
        assert len(plaatsen) == (rij.eenheid in COMPARABLE_UNITS)
    andere = [p for p in posten if p.eenheid not in COMPARABLE_UNITS]
    assert bool(andere) == bool(other_kosten(posten))


@given(st.decimals(min_value=1, max_value=10**6, places=2))
def test_twelve_months_make_a_year_and_that_is_said(bedrag: Decimal) -> None:
    maand = Kostenpost(bedrag_van=bedrag, bedrag_tot=bedrag, eenheid="maand")
    uitkomst = kosten([maand], "Per jaar")
    assert uitkomst.lowest == uitkomst.highest == bedrag * 12
    assert uitkomst.toelichting == "omgerekend van een bedrag per maand (maal 12)"


def test_parts_are_not_added_up_and_that_is_said() -> None:
    deel = Kostenpost(bedrag_van=Decimal(25), bedrag_tot=Decimal(25), eenheid="totaal", btw="inclusief")
    geheel = Kostenpost(bedrag_van=Decimal(175), bedrag_tot=Decimal(175), eenheid="totaal", btw="exclusief")
    leeg = Kostenpost(eenheid="totaal")
    uitkomst = kosten([deel, geheel, leeg], "In totaal")
    assert (uitkomst.lowest, uitkomst.highest) == (25, 175)
    assert uitkomst.toelichting == (
        "laagste en hoogste van 2 bedragen, niet opgeteld, van 1 post is het bedrag onbekend, btw verschilt per bedrag"
    )


def test_days_and_pieces_are_never_converted() -> None:
    dag = Kostenpost(bedrag_van=Decimal(100), bedrag_tot=Decimal(100), eenheid="dag")
    assert str(kosten([dag], "Per jaar")) == "onbekend"
    assert {naam: str(b) for naam, b in other_kosten([dag]).items()} == {"per dag": "€\N{NO-BREAK SPACE}100"}
