"""What happened to an entry while somebody wrote, and entries without revisions: no form made before it wins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from blauwdrukken.beheer.concurrency.guard import GuardedEdit
from blauwdrukken.models import Begrip, Blauwdruk
from kennisbank.models import User
from regios.models import Gemeente, Provincie, Regio
from tests.beheer.people import beheer, client_of, filled_in
from tests.beheer.screens import EditScreen, changed_by, latest_draft, page_text, send_again, withdraw

WORDS: list[tuple[str, dict[str, Any]]] = [
    ("thema", {"naam": "Busthema", "slug": "busthema", "uitleg": "Oud."}),
    ("doelgroep", {"naam": "Busgroep", "slug": "busgroep", "uitleg": "Oud."}),
    ("programma", {"naam": "Busplan", "slug": "busplan", "uitleg": "Oud.", "jaar_van": 2020}),
    ("organisatie", {"naam": "Busbedrijf", "omschrijving": "Oud."}),
    ("begrip", {"term": "Busterm", "slug": "busterm", "uitleg": "Oud."}),
    ("synoniem", {"woorden": "bus\nautobus"}),
]


@pytest.mark.parametrize(("kind", "values"), WORDS)
def test_of_two_who_change_the_same_word_the_second_gets_to_choose(
    secretary: User, coordinator: User, kind: str, values: dict[str, Any]
) -> None:
    entry = apps.get_model("blauwdrukken", kind).objects.create(**values)
    field = next(name for name in ("uitleg", "omschrijving", "woorden") if name in values)
    first, second = EditScreen(secretary, entry), EditScreen(secretary, entry)
    assert first.send(**{field: "bus\ntrein"}).status_code == 302
    response = second.send(**{field: "bus\ntram"})
    entry.refresh_from_db()
    assert response.status_code == 409
    assert getattr(entry, field).splitlines() == ["bus", "trein"]
    assert "<strong>Saskia</strong> heeft dit bewaard op" in page_text(response)
    assert changed_by(response) == {field: "uw"}
    assert send_again(second, response).status_code == 302
    entry.refresh_from_db()
    assert getattr(entry, field).splitlines() == ["bus", "tram"]


def test_of_a_word_what_only_the_other_changed_stays(secretary: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.", voluit="Oud")
    first, second = EditScreen(secretary, begrip), EditScreen(secretary, begrip)
    first.send(uitleg="Van de eerste.")
    response = second.send(voluit="Van de tweede")
    assert changed_by(response) == {"uitleg": "hun", "voluit": "uw"}
    assert send_again(second, response).status_code == 302
    begrip.refresh_from_db()
    assert (begrip.uitleg, begrip.voluit) == ("Van de eerste.", "Van de tweede")


def test_of_a_word_a_third_save_in_between_asks_again(secretary: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    first, second = EditScreen(secretary, begrip), EditScreen(secretary, begrip)
    first.send(uitleg="Een.")
    response = second.send(uitleg="Twee.")
    EditScreen(secretary, begrip).send(uitleg="Drie.")
    assert send_again(second, response).status_code == 409
    begrip.refresh_from_db()
    assert begrip.uitleg == "Drie."


def test_choices_of_a_region_are_compared_too(secretary: User) -> None:
    regio = Regio.objects.get(slug="zeeland")
    first = list(regio.provincies.all())
    utrecht, drenthe = Provincie.objects.get(naam="Utrecht"), Provincie.objects.get(naam="Drenthe")
    one, second = EditScreen(secretary, regio), EditScreen(secretary, regio)
    assert one.send(provincies=[utrecht.pk]).status_code == 302
    response = second.send(provincies=[drenthe.pk])
    assert response.status_code == 409
    assert first != list(regio.provincies.all()) == [utrecht]
    assert '<span class="deletion">Utrecht</span>, <span class="addition">Drenthe</span>' in page_text(response)
    assert send_again(second, response).status_code == 302
    assert list(regio.provincies.all()) == [drenthe]


def test_a_municipality_is_guarded_too(secretary: User) -> None:
    gemeente = Gemeente.objects.all()[0]
    first, second = EditScreen(secretary, gemeente), EditScreen(secretary, gemeente)
    assert first.send(aliassen="Bus").status_code == 302
    assert second.send(aliassen="Tram").status_code == 409
    gemeente.refresh_from_db()
    assert gemeente.aliassen == "Bus"


def test_saving_an_unchanged_word_twice_is_no_conflict(secretary: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    first, second = EditScreen(secretary, begrip), EditScreen(secretary, begrip)
    assert first.send().status_code == 302
    assert second.send(uitleg="Nieuw.").status_code == 302
    begrip.refresh_from_db()
    assert begrip.uitleg == "Nieuw."


@pytest.mark.parametrize("strange", ["", "x", "WzEse31d:vals", "é\x00"])
def test_a_form_of_a_word_that_does_not_say_on_what_it_was_made_is_refused(secretary: User, strange: str) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    screen = EditScreen(secretary, begrip)
    response = screen.send(uitleg="Blind.", geladen=strange)
    begrip.refresh_from_db()
    assert response.status_code == 409
    assert begrip.uitleg == "Oud."
    assert changed_by(response) == {"uitleg": "uw"}
    assert send_again(screen, response).status_code == 302


def test_two_who_change_the_same_account_do_not_lose_what_the_first_saved(secretary: User, create_user: Any) -> None:
    collega = create_user("Werkgeversorganisatie", email="c@voorbeeld.nl", first_name="Chris", last_name="Vos")
    url = f"/beheer/users/edit/{collega.pk}/"
    first, second = EditScreen(secretary, collega, url), EditScreen(secretary, collega, url)
    role = Group.objects.get(name="Secretariaat")
    assert first.send(groups=[role.pk]).status_code == 302
    response = second.send(last_name="Vos-Bos")
    assert response.status_code == 409
    assert changed_by(response) == {"groups": "hun", "last_name": "uw"}
    assert [keuze.label for keuze in response.context["keuzes"]] == ["Achternaam", "Rollen"]
    assert send_again(second, response).status_code == 302
    collega.refresh_from_db()
    assert collega.last_name == "Vos-Bos"
    assert list(collega.groups.all()) == [role]


def schedule(user: User, entry: Any) -> None:
    entry.go_live_at = timezone.now() + timedelta(days=1)
    entry.save_revision(user=user).publish(user=user)


@pytest.mark.parametrize("action", ["", "action-publish", "action-submit"])
def test_what_was_withdrawn_meanwhile_is_not_published_again_unseen(
    secretary: User, coordinator: User, blauwdruk_with_rows: Blauwdruk, action: str
) -> None:
    screen = EditScreen(secretary, blauwdruk_with_rows)
    assert withdraw(secretary, blauwdruk_with_rows).status_code == 302
    response = screen.send(action, samenvatting="Nog steeds waar.")
    assert response.status_code == 409
    assert Client().get("/blauwdrukken/banenbus/").status_code == 410
    for part in ("Saskia: Ingetrokken – De regeling stopt.", "De tekst staat nu niet op de site.", "Nog steeds waar."):
        assert part in page_text(response)
    assert "Hun versie" not in page_text(response)
    assert screen.client.post(screen.path, filled_in(response.context["form"])).status_code == 302
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Nog steeds waar."
    assert not Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk).live


def test_what_expired_meanwhile_is_not_published_again_unseen(secretary: User, blauwdruk_with_rows: Blauwdruk) -> None:
    screen = EditScreen(secretary, blauwdruk_with_rows)
    Blauwdruk.objects.filter(pk=blauwdruk_with_rows.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    response = screen.send("action-publish")
    assert response.status_code == 409
    assert "vanzelf:" in page_text(response)
    assert not Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk).live


def test_a_new_entry_that_saved_itself_goes_on_until_somebody_else_does_something(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    """Its form knows of its own revision before it knows the rest."""
    screen = EditScreen(secretary, blauwdruk_with_rows)
    screen.send(samenvatting="Een.")
    by_itself = {"overwrite_revision_id": str(Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk).latest_revision_id)}
    for name in ("geladen", "loaded_revision_id", "loaded_revision_created_at"):
        del screen.fields[name]
    assert screen.send(**by_itself, samenvatting="Twee.").status_code == 302
    latest_draft(blauwdruk_with_rows).latest_revision.publish(user=secretary)
    after = Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk)
    saved = after.get_latest_revision_as_object().save_revision(user=secretary)
    withdraw(secretary, blauwdruk_with_rows)
    assert screen.send("action-publish", overwrite_revision_id=str(saved.pk)).status_code == 409
    assert not Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk).live


def test_what_one_form_was_made_on_counts_for_no_other(secretary: User) -> None:
    first, second = (Begrip.objects.create(term=name, slug=name, uitleg="Oud.") for name in ("bus-a", "bus-b"))
    screen = EditScreen(secretary, first)
    response = EditScreen(secretary, second).send(geladen=screen.fields["geladen"], uitleg="Blind.")
    assert response.status_code == 409
    second.refresh_from_db()
    assert second.uitleg == "Oud."


def test_autosave_stops_once_somebody_withdrew_the_entry(secretary: User, blauwdruk_with_rows: Blauwdruk) -> None:
    screen = EditScreen(secretary, blauwdruk_with_rows)
    withdraw(secretary, blauwdruk_with_rows)
    response = screen.client.post(screen.path, screen.fields | {"samenvatting": "Half"}, HTTP_ACCEPT="application/json")
    assert response.status_code == 400
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Oud."


def test_a_withdrawal_at_the_same_moment_is_seen(
    secretary: User, blauwdruk_with_rows: Blauwdruk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other withdraws after the check and before the save."""
    screen, form_valid = EditScreen(secretary, blauwdruk_with_rows), GuardedEdit.form_valid

    def other_first(view: Any, form: Any) -> Any:
        monkeypatch.setattr(GuardedEdit, "form_valid", form_valid)
        withdraw(secretary, blauwdruk_with_rows)
        return view.form_valid(form)

    monkeypatch.setattr(GuardedEdit, "form_valid", other_first)
    assert screen.send("action-publish").status_code == 409
    assert not Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk).live


