"""Work outside the transaction of a test: over connections of its own, and with nothing left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection

# Grows with every change that is committed, as it should: the log by which the search index follows the database.
CHANGE_LOG = "blauwdrukken_wijziging"


def outside(work: Callable[[], Any]) -> Any:
    """Do this over a connection of its own, so that what it writes is committed."""

    def over_own_connection() -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(over_own_connection).result()


def row_counts() -> dict[str, int]:
    """Number of rows of each table, the change log left out."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {CHANGE_LOG}
        counts = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


@contextmanager
def nothing_left_behind(count: Callable[[], dict[str, int]] = row_counts) -> Iterator[None]:
    """Fail with the names of the tables that hold more or fewer rows afterwards."""
    before = count()
    yield
    after = count()
    changed = {
        table: f"{before.get(table, 0)} -> {after[table]}" for table in after if after[table] != before.get(table)
    }
    assert not changed, f"rows left behind outside the transaction of a test: {changed}"


def forget_sessions_of(user_pks: set[int]) -> None:
    """Delete the sessions of these people: deleting somebody leaves them."""
    of_them = [s.pk for s in Session.objects.all() if int(s.get_decoded().get("_auth_user_id", 0)) in user_pks]
    Session.objects.filter(pk__in=of_them).delete()
