from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.costs import BASES, Basis, comparable, highest, incomparable, kosten
from blauwdrukken.models import Kostenpost
from tests.blauwdrukken.costs_by_hand import HEADS, UNKNOWN, counting, maximum

AMOUNT = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def kostenpost(draw: st.DrawFn) -> Kostenpost:
    low, high = draw(AMOUNT), draw(AMOUNT)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Kostenpost(
        omschrijving=draw(st.sampled_from(["uren", "zaal"])),
        soort=draw(st.sampled_from([*Kostenpost.Soort.values, "kosten", "prijs", ""])),
        bedrag_van=low,
        bedrag_tot=high,
        eenheid=draw(st.sampled_from([*Kostenpost.Eenheid.values, "uitvoering", "deelnemer"])),
        hoe_vaak=draw(st.sampled_from([*Kostenpost.HoeVaak.values, "eenmalig", ""])),
        btw=draw(st.sampled_from(Kostenpost.Btw.values)),
    )


KOSTENPOSTEN = st.lists(kostenpost(), max_size=6)
BASIS = st.sampled_from(BASES)
OF_OTHERS = ["subsidie", "bijdrage", "budget"]


def as_number(bedrag: Decimal | None) -> Decimal:
    return UNKNOWN if bedrag is None else bedrag


@given(KOSTENPOSTEN, BASIS)
def test_the_highest_is_that_of_a_count_by_hand(posten: list[Kostenpost], basis: Basis) -> None:
    assert as_number(kosten(posten, basis).highest) == maximum(posten, basis.per)
    lows = [low for low, _ in counting(posten, basis.per)]
    expected = None if not lows or None in lows else min(low for low in lows if low is not None)
    assert kosten(posten, basis).lowest == expected


@given(KOSTENPOSTEN, KOSTENPOSTEN, BASIS)
def test_more_rows_never_lower_a_maximum(posten: list[Kostenpost], more: list[Kostenpost], basis: Basis) -> None:
    before, after = kosten(posten, basis), kosten([*posten, *more], basis)
    if counting(posten, basis.per):
        assert as_number(after.highest) >= as_number(before.highest)


@given(KOSTENPOSTEN, BASIS)
def test_unknown_is_said_with_its_reason_and_never_nought(posten: list[Kostenpost], basis: Basis) -> None:
    outcome, rows = kosten(posten, basis), counting(posten, basis.per)
    assert (outcome.highest is None) == bool(outcome.reden)
    assert (str(outcome) == "onbekend") == (not outcome.is_known)
    if not any(0 in row for row in rows):
        assert outcome.lowest != 0
        assert outcome.highest != 0


@given(KOSTENPOSTEN, KOSTENPOSTEN, st.sampled_from(OF_OTHERS), BASIS)
def test_money_of_others_never_counts(
    posten: list[Kostenpost], others: list[Kostenpost], soort: str, basis: Basis
) -> None:
    for post in others:
        post.soort = soort
    with_others, without = kosten([*posten, *others], basis), kosten(posten, basis)
    assert (with_others.lowest, with_others.highest) == (without.lowest, without.highest)
    assert not kosten(others, basis).is_known


@given(KOSTENPOSTEN, BASIS)
def test_amounts_are_never_added_up(posten: list[Kostenpost], basis: Basis) -> None:
    outcome = kosten(posten, basis)
    ends = {end for row in counting(posten, basis.per) for end in row}
    assert {outcome.lowest, outcome.highest} - {None} <= ends


