"""Bars on one scale: what is at least so stands full, what it may come to light, and nothing for what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 100  # of the whole drawing: lengths are percents, so that a bar fits wherever it is drawn
ROOM = 8  # kept free at the end where an amount goes on, nobody knows how far
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
        """Where the known part ends."""
        return round(self.sure + self.possible, 2)

    @property
    def rest(self) -> float:
        """What is left of the drawing behind it."""
        return round(WIDTH - self.end, 2)


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
    width = WIDTH - ROOM if any(_is_open(span) for span in spans) else WIDTH
    return Bars([_bar(span, width / float(max(ends))) for span in spans], max(ends))


def _is_open(span: Span) -> bool:
    lowest, highest = span
    return highest is None and lowest is not None


def _bar(span: Span, per_unit: float) -> Bar | None:
    lowest, highest = span
    if lowest is None and highest is None:
        return None
    sure = _length(lowest, per_unit) if lowest is not None else 0.0
    possible = round(max(_length(highest, per_unit) - sure, 0.0), 2) if highest is not None else 0.0
    return Bar(sure, possible, _is_open(span))


def _length(amount: Decimal, per_unit: float) -> float:
    """Of nought nothing, of what is very little a sliver."""
    return max(round(float(amount) * per_unit, 2), LEAST) if amount else 0.0
