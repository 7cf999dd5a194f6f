"""Bars on one scale: what is at least so stands full, what it may come to light, and nothing for what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 100  # of the whole scale, in the units of the drawing
LEAST = 1.0  # a known amount is never drawn so small that it seems to be nought

# Lowest and highest of an amount; an end that is not known is None.
Span = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Bar:
    """One amount on the scale: `sure` is full, `possible` the light part behind it; `is_open` knows no upper end."""

    sure: float
    possible: float
    is_open: bool

    @property
    def end(self) -> float:
        """Where the drawing ends."""
        return self.sure + self.possible


@dataclass(frozen=True)
class Bars:
    """The amounts beside each other, None for those that are not known, and the amount at the end of the scale."""

    bars: list[Bar | None]
    top: Decimal


def make_bars(spans: Sequence[Span]) -> Bars | None:
    """Bars of these amounts; None when fewer than two are known, for then there is nothing to compare."""
    ends = [end for span in spans for end in span if end is not None]
    known = sum(span != (None, None) for span in spans)
    if known < 2 or not max(ends):
        return None
    return Bars([_bar(span, max(ends)) for span in spans], max(ends))


def _bar(span: Span, top: Decimal) -> Bar | None:
    lowest, highest = span
    if lowest is None and highest is None:
        return None
    sure = _length(lowest, top) if lowest is not None else 0.0
    possible = max(_length(highest, top) - sure, 0.0) if highest is not None else 0.0
    return Bar(sure, possible, is_open=highest is None)


def _length(amount: Decimal, top: Decimal) -> float:
    """Of nought nothing, of what is very little a sliver."""
    return max(round(float(amount / top) * WIDTH, 2), LEAST) if amount else 0.0
