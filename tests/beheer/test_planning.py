"""Publication and withdrawal at a moment, by the command and by the process beside the web server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from blauwdrukken.management.commands import publish_scheduled
from blauwdrukken.models import Blauwdruk, Project, Verhaal
from kennisbank.models import Pagina, User
from tests.beheer.people import beheer, client_of

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


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let publishing and withdrawing this entry fail, in the database or elsewhere."""

    def break_it(entry: Any, error: str) -> None:
        def broken(original: Any) -> Any:
            def act(self: Any, *args: Any, **kwargs: Any) -> Any:
                if self.pk != entry.pk:
                    return original(self, *args, **kwargs)
                if error == "database":
                    connection.cursor().execute("SELECT nothing FROM nowhere")
                raise RuntimeError

            return act

        for name in ("publish", "unpublish"):
            monkeypatch.setattr(Blauwdruk, name, broken(getattr(Blauwdruk, name)))

    return break_it


@pytest.mark.parametrize("error", ["database", "elsewhere"])
def test_an_entry_that_fails_stops_no_other_and_those_who_publish_hear_of_it_once(
    create_blauwdruk: Any, secretary: User, fails: Any, error: str
) -> None:
    failing, whole = create_blauwdruk(live=False, titel="Kapot"), create_blauwdruk(live=False)
    old, gone = create_blauwdruk(titel="Oud", expire_at=YESTERDAY), create_blauwdruk(expire_at=YESTERDAY)
    for entry in (failing, whole):
        time_is_up(schedule(entry))
    fails(failing, error)
    for _ in range(2):
        call_command("publish_scheduled")
    assert is_public(whole)
    assert not is_public(failing)
    assert Blauwdruk.objects.filter(pk__in=[old.pk, gone.pk], live=True).count() == 0
    (message,) = mail.outbox
    assert message.to == [secretary.email]
    assert message.subject == "Planning niet gelukt: ‘Kapot’"
    assert "op de site komen" in message.body
    assert f"/edit/{failing.pk}/" in message.body
    html = client_of(secretary).get("/beheer/").content.decode()
    assert "Planning niet gelukt" in html
    assert "Kapot" in html.partition("Planning niet gelukt")[2].partition("</table>")[0]


def test_an_entry_that_does_not_go_away_is_told_too(
    create_blauwdruk: Any, secretary: User, coordinator: User, fails: Any
) -> None:
    staying = create_blauwdruk(titel="Blijft", expire_at=YESTERDAY, regios=coordinator.regios.all())
    fails(staying, "elsewhere")
    call_command("publish_scheduled")
    assert "van de site gaan" in mail.outbox[0].body
    assert "moest op" in client_of(secretary).get("/beheer/").content.decode()
    assert "moest op" not in client_of(coordinator).get("/beheer/").content.decode()
    assert "Planning niet gelukt" in mail.outbox[0].subject


def test_a_plan_that_just_came_due_or_was_carried_out_is_no_failure(create_blauwdruk: Any, secretary: User) -> None:
    create_blauwdruk(expire_at=timezone.now() - timedelta(minutes=1))
    time_is_up(schedule(create_blauwdruk(live=False)))
    call_command("publish_scheduled")
    assert "Planning niet gelukt" not in client_of(secretary).get("/beheer/").content.decode()


def test_while_the_database_is_away_nothing_is_told_and_the_round_is_over(
    create_blauwdruk: Any, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = [create_blauwdruk(live=False) for _ in range(2)]
    for draft in drafts:
        time_is_up(schedule(draft))

    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(Blauwdruk, "publish", away)
        call_command("publish_scheduled")
        patch.setattr(type(connections["default"]), "is_usable", lambda self: False)
        with pytest.raises(OperationalError):
            call_command("publish_scheduled")
    assert mail.outbox == []
    call_command("publish_scheduled")
    assert all(is_public(draft) for draft in drafts)


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
