from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.charts.timeline import FULL, Kind, Span, make_timeline
from blauwdrukken.models import Blauwdruk, Project
from blauwdrukken.text.dates import PartialDate, parse_date

DATES = st.none() | st.builds(PartialDate, st.integers(1995, 2030), st.sampled_from([0, 1, 7, 12, 22, 24, 33, 36]))
YEAR = (date(2021, 1, 1), date(2021, 12, 31))


def days(moment: PartialDate | None) -> Any:
    return (moment.first, moment.last) if moment else None


def span(begin: str = "", end: str = "", moment: str = "") -> Span:
    return Span(*(days(parse_date(text)) if text else None for text in (begin, end, moment)))


@given(st.lists(st.tuples(DATES, DATES, DATES), max_size=5))
def test_parts_of_a_period_follow_each_other_within_the_axis(rows: list[Any]) -> None:
    spans = []
    for begin, end, moment in rows:
        in_order = begin is None or end is None or begin.first <= end.first
        spans.append(Span(days(begin), days(end) if in_order else None, days(moment)))
    timeline = make_timeline(spans)
    if not any(one.begin or one.end for one in spans):
        assert timeline is None
        return
    assert timeline is not None
    for one, parts in zip(spans, timeline.rows, strict=True):
        period = [part for part in parts if part.kind is not Kind.MOMENT]
        assert bool(period) == one.is_known
        assert all(part.x >= 0 and part.width > 0 and part.x + part.width <= FULL + 0.02 for part in parts)
        assert all(left.x + left.width == pytest.approx(right.x, abs=0.02) for left, right in pairwise(period))
        assert (Kind.OPEN in {part.kind for part in period}) == (one.is_known and not (one.begin and one.end))


def kinds(*spans: Span) -> list[list[Kind]]:
    timeline = make_timeline(spans)
    assert timeline is not None
    return [[part.kind for part in parts] for parts in timeline.rows]


def test_a_year_is_wide_and_only_what_lies_between_is_sure() -> None:
    assert kinds(span("2021", "2023")) == [[Kind.MAYBE, Kind.SURE, Kind.MAYBE]]
    timeline = make_timeline([span("2021", "2023")])
    assert timeline is not None
    sure = timeline.rows[0][1]
    assert (sure.x, sure.width) == (pytest.approx(100 / 3, abs=0.1), pytest.approx(100 / 3, abs=0.2))


def test_two_days_are_sure_all_through() -> None:
    assert kinds(span("1-1-2004", "31-12-2005")) == [[Kind.SURE]]


def test_one_year_for_both_ends_says_only_that_it_was_in_that_year() -> None:
    assert kinds(span("2021", "2021")) == [[Kind.MAYBE]]
    assert kinds(span("2021", "zomer 2021")) == [[Kind.MAYBE]]


def test_an_end_that_is_not_known_goes_on_and_gets_room_for_it() -> None:
    timeline = make_timeline([span("14-9-2020"), span("", "2020")])
    assert timeline is not None
    assert [tick.year for tick in timeline.ticks] == [2019, 2020, 2021]
    [goes_on], [came_before, _] = timeline.rows
    assert (goes_on.kind, goes_on.x + goes_on.width) == (Kind.OPEN, pytest.approx(FULL))
    assert (came_before.kind, came_before.x) == (Kind.OPEN, 0)


def test_a_moment_is_no_period() -> None:
    assert make_timeline([span(moment="juni 2021")]) is None
    assert kinds(span("2020", "2022"), span(moment="juni 2021"))[1] == [Kind.MOMENT]


def test_a_long_time_has_few_years_below_it() -> None:
    timeline = make_timeline([span("1980", "2025")])
    assert timeline is not None
    assert len(timeline.ticks) <= 8


@pytest.fixture
def blauwdruk(create_blauwdruk: Any) -> Blauwdruk:
    made: Blauwdruk = create_blauwdruk(slug="met-projecten")
    return made


def picture(client: Client) -> list[str]:
    html = client.get("/blauwdrukken/met-projecten/").content.decode()
    return (
        html[html.index("Wat wanneer liep") :].split("</table>")[0].split("<tr>")[2:] if "Wat wanneer" in html else []
    )


def test_each_project_stands_in_the_table_with_its_words_and_only_known_ones_are_drawn(
    client: Client, blauwdruk: Blauwdruk
) -> None:
    Project.objects.create(
        titel="A", slug="a", blauwdruk=blauwdruk, live=True, periode_begin="2021", periode_eind="2023"
    )
    Project.objects.create(titel="B", slug="b", blauwdruk=blauwdruk, live=True)
    first, second = picture(client)
    assert "2021 tot en met 2023" in first
    assert re.findall(r'<rect class="(\w+)"', first.split('class="as"')[0]) == ["misschien", "zeker", "misschien"]
    assert "Periode niet bekend" in second
    assert '<rect class="' not in second.split('class="as"')[0]


def test_without_any_period_there_is_a_list(client: Client, blauwdruk: Blauwdruk) -> None:
    Project.objects.create(titel="B", slug="b", blauwdruk=blauwdruk, live=True)
    assert picture(client) == []
    assert 'href="/projecten/b/"' in client.get("/blauwdrukken/met-projecten/").content.decode()
