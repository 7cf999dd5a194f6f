from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.costs import GRONDSLAGEN, VERGELIJKBAAR, andere_kosten, kosten
from blauwdrukken.models import Kostenpost

BEDRAG = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def post(draw: st.DrawFn) -> Kostenpost:
    van, tot = draw(BEDRAG), draw(BEDRAG)
    if van is not None and tot is not None and van > tot:
        van, tot = tot, van
    return Kostenpost(
        omschrijving=draw(st.sampled_from(["uren", "zaal"])),
        bedrag_van=van,
        bedrag_tot=tot,
        eenheid=draw(st.sampled_from(Kostenpost.Eenheid.values)),
        btw=draw(st.sampled_from(Kostenpost.Btw.values)),
    )


POSTEN = st.lists(post(), max_size=6)
GRONDSLAG = st.sampled_from(list(GRONDSLAGEN))


def bekend(posten: list[Kostenpost], grondslag: str) -> list[Kostenpost]:
    return [p for p in posten if p.eenheid in GRONDSLAGEN[grondslag] and (p.bedrag_van, p.bedrag_tot) != (None, None)]


@given(POSTEN, GRONDSLAG)
def test_the_range_holds_every_amount_and_its_ends_are_amounts_of_rows(
    posten: list[Kostenpost], grondslag: str
) -> None:
    uitkomst, maal = kosten(posten, grondslag), GRONDSLAGEN[grondslag]
    for rij in bekend(posten, grondslag):
        if uitkomst.van is not None and rij.bedrag_van is not None:
            assert uitkomst.van <= rij.bedrag_van * maal[rij.eenheid]
        if uitkomst.tot is not None and rij.bedrag_tot is not None:
            assert uitkomst.tot >= rij.bedrag_tot * maal[rij.eenheid]
    vanaf = [p.bedrag_van * maal[p.eenheid] for p in bekend(posten, grondslag) if p.bedrag_van is not None]
    assert uitkomst.van is None or uitkomst.van in vanaf


@given(POSTEN, GRONDSLAG)
def test_an_end_that_one_row_does_not_know_is_not_known(posten: list[Kostenpost], grondslag: str) -> None:
    rijen, uitkomst = bekend(posten, grondslag), kosten(posten, grondslag)
    assert (uitkomst.van is None) == (not rijen or any(p.bedrag_van is None for p in rijen))
    assert (uitkomst.tot is None) == (not rijen or any(p.bedrag_tot is None for p in rijen))


@given(POSTEN, GRONDSLAG)
def test_unknown_is_said_and_never_nought(posten: list[Kostenpost], grondslag: str) -> None:
    uitkomst = kosten(posten, grondslag)
    if not bekend(posten, grondslag):
        assert str(uitkomst) == "onbekend"
    elif not any(p.bedrag_van == 0 or p.bedrag_tot == 0 for p in bekend(posten, grondslag)):
        assert uitkomst.van != 0
        assert uitkomst.tot != 0


@given(POSTEN, GRONDSLAG, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(posten: list[Kostenpost], grondslag: str, toeval: random.Random) -> None:
    anders = posten.copy()
    toeval.shuffle(anders)
    een, twee = kosten(posten, grondslag), kosten(anders, grondslag)
    assert (een.van, een.tot) == (twee.van, twee.tot)


@given(POSTEN)
def test_every_row_is_counted_under_one_head_at_most(posten: list[Kostenpost]) -> None:
    for rij in posten:
        plaatsen = [g for g, eenheden in GRONDSLAGEN.items() if rij.eenheid in eenheden]
        assert len(plaatsen) == (rij.eenheid in VERGELIJKBAAR)
    andere = [p for p in posten if p.eenheid not in VERGELIJKBAAR]
    assert bool(andere) == bool(andere_kosten(posten))


@given(st.decimals(min_value=1, max_value=10**6, places=2))
def test_twelve_months_make_a_year_and_that_is_said(bedrag: Decimal) -> None:
    maand = Kostenpost(bedrag_van=bedrag, bedrag_tot=bedrag, eenheid="maand")
    uitkomst = kosten([maand], "Per jaar")
    assert uitkomst.van == uitkomst.tot == bedrag * 12
    assert uitkomst.toelichting == "omgerekend van een bedrag per maand (maal 12)"


def test_parts_are_not_added_up_and_that_is_said() -> None:
    deel = Kostenpost(bedrag_van=Decimal(25), bedrag_tot=Decimal(25), eenheid="totaal", btw="inclusief")
    geheel = Kostenpost(bedrag_van=Decimal(175), bedrag_tot=Decimal(175), eenheid="totaal", btw="exclusief")
    leeg = Kostenpost(eenheid="totaal")
    uitkomst = kosten([deel, geheel, leeg], "In totaal")
    assert (uitkomst.van, uitkomst.tot) == (25, 175)
    assert uitkomst.toelichting == (
        "laagste en hoogste van 2 bedragen, niet opgeteld, van 1 post is het bedrag onbekend, btw verschilt per bedrag"
    )


def test_days_and_pieces_are_never_converted() -> None:
    dag = Kostenpost(bedrag_van=Decimal(100), bedrag_tot=Decimal(100), eenheid="dag")
    assert str(kosten([dag], "Per jaar")) == "onbekend"
    assert {naam: str(b) for naam, b in andere_kosten([dag]).items()} == {"per dag": "€\N{NO-BREAK SPACE}100"}
