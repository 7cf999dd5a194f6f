"""Counts wait in memory, never delay a page, and are never too high."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import DataError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blauwdrukken import tally as room
from blauwdrukken.models import Misser
from blauwdrukken.tally import MAX_WAITING, Tally, tally

NOTHING_FOUND = "/blauwdrukken/?zoek=zxqwv"


class Rows:
    """A writer, and what it wrote; it breaks with `error`."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.rows = error, dict[Any, int]()

    def __call__(self, counts: Mapping[Any, int]) -> None:
        if self.error:
            raise self.error
        self.rows |= counts


def test_a_search_without_result_writes_nothing_in_the_request(client: Client) -> None:
    client.get(NOTHING_FOUND)
    with CaptureQueriesContext(connection) as asked:
        client.get(NOTHING_FOUND)
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}
    assert not Misser.objects.exists()
    tally.flush()
    assert Misser.objects.get().aantal == 2


def test_what_was_counted_is_written_once() -> None:
    counts, rows = Tally(), Rows()
    for what in ("a", "b", "a"):
        counts.add(rows, what)
    counts.flush()
    assert rows.rows == {"a": 2, "b": 1}
    rows.rows.clear()
    counts.flush()
    assert rows.rows == {}


def test_while_the_database_is_away_counts_wait() -> None:
    counts, rows = Tally(), Rows(OperationalError("database is locked"))
    counts.add(rows, "a")
    counts.flush()
    counts.add(rows, "a")
    rows.error = None
    counts.flush()
    assert rows.rows == {"a": 2}


def test_when_nobody_knows_whether_counts_were_written_they_are_not_written_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class GoneAtCommit:
        def __enter__(self) -> None: ...

        def __exit__(self, *error: object) -> None:
            raise OperationalError("the connection was lost")

    counts, rows = Tally(), Rows()
    counts.add(rows, "a")
    with monkeypatch.context() as patch:
        patch.setattr(room.transaction, "atomic", GoneAtCommit)
        counts.flush()
    rows.rows.clear()
    counts.flush()
    assert rows.rows == {}


def test_what_the_database_refuses_does_not_stay_in_the_way(caplog: pytest.LogCaptureFixture) -> None:
    counts, refused, rows = Tally(), Rows(DataError("too long")), Rows()
    counts.add(refused, "a")
    counts.add(rows, "b")
    counts.flush()
    assert rows.rows == {"b": 1}
    refused.error = None
    counts.flush()
    assert refused.rows == {}
    assert "dropped" in caplog.text


def test_memory_holds_no_more_than_its_share_and_what_is_there_counts_on() -> None:
    counts, rows = Tally(), Rows()
    for what in range(MAX_WAITING + 5):
        counts.add(rows, what)
    counts.add(rows, 0)
    counts.flush()
    assert len(rows.rows) == MAX_WAITING
    assert rows.rows[0] == 2
