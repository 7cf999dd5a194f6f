from __future__ import annotations

from datetime import date

import pytest

from blauwdrukken.text.notation import format_period

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("begin", "eind", "tekst"),
    [
        (date(2021, 1, 1), date(2023, 12, 31), "2021 tot en met 2023"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2021, 1, 1), None, "vanaf 2021"),
        (None, date(2023, 12, 31), "tot en met 2023"),
        (date(2020, 9, 14), date(2020, 9, 21), "14 september 2020 tot en met 21 september 2020"),
        (date(2020, 9, 14), None, "vanaf 14 september 2020"),
        (None, None, ""),
    ],
)
def test_a_period_says_no_more_than_is_known(begin: date, eind: date, tekst: str) -> None:
    assert format_period(begin, eind) == tekst
