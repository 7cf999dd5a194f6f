"""Makes one document in a process of its own: python -m blauwdrukken.documents.maker FORMAT FILE SECONDS < order.json.

Ends with 0 and a complete file, with REFUSED and the Dutch reason on standard output, or with NO_ROOM on the disk.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from importlib import import_module
from pathlib import Path

from .formats.table import BY_EXTENSION
from .limits import TOO_LARGE, Failed, limit_process

REFUSED, NO_ROOM = 3, 4


def main(extension: str, output_file: str, wall_seconds: str) -> int:
    """Make the document that standard input describes; only the maker that is asked for is loaded."""
    limit_process(int(wall_seconds))
    try:
        order = json.load(sys.stdin.buffer)
        content = import_module(f".formats.{BY_EXTENSION[extension].maker}", __package__).make(order)
    except (Failed, MemoryError, RecursionError) as error:
        sys.stdout.write(error.reason if isinstance(error, Failed) else TOO_LARGE)
        return REFUSED
    try:
        write(Path(output_file), content)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        return NO_ROOM
    return 0


def write(file: Path, content: bytes) -> None:
    """Write the file so that it is on the disk when this returns."""
    with file.open("xb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