@given(KOSTENPOSTEN, BASIS, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(posten: list[Kostenpost], basis: Basis, rng: random.Random) -> None:
    shuffled = posten.copy()
    rng.shuffle(shuffled)
    first, second = kosten(posten, basis), kosten(shuffled, basis)
    assert (first.lowest, first.highest) == (second.lowest, second.highest)


@given(KOSTENPOSTEN)
def test_every_row_counts_under_one_head_or_stands_among_the_others(posten: list[Kostenpost]) -> None:
    assert [basis.per for basis, _ in comparable(posten)] == list(HEADS)
    for post in posten:
        heads = [per for per in HEADS if counting([post], per)]
        assert len(heads) <= 1
        assert (post in incomparable(posten)) == (not heads)


@given(KOSTENPOSTEN)
def test_the_highest_under_some_heads_is_the_highest_that_is_known(posten: list[Kostenpost]) -> None:
    known = [top for per in ("uitvoering", "deelnemer") if (top := maximum(posten, per)) != UNKNOWN]
    assert highest(posten, *BASES[:2]) == max(known, default=None)


def amount(low: int | None, high: int | None = None, per: str = "uitvoering", **fields: str) -> Kostenpost:
    """A row with amounts in whole euros that counts, unless its fields say otherwise."""
    euros = {name: None if bedrag is None else Decimal(bedrag) for name, bedrag in (("van", low), ("tot", high))}
    said = {"soort": "kosten", "hoe_vaak": "eenmalig"} | fields
    return Kostenpost(bedrag_van=euros["van"], bedrag_tot=euros["tot"], eenheid=per, **said)


UITVOERING, DEELNEMER, WERKGEVER, JAAR = BASES


@pytest.mark.parametrize("basis", BASES)
def test_each_unit_comes_under_its_own_head_as_often_as_it_goes_in(basis: Basis) -> None:
    for eenheid in Kostenpost.Eenheid.values:
        outcome, times = kosten([amount(3, 5, eenheid)], basis), HEADS[basis.per].get(eenheid)
        assert (outcome.lowest, outcome.highest) == ((3 * times, 5 * times) if times else (None, None))


@pytest.mark.parametrize(
    ("posten", "sentence"),
    [
        ([amount(1, 2)], ""),
        ([amount(1, 2), amount(3, 4)], "laagste en hoogste van 2 bedragen, niet opgeteld"),
        ([amount(1, 2, btw="inclusief")], "inclusief btw"),
        (
            [amount(1, 2, btw="inclusief"), amount(1, 2)],
            "laagste en hoogste van 2 bedragen, niet opgeteld, btw verschilt per bedrag",
        ),
    ],
)
def test_what_to_know_of_a_range_is_said_and_no_more(posten: list[Kostenpost], sentence: str) -> None:
    assert (kosten(posten, UITVOERING).toelichting, kosten(posten, UITVOERING).reden) == (sentence, "")


@pytest.mark.parametrize(
    ("posten", "reason"),
    [
        ([], "er staan geen bedragen bij"),
        ([amount(9, 9, soort="subsidie")], "bekend is alleen een subsidie"),
        (
            [amount(9, 9, soort="subsidie"), amount(5, 5, soort="onderdeel"), amount(2, 2, "traject", soort="prijs")],
            "bekend is alleen een subsidie, kosten van een onderdeel en een bedrag per traject",
        ),
        (
            [amount(9, 9, soort="budget"), amount(8, 8, soort="budget"), amount(7, 7, "anders")],
            "bekend is alleen een budget of begroting en een bedrag per iets anders",
        ),
        ([amount(9, 9, soort="onbekend")], "bekend is alleen een bedrag waarvan niet vaststaat wat het is"),
        ([amount(9, 9, "totaal")], "bekend is alleen een bedrag in totaal"),
        ([amount(9, 9, hoe_vaak="jaarlijks")], "bekend is alleen een bedrag dat elk jaar terugkomt"),
        (
            [amount(9, 9, hoe_vaak="onbekend")],
            "bekend is alleen een bedrag waarvan niet vaststaat hoe vaak het terugkomt",
        ),
        ([amount(9)], "hoe hoog het hoogstens wordt, staat er niet bij"),
        ([amount(9, 9), amount(None)], "van 1 van de 2 bedragen staat er niet bij hoe hoog het hoogstens wordt"),
    ],
)
def test_why_nobody_knows_is_said_in_words(posten: list[Kostenpost], reason: str) -> None:
    outcome = kosten(posten, UITVOERING)
    assert outcome.highest is None
    assert outcome.reden == reason


def test_a_known_lower_end_is_told_with_what_is_not_known() -> None:
    outcome = kosten([amount(20_000, btw="inclusief")], UITVOERING)
    assert str(outcome) == "vanaf €\N{NO-BREAK SPACE}20.000"
    assert outcome.remarks == "inclusief btw, hoe hoog het hoogstens wordt, staat er niet bij"


@given(st.decimals(min_value=1, max_value=10**6, places=2))
def test_twelve_months_make_a_year_and_that_is_said(bedrag: Decimal) -> None:
    month = Kostenpost(soort="kosten", bedrag_van=bedrag, bedrag_tot=bedrag, eenheid="maand")
    outcome = kosten([month], JAAR)
    assert outcome.lowest == outcome.highest == bedrag * 12
    assert outcome.toelichting == "omgerekend van een bedrag per maand (maal 12)"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"bedrag_van": 9, "bedrag_tot": 3}, "bedrag_tot"),
        ({"soort": "prijs", "eenheid": "totaal"}, "eenheid"),
        ({"eenheid": "jaar", "hoe_vaak": "eenmalig"}, "hoe_vaak"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Kostenpost(omschrijving="Zaal", **fields).clean()
    assert list(refused.value.message_dict) == [wrong]


@pytest.mark.parametrize("eenheid", Kostenpost.Eenheid.values)
def test_a_row_that_says_no_more_than_before_stays_valid(eenheid: str) -> None:
    Kostenpost(omschrijving="Zaal", bedrag_van=3, eenheid=eenheid, blauwdruk_id=1).clean()


def test_per_what_for_whom_and_how_often_stand_together() -> None:
    assert amount(1, 1, "training", voor_wie="een groep").waarvoor == "per training, voor een groep, eenmalig"
    assert amount(1, 1, "jaar", hoe_vaak="jaarlijks").waarvoor == "per jaar"
    assert amount(1, 1, "uur", hoe_vaak="onbekend").waarvoor == "per uur"
