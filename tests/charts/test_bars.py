from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.charts.bars import LEAST, ROOM, WIDTH, Span, make_bars
from blauwdrukken.models import Blauwdruk, Kostenpost

AMOUNT = st.none() | st.decimals(1, 10_000_000, places=2)
SPAN = st.tuples(AMOUNT, AMOUNT).filter(lambda ends: ends[0] is None or ends[1] is None or ends[0] <= ends[1])


def span(lowest: int | None, highest: int | None) -> Span:
    return tuple(None if end is None else Decimal(end) for end in (lowest, highest))  # type: ignore[return-value]


def test_all_share_the_scale_of_the_highest_amount() -> None:
    drawn = make_bars([span(200, 200), span(50, 100), span(None, 50)])
    assert drawn
    assert drawn.top == 200
    assert [(bar.sure, bar.possible) for bar in drawn.bars if bar] == [(WIDTH, 0), (25, 25), (0, 25)]


def test_sure_and_possible_add_up_to_the_highest_end() -> None:
    spans = [span(1, 3), span(7, 7), span(2, 9)]
    drawn = make_bars(spans)
    assert drawn
    for bar, (_, highest) in zip(drawn.bars, spans, strict=True):
        assert bar
        assert highest is not None
        assert bar.end == pytest.approx(float(highest / 9) * WIDTH, abs=0.02)


def test_what_is_unknown_has_no_bar() -> None:
    drawn = make_bars([span(10, 10), span(None, None), span(5, 5)])
    assert drawn
    assert [bar is None for bar in drawn.bars] == [False, True, False]


@pytest.mark.parametrize("spans", [[], [span(5, 5)], [span(5, 5), span(None, None)], [span(0, 0), span(0, 0)]])
def test_nothing_is_drawn_that_does_not_compare(spans: list[Span]) -> None:
    assert make_bars(spans) is None


def test_without_an_upper_end_the_bar_is_open() -> None:
    drawn = make_bars([span(20, None), span(80, 80)])
    assert drawn
    first, second = drawn.bars
    assert first
    assert second
    assert (first.sure, first.possible, first.is_open) == ((WIDTH - ROOM) / 4, 0, True)
    assert not second.is_open
    assert second.rest == ROOM


@given(st.lists(SPAN, max_size=8))
def test_what_is_drawn_fits_and_draws_no_end_that_is_not_known(spans: list[Span]) -> None:
    drawn = make_bars(spans)
    if drawn is None:
        return
    for (lowest, highest), bar in zip(spans, drawn.bars, strict=True):
        assert (bar is None) == (lowest is None and highest is None)
        if bar:
            assert 0 < bar.end <= WIDTH
            assert bar.is_open == (highest is None)
            assert bool(bar.sure) == (lowest is not None)
            assert not bar.is_open or bar.rest >= ROOM - 0.01


def test_a_very_small_amount_is_seen_and_nought_is_not() -> None:
    drawn = make_bars([span(1, 1), span(0, 0), span(100_000, 100_000)])
    assert drawn
    assert [bar.sure for bar in drawn.bars if bar] == [LEAST, 0, WIDTH]


def add(create_blauwdruk: Any, slug: str, van: int | None, tot: int | None, soort: str = "kosten") -> Blauwdruk:
    blauwdruk = create_blauwdruk(slug=slug, titel=slug.capitalize())
    blauwdruk.kosten.add(
        Kostenpost(
            omschrijving="Alles",
            soort=soort,
            bedrag_van=van,
            bedrag_tot=tot,
            eenheid="bijeenkomst" if soort == "vreemd" else "deelnemer",
            hoe_vaak="eenmalig",
        )
    )
    blauwdruk.save()
    return blauwdruk


@pytest.fixture
def no_others(db: None) -> None:
    Kostenpost.objects.all().delete()


def drawn(client: Client, slug: str) -> str:
    html = client.get(f"/blauwdrukken/{slug}/").content.decode()
    return html[html.index("Kosten per deelnemer") :].split("</table>")[0] if "Kosten per deelnemer" in html else ""


@pytest.mark.usefixtures("no_others")
def test_a_page_shows_its_amount_beside_others_and_its_table_equals_the_picture(
    client: Client, create_blauwdruk: Any
) -> None:
    add(create_blauwdruk, "eigen", 500, 1000)
    add(create_blauwdruk, "duur", 2000, 2000)
    add(create_blauwdruk, "open", 1000, None)
    table = drawn(client, "eigen")
    rows = [row for row in table.split("<tr") if "<svg" in row]
    figures = [re.search(r'"getal">([^<]+)', row) for row in rows]
    assert [found[1].replace("\N{NO-BREAK SPACE}", " ") for found in figures if found] == [
        "€ 500 tot € 1.000",
        "vanaf € 1.000",
        "€ 2.000",
    ]
    widths = [
        dict(re.findall(r'class="(vast|spreiding|verder)"(?: x="[\d.]+%")? width="([\d.]+)%', row)) for row in rows
    ]
    assert [set(found) for found in widths] == [{"vast", "spreiding"}, {"vast", "verder"}, {"vast"}]
    longest = float(widths[2]["vast"])
    assert float(widths[0]["vast"]) + float(widths[0]["spreiding"]) == pytest.approx(longest / 2, abs=0.02)
    assert float(widths[1]["vast"]) == pytest.approx(longest / 2, abs=0.02)


@pytest.mark.usefixtures("no_others")
def test_money_of_others_is_no_cost_and_one_amount_alone_is_not_drawn(client: Client, create_blauwdruk: Any) -> None:
    add(create_blauwdruk, "eigen", 500, 500)
    add(create_blauwdruk, "gesubsidieerd", 9000, 9000, "subsidie")
    assert not drawn(client, "eigen")
    assert not drawn(client, "gesubsidieerd")


@pytest.mark.usefixtures("no_others")
def test_a_draft_is_not_among_the_others(client: Client, create_blauwdruk: Any) -> None:
    add(create_blauwdruk, "eigen", 500, 500)
    hidden = add(create_blauwdruk, "verborgen", 700, 700)
    add(create_blauwdruk, "ander", 900, 900)
    Blauwdruk.objects.filter(pk=hidden.pk).update(live=False)
    assert "Ander" in drawn(client, "eigen")
    assert "Verborgen" not in drawn(client, "eigen")


@pytest.mark.usefixtures("no_others")
def test_one_whose_time_is_over_is_not_among_the_others(
    client: Client, create_blauwdruk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(create_blauwdruk, "eigen", 500, 500)
    gone = add(create_blauwdruk, "voorbij", 700, 700)
    add(create_blauwdruk, "ander", 900, 900)
    Blauwdruk.objects.filter(pk=gone.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    assert "Voorbij" in drawn(client, "eigen")
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Ander" in drawn(client, "eigen")
    assert "Voorbij" not in drawn(client, "eigen")


@pytest.mark.usefixtures("no_others")
def test_of_many_others_the_nearest_are_shown_and_all_are_counted(client: Client, create_blauwdruk: Any) -> None:
    add(create_blauwdruk, "eigen", 500, 500)
    for amount in (100, 400, 450, 550, 600, 700, 9000):
        add(create_blauwdruk, f"ander-{amount}", amount, amount)
    table = drawn(client, "eigen")
    assert re.findall(r">Ander-(\d+)<", table) == ["400", "450", "550", "600", "700"]
    html = client.get("/blauwdrukken/eigen/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "7 andere blauwdrukken noemen zo'n bedrag, tussen € 100 en € 9.000." in html
