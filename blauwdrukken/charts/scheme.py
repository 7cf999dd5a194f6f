"""A scheme of who works with whom: who gives stands above, who carries out in the middle, who takes part below."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

WIDTH = 940
GAP, ROW_GAP = 24, 62  # between boxes beside and below each other; an arrow fits in the last
PADDING, HEAD, LINE = 16, 26, 21
SIGN = 8.4  # width of a sign of a name; what is a little wider is cut off by nothing, for a box has padding
MOST_BESIDE, MOST_NAMES, MOST_LINES = 3, 4, 3


class Place(StrEnum):
    """Where a group stands in the scheme."""

    GIVES = "geeft"
    DOES = "doet"
    TAKES_PART = "mee"


@dataclass(frozen=True)
class Name:
    """A party as it stands in the scheme; `crucial` draws a star."""

    text: str
    crucial: bool = False


@dataclass(frozen=True)
class Group:
    """All parties in one role."""

    role: str
    place: Place
    names: Sequence[Name]


@dataclass(frozen=True)
class TextLine:
    """A line in a box, with its baseline; a star stands at the first line of a crucial party."""

    text: str
    y: int
    starred: bool = False


@dataclass(frozen=True)
class Box:
    """A group as a rectangle with its role and lines."""

    group: Group
    x: float
    y: float
    width: float

    @property
    def lines(self) -> list[TextLine]:
        return [
            TextLine(text, round(self.y + HEAD + LINE * (i + 1)), starred)
            for i, (text, starred) in enumerate(_wrapped(self.group, self.width))
        ]

    @property
    def height(self) -> float:
        return _height(self.group, self.width)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def text_x(self) -> float:
        return self.x + PADDING

    @property
    def star_x(self) -> float:
        return self.x + self.width - PADDING - 10

    @property
    def role_y(self) -> float:
        return self.y + HEAD


@dataclass(frozen=True)
class Scheme:
    """All boxes, with the lines between the rows and the points of their arrows."""

    boxes: list[Box]
    paths: list[str]
    arrows: list[tuple[float, float]]

    @property
    def height(self) -> float:
        return max(box.bottom for box in self.boxes)

    @property
    def has_stars(self) -> bool:
        return any(line.starred for box in self.boxes for line in box.lines)

    @property
    def viewbox(self) -> str:
        return f"-1 -1 {WIDTH + 2} {self.height + 2:.0f}"


def make_scheme(groups: Sequence[Group]) -> Scheme | None:
    """The scheme of these groups; None when there are fewer than two parties, for then a list says as much."""
    if sum(len(group.names) for group in groups) < 2:
        return None
    rows: list[list[Box]] = []
    for row in _rows(groups):
        rows.append(_beside(row, _below(rows[-1], row[0].place) if rows else 0))
    paths, arrows = _connect(rows)
    return Scheme([box for boxes in rows for box in boxes], paths, arrows)


def _below(upper: Sequence[Box], place: Place) -> float:
    """Where the next row begins; two rows of one place stand close, for no arrow goes between them."""
    gap = GAP if upper[0].group.place is place else ROW_GAP
    return max(box.bottom for box in upper) + gap


def _rows(groups: Sequence[Group]) -> list[Sequence[Group]]:
    """Groups of one place in rows of at most three, from top to bottom."""
    placed = [[group for group in groups if group.place is place and group.names] for place in Place]
    return [row[i : i + MOST_BESIDE] for row in placed for i in range(0, len(row), MOST_BESIDE)]


def _beside(row: Sequence[Group], y: float) -> list[Box]:
    """Boxes of equal width, as a row in the middle."""
    width = min((WIDTH - GAP * (len(row) - 1)) / len(row), 380)
    start = (WIDTH - width * len(row) - GAP * (len(row) - 1)) / 2
    return [Box(group, start + i * (width + GAP), y, width) for i, group in enumerate(row)]


def _wrapped(group: Group, width: float) -> list[tuple[str, bool]]:
    """Lines of the names, those after the fourth counted, each with whether it begins a crucial party."""
    signs = int((width - 2 * PADDING - 20) / SIGN)
    lines = [
        (part, name.crucial and i == 0)
        for name in group.names[:MOST_NAMES]
        for i, part in enumerate(textwrap.wrap(name.text, signs, max_lines=MOST_LINES, placeholder=" …") or [""])
    ]
    more = len(group.names) - MOST_NAMES
    return [*lines, (f"en {more} andere", False)] if more > 0 else lines


def _height(group: Group, width: float) -> float:
    return HEAD + LINE * len(_wrapped(group, width)) + PADDING - 2


def _connect(rows: Sequence[Sequence[Box]]) -> tuple[list[str], list[tuple[float, float]]]:
    """Lines from each place to the next: down, along, and down with an arrow to each box."""
    paths: list[str] = []
    arrows: list[tuple[float, float]] = []
    for upper, lower in pairwise(rows):
        if upper[0].group.place is lower[0].group.place:
            continue
        along = max(box.bottom for box in upper) + ROW_GAP / 2 - 3
        middles = [box.middle for box in (*upper, *lower)]
        paths += [f"M{box.middle:.1f} {box.bottom:.1f}V{along:.1f}" for box in upper]
        paths.append(f"M{min(middles):.1f} {along:.1f}H{max(middles):.1f}")
        paths += [f"M{box.middle:.1f} {along:.1f}V{box.y - 9:.1f}" for box in lower]
        arrows += [(box.middle, box.y) for box in lower]
    return paths, arrows