def test_who_writes_on_is_told_that_somebody_approved_or_returned_it(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    send_edit(coordinator, draft, "action-submit")
    author = EditScreen(coordinator, draft)
    task = draft.current_workflow_task_state
    url = f"{beheer(draft)}workflow/action/{draft.pk}/approve/{task.pk}/"
    client_of(secretary).post(url, {"comment": ""})
    response = author.send(samenvatting="Nog beter.")
    assert response.status_code == 409
    assert "De tekst staat nu op de site." in page_text(response)
    assert "Nog beter." in page_text(response)


@pytest.mark.parametrize("what", ["publiceer", "plan", "ontplan", "zet terug"])
def test_what_another_does_to_the_entry_counts_as_a_change(
    secretary: User, blauwdruk_with_rows: Blauwdruk, what: str
) -> None:
    draft = latest_draft(blauwdruk_with_rows)
    draft.samenvatting = "Nieuw."
    revision = draft.save_revision(user=secretary)
    if what == "ontplan":
        schedule(secretary, latest_draft(blauwdruk_with_rows))
    screen = EditScreen(secretary, blauwdruk_with_rows)
    if what == "publiceer":
        revision.publish(user=secretary)
    elif what == "plan":
        schedule(secretary, latest_draft(blauwdruk_with_rows))
    elif what == "ontplan":
        planned = Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk).scheduled_revision
        client_of(secretary).post(
            f"{beheer(blauwdruk_with_rows)}history/{blauwdruk_with_rows.pk}/revisions/{planned.pk}/unschedule/"
        )
    else:
        back = EditScreen(
            secretary,
            blauwdruk_with_rows,
            f"{beheer(blauwdruk_with_rows)}history/{blauwdruk_with_rows.pk}/revisions/{blauwdruk_with_rows.live_revision_id}/revert/",
        )
        assert back.send().status_code == 302
    before = Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk)
    assert screen.send("action-publish", samenvatting="Van mij.").status_code == 409
    na = Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk)
    assert (na.latest_revision_id, na.live_revision_id) == (before.latest_revision_id, before.live_revision_id)


