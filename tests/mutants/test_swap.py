from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.swap import RunsOnImportError, functions_of, put_in, swaps

pytestmark = pytest.mark.once

MODULE = """
LIMIT = 5

def check(value):
    return value < 5

class Door:
    def opens(self, value):
        return check(value) and value > 0
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path of a module, and what it holds once it is loaded."""
    path, names = tmp_path / "loaded.py", {"__name__": "loaded"}
    exec(compile(MODULE, str(path), "exec"), names)
    functions_of.cache_clear()
    yield str(path), names
    functions_of.cache_clear()


@pytest.mark.parametrize(
    ("whole", "broken", "opens"), [("value < 5", "value < 6", (True, True)), ("check(value) and ", "", (True, True))]
)
def test_a_function_is_broken_for_all_who_hold_it(
    loaded: tuple[str, dict[str, Any]], whole: str, broken: str, opens: tuple[bool, bool]
) -> None:
    path, names = loaded
    door = names["Door"]()
    assert (door.opens(4), door.opens(5)) == (True, False)
    put_in(swaps(path, MODULE, MODULE.replace(whole, broken)))
    assert (door.opens(4), door.opens(5)) == opens


def test_a_line_that_moves_breaks_only_what_it_says(loaded: tuple[str, dict[str, Any]]) -> None:
    path, names = loaded
    moved = MODULE.replace("\n    return value < 5", " return value > 5").replace(
        "def check(value):", "\n\ndef check(value):"
    )
    assert [function for function, _ in swaps(path, MODULE, moved)] == [names["check"]]


@pytest.mark.parametrize(("whole", "broken"), [("LIMIT = 5", "LIMIT = 6"), ("(value):", "(value=1):")])
def test_what_runs_on_import_asks_for_a_process_of_its_own(
    loaded: tuple[str, dict[str, Any]], whole: str, broken: str
) -> None:
    with pytest.raises(RunsOnImportError):
        swaps(loaded[0], MODULE, MODULE.replace(whole, broken))
