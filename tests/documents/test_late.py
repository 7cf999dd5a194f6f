"""A document for which a visitor's time is too short says so, is made in the background, and is then there."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from blauwdrukken import background
from blauwdrukken.documents.limits import TOO_BUSY, Busy, Failed, Slow
from blauwdrukken.documents.workshop import late, store
from blauwdrukken.documents.workshop.process import VISITOR, Pace
from tests.documents.test_views import PDF, fetch


class Maker:
    """A maker that is slow for visitors, or always, or breaks with something else in the background."""

    def __init__(self) -> None:
        self.paces: list[Pace] = []
        self.for_visitors: Exception = Slow()
        self.in_background: Exception | None = None

    def __call__(self, extension: str, order: dict[str, Any], target: Path, pace: Pace = VISITOR) -> None:
        self.paces.append(pace)
        if pace.client is not None:
            raise self.for_visitors
        if self.in_background:
            raise self.in_background
        target.write_text("gemaakt")


@pytest.fixture(autouse=True)
def maker(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    settings.VAR_DIR = tmp_path
    slow = Maker()
    monkeypatch.setattr(store, "_known", {})
    for module in (store, late):
        monkeypatch.setattr(module, "make_file", slow)
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test is in a transaction
    return slow


@pytest.mark.parametrize("why", [Slow(), Busy()])
def test_who_waits_hears_so_and_gets_the_file_when_it_is_there(client: Client, maker: Maker, why: Exception) -> None:
    maker.for_visitors = why
    for _ in range(3):
        response = client.get(PDF)
        assert response.status_code == 503
        assert response["Retry-After"] == response["Refresh"] == "5"
        assert "Nog even: wij maken uw bestand" in response.content.decode()
    assert len(maker.paces) == 1, "who looks again does not make it again"
    assert DBTaskResult.objects.count() == 1
    call_command("werk")
    assert fetch(client, PDF)[1] == b"gemaakt"
    assert list(late.output_dir().glob("*.opdracht")) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Failed("De tekst is te lang."), "De tekst is te lang."),
        (OSError(errno.ENOSPC, "x"), "De schijf van de server is vol"),
    ],
)
def test_the_reason_why_there_is_no_file_is_told(client: Client, maker: Maker, error: Exception, reason: str) -> None:
    maker.in_background = error
    client.get(PDF)
    call_command("werk")
    response = client.get(PDF)
    assert response.status_code == 422
    assert reason in response.content.decode()


def test_a_machine_that_stays_too_slow_is_tried_three_times_and_then_told(
    client: Client, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker.in_background = Slow()
    client.get(PDF)
    call_command("werk")
    assert "Nog even" in client.get(PDF).content.decode()
    monkeypatch.setattr(background, "PAUSE", -background.PAUSE)
    DBTaskResult.objects.update(run_after="2020-01-01T00:00Z")
    call_command("werk")
    assert TOO_BUSY in client.get(PDF).content.decode()
    DBTaskResult.objects.update(finished_at="2020-01-01T00:00Z")
    assert "Nog even" in client.get(PDF).content.decode(), "later it is tried anew"


def test_without_room_in_the_queue_it_is_busy(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MAX_QUEUED", 0)
    response = client.get(PDF)
    assert response.status_code == 503
    assert "Het is even druk" in response.content.decode()