def test_an_entry_without_versions_that_was_withdrawn_meanwhile_is_not_published_again_unseen(
    secretary: User, create_blauwdruk: Any
) -> None:
    entry = create_blauwdruk(titel="Banenbus", slug="banenbus")
    screen = EditScreen(secretary, entry)
    withdraw(secretary, entry)
    response = screen.send("action-publish", samenvatting="Nog steeds waar.")
    assert response.status_code == 409
    assert "Nog steeds waar." in page_text(response)
    assert not Blauwdruk.objects.get(pk=entry.pk).live


def test_a_word_that_changed_without_a_line_in_its_history_is_not_written_over_unseen(secretary: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    screen = EditScreen(secretary, begrip)
    Begrip.objects.filter(pk=begrip.pk).update(uitleg="Geladen.")
    response = screen.send(uitleg="Van mij.")
    assert response.status_code == 409
    assert changed_by(response) == {"uitleg": "uw"}
    assert send_again(screen, response).status_code == 302


def test_a_form_of_a_word_that_says_nothing_at_all_is_refused(secretary: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    screen = EditScreen(secretary, begrip)
    del screen.fields["geladen"]
    assert screen.send(uitleg="Blind.").status_code == 409


def test_a_word_says_who_changed_it_last(secretary: User, create_user: Any) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    screen = EditScreen(secretary, begrip)
    for name in ("anna", "bea", "cora"):
        EditScreen(create_user("Secretariaat", username=name, first_name=name.capitalize()), begrip).send(uitleg=name)
    today = date_format(timezone.localdate(), "j F Y")
    assert f"<strong>Cora</strong> heeft dit bewaard op <strong>{today} om" in page_text(screen.send(uitleg="Van mij."))


def test_a_word_can_be_saved_by_a_program_too(secretary: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    een, twee = EditScreen(secretary, begrip), EditScreen(secretary, begrip)
    json_ = {"Accept": "application/json"}
    assert een.client.post(een.path, een.fields | {"uitleg": "Een."}, headers=json_).json()["success"]
    response = twee.client.post(twee.path, twee.fields | {"uitleg": "Twee."}, headers=json_)
    assert response.status_code == 400
    begrip.refresh_from_db()
    assert begrip.uitleg == "Een."


def test_what_happened_is_told_from_the_first_to_the_last_and_nothing_of_before(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    withdraw(secretary, blauwdruk_with_rows)
    screen = EditScreen(secretary, blauwdruk_with_rows)
    for _ in "12":
        latest_draft(blauwdruk_with_rows).latest_revision.publish(user=secretary)
        withdraw(secretary, blauwdruk_with_rows)
    latest_draft(blauwdruk_with_rows).latest_revision.publish(user=secretary)
    happened = screen.send(samenvatting="Van mij.").context["gebeurd"]
    actions = [line.action.removeprefix("wagtail.") for line in happened]
    assert actions == ["publish", "unpublish", "publish", "unpublish", "publish"]
