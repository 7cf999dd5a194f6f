"""What /readyz tells: each thing that is not as it should be, and nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from blauwdrukken import heartbeat
from blauwdrukken.heartbeat import PLANNING, QUEUE, beat
from kennisbank import health
from kennisbank.health import MIN_FREE


@pytest.fixture(autouse=True)
def _all_is_well(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    for name in (PLANNING, QUEUE):
        beat(name)


def found(client: Client) -> list[str]:
    response = client.get("/readyz")
    lines = response.content.decode().splitlines()
    assert response.status_code == (200 if lines == ["ok"] else 503)
    return lines


def test_all_is_well(client: Client) -> None:
    assert found(client) == ["ok"]
    assert client.post("/readyz").status_code == 405


@pytest.mark.parametrize(
    ("name", "line"), [(PLANNING, "de planning loopt niet"), (QUEUE, "aan de wachtrij wordt niet gewerkt")]
)
def test_a_process_that_gave_no_sign_of_life_is_missed(client: Client, name: str, line: str) -> None:
    file = heartbeat._file(name)
    long_ago = file.stat().st_mtime - heartbeat.MAX_AGE[name] - 1
    os.utime(file, (long_ago, long_ago))
    assert found(client) == [line]
    file.unlink()
    assert found(client) == [line]
    beat(name)
    assert found(client) == ["ok"]


def test_a_round_of_the_timer_is_a_sign_of_life(client: Client) -> None:
    heartbeat._file(PLANNING).unlink()
    call_command("publish_scheduled")
    assert found(client) == ["ok"]


def test_a_full_disk_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=MIN_FREE - 1)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: usage)
    assert found(client) == ["de schijf is vol"]


def test_a_disk_that_may_not_be_written_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.os, "access", lambda folder, mode: False)
    assert found(client) == ["de site mag niet op de schijf schrijven"]


def test_a_database_that_is_away_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("away")

    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
        assert found(client)[0] == "de database antwoordt niet"


def test_an_index_that_is_missing_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blauwdrukken.search.gateway.EngineGateway.is_ready", lambda self: False)
    assert found(client) == ["de zoekindex wordt gemaakt"]


def test_a_disk_that_refuses_a_sign_of_life_stops_nobody(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.write_text("")
    beat(PLANNING)
    with heartbeat.beating(QUEUE):
        pass
    assert not heartbeat.is_alive(PLANNING)
