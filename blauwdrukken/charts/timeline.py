"""Periods on one axis of years, as wide as they are vague: what is sure, what may be, and what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FULL = 100.0  # places are percents of the axis
MOST_TICKS = 7
Days = tuple[date, date]  # the first and the last day that a date can be


class Kind(StrEnum):
    """How much is known of a part of a period."""

    SURE = "zeker"
    MAYBE = "misschien"  # it began or ended somewhere in it
    OPEN = "open"  # its begin or its end is not known
    MOMENT = "stand"  # when its state was written down


@dataclass(frozen=True)
class Span:
    """A period of which either end may be unknown, and when its state was written down."""

    begin: Days | None = None
    end: Days | None = None
    moment: Days | None = None

    @property
    def is_known(self) -> bool:
        """Whether either end is known; only a moment makes no period."""
        return bool(self.begin or self.end)

    @property
    def days(self) -> list[date]:
        return [day for days in (self.begin, self.end, self.moment) if days for day in days]


@dataclass(frozen=True)
class Part:
    """A stretch of the axis."""

    kind: Kind
    x: float
    width: float


@dataclass(frozen=True)
class Tick:
    """The begin of a year."""

    year: int
    x: float


@dataclass(frozen=True)
class Timeline:
    """The years with, for each span in turn, its parts from left to right; none where nothing is known."""

    ticks: list[Tick]
    rows: list[list[Part]]

    @property
    def kinds(self) -> set[Kind]:
        """What stands in it, and so what has to be explained."""
        return {part.kind for parts in self.rows for part in parts}


@dataclass(frozen=True)
class _Axis:
    first: int  # years, both whole on the axis
    last: int

    def at(self, day: date, *, after: bool = False) -> float:
        """Place of the begin of a day, or of its end."""
        start = date(self.first, 1, 1).toordinal()
        length = date(self.last + 1, 1, 1).toordinal() - start
        return round(FULL * (day.toordinal() + after - start) / length, 2)

    def part(self, kind: Kind, x: float, end: float) -> list[Part]:
        return [Part(kind, x, round(end - x, 2))] if end > x else []


def make_timeline(spans: Sequence[Span]) -> Timeline | None:
    """All spans on one axis; None when of none of them a period is known."""
    if not any(span.is_known for span in spans):
        return None
    axis = _axis(spans)
    return Timeline(_ticks(axis), [_parts(span, axis) for span in spans])


def _axis(spans: Sequence[Span]) -> _Axis:
    """From the first to the last year that is named, with a year more where a period has no end or begin there."""
    years = [day.year for span in spans for day in span.days]
    first, last = min(years), max(years)
    begins_open = any(span.end and not span.begin and span.end[0].year == first for span in spans)
    ends_open = any(span.begin and not span.end and span.begin[1].year == last for span in spans)
    return _Axis(first - begins_open, last + ends_open)


def _ticks(axis: _Axis) -> list[Tick]:
    step = (axis.last - axis.first) // MOST_TICKS + 1
    return [Tick(year, axis.at(date(year, 1, 1))) for year in range(axis.first, axis.last + 1, step)]


def _parts(span: Span, axis: _Axis) -> list[Part]:
    moment = axis.part(Kind.MOMENT, axis.at(span.moment[0]), axis.at(span.moment[1], after=True)) if span.moment else []
    return [*_period(span.begin, span.end, axis), *moment]


def _period(begin: Days | None, end: Days | None, axis: _Axis) -> list[Part]:
    if begin and end:
        return _closed(begin, end, axis)
    if begin:
        known = axis.at(begin[1], after=True) if begin[0] != begin[1] else axis.at(begin[0])
        return [*axis.part(Kind.MAYBE, axis.at(begin[0]), known), *axis.part(Kind.OPEN, known, FULL)]
    if end:
        known, last = axis.at(end[0], after=end[0] == end[1]), axis.at(end[1], after=True)
        return [*axis.part(Kind.OPEN, 0.0, known), *axis.part(Kind.MAYBE, known, last)]
    return []


def _closed(begin: Days, end: Days, axis: _Axis) -> list[Part]:
    """Both ends known: sure from the last day that it can have begun to the first day that it can have ended."""
    first, last = axis.at(begin[0]), axis.at(end[1], after=True)
    sure = axis.at(begin[1]), axis.at(end[0], after=True)
    if sure[0] >= sure[1] or begin == end != (begin[0], begin[0]):
        return axis.part(Kind.MAYBE, first, last)
    return [
        *axis.part(Kind.MAYBE, first, sure[0]),
        *axis.part(Kind.SURE, *sure),
        *axis.part(Kind.MAYBE, sure[1], last),
    ]
