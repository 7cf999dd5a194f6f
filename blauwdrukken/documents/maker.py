"""Makes one document in a process of its own: python -m blauwdrukken.documents.maker FORMAT FILE < request.json.

Ends with 0 and a complete file, or with REFUSED and the Dutch reason on standard output.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

from .formats.table import BY_EXTENSION
from .limits import TOO_LARGE, Failed, limit_process

REFUSED = 3


def main(extension: str, output_file: str) -> int:
    """Make the document that standard input describes; only the maker that is asked for is loaded."""
    limit_process()
    try:
        order = json.load(sys.stdin.buffer)
        content = import_module(f".formats.{BY_EXTENSION[extension].maker}", __package__).make(order)
    except (Failed, MemoryError, RecursionError) as error:
        sys.stdout.write(error.reason if isinstance(error, Failed) else TOO_LARGE)
        return REFUSED
    with Path(output_file).open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
