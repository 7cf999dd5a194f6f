from __future__ import annotations

from itertools import combinations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.charts.scheme import MOST_NAMES, WIDTH, Box, Group, Name, Place, make_scheme
from blauwdrukken.models import Blauwdruk, Organisatie, Partij

WORDS = st.text(st.sampled_from("abcdef -é"), min_size=1, max_size=90)
NAMES = st.lists(st.builds(Name, WORDS, st.booleans()), min_size=1, max_size=9)
GROUPS = st.lists(st.builds(Group, WORDS, st.sampled_from(Place), NAMES), max_size=9)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not beside and one.y < other.bottom and other.y < one.bottom


@given(GROUPS)
def test_every_group_has_a_box_of_its_own_within_the_picture(groups: list[Group]) -> None:
    scheme = make_scheme(groups)
    if sum(len(group.names) for group in groups) < 2:
        assert scheme is None
        return
    assert scheme is not None
    assert sorted(map(id, groups)) == sorted(id(box.group) for box in scheme.boxes)
    assert not any(overlap(*pair) for pair in combinations(scheme.boxes, 2))
    for box in scheme.boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH + 0.01
        assert all(box.y < line.y < box.bottom for line in box.lines)


@given(GROUPS)
def test_who_gives_stands_above_who_carries_out_and_they_above_the_others(groups: list[Group]) -> None:
    scheme = make_scheme(groups)
    if scheme is None:
        return
    order = [list(Place).index(box.group.place) for box in sorted(scheme.boxes, key=lambda box: box.y)]
    assert order == sorted(order)


def test_an_arrow_ends_at_each_box_that_has_another_above_it() -> None:
    one, two = Name("A"), Name("B")
    scheme = make_scheme([Group("Geeft", Place.GIVES, [one]), Group("Doet", Place.DOES, [two])])
    assert scheme is not None
    lower = scheme.boxes[1]
    assert scheme.arrows == [(lower.middle, lower.y)]


def test_no_arrow_goes_between_two_rows_of_one_place() -> None:
    groups = [Group(f"Rol {i}", Place.TAKES_PART, [Name("A")]) for i in range(5)]
    scheme = make_scheme(groups)
    assert scheme is not None
    assert len({box.y for box in scheme.boxes}) == 2
    assert (scheme.paths, scheme.arrows) == ([], [])


def test_names_after_the_fourth_are_counted() -> None:
    scheme = make_scheme([Group("Doet", Place.DOES, [Name(f"N{i}") for i in range(7)])])
    assert scheme is not None
    texts = [line.text for line in scheme.boxes[0].lines]
    assert texts == [*(f"N{i}" for i in range(MOST_NAMES)), "en 3 andere"]


def test_a_star_stands_once_at_a_crucial_party_with_a_long_name() -> None:
    long = "Samenwerkende partijen van de arbeidsmarkt in een lange regio"
    scheme = make_scheme([Group("Doet", Place.DOES, [Name(long, crucial=True), Name("Kort")])])
    assert scheme is not None
    assert [line.starred for line in scheme.boxes[0].lines].count(True) == 1
    assert scheme.boxes[0].lines[0].starred


@pytest.mark.django_db
def test_the_page_draws_the_parties_that_its_table_names(client: Client) -> None:
    blauwdruk = Blauwdruk(titel="Schema", slug="schema", samenvatting="x", live=True)
    for naam, rol in [("Geldgever & Zn", "subsidiegever"), ("Uitvoerder", "uitvoerder")]:
        blauwdruk.partijen.add(Partij(rol=rol, organisatie=Organisatie.objects.create(naam=naam)))
    blauwdruk.save()
    html = client.get("/blauwdrukken/schema/").content.decode()
    drawing = html[html.index('<svg class="schema"') :].split("</svg>")[0]
    assert "Geldgever &amp; Zn" in drawing
    assert drawing.count("<rect") == 2
    assert "<table" in html


@pytest.mark.django_db
def test_one_party_is_not_drawn(client: Client) -> None:
    blauwdruk = Blauwdruk(titel="Alleen", slug="alleen", samenvatting="x", live=True)
    blauwdruk.partijen.add(Partij(rol="uitvoerder", organisatie=Organisatie.objects.create(naam="Een")))
    blauwdruk.save()
    assert '<svg class="schema"' not in client.get("/blauwdrukken/alleen/").content.decode()
