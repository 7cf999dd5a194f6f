"""Geometry of the hexagon map: 35 tiles, point up, odd rows half a tile to the right, in SVG user units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from .models import Regio

RADIUS = 50
TILE_WIDTH = RADIUS * math.sqrt(3)
ROW_HEIGHT = 75
COLUMNS, ROWS = 6, 10
LINE_HEIGHT = 13

IJSSELMEER = [(2, 1), (3, 1), (3, 2)]
WADDEN = [
    (162, 64, 9),
    (196, 43, 11),
    (238, 28, 13),
    (284, 20, 11),
    (326, 15, 14),
    (374, 12, 11),
    (414, 13, 10),
]


@cache
def hexagon(x: float, y: float, radius: float) -> str:
    """Path data of a hexagon with its point up around (x, y)."""
    angles = [math.radians(60 * i) for i in range(6)]
    return (
        "M"
        + "L".join(f"{x + radius * math.sin(angle):.1f} {y - radius * math.cos(angle):.1f}" for angle in angles)
        + "z"
    )


def tile_centre(column: int, row: int) -> tuple[float, float]:
    """Centre of the tile in this column and row."""
    return TILE_WIDTH * (column + 0.5 + 0.5 * (row % 2)) + 2, RADIUS + ROW_HEIGHT * row + 26


@dataclass(frozen=True)
class NameLine:
    """One line of a tile's name and its baseline."""

    text: str
    y: str


@dataclass(frozen=True)
class Tile:
    """One region on the map with its counts, of one or more kinds; all coordinates are ready for SVG."""

    regio: Regio
    counts: tuple[int, ...]
    place: str = ""

    @property
    def count(self) -> int:
        return sum(self.counts)

    @property
    def counts_in_words(self) -> str:
        """The counts as they stand in the tile: "1 + 2"."""
        return " + ".join(map(str, self.counts))

    @property
    def _centre(self) -> tuple[float, float]:
        return tile_centre(self.regio.kaart_kolom, self.regio.kaart_rij)

    @property
    def path(self) -> str:
        return hexagon(*self._centre, RADIUS - 2)

    @property
    def x(self) -> str:
        return f"{self._centre[0]:.1f}"

    @property
    def lines(self) -> list[NameLine]:
        labels = self.regio.kaart_label.split("|")
        start = self._centre[1] - (len(labels) - 1) * LINE_HEIGHT / 2 - (4 if len(labels) > 2 else 1)
        spaced = [label if label.endswith(("-", "/")) else f"{label} " for label in labels]
        return [NameLine(label, f"{start + i * LINE_HEIGHT:.1f}") for i, label in enumerate(spaced)]

    @property
    def name_class(self) -> str:
        longest = max(map(len, self.regio.kaart_label.split("|")))
        return "naam krap" if longest > 12 else "naam smal" if longest > 11 else "naam"

    @property
    def y_abbreviation(self) -> str:
        return f"{self._centre[1] + 5:.1f}"

    @property
    def y_count(self) -> str:
        return f"{self._centre[1] + 30:.1f}"

    @property
    def y_unit(self) -> str:
        return f"{self._centre[1] + 34:.1f}"

    @property
    def colour_class(self) -> str:
        """Colour class: n0 none, n1 one or two, n2 three to seven, n3 eight or more."""
        limits = (1, 3, 8)
        return f"n{sum(self.count >= limit for limit in limits)}"


@dataclass(frozen=True)
class RegioMap:
    """The whole map: tiles in reading order, water for recognition."""

    tiles: list[Tile]
    viewbox: str = f"0 0 {TILE_WIDTH * COLUMNS + 4 + TILE_WIDTH / 2:.0f} {RADIUS * 2 + ROW_HEIGHT * (ROWS - 1) + 30}"
    water: tuple[str, ...] = tuple(hexagon(*tile_centre(column, row), RADIUS - 5) for column, row in IJSSELMEER)
    islands: tuple[str, ...] = tuple(hexagon(*island) for island in WADDEN)


def make_map(
    regios: Iterable[Regio], *counts: Mapping[int, int], places: Mapping[int, str] = MappingProxyType({})
) -> RegioMap:
    """Map of the regions; `counts` give counts per primary key, absent means 0, and `places` where a tile stands."""
    ordered = sorted(regios, key=lambda regio: (regio.kaart_rij, regio.kaart_kolom))
    return RegioMap(
        [Tile(regio, tuple(kind.get(regio.pk, 0) for kind in counts), places.get(regio.pk, "")) for regio in ordered]
    )


def zoom(regio_map: RegioMap) -> RegioMap:
    """The same map, as large as the tiles that have a place."""
    centres = [tile_centre(tile.regio.kaart_kolom, tile.regio.kaart_rij) for tile in regio_map.tiles if tile.place]
    left, right = min(x for x, _ in centres) - RADIUS, max(x for x, _ in centres) + RADIUS
    top, bottom = min(y for _, y in centres) - RADIUS - 4, max(y for _, y in centres) + RADIUS + 4
    return replace(regio_map, viewbox=f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}")
