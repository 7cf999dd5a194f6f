from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from blauwdrukken.glance import NO_OUTCOME, Cell, glance
from blauwdrukken.models import Blauwdruk, Kerncijfer, Kostenpost


def cells(blauwdruk: Blauwdruk) -> dict[str, Cell]:
    return {cell.name: cell for cell in glance(blauwdruk)}


def add_figures(blauwdruk: Blauwdruk, *figures: tuple[str, str, str]) -> Blauwdruk:
    for soort, waarde, omschrijving in figures:
        blauwdruk.kerncijfers.add(Kerncijfer(soort=soort, waarde=waarde, omschrijving=omschrijving))
    blauwdruk.save()
    return blauwdruk


def test_of_an_empty_blueprint_nothing_is_claimed(create_blauwdruk: Any) -> None:
    found = cells(create_blauwdruk())
    assert [name for name, cell in found.items() if cell.is_known] == ["hoe-zeker", "stand"]
    assert found["hoe-zeker"].value == "Onderbouwing onbekend"
    assert found["stand"].value == "Idee, datum onbekend"
    assert {found[name].words for name in ("uitkomst", "voor-wie", "kosten", "duur", "bij-wie")} == {"Onbekend"}


def test_the_outcome_comes_before_what_was_meant_or_put_in(create_blauwdruk: Any) -> None:
    blauwdruk = add_figures(
        create_blauwdruk(), ("doel", "180", "plekken gevraagd"), ("inzet", "5", "dagen"), ("uitkomst", "23", "plekken")
    )
    found = cells(blauwdruk)
    assert (found["uitkomst"].figure, found["uitkomst"].value) == ("23", "plekken")
    assert found["duur"].words == "5 dagen"


def test_a_goal_is_no_outcome(create_blauwdruk: Any) -> None:
    cell = cells(add_figures(create_blauwdruk(), ("doel", "180", "plekken gevraagd")))["uitkomst"]
    assert not cell.is_known
    assert cell.remarks == [NO_OUTCOME, "Doel: 180 plekken gevraagd"]


def test_a_subsidy_is_no_cost_and_the_strip_says_what_is_known(create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk()
    blauwdruk.kosten.add(
        Kostenpost(
            omschrijving="Rijk",
            soort=Kostenpost.Soort.SUBSIDIE,
            bedrag_van=Decimal(2_000_000),
            bedrag_tot=Decimal(2_000_000),
            eenheid=Kostenpost.Eenheid.UITVOERING,
        )
    )
    blauwdruk.save()
    cell = cells(blauwdruk)["kosten"]
    assert not cell.is_known
    assert cell.remarks == ["Bekend is alleen een subsidie"]


@pytest.mark.parametrize("nummer", range(1, 26))
def test_the_page_answers_seven_questions_below_the_title(client: Client, nummer: int) -> None:
    html = client.get(f"/b/{nummer}", follow=True).content.decode()
    strip = html[html.index('aria-label="In één oogopslag"') :].split("</section>")[0]
    assert re.findall(r'id="vak-([\w-]+)"', strip) == [
        "uitkomst",
        "voor-wie",
        "kosten",
        "duur",
        "hoe-zeker",
        "stand",
        "bij-wie",
    ]
    assert html.index("<h1>") < html.index('aria-label="In één') < html.index('<h2 id="omschrijving">')
