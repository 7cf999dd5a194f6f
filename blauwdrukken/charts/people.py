"""How many of how many: one figure each as long as a reader can count them, else one bar."""

from __future__ import annotations

from dataclasses import dataclass

MOST, PER_ROW = 60, 15
STEP_X = 19  # from one figure to the next, with the room between them
PERSON, DOT = 33, 19  # the same downwards


@dataclass(frozen=True)
class Figure:
    """One of all, with its left upper corner."""

    x: int
    y: int
    counted: bool


@dataclass(frozen=True)
class Part:
    """So many (`counted`) of so many (`whole`)."""

    counted: int
    whole: int
    of_people: bool = False

    @property
    def figures(self) -> list[Figure]:
        """One for each; none when there are too many to count."""
        if self.whole > MOST:
            return []
        return [Figure(i % PER_ROW * STEP_X, i // PER_ROW * self._step_y, i < self.counted) for i in range(self.whole)]

    @property
    def _step_y(self) -> int:
        return PERSON if self.of_people else DOT

    @property
    def share(self) -> float:
        """Percent of the whole."""
        return round(100 * self.counted / self.whole, 2)

    @property
    def viewbox(self) -> str:
        rows = (self.whole - 1) // PER_ROW + 1
        return f"-1 -1 {PER_ROW * STEP_X} {rows * self._step_y}"


def make_part(counted: int, whole: int, *, of_people: bool = False) -> Part | None:
    """The picture of so many of so many; None when they cannot be a part and its whole."""
    return Part(counted, whole, of_people) if whole > 1 and 0 <= counted <= whole else None
