from __future__ import annotations

import io
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as instellingen

from blauwdrukken.documents import maker
from blauwdrukken.documents.limits import (
    MAX_INPUT,
    NO_MEMORY,
    OUR_MISTAKE,
    TOO_MUCH_WORK,
    WALL_SECONDS,
    Busy,
    Failed,
    Slow,
)
from blauwdrukken.documents.workshop import process
from blauwdrukken.documents.workshop.process import Pace, hold_place, lock_files, make_file
from tests.documents.samples import one_blauwdruk, paragraph, with_blocks

pytestmark = pytest.mark.once

AT_ONCE = Pace(0, WALL_SECONDS)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def script_as_maker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Let a shell script be the interpreter; it gets the module as $2, the format as $3 and the file as $4."""
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(process.sys, "executable", str(fake))


def run_limited(code: str, **limits: int) -> subprocess.CompletedProcess[str]:
    """Run code in a process with these limits."""
    set_limit = "; ".join(f"limits.{name} = {value}" for name, value in limits.items())
    start = f"from blauwdrukken.documents import limits; {set_limit}; limits.limit_process()\n"
    command = [sys.executable, "-c", start + code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def test_a_document_is_made_whole(tmp_path: Path, branchestraten: dict[str, Any]) -> None:
    make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert [path for path in tmp_path.rglob("*") if path.suffix == ".half"] == []


def test_a_maker_that_goes_on_for_ever_is_ended_by_the_clock_and_by_its_processor_time() -> None:
    assert run_limited("import time; time.sleep(20)", WALL_SECONDS=1).returncode == -signal.SIGALRM
    assert run_limited("while True: pass", CPU_SECONDS=1).returncode == -signal.SIGXCPU


def test_a_maker_gets_no_more_memory_than_its_share() -> None:
    outcome = run_limited("x = b'a' * 600_000_000", MAX_MEMORY=500_000_000)
    assert "MemoryError" in outcome.stderr


def test_a_maker_that_takes_too_long_is_killed_and_leaves_nothing(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    script_as_maker(monkeypatch, tmp_path, 'echo half > "$4"; echo $$ > "$4.pid"; exec sleep 60')
    with pytest.raises(Slow):
        make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "x.pdf", Pace(0, -0.8))  # type: ignore[arg-type]
    assert not (tmp_path / "x.pdf").exists()
    assert list(tmp_path.glob("*.half")) == []
    for pid in tmp_path.glob("*.pid"):
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid.read_text()), 0)


def test_a_maker_that_breaks_is_a_sentence_for_the_visitor_and_a_trace_for_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Failed, match=OUR_MISTAKE):
        make_file("pdf", {"soort": "onbekend", "site": {"adres": ""}}, tmp_path / "x.pdf")
    assert "KeyError" in caplog.text
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("kill -XCPU $$", TOO_MUCH_WORK),
        ("kill -KILL $$", NO_MEMORY),
        ("exit 1", OUR_MISTAKE),
    ],
)
def test_the_reason_given_is_the_reason(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch, end: str, reason: str
) -> None:
    script_as_maker(monkeypatch, tmp_path, end)
    with pytest.raises(Failed, match=reason):
        make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "x.pdf")


def test_the_clock_is_no_fault_of_the_text(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    script_as_maker(monkeypatch, tmp_path, "kill -ALRM $$")
    with pytest.raises(Slow):
        make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "x.pdf")


def test_without_room_on_the_disk_that_is_the_reason_and_nothing_stays(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    script_as_maker(monkeypatch, tmp_path, f'echo half > "$4"; exit {maker.NO_ROOM}')
    with pytest.raises(OSError, match="No space left"):
        make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "x.pdf")
    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".pdf", ".half"}] == []


def test_a_maker_says_that_the_disk_is_full(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = io.TextIOWrapper(io.BytesIO(json.dumps(one_blauwdruk(branchestraten)).encode()))
    monkeypatch.setattr(maker.sys, "stdin", order)
    monkeypatch.setattr(maker, "limit_process", lambda seconds: None)
    no_room = Path("/dev/full").open("wb")  # noqa: SIM115 (the maker closes it)
    monkeypatch.setattr(maker.Path, "open", lambda path, mode: no_room)
    assert maker.main("pdf", str(tmp_path / "x.pdf"), "40") == maker.NO_ROOM


def test_the_reason_of_a_refusal_reaches_the_visitor(tmp_path: Path, branchestraten: dict[str, Any]) -> None:
    too_long = one_blauwdruk(with_blocks(branchestraten, [paragraph("woord " * 600_000)]))
    with pytest.raises(Failed, match="Kies minder blauwdrukken"):
        make_file("pdf", too_long, tmp_path / "x.pdf")


def test_an_order_that_is_too_large_does_not_even_start_a_process(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_run_maker", None)
    with pytest.raises(Failed, match="te lang"):
        make_file("pdf", one_blauwdruk(with_blocks(branchestraten, [paragraph("x" * MAX_INPUT)])), tmp_path / "x.pdf")


def test_when_all_places_are_taken_a_visitor_hears_it_is_busy(tmp_path: Path, branchestraten: dict[str, Any]) -> None:
    places = lock_files("werkplaats", instellingen.UITVOER_TEGELIJK)
    with hold_place(places[:1], 0):
        make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "a.pdf", AT_ONCE)
    with hold_place(places[:1], 0), hold_place(places[1:], 0), pytest.raises(Busy):
        make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "b.pdf", AT_ONCE)
    make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "b.pdf", AT_ONCE)


def test_a_place_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    code = (
        "import fcntl, sys, time; bestand = open(sys.argv[1], 'w'); fcntl.flock(bestand, fcntl.LOCK_EX); "
        "print('vast', flush=True); time.sleep(60)"
    )
    lock = lock_files("werkplaats", 1)
    with subprocess.Popen([sys.executable, "-c", code, str(lock[0])], stdout=subprocess.PIPE) as container:
        assert container.stdout
        assert container.stdout.readline() == b"vast\n"
        with pytest.raises(Busy), hold_place(lock, 0):
            pass
        container.kill()
        with hold_place(lock, 5):
            pass


def test_a_maker_keeps_its_place_after_the_web_process_is_gone(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = lock_files("werkplaats", instellingen.UITVOER_TEGELIJK)[:1]
    script_as_maker(monkeypatch, tmp_path, 'ls -l /proc/$$/fd > "$4"')
    make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "x.pdf")
    assert str(lock[0]) in (tmp_path / "x.pdf").read_text()


def test_a_maker_knows_no_secret(
    tmp_path: Path, branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    script_as_maker(monkeypatch, tmp_path, 'env > "$4"')
    make_file("pdf", one_blauwdruk(branchestraten), tmp_path / "x.pdf")
    assert "geheim" not in (tmp_path / "x.pdf").read_text()
