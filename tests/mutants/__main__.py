"""Break the code of one area, one thing at a time, and name what no test notices: `make mutants AREA=costs`.

All happens in a copy of the tree, so nothing broken is ever left behind here. The report is var/mutants/AREA.diff.
"""

from __future__ import annotations

import difflib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.mutants.operators import mutations

ROOT = Path(__file__).resolve().parents[2]
AREAS = tomllib.loads(Path(__file__).with_name("areas.toml").read_text())
REPORTS = ROOT / "var" / "mutants"
ALL_PASSED = 0
PATIENCE = 5  # times as long as the tests take on code that is whole


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


class Copy:
    """A copy of what git knows of this tree, in which tests run on code that is broken."""

    def __init__(self, folder: Path, tests: list[str]) -> None:
        self.folder, self.tests, self.patience, self.said = folder / "tree", tests, 900.0, ""
        self.environment = os.environ | {
            "LOCAL": "1",
            "PYTHONDONTWRITEBYTECODE": "1",  # a file of the same size and second would be taken for the last one
            "PREPARED_DIR": str(folder / "prepared"),
        }
        names = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout.splitlines()  # fmt: skip
        for name in names:
            if (ROOT / name).is_file():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.folder / name)

    def passes(self) -> bool:
        """Whether the tests of the area pass; one that takes far too long does not."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
        try:
            run = subprocess.run(
                [*command, *self.tests], cwd=self.folder, env=self.environment, capture_output=True,
                text=True, timeout=self.patience, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return False
        self.said = run.stdout
        return run.returncode == ALL_PASSED

    def prepare(self) -> float:
        """Make the content once, and see that the tests pass on code that is whole; tells how long they take."""
        for _ in "12":  # the first time the database is made too
            start = time.monotonic()
            if not self.passes():
                sys.exit(f"{self.said[-2000:]}\nThe tests of this area fail on code that is whole.")
        seconds = time.monotonic() - start
        self.patience = 30 + PATIENCE * seconds
        return seconds

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test notices."""
        path = self.folder / mutant.path
        whole = path.read_text()
        path.write_text(mutant.code)
        try:
            return self.passes()
        finally:
            path.write_text(whole)


def mutants_of(paths: list[str]) -> Iterator[Mutant]:
    for path in paths:
        source = (ROOT / path).read_text()
        for code in mutations(source):
            lines = difflib.unified_diff(source.splitlines(), code.splitlines(), path, path, n=0, lineterm="")
            yield Mutant(path, code, "\n".join(lines))


def search(area: str) -> int:
    """Try all mutants of an area; 1 when one survives that areas.toml does not explain."""
    paths, explained = AREAS[area]["files"], AREAS[area].get("explained", {})
    found = list(mutants_of(paths))
    survived: list[Mutant] = []
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{area}.diff"
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Copy(Path(folder), AREAS[area]["tests"])
        print(f"{area}: {len(found)} mutants, {copy.prepare():.0f} seconds each at most", flush=True)
        for number, mutant in enumerate(found, 1):
            if mutant.name not in explained and copy.survives(mutant):
                survived.append(mutant)
                print(f"{number}/{len(found)} survives: {mutant.name}", flush=True)
                report.write_text("\n\n".join(each.diff for each in survived) + "\n")
    killed = len(found) - len(survived) - sum(mutant.name in explained for mutant in found)
    print(f"{area}: {len(found)} mutants, {killed} killed, {len(survived)} survived, {len(explained)} explained")
    return int(bool(survived))


if __name__ == "__main__":
    if sys.argv[1:2] == [] or sys.argv[1] not in AREAS:
        sys.exit(f"make mutants AREA=, one of: {', '.join(AREAS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the copy goes too
    sys.exit(search(sys.argv[1]))
