"""A kept page is right at once, whatever changes and however late it is; not a word of it outlives its publication."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from blauwdrukken.depends import Dependence, On
from blauwdrukken.models import Blauwdruk, Project, Thema, Verhaal
from blauwdrukken.search.index import IndexState
from kennisbank import page_cache
from kennisbank.models import Pagina
from tests.kennisbank.keeping import DETAIL, KEPT, LIST, is_kept, made_anew


def own_pages() -> dict[str, Any]:
    return {
        DETAIL: Blauwdruk.objects.get(slug="scholing-voor-werkgevers"),
        "/over/": Pagina.objects.get(slug="over"),
        **{entry.get_absolute_url(): entry for entry in (Project.objects.all()[0], Verhaal.objects.all()[0])},
    }


@pytest.mark.usefixtures("kept")
def test_an_entry_that_expires_is_gone_at_that_moment_though_nothing_changes() -> None:
    moment = timezone.now() + timedelta(minutes=10)
    for entry in own_pages().values():
        type(entry).objects.filter(pk=entry.pk).update(expire_at=moment)
    for url in (LIST, *own_pages()):
        assert Client().get(url).status_code == 200
    for url in own_pages():
        assert is_kept(Client(), url)
    state = IndexState.from_database()
    with mock.patch.object(timezone, "now", return_value=moment):
        for url in own_pages():
            assert Client().get(url).status_code in (404, 410), url
        assert DETAIL not in Client().get(LIST).content.decode()
    assert IndexState.from_database() == state


@pytest.mark.usefixtures("kept")
def test_a_page_about_today_is_made_anew_after_midnight() -> None:
    before, after = (
        datetime(2026, 10, 25, 23, 30, tzinfo=timezone.get_default_timezone()) + timedelta(hours=h) for h in (0, 1)
    )
    with mock.patch.object(timezone, "now", return_value=before):
        Client().get(DETAIL)
        Client().get("/over/")
        assert is_kept(Client(), DETAIL)
    with mock.patch.object(timezone, "now", return_value=after):
        assert not is_kept(Client(), DETAIL)
        assert is_kept(Client(), "/over/")


def test_midnight_of_a_day_with_another_clock_is_the_right_one() -> None:
    zone = timezone.get_default_timezone()
    for day, hours in (((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 6, 1), 24)):
        with mock.patch.object(timezone, "now", return_value=datetime(*day, 0, 0, 1, tzinfo=zone).astimezone(UTC)):
            end = page_cache.right_until(Dependence(On.DAY, ()), IndexState.from_database())
        assert abs(end.timestamp() - datetime(*day, tzinfo=zone).timestamp() - min(hours, 24) * 3600) < 2, day


class Changes:
    """What editors and the clock do to the site, each as a step that may come at any moment."""

    now: ClassVar[datetime]

    @staticmethod
    def edit(number: int) -> None:
        entry = Blauwdruk.objects.all()[0]
        entry.titel = f"Titel {number}"
        entry.save_revision().publish()

    @staticmethod
    def draft(number: int) -> None:
        entry = Blauwdruk.objects.all()[0]
        entry.titel = f"GEHEIM {number}"
        entry.save_revision()

    @staticmethod
    def withdraw(number: int) -> None:
        Blauwdruk.objects.all()[number % 2].unpublish()

    @staticmethod
    def publish(number: int) -> None:
        for entry in Blauwdruk.objects.all()[:2]:
            if not entry.live:
                entry.titel = f"Weer {number}"
                entry.expire_at = None
                entry.save_revision().publish()

    @staticmethod
    def expire(number: int) -> None:
        Blauwdruk.objects.filter(pk=Blauwdruk.objects.all()[1].pk).update(
            expire_at=Changes.now + timedelta(minutes=number)
        )

    @staticmethod
    def plan(number: int) -> None:
        entry = Blauwdruk.objects.all()[0]
        entry.titel = f"Gepland {number}"
        entry.go_live_at = Changes.now + timedelta(minutes=number + 1)
        entry.save_revision().publish()

    @staticmethod
    def wait(number: int) -> None:
        Changes.now += timedelta(minutes=number)

    @staticmethod
    def timer(number: int) -> None:
        call_command("publish_scheduled", verbosity=0)

    @staticmethod
    def rename(number: int) -> None:
        Thema.objects.filter(slug="scholing").update(naam=f"Scholing {number}")


NAMES = [name for name, step in vars(Changes).items() if isinstance(step, staticmethod)]
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 9)), min_size=3, max_size=6)


@pytest.mark.usefixtures("kept")
@settings(max_examples=5)
@given(steps=STEPS)
def test_whatever_changes_in_whatever_order_a_page_is_as_if_it_were_made_anew(steps: list[tuple[str, int]]) -> None:
    first = Blauwdruk.objects.all()[0]
    urls = [f"{LIST}?thema=scholing", first.get_absolute_url()]
    point = transaction.savepoint()
    Changes.now = timezone.now()
    with mock.patch.object(timezone, "now", side_effect=lambda: Changes.now):
        for name, number in steps:
            getattr(Changes, name)(number)
            for url in urls:
                page = Client().get(url)
                anew = made_anew(url)
                assert (page.status_code, page.content) == (anew.status_code, anew.content), (name, url)
                assert b"GEHEIM" not in page.content
    transaction.savepoint_rollback(point)


@pytest.mark.usefixtures("kept")
def test_nothing_that_was_public_once_stays_in_the_cache() -> None:
    word = "kanariepiet"
    entries: dict[str, Any] = own_pages()
    for entry in entries.values():
        type(entry).objects.filter(pk=entry.pk).update(titel=word)
    urls = [*entries, *KEPT]
    assert sum(word in Client().get(url).content.decode() for url in urls) > 8
    for entry in entries.values():
        type(entry).objects.filter(pk=entry.pk).update(live=False)
    for url in urls:
        assert word not in Client().get(url).content.decode(), url
