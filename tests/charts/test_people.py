from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.charts.people import MOST, make_part
from blauwdrukken.models import Kerncijfer


@given(st.integers(0, 500), st.integers(0, 500))
def test_as_many_figures_are_filled_as_are_counted(counted: int, whole: int) -> None:
    part = make_part(counted, whole)
    if whole < 2 or counted > whole:
        assert part is None
        return
    assert part is not None
    assert 0 <= part.share <= 100
    assert len(part.figures) == (whole if whole <= MOST else 0)
    assert sum(figure.counted for figure in part.figures) == (counted if whole <= MOST else 0)
    assert len({(figure.x, figure.y) for figure in part.figures}) == len(part.figures)


@pytest.mark.parametrize(
    ("waarde", "both"),
    [
        ("14 van 26", (14, 26)),
        ("meer dan 150 van 500", (150, 500)),
        ("1.200 van de 10.000", (1200, 10000)),
        ("23", None),
        ("15%", None),
        ("1 of 2 van 10", None),
        ("5,5 van 10", None),
        ("van 10", None),
        ("50-60 van 100", None),
    ],
)
def test_only_a_value_that_says_both_numbers_is_a_part(waarde: str, both: tuple[int, int] | None) -> None:
    assert Kerncijfer(waarde=waarde).part_of_whole == both


def page_of(client: Client, create_blauwdruk: Any, waarde: str, eenheid: str) -> str:
    blauwdruk = create_blauwdruk(slug="deel")
    blauwdruk.kerncijfers.add(Kerncijfer(soort="uitkomst", waarde=waarde, eenheid=eenheid, omschrijving="vonden werk"))
    blauwdruk.save()
    html = client.get("/blauwdrukken/deel/").content.decode()
    return html[html.index('id="vak-uitkomst"') :].split("</div>")[0]


def test_the_strip_draws_its_outcome_as_many_times_as_its_words_say(client: Client, create_blauwdruk: Any) -> None:
    cell = page_of(client, create_blauwdruk, "3 van 5", "mensen")
    assert "<strong>3 van 5</strong>" in cell
    assert (cell.count("<use"), cell.count('class="vol"')) == (5, 3)


def test_too_many_to_count_are_one_bar(client: Client, create_blauwdruk: Any) -> None:
    cell = page_of(client, create_blauwdruk, "meer dan 150 van 500", "mensen")
    assert '<rect class="vol" width="30.0%"' in cell
    assert "<use" not in cell


def test_a_number_alone_is_not_drawn(client: Client, create_blauwdruk: Any) -> None:
    cell = page_of(client, create_blauwdruk, "23", "mensen")
    assert '<svg class="mensen"' not in cell
    assert '<svg class="aandeel"' not in cell
