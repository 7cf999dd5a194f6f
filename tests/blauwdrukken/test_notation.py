from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from blauwdrukken.text.notation import format_amount_range, format_day, format_period, hyphenate, join_words

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("begin", "end", "text"),
    [
        (date(2021, 1, 1), date(2023, 12, 31), "2021 tot en met 2023"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2021, 1, 1), None, "vanaf 2021"),
        (None, date(2023, 12, 31), "tot en met 2023"),
        (date(2020, 9, 14), date(2020, 9, 21), "14 september 2020 tot en met 21 september 2020"),
        (date(2020, 9, 14), None, "vanaf 14 september 2020"),
        (None, date(2023, 6, 30), "tot en met 30 juni 2023"),
        (date(2021, 1, 1), date(2023, 6, 30), "1 januari 2021 tot en met 30 juni 2023"),
        (date(2021, 1, 1), date(2023, 11, 30), "1 januari 2021 tot en met 30 november 2023"),
        (date(2021, 1, 1), date(2023, 12, 30), "1 januari 2021 tot en met 30 december 2023"),
        (date(2021, 2, 1), date(2023, 12, 31), "1 februari 2021 tot en met 31 december 2023"),
        (date(2021, 1, 2), date(2023, 12, 31), "2 januari 2021 tot en met 31 december 2023"),
        (date(2020, 9, 14), date(2020, 9, 14), "14 september 2020"),
        (None, None, ""),
    ],
)
def test_a_period_says_no_more_than_is_known(begin: date, end: date, text: str) -> None:
    assert format_period(begin, end) == text


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (date(2021, 6, 8), "8 juni 2021"),
        (datetime(2021, 6, 8, 21, 59, tzinfo=UTC), "8 juni 2021"),
        (datetime(2021, 6, 8, 22, 0, tzinfo=UTC), "9 juni 2021"),
        (None, ""),
    ],
)
def test_a_day_is_the_one_on_which_it_was_here(moment: date | None, written: str) -> None:
    assert format_day(moment) == written


@pytest.mark.parametrize(
    ("words", "most", "written"),
    [
        ("", 3, ""),
        ("a b c", 3, "a, b, c"),
        ("a b c d", 3, "a, b, c en 1 meer"),
        ("a b c d e", None, "a, b, c, d, e"),
    ],
)
def test_of_a_long_row_of_words_only_the_number_is_told(words: str, most: int | None, written: str) -> None:
    assert join_words(words.split(), most) == written


def test_a_row_of_words_can_have_another_word_between_them() -> None:
    assert join_words(["a", "b"], separator=" en ") == "a en b"


def test_a_page_escapes_each_word_of_a_row() -> None:
    page = Template("{% load notation %}{{ words|join_words:1 }}")
    assert page.render(Context({"words": ["<b>", "c"]})) == "&lt;b&gt; en 1 meer"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (None, None, "onbekend"),
        ("2750", "2750", "€\N{NO-BREAK SPACE}2.750"),
        ("12.5", "12.5", "€\N{NO-BREAK SPACE}12,50"),
        (None, "0", "hooguit €\N{NO-BREAK SPACE}0"),
        ("0", None, "vanaf €\N{NO-BREAK SPACE}0"),
        ("1000", "1234567.89", "€\N{NO-BREAK SPACE}1.000 tot €\N{NO-BREAK SPACE}1.234.567,89"),
    ],
)
def test_an_amount_says_which_end_is_known(low: str | None, high: str | None, text: str) -> None:
    assert format_amount_range(low and Decimal(low), high and Decimal(high)) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Werkgeversservicepunt", ["Werkgevers", "servicepunt"]),
        ("Wat hebben werkgeversorganisaties hieraan?", ["Wat hebben werkgevers", "organisaties hieraan?"]),
        ("Mobiliteitsdienstverlening", ["Mobiliteits", "dienstverlening"]),
        ("Werkgevers in de regio", ["Werkgevers in de regio"]),
    ],
)
def test_a_long_compound_may_break_after_its_first_part(word: str, parts: list[str]) -> None:
    assert hyphenate(word).split("\N{SOFT HYPHEN}") == parts
