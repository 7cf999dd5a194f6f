from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.costs import COST_BASES, kosten, other_kosten
from blauwdrukken.models import Kostenpost

AMOUNT = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def kostenpost(draw: st.DrawFn) -> Kostenpost:
    low, high = draw(AMOUNT), draw(AMOUNT)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Kostenpost(
        omschrijving=draw(st.sampled_from(["uren", "zaal"])),
        bedrag_van=low,
        bedrag_tot=high,
        eenheid=draw(st.sampled_from(Kostenpost.Eenheid.values)),
        btw=draw(st.sampled_from(Kostenpost.Btw.values)),
    )


# Head -> units under it, with how many make one: by hand, for the tests judge those of the site.
HEADS = {
    "In totaal": {"totaal": 1},
    "Per deelnemer": {"deelnemer": 1},
    "Per werkgever": {"werkgever": 1},
    "Per jaar": {"jaar": 1, "maand": 12, "week": 52},
}
COMPARABLE = {eenheid for eenheden in HEADS.values() for eenheid in eenheden}

KOSTENPOSTEN = st.lists(kostenpost(), max_size=6)
BASIS = st.sampled_from(list(HEADS))


def known_kosten(posten: list[Kostenpost], basis: str) -> list[Kostenpost]:
    return [p for p in posten if p.eenheid in HEADS[basis] and (p.bedrag_van, p.bedrag_tot) != (None, None)]


@given(KOSTENPOSTEN, BASIS)
def test_the_range_holds_every_amount_and_its_ends_are_amounts_of_rows(posten: list[Kostenpost], basis: str) -> None:
    outcome, factor = kosten(posten, basis), HEADS[basis]
    for row in known_kosten(posten, basis):
        if outcome.lowest is not None and row.bedrag_van is not None:
            assert outcome.lowest <= row.bedrag_van * factor[row.eenheid]
        if outcome.highest is not None and row.bedrag_tot is not None:
            assert outcome.highest >= row.bedrag_tot * factor[row.eenheid]
    lowest_amounts = [p.bedrag_van * factor[p.eenheid] for p in known_kosten(posten, basis) if p.bedrag_van is not None]
    assert outcome.lowest is None or outcome.lowest in lowest_amounts


@given(KOSTENPOSTEN, BASIS)
def test_an_end_that_one_row_does_not_know_is_not_known(posten: list[Kostenpost], basis: str) -> None:
    rows, outcome = known_kosten(posten, basis), kosten(posten, basis)
    assert (outcome.lowest is None) == (not rows or any(p.bedrag_van is None for p in rows))
    assert (outcome.highest is None) == (not rows or any(p.bedrag_tot is None for p in rows))


@given(KOSTENPOSTEN, BASIS)
def test_unknown_is_said_and_never_nought(posten: list[Kostenpost], basis: str) -> None:
    outcome = kosten(posten, basis)
    if not known_kosten(posten, basis):
        assert str(outcome) == "onbekend"
    elif not any(p.bedrag_van == 0 or p.bedrag_tot == 0 for p in known_kosten(posten, basis)):
        assert outcome.lowest != 0
        assert outcome.highest != 0


