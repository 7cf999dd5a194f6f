"""A process beside the web server is started again when it dies, ever later when it keeps dying."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kennisbank import companions
from kennisbank.companions import BASE_DIR, PAUSES, STEADY, Companion

pytestmark = pytest.mark.once


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(companions, "time", clock)
    return clock


@pytest.fixture
def companion(clock: Clock) -> Iterator[Companion]:
    sleeper = Companion("proef", (sys.executable, "-c", "import signal; signal.pause()"))
    yield sleeper
    sleeper.end()
    sleeper.wait()


def die(companion: Companion) -> None:
    assert companion.process is not None
    companion.process.send_signal(signal.SIGKILL)
    companion.process.wait()
    companion.look()


def test_one_that_lives_is_left_alone(companion: Companion) -> None:
    companion.look()
    first = companion.process
    companion.look()
    assert first is not None
    assert companion.process is first


def test_one_that_keeps_dying_starts_ever_later(companion: Companion, clock: Clock) -> None:
    companion.look()
    for pause in (*PAUSES[1:], PAUSES[-1]):
        die(companion)
        clock.now += pause - 0.1
        companion.look()
        assert companion.process is None, pause
        clock.now += 0.2
        companion.look()
        assert companion.process is not None, pause


def test_one_that_lived_long_starts_soon(companion: Companion, clock: Clock) -> None:
    companion.look()
    for _ in PAUSES:
        clock.now += STEADY + 1
        die(companion)
        clock.now += PAUSES[1] + 0.1
        companion.look()
        assert companion.process is not None


def test_one_that_does_not_want_to_end_is_ended(companion: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companions, "PATIENCE", 0.1)
    ours = signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a new process ignores what its parent ignores
    try:
        companion.look()
    finally:
        signal.signal(signal.SIGTERM, ours)
    companion.end()
    companion.wait()
    assert companion.process is not None
    assert companion.process.wait(60) == -signal.SIGKILL


FORK_MEANWHILE = """
import os, threading
from kennisbank import companions

begun, forked, outcome = threading.Event(), threading.Event(), []


def start(*args, **kwargs):
    begun.set()
    outcome.append(forked.wait(0.3))
    raise OSError


companions.subprocess.Popen = start
watched = companions.Companions()
watched.start()
begun.wait()
if os.fork() == 0:
    os._exit(0)
forked.set()
watched.stop()
print(outcome[0])
"""


def test_no_web_process_is_forked_while_one_is_being_started() -> None:
    """It would hold the pipe by which the start is told, and the next companion would never be started."""
    outcome = subprocess.run(
        [sys.executable, "-c", FORK_MEANWHILE], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )
    assert outcome.stdout.split() == ["False"]
