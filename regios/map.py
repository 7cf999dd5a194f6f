"""Geometry of the hexagon map: 35 tiles, point up, odd rows half a tile to the right, in SVG user units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .models import Regio

STRAAL = 50
BREEDTE = STRAAL * math.sqrt(3)
RIJHOOGTE = 75
KOLOMMEN, RIJEN = 6, 10
REGELHOOGTE = 13

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


def zeshoek(x: float, y: float, straal: float) -> str:
    """Path data of a hexagon with its point up around (x, y)."""
    hoeken = [math.radians(60 * i) for i in range(6)]
    return "M" + "L".join(f"{x + straal * math.sin(h):.1f} {y - straal * math.cos(h):.1f}" for h in hoeken) + "z"


def midden(kolom: int, rij: int) -> tuple[float, float]:
    """Centre of the tile in this column and row."""
    return BREEDTE * (kolom + 0.5 + 0.5 * (rij % 2)) + 2, STRAAL + RIJHOOGTE * rij + 26


@dataclass(frozen=True)
class Regel:
    """One line of a tile's name and its baseline."""

    tekst: str
    y: str


@dataclass(frozen=True)
class Tegel:
    """One region on the map with its count; all coordinates are ready for SVG."""

    regio: Regio
    aantal: int

    @property
    def _midden(self) -> tuple[float, float]:
        return midden(self.regio.kaart_kolom, self.regio.kaart_rij)

    @property
    def pad(self) -> str:
        return zeshoek(*self._midden, STRAAL - 2)

    @property
    def x(self) -> str:
        return f"{self._midden[0]:.1f}"

    @property
    def regels(self) -> list[Regel]:
        labels = self.regio.kaart_label.split("|")
        begin = self._midden[1] - (len(labels) - 1) * REGELHOOGTE / 2 - (4 if len(labels) > 2 else 1)
        spatie = [label if label.endswith(("-", "/")) else f"{label} " for label in labels]
        return [Regel(label, f"{begin + i * REGELHOOGTE:.1f}") for i, label in enumerate(spatie)]

    @property
    def naamklasse(self) -> str:
        langste = max(map(len, self.regio.kaart_label.split("|")))
        return "naam krap" if langste > 12 else "naam smal" if langste > 11 else "naam"

    @property
    def y_afkorting(self) -> str:
        return f"{self._midden[1] + 5:.1f}"

    @property
    def y_aantal(self) -> str:
        return f"{self._midden[1] + 30:.1f}"

    @property
    def y_stil(self) -> str:
        return f"{self._midden[1] + 34:.1f}"

    @property
    def klasse(self) -> str:
        """Colour class: n0 none, n1 one or two, n2 three to five, n3 six or more."""
        grenzen = (1, 3, 6)
        return f"n{sum(self.aantal >= grens for grens in grenzen)}"


@dataclass(frozen=True)
class Kaart:
    """The whole map: tiles in reading order, water for recognition."""

    tegels: list[Tegel]
    viewbox: str = f"0 0 {BREEDTE * KOLOMMEN + 4 + BREEDTE / 2:.0f} {STRAAL * 2 + RIJHOOGTE * (RIJEN - 1) + 30}"
    zee: tuple[str, ...] = tuple(zeshoek(*midden(k, r), STRAAL - 5) for k, r in IJSSELMEER)
    wad: tuple[str, ...] = tuple(zeshoek(*eiland) for eiland in WADDEN)


def maak_kaart(regios: Iterable[Regio], aantallen: Mapping[int, int]) -> Kaart:
    """Map of the regions; `aantallen` gives the count per primary key, absent means 0."""
    volgorde = sorted(regios, key=lambda regio: (regio.kaart_rij, regio.kaart_kolom))
    return Kaart([Tegel(regio, aantallen.get(regio.pk, 0)) for regio in volgorde])