@given(KOSTENPOSTEN, BASIS, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(posten: list[Kostenpost], basis: str, rng: random.Random) -> None:
    shuffled = posten.copy()
    rng.shuffle(shuffled)
    first, second = kosten(posten, basis), kosten(shuffled, basis)
    assert (first.lowest, first.highest) == (second.lowest, second.highest)


@given(KOSTENPOSTEN)
def test_every_row_is_counted_under_one_head_at_most(posten: list[Kostenpost]) -> None:
    for row in posten:
        places = [g for g, eenheden in HEADS.items() if row.eenheid in eenheden]
        assert len(places) == (row.eenheid in COMPARABLE)
    others = [p for p in posten if p.eenheid not in COMPARABLE]
    assert bool(others) == bool(other_kosten(posten))


def amount(low: int | None, high: int | None = None, eenheid: str = "totaal", **fields: str) -> Kostenpost:
    """A row with amounts in whole euros."""
    euros = {name: None if bedrag is None else Decimal(bedrag) for name, bedrag in (("van", low), ("tot", high))}
    return Kostenpost(bedrag_van=euros["van"], bedrag_tot=euros["tot"], eenheid=eenheid, **fields)


@pytest.mark.parametrize("basis", HEADS)
def test_each_unit_comes_under_its_own_head_as_often_as_it_goes_in(basis: str) -> None:
    assert list(COST_BASES) == list(HEADS)
    for eenheid in Kostenpost.Eenheid.values:
        outcome, times = kosten([amount(3, 5, eenheid)], basis), HEADS[basis].get(eenheid)
        assert (outcome.lowest, outcome.highest) == ((3 * times, 5 * times) if times else (None, None))


def test_the_range_runs_from_the_lowest_to_the_highest() -> None:
    outcome = kosten([amount(30, 40), amount(10, 20), amount(20, 90, "week")], "In totaal")
    assert (outcome.lowest, outcome.highest) == (10, 40)


@pytest.mark.parametrize(
    ("posten", "sentence"),
    [
        ([amount(1, 2)], ""),
        ([amount(1, 2), amount(3, 4)], "laagste en hoogste van 2 bedragen, niet opgeteld"),
        ([amount(1, 2), amount(None)], "van 1 post is het bedrag onbekend"),
        ([amount(1, 2), amount(None), amount(None)], "van 2 posten is het bedrag onbekend"),
        ([amount(1, 2, btw="inclusief")], "inclusief btw"),
        (
            [amount(1, 2, btw="inclusief"), amount(None, btw="exclusief")],
            "van 1 post is het bedrag onbekend, inclusief btw",
        ),
        (
            [amount(1, 2, btw="inclusief"), amount(1, 2)],
            "laagste en hoogste van 2 bedragen, niet opgeteld, btw verschilt per bedrag",
        ),
    ],
)
def test_what_to_know_of_a_range_is_said_and_no_more(posten: list[Kostenpost], sentence: str) -> None:
    assert kosten(posten, "In totaal").toelichting == sentence


def test_what_fits_no_head_goes_by_its_unit_or_else_by_its_description() -> None:
    posten = [
        amount(1, 1, "dag", omschrijving="Trainer"),
        amount(5, 5, "dag", omschrijving="Zaal"),
        amount(7, 7, "anders", omschrijving="Per rit"),
        amount(9, 9, "totaal", omschrijving="Alles"),
    ]
    outcome = {name: (bedrag.lowest, bedrag.highest) for name, bedrag in other_kosten(posten).items()}
    assert outcome == {"per dag": (1, 5), "Per rit": (7, 7)}
    assert other_kosten([amount(1, 2, "dag")])["per dag"].toelichting == ""


@given(st.decimals(min_value=1, max_value=10**6, places=2))
def test_twelve_months_make_a_year_and_that_is_said(bedrag: Decimal) -> None:
    month = Kostenpost(bedrag_van=bedrag, bedrag_tot=bedrag, eenheid="maand")
    outcome = kosten([month], "Per jaar")
    assert outcome.lowest == outcome.highest == bedrag * 12
    assert outcome.toelichting == "omgerekend van een bedrag per maand (maal 12)"


def test_parts_are_not_added_up_and_that_is_said() -> None:
    part = Kostenpost(bedrag_van=Decimal(25), bedrag_tot=Decimal(25), eenheid="totaal", btw="inclusief")
    whole = Kostenpost(bedrag_van=Decimal(175), bedrag_tot=Decimal(175), eenheid="totaal", btw="exclusief")
    empty = Kostenpost(eenheid="totaal")
    outcome = kosten([part, whole, empty], "In totaal")
    assert (outcome.lowest, outcome.highest) == (25, 175)
    assert outcome.toelichting == (
        "laagste en hoogste van 2 bedragen, niet opgeteld, van 1 post is het bedrag onbekend, btw verschilt per bedrag"
    )


def test_days_and_pieces_are_never_converted() -> None:
    day = Kostenpost(bedrag_van=Decimal(100), bedrag_tot=Decimal(100), eenheid="dag")
    assert str(kosten([day], "Per jaar")) == "onbekend"
    assert {name: str(b) for name, b in other_kosten([day]).items()} == {"per dag": "€\N{NO-BREAK SPACE}100"}
