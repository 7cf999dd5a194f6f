"""Decisions can be named by their number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_each_decision_has_a_number_of_its_own_in_name_and_title() -> None:
    decisions = sorted((DOCS / "adr").glob("*.md"))
    titels = [file.read_text().splitlines()[0] for file in decisions]
    assert [int(file.name[:4]) for file in decisions] == list(range(1, len(decisions) + 1))
    assert [int(re.findall(r"^# (\d+)\. \S", titel)[0]) for titel in titels] == list(range(1, len(decisions) + 1))
