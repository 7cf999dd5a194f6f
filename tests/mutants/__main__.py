"""Break the code of one area, one thing at a time, and name what no test notices: `make mutants AREA=costs`.

All happens in a copy of the tree, so nothing broken is ever left behind here. A function is broken in a fork of a
process that has loaded everything. Whatever no test notices there, and what runs when a module is imported, gets a
process of its own, where nothing is left of the whole code. The report is var/mutants/AREA.diff.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mutants.areas import AREAS, ROOT, Mutant, stale, unexplained
from tests.mutants.forks import NEVER_ENDS, patience

REPORTS = ROOT / "var" / "mutants"
ALL_PASSED = 0
KILLED, SURVIVED = "killed", "survived"


class Copy:
    """A copy of what git knows of this tree, in which tests run on code that is broken."""

    def __init__(self, folder: Path, area: str) -> None:
        self.folder, self.area, self.limit = folder / "tree", area, 900.0
        self.tests: list[str] = AREAS[area]["tests"]
        self.environment = os.environ | {
            "LOCAL": "1",
            "PYTHONDONTWRITEBYTECODE": "1",  # a file of the same size and second would be taken for the last one
            "PREPARED_DIR": os.environ.get("PREPARED_DIR", str(folder / "prepared")),
            "TMPDIR": str(folder),  # what a process that was killed leaves behind goes with the copy
        }
        names = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout.splitlines()  # fmt: skip
        for name in names:
            if (ROOT / name).is_file():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.folder / name)

    def prepare(self) -> None:
        """See that all but the tests pass on whole code; of those forks.py sees it."""
        for command in self.commands():
            if command[-len(self.tests) :] != self.tests and not self.passes(command):
                sys.exit(f"{' '.join(command)} fails on code that is whole.")

    def noticed_in_forks(self) -> dict[int, str]:
        """Numbers of the mutants that a test notices in a fork, and which test."""
        report = self.folder.with_name("report")
        command = [sys.executable, "-m", "tests.mutants.forks", self.area, str(report)]
        run = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True, check=False
        )
        if run.returncode:
            sys.exit(run.stdout[-3000:])
        seconds, *lines = map(json.loads, report.read_text().splitlines())
        self.limit = patience(seconds)
        return dict(lines)

    def commands(self) -> list[list[str]]:
        """What looks for faults, quick ones first: checks of the area, its tests, and those that need PostgreSQL."""
        pytest = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
        commands = [[sys.executable, *check.split()] for check in AREAS[self.area].get("checks", [])]
        commands.append([*pytest, *self.tests])
        if on_server := AREAS[self.area].get("on_server"):
            commands.append([sys.executable, "-m", "tests.postgres", *pytest, *on_server])
        return commands

    def passes(self, command: list[str]) -> bool:
        run = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, timeout=self.limit, check=False
        )
        return run.returncode == ALL_PASSED

    def outcome(self, mutant: Mutant) -> str:
        """What becomes of a mutant in a process of its own."""
        path = self.folder / mutant.path
        whole = path.read_text()
        path.write_text(mutant.code)
        try:
            return SURVIVED if all(map(self.passes, self.commands())) else KILLED
        except subprocess.TimeoutExpired:
            return NEVER_ENDS
        finally:
            path.write_text(whole)


def search(area: str) -> int:
    """Try all mutants of an area; 1 when one survives that areas.toml does not explain."""
    if left := stale(area):
        sys.exit("\n".join(["areas.toml explains what cannot be:", *left]))
    found = unexplained(area)
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{area}.diff"
    survived: list[Mutant] = []
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Copy(Path(folder), area)
        print(f"{area}: {len(found)} mutants", flush=True)
        noticed = copy.noticed_in_forks()
        copy.prepare()
        for number, mutant in enumerate(found):
            outcome = noticed[number] or copy.outcome(mutant)
            outcome = outcome if outcome in {SURVIVED, NEVER_ENDS} else KILLED
            count[outcome] += 1
            if outcome != KILLED:
                print(f"{number + 1}/{len(found)} {outcome}: {mutant.name}", flush=True)
            if outcome == SURVIVED:
                survived.append(mutant)
                report.write_text("\n\n".join(each.diff for each in survived) + "\n")
    explained = len(AREAS[area].get("explained", {}))
    print(
        f"{area}: {len(found)} mutants beside {explained} explained: {', '.join(f'{n} {o}' for o, n in count.items())}"
    )
    return int(bool(survived))


if __name__ == "__main__":
    if sys.argv[1:2] == [] or sys.argv[1] not in AREAS:
        sys.exit(f"make mutants AREA=, one of: {', '.join(AREAS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the copy goes too
    sys.exit(search(sys.argv[1]))
