"""The one queue: fair, bounded, and tried again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django_tasks import task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from blauwdrukken import background
from blauwdrukken.background import QueueFull, ahead_of, enqueue

done: list[str] = []


@task(backend="achtergrond", queue_name="bundels")
def note(word: str) -> None:
    """Work that shows when it was done."""
    done.append(word)


@task(backend="achtergrond", queue_name="bundels")
def hurry(word: str) -> None:
    """Work for which there is never time."""
    done.append(word)
    raise background.NoTimeError


@pytest.fixture(autouse=True)
def _worker_within_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test is in a transaction
    done.clear()


def test_the_first_of_everybody_goes_before_the_second_of_anybody() -> None:
    rows = [
        enqueue(note, client, word=f"{client}{n}") for client, n in (("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2))
    ]
    assert [ahead_of(row) for row in rows] == [0, 2, 4, 1, 3]
    call_command("werk")
    assert done == ["a1", "b1", "a2", "b2", "a3"]


def test_one_client_fills_a_part_of_the_queue_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MAX_PER_CLIENT", 2)
    monkeypatch.setattr(background, "MAX_QUEUED", 3)
    for _ in range(2):
        enqueue(note, "a", word="x")
    with pytest.raises(QueueFull):
        enqueue(note, "a", word="x")
    enqueue(note, "b", word="x")
    with pytest.raises(QueueFull):
        enqueue(note, "c", word="x")
    call_command("werk")
    enqueue(note, "a", word="x")


def test_no_address_of_a_client_is_kept() -> None:
    row = enqueue(note, "192.0.2.1", word="x")
    assert "192.0.2.1" not in str(DBTaskResult.objects.values().get(pk=row.pk))


def test_what_a_killed_process_left_is_done_and_what_kills_each_process_is_given_up() -> None:
    rows = [enqueue(note, "a", word=word) for word in ("left", "deadly")]
    for row, deaths in zip(rows, (1, background.MAX_ATTEMPTS), strict=True):
        DBTaskResult.objects.filter(pk=row.pk).update(status="RUNNING", worker_ids=["x"] * deaths)
    call_command("werk")
    assert done == ["left"]
    assert [DBTaskResult.objects.get(pk=row.pk).status for row in rows] == ["SUCCESSFUL", "FAILED"]


def test_what_had_no_time_is_tried_again_after_a_pause_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    row = enqueue(hurry, "a", word="x")
    call_command("werk")
    assert done == ["x"]
    assert DBTaskResult.objects.get(pk=row.pk).status == "READY"
    monkeypatch.setattr(background, "PAUSE", -background.PAUSE)
    DBTaskResult.objects.filter(pk=row.pk).update(run_after=row.enqueued_at)
    call_command("werk")
    assert len(done) == background.MAX_ATTEMPTS
    assert DBTaskResult.objects.get(pk=row.pk).status == "FAILED"


def test_a_second_process_leaves_the_queue_to_the_first(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    from blauwdrukken.documents.workshop.process import hold_place, lock_files

    enqueue(note, "a", word="x")
    with hold_place(lock_files("werkbank", 1), 0):
        call_command("werk")
    assert done == []
    assert "al een proces bezig" in capsys.readouterr().out
