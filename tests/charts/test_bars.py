from __future__ import annotations

from decimal import Decimal

import pytest

from blauwdrukken.charts.bars import LEAST, WIDTH, Span, make_bars


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
    assert (first.sure, first.possible, first.is_open) == (25, 0, True)
    assert not second.is_open


def test_a_very_small_amount_is_seen_and_nought_is_not() -> None:
    drawn = make_bars([span(1, 1), span(0, 0), span(100_000, 100_000)])
    assert drawn
    assert [bar.sure for bar in drawn.bars if bar] == [LEAST, 0, WIDTH]
