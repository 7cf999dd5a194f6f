"""Another order of files, and of the tests in each: `bin/test -p tests.shuffle`; SHUFFLE names the order."""

from __future__ import annotations

import os
import random
from itertools import groupby

import pytest

# The processes that pytest starts for its tests read it too: all have to deal in one order.
SEED = os.environ.setdefault("SHUFFLE", str(random.randrange(1_000_000)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"The order of this run was SHUFFLE={SEED}")


@pytest.hookimpl(tryfirst=True)  # what has to come first for another reason still does
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = random.Random(SEED)
    files = [list(group) for _, group in groupby(items, lambda item: item.path)]
    order.shuffle(files)
    for tests in files:
        order.shuffle(tests)
    items[:] = [item for tests in files for item in tests]
