"""The areas, and the ways in which the code of one can be broken."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.mutants.operators import mutations

ROOT = Path(__file__).resolve().parents[2]
AREAS = tomllib.loads(Path(__file__).with_name("areas.toml").read_text())


class Mutant(NamedTuple):
    """One file with one thing changed."""

    path: str
    code: str
    diff: str

    @property
    def name(self) -> str:
        """The line as it was and as it is, by which areas.toml can explain it."""
        lines = [line.strip() for line in self.diff.splitlines()[2:] if line[:1] in {"-", "+"}]
        was, becomes = ([line[1:].strip() for line in lines if line[0] == sign] for sign in "-+")
        return f"{' '.join(was)} -> {' '.join(becomes)}"


def mutants_of(area: str) -> Iterator[Mutant]:
    for path in AREAS[area]["files"]:
        source = (ROOT / path).read_text()
        for code in mutations(source):
            lines = difflib.unified_diff(source.splitlines(), code.splitlines(), path, path, n=0, lineterm="")
            yield Mutant(path, code, "\n".join(lines))


def unexplained(area: str) -> list[Mutant]:
    """Those that a test has to notice."""
    return [mutant for mutant in mutants_of(area) if mutant.name not in AREAS[area].get("explained", {})]


def stale(area: str) -> set[str]:
    """Explanations of what is no way to break the code any more."""
    return set(AREAS[area].get("explained", {})) - {mutant.name for mutant in mutants_of(area)}
