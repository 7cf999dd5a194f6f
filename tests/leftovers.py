"""Work outside the transaction of a test: over connections of its own, and with nothing left behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection

# Change with every commit, as they should: by them the search index follows the database.
CHANGE_LOG = {"blauwdrukken_wijziging", "blauwdrukken_zoekstand"}


def outside(work: Callable[[], Any]) -> Any:
    """Do this over a connection of its own, so that what it writes is committed."""

    def over_own_connection() -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(over_own_connection).result()


def contents() -> dict[str, Counter[str]]:
    """Rows of each table as text, the change log left out."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - CHANGE_LOG
        rows = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = Counter(map(repr, cursor.fetchall()))
    return rows


@contextmanager
def nothing_left_behind(read: Callable[[], dict[str, Counter[str]]] = contents) -> Iterator[None]:
    """Fail with the names of the tables that hold other rows afterwards: added, deleted or changed."""
    before = read()
    yield
    after = read()
    changed = {
        table: f"+{(after[table] - before[table]).total()} -{(before[table] - after[table]).total()}"
        for table in after
        if after[table] != before[table]
    }
    assert not changed, f"rows left behind outside the transaction of a test: {changed}"


def forget_sessions_of(user_pks: set[int]) -> None:
    """Delete the sessions of these people: deleting somebody leaves them."""
    of_them = [s.pk for s in Session.objects.all() if int(s.get_decoded().get("_auth_user_id", 0)) in user_pks]
    Session.objects.filter(pk__in=of_them).delete()
