"""What stands out on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blauwdrukken.highlight import highlight_of
from blauwdrukken.models import Blauwdruk, Citaat, Kerncijfer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 29)


def with_outcome() -> set[str]:
    return set(Kerncijfer.objects.filter(soort="uitkomst").values_list("blauwdruk__slug", flat=True))


def days(count: int) -> list[date]:
    return [DAY + timedelta(days=day) for day in range(count)]


def test_each_blueprint_with_an_outcome_has_its_day_and_no_other() -> None:
    expected = with_outcome()
    slugs = [highlight.blauwdruk.slug for day in days(len(expected)) if (highlight := highlight_of(day)).blauwdruk]
    assert len(slugs) == len(expected) > 3
    assert set(slugs) == expected


def test_its_own_voice_stands_with_it_and_that_of_another_is_known_as_such() -> None:
    own = set()
    for day in days(len(with_outcome())):
        highlight = highlight_of(day)
        assert highlight.blauwdruk is not None
        assert highlight.citaat is not None
        speaks = Citaat.objects.filter(blauwdruk=highlight.blauwdruk).exists()
        assert highlight.is_of_another is not speaks
        own.add(speaks)
    assert own == {True, False}


def test_a_draft_never_stands_out() -> None:
    Blauwdruk.objects.filter(slug="drive-in-bioscoop").update(live=False)
    shown = [highlight_of(day).blauwdruk for day in days(10)]
    assert all(blauwdruk and blauwdruk.slug != "drive-in-bioscoop" for blauwdruk in shown)


def test_without_an_outcome_only_a_voice_is_left() -> None:
    Kerncijfer.objects.filter(soort="uitkomst").delete()
    highlight = highlight_of(DAY)
    assert highlight.blauwdruk is None
    assert highlight.citaat is not None


def test_every_day_asks_as_much_of_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = set()
    for day in days(len(with_outcome())):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: day)
        client.get("/?fbclid=warm")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.add(len(queries))
    assert len(counts) == 1
