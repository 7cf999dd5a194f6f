"""The tests of one area, loaded once and run in a fork for each mutant: `python -m tests.mutants.forks AREA REPORT`.

A mutant meets only the tests that call what is broken. The first line of the report is the number of seconds that all
tests take on whole code; each other line says of which mutant it is, and which test noticed: none when no test did, or
when it has to run in a process of its own. What one fork does to itself, to the database in memory or to the folder of
the site, no other sees.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.areas import AREAS, ROOT, Mutant, unexplained
from tests.mutants.swap import RunsOnImportError, Swaps, put_in, swaps

NEVER_ENDS = "never ends"
DIES = "dies"
PATIENCE = 5  # times as long as the tests take on code that is whole


def patience(seconds: float) -> float:
    """Seconds after which tests that take these on whole code will never end."""
    return 30 + PATIENCE * seconds


class Forks:
    """Plugin of pytest that runs the tests on whole code first, and then once for each mutant."""

    def __init__(self, area: str, report: Path) -> None:
        self.area, self.report, self.failed = area, report, ""
        self.seconds: dict[str, float] = {}
        self.callers = Callers({str(ROOT / path) for path in AREAS[area]["files"]})

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid
            print(report.longreprtext, flush=True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each mutant, once all that is made only once is there."""
        self.session, self.items = session, list(session.items)
        with self.callers.noted():
            self.run(self.items)
        self.refuse_when(self.failed)
        self.folder = SiteFolder()
        self.tell(sum(self.seconds.values()))
        killers = {self.meet(number, mutant) for number, mutant in enumerate(unexplained(self.area))}
        self.refuse_when(self.in_fork([], [item for item in self.items if item.nodeid in killers]))
        return True

    def refuse_when(self, failed: str) -> None:
        if failed:
            pytest.exit(f"{failed} on code that is whole.", returncode=1)

    def run(self, items: list[pytest.Item]) -> None:
        """Run these tests up to the first that fails; what the whole session shares stays."""
        for item, following in zip(items, [*items[1:], *items[:1]], strict=True):
            self.session._setupstate.teardown_exact(item)
            self.callers.test, start = item.nodeid, time.monotonic()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = time.monotonic() - start
            if self.failed:
                return

    def meet(self, number: int, mutant: Mutant) -> str:
        """Tell which test notices this mutant."""
        try:
            changes = swaps(str(ROOT / mutant.path), (ROOT / mutant.path).read_text(), mutant.code)
        except RunsOnImportError:
            killer = ""
        else:
            callers = self.callers.of(changes)
            killer = self.in_fork(changes, [item for item in self.items if item.nodeid in callers])
        self.tell([number, killer])
        self.items.sort(key=lambda item: item.nodeid != killer)  # it may well notice the next one too
        return killer

    def in_fork(self, changes: Swaps, items: list[pytest.Item]) -> str:
        """Name of the test that notices these changes, or what else became of the process; nothing when all pass."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            self.be_child(changes, items, writing)
        os.close(writing)
        limit = patience(sum(self.seconds[item.nodeid] for item in items))
        ended = select.select([reading], [], [], limit)[0]
        said = os.read(reading, 10_000).decode() if ended else NEVER_ENDS
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # and all that it started
        os.close(reading)
        os.waitpid(pid, 0)
        self.folder.restore()
        return (said or DIES).strip()

    def be_child(self, changes: Swaps, items: list[pytest.Item], writing: int) -> None:
        """Run the tests with these changes, and be gone."""
        os.setpgid(0, 0)
        said = DIES
        try:
            put_in(changes)
            self.run(items)
            said = self.failed
        except RunsOnImportError:
            said = ""
        finally:
            os.write(writing, f"{said}\n".encode())
            os._exit(0)

    def tell(self, line: Any) -> None:
        with self.report.open("a") as lines:
            lines.write(json.dumps(line) + "\n")


class Callers:
    """Which tests call which functions of these files."""

    def __init__(self, paths: set[str]) -> None:
        self.paths, self.test = paths, ""
        self.tests: dict[int, set[str]] = defaultdict(set)

    @contextlib.contextmanager
    def noted(self) -> Iterator[None]:
        threading.settrace(self.note)
        sys.settrace(self.note)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def note(self, frame: Any, event: str, arg: Any) -> None:
        if frame.f_code.co_filename in self.paths:
            self.tests[id(frame.f_code)].add(self.test)

    def of(self, changes: Swaps) -> set[str]:
        return {test for function, _ in changes for test in self.tests[id(function.__code__)]}


class SiteFolder:
    """The folder in which the site writes, to be put back as it is now."""

    def __init__(self) -> None:
        self.place = Path(os.environ["VAR_DIR"])
        self.kept = Path(tempfile.mkdtemp(prefix="kept-", dir=self.place.parent)) / "kept"
        shutil.copytree(self.place, self.kept)

    def restore(self) -> None:
        if contents(self.place) != contents(self.kept):
            shutil.rmtree(self.place)
            shutil.copytree(self.kept, self.place)


def contents(folder: Path) -> set[tuple[str, int, int]]:
    files = [(path, path.stat()) for path in folder.rglob("*") if path.is_file()]
    return {(str(path.relative_to(folder)), stat.st_size, stat.st_mtime_ns) for path, stat in files}


def main(area: str, report: str) -> int:
    arguments = ["-q", "-p", "no:cacheprovider", "--capture=sys", "--hypothesis-seed=0"]
    return int(pytest.main([*arguments, *AREAS[area]["tests"]], plugins=[Forks(area, Path(report))]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
