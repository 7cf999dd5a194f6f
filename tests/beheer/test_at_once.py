"""Two saves at the very same moment, over two connections to a database that lets them run side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from wagtail.admin.views.generic.mixins import CreateEditViewOptionalFeaturesMixin
from wagtail.log_actions import registry as logboek

from blauwdrukken.models import Begrip, Blauwdruk, OudAdres
from blauwdrukken.models.versie import VersieQuerySet
from kennisbank.models import User
from tests.beheer.people import beheer, client_of, filled_in, user_in_group
from tests.leftovers import forget_sessions_of, outside

PATIENCE = 60.0  # seconds after which a save is not slow but stuck

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="SQLite writes one transaction at a time"
)


def create_blauwdruk() -> Any:
    entry = Blauwdruk.objects.create(titel="Banenbus", slug="banenbus", samenvatting="Oud.")
    entry.save_revision(clean=False)
    return entry


def create_begrip() -> Any:
    return Begrip.objects.create(term="Banenbus", slug="banenbus", uitleg="Oud.")


@pytest.fixture(params=[(create_blauwdruk, "samenvatting"), (create_begrip, "uitleg")], ids=["blauwdruk", "begrip"])
def shared_entry(own_connections: None, request: Any) -> Iterator[tuple[Any, str]]:
    """An entry that other connections see, and the name of its text."""
    make, field = request.param
    entry = outside(make)
    yield entry, field
    outside(lambda: clean_up(entry))


def keep_draft_at(entry: Any, slug: str) -> Any:
    entry.slug = slug
    return entry.save_revision(clean=False)


def clean_up(entry: Any) -> None:
    OudAdres.objects.of_entry(entry).delete()
    logboek.get_logs_for_instance(entry).delete()
    entry.delete()
    people = User.objects.filter(username__startswith="tegelijk")
    forget_sessions_of(set(people.values_list("pk", flat=True)))
    people.delete()


def wait_until(it_is_so: Callable[[], bool]) -> bool:
    """Whether this comes true before all patience is gone."""
    end = time.monotonic() + PATIENCE
    while not it_is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def somebody_waits_for_a_lock() -> bool:
    """Whether the server holds another connection to this database back."""
    waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

    def ask() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(waits)
            return bool(cursor.fetchone()[0])

    return bool(outside(ask))


class EditScreen:
    """An editing screen in a thread of its own."""

    def __init__(self, name: str, entry: Any) -> None:
        self.client = client_of(user_in_group("Secretariaat", name))
        self.path = f"{beheer(entry)}edit/{entry.pk}/"
        self.fields = filled_in(self.client.get(self.path).context["form"])

    def save(self, **fields: str) -> int:
        return int(self.client.post(self.path, self.fields | fields).status_code)


def test_of_two_saves_at_the_same_moment_one_is_kept_and_one_gets_to_choose(
    shared_entry: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits at the save for the other, which comes only when nothing holds it back."""
    entry, field = shared_entry
    screens = [outside(partial(EditScreen, name, entry)) for name in ("tegelijk-een", "tegelijk-twee")]
    arrived: list[Any] = []
    save = CreateEditViewOptionalFeaturesMixin.save_instance

    def wait_for_the_other(view: Any) -> Any:
        arrived.append(view)
        assert wait_until(lambda: len(arrived) == 2 or somebody_waits_for_a_lock())
        return save(view)

    monkeypatch.setattr(CreateEditViewOptionalFeaturesMixin, "save_instance", wait_for_the_other)
    with ThreadPoolExecutor(2) as threads:
        texts = [f"Van {nummer}." for nummer in (1, 2)]
        responses = list(
            threads.map(lambda s, t: outside(lambda: s.save(**{field: t})), screens, texts, timeout=PATIENCE)
        )
    assert sorted(responses) == [302, 409]
    saved = outside(lambda: getattr(type(entry).objects.get(pk=entry.pk), field))
    assert saved == texts[responses.index(302)]


def test_of_two_publications_at_the_same_moment_each_gets_a_number_and_the_first_address_leads_to_the_last(
    own_connections: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits, before it asks for the highest number, for the other, which comes only when nothing holds it back."""
    entry = outside(create_blauwdruk)
    revisions = [outside(partial(keep_draft_at, entry, slug)) for slug in ("banenbus", "banentrein")]
    arrived: list[Any] = []
    record = VersieQuerySet.record

    def wait_for_the_other(versies: Any, *args: Any) -> None:
        arrived.append(versies)
        assert wait_until(lambda: len(arrived) == 2 or somebody_waits_for_a_lock())
        record(versies, *args)

    monkeypatch.setattr(VersieQuerySet, "record", wait_for_the_other)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda revision: outside(revision.publish), revisions, timeout=PATIENCE))
    numbers = outside(lambda: list(entry.versies.values_list("nummer", flat=True)))
    at = outside(lambda: Blauwdruk.objects.get(pk=entry.pk).get_absolute_url())
    left = outside(lambda: list(OudAdres.objects.of_entry(entry).values_list("pad", "naar")))
    outside(lambda: clean_up(entry))
    assert sorted(numbers) == [1, 2]
    (earlier,) = {"/blauwdrukken/banenbus/", "/blauwdrukken/banentrein/"} - {at}
    assert left == [(earlier, at)]
