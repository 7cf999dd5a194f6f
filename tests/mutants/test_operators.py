from __future__ import annotations

import pytest

from tests.mutants.areas import AREAS, ROOT
from tests.mutants.operators import mutations

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("rows = Entry.objects.published()", {"rows = Entry.objects"}),
        ("html = escape(text)", {"html = text"}),
        ("a and b", {"a", "b", "a or b"}),
        ("if late:\n    stop()", {"if False:\n    stop()"}),
        ("[x for x in rows if x]", {"[x for x in rows if True]"}),
        ("a < 5", {"a <= 5", "a < 6"}),
        ("@cached\ndef f(a: int) -> int: return 1", {"@cached\ndef f(a: int) -> int: return 2"}),
        ("name = 'label'", set()),
    ],
)
def test_code_is_broken_in_the_ways_that_tests_should_notice(source: str, broken: set[str]) -> None:
    assert set(mutations(source)) == broken


@pytest.mark.parametrize("area", AREAS)
def test_an_area_names_files_that_exist_and_explains_lines_that_are_in_them(area: str) -> None:
    paths = [*AREAS[area]["files"], *(test.partition("::")[0] for test in AREAS[area]["tests"])]
    assert [path for path in paths if not (ROOT / path).is_file()] == []
    lines = [line.strip() for path in AREAS[area]["files"] for line in (ROOT / path).read_text().splitlines()]
    explained = AREAS[area].get("explained", {})
    assert [name for name in explained if name.partition(" -> ")[0] not in " ".join(lines)] == []
    assert all(explained.values())
