"""Publication and withdrawal at a moment, by the command and by the process beside the web server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from blauwdrukken.management.commands import publish_scheduled
from blauwdrukken.models import Blauwdruk, Project, Verhaal
from kennisbank.models import Pagina, User
from tests.beheer.people import beheer

DIALOG = "schedule-publishing-dialog"
YESTERDAY = timezone.now() - timedelta(days=1)


def schedule(entry: Any, **fields: Any) -> Revision:
    """Publish with a moment in the future, which then has come."""
    entry.go_live_at = timezone.now() + timedelta(hours=1)
    for name, value in fields.items():
        setattr(entry, name, value)
    revision = entry.save_revision()
    revision.publish()
    return revision


def time_is_up(revision: Revision) -> None:
    revision.refresh_from_db()
    revision.content["go_live_at"] = YESTERDAY.isoformat()
    revision.approved_go_live_at = YESTERDAY
    revision.save(update_fields=["content", "approved_go_live_at"])


def is_public(entry: Any) -> bool:
    return Client().get(entry.get_absolute_url()).status_code == 200


def count_found() -> int:
    return Client().get("/blauwdrukken/").context["page_obj"].paginator.count


def test_a_draft_goes_public_at_its_moment_and_not_before(create_blauwdruk: Any) -> None:
    draft = create_blauwdruk(live=False)
    revision = schedule(draft)
    count = count_found()
    call_command("publish_scheduled")
    assert not is_public(draft)
    time_is_up(revision)
    call_command("publish_scheduled")
    assert is_public(draft)
    assert count_found() == count + 1


def test_the_secretariat_plans_in_the_form(send_edit: Any, secretary: User, draft: Blauwdruk) -> None:
    response = send_edit(
        secretary, draft, "action-publish", go_live_at="2038-01-18 09:00", expire_at="2038-01-19 09:00"
    )
    assert response.status_code == 200
    draft.refresh_from_db()
    assert not draft.live
    planned = draft.scheduled_revision
    assert timezone.localtime(planned.approved_go_live_at).isoformat() == "2038-01-18T09:00:00+01:00"
    assert timezone.localtime(planned.as_object().expire_at).isoformat() == "2038-01-19T09:00:00+01:00"


def test_who_does_not_publish_does_not_plan(send_edit: Any, coordinator: User, draft: Blauwdruk) -> None:
    response = send_edit(coordinator, draft, go_live_at="2038-01-18 09:00", expire_at="2038-01-19 09:00")
    assert DIALOG not in response.content.decode()
    reloaded = draft.get_latest_revision_as_object()
    assert (reloaded.go_live_at, reloaded.expire_at) == (None, None)


@pytest.mark.parametrize("model", [Blauwdruk, Project, Verhaal, Pagina])
def test_every_kind_of_text_has_a_planning(editor_client: Client, model: Any) -> None:
    response = editor_client.get(f"{beheer(model)}add/").content.decode()
    assert response.count(DIALOG) > 1, "the button that opens the dialog, and the dialog"
    assert 'name="go_live_at"' in response


def test_a_new_text_of_a_public_entry_waits_for_its_moment(create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk(samenvatting="Oud.")
    blauwdruk.save_revision().publish()
    revision = schedule(Blauwdruk.objects.get(pk=blauwdruk.pk), samenvatting="Kersvers.")
    assert "Kersvers" not in Client().get(blauwdruk.get_absolute_url()).content.decode()
    time_is_up(revision)
    call_command("publish_scheduled")
    assert "Kersvers" in Client().get(blauwdruk.get_absolute_url()).content.decode()


@pytest.mark.parametrize("model", [Blauwdruk, Project])
def test_what_expires_is_gone_at_once_and_out_of_the_totals_after_the_command(model: Any) -> None:
    entry = model.objects.filter(live=True)[0]
    listing = "/blauwdrukken/" if model is Blauwdruk else "/projecten/"
    count = Client().get(listing).context["page_obj"].paginator.count
    model.objects.filter(pk=entry.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert not is_public(entry)
    call_command("publish_scheduled")
    assert Client().get(listing).context["page_obj"].paginator.count == count - 1
    assert model.objects.get(pk=entry.pk).expired


def test_running_twice_does_nothing_twice(create_blauwdruk: Any) -> None:
    draft = create_blauwdruk(live=False)
    time_is_up(schedule(draft))
    for _ in range(2):
        call_command("publish_scheduled")
    assert draft.versies.count() == 1
    assert mail.outbox == []


def test_a_process_that_comes_late_does_nothing(create_blauwdruk: Any) -> None:
    draft = create_blauwdruk(live=False)
    revision = schedule(draft)
    time_is_up(revision)
    call_command("publish_scheduled")
    publish_scheduled.publish(revision.pk)
    publish_scheduled.expire(Blauwdruk, draft.pk)
    assert is_public(draft)
    assert draft.versies.count() == 1


def test_a_taken_address_drops_the_plan_tells_who_decides_and_stops_nothing_else(
    create_blauwdruk: Any, secretary: User
) -> None:
    live = create_blauwdruk(slug="eigen")
    live.save_revision().publish()
    taken = schedule(Blauwdruk.objects.get(pk=live.pk), slug="begeerd")
    create_blauwdruk(slug="begeerd")
    other = create_blauwdruk(live=False)
    time_is_up(taken)
    time_is_up(schedule(other))
    for _ in range(2):
        call_command("publish_scheduled")
    assert is_public(other)
    assert Blauwdruk.objects.get(pk=live.pk).slug == "eigen"
    taken.refresh_from_db()
    assert taken.approved_go_live_at is None
    (message,) = mail.outbox
    assert message.to == [secretary.email]
    assert "het adres is al van een andere blauwdruk" in message.body


def test_an_entry_that_fails_does_not_stop_the_others(create_blauwdruk: Any, monkeypatch: Any) -> None:
    failing, whole = create_blauwdruk(live=False), create_blauwdruk(live=False)
    for entry in (failing, whole):
        time_is_up(schedule(entry))
    publishing = Blauwdruk.publish

    def publish(self: Any, *args: Any, **kwargs: Any) -> None:
        if self.pk == failing.pk:
            raise RuntimeError
        publishing(self, *args, **kwargs)

    monkeypatch.setattr(Blauwdruk, "publish", publish)
    call_command("publish_scheduled")
    assert is_public(whole)
    assert not is_public(failing)


@pytest.mark.parametrize(("month", "hour"), [("01-07", 7), ("01-12", 8)])
def test_a_moment_in_the_form_is_dutch_time_and_the_text_goes_public_and_away_by_it(
    secretary: User, draft: Blauwdruk, send_edit: Any, month: str, hour: int
) -> None:
    year = timezone.now().year + 1
    fields = {"go_live_at": f"{month}-{year} 09:00", "expire_at": f"{month}-{year + 1} 09:00"}
    send_edit(secretary, draft, "action-publish", **fields)
    revision = Blauwdruk.objects.get(pk=draft.pk).latest_revision
    day, nummer = (int(part) for part in month.split("-"))
    assert revision.approved_go_live_at == datetime(year, nummer, day, hour, tzinfo=UTC)
    assert not is_public(draft)
    time_is_up(revision)
    call_command("publish_scheduled")
    assert is_public(draft)
    now = Blauwdruk.objects.get(pk=draft.pk)
    assert now.expire_at == datetime(year + 1, nummer, day, hour, tzinfo=UTC)
    Blauwdruk.objects.filter(pk=now.pk).update(expire_at=YESTERDAY)
    call_command("publish_scheduled")
    assert not is_public(draft)
