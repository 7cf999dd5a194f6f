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

from blauwdrukken.beheer.concurrency.guard import Gelijktijdig
from blauwdrukken.models import Begrip, Blauwdruk
from kennisbank.models import User
from regios.models import Gemeente, Provincie, Regio
from tests.beheer.people import beheer, client_van, ingevuld
from tests.beheer.screens import Scherm, gewijzigd, laatste, opnieuw, tekst, trek_in

WOORDEN: list[tuple[str, dict[str, Any]]] = [
    ("thema", {"naam": "Busthema", "slug": "busthema", "uitleg": "Oud."}),
    ("doelgroep", {"naam": "Busgroep", "slug": "busgroep", "uitleg": "Oud."}),
    ("programma", {"naam": "Busplan", "slug": "busplan", "uitleg": "Oud.", "jaar_van": 2020}),
    ("organisatie", {"naam": "Busbedrijf", "omschrijving": "Oud."}),
    ("begrip", {"term": "Busterm", "slug": "busterm", "uitleg": "Oud."}),
    ("synoniem", {"woorden": "bus\nautobus"}),
]


@pytest.mark.parametrize(("soort", "waarden"), WOORDEN)
def test_of_two_who_change_the_same_word_the_second_gets_to_choose(
    secretaris: User, coordinator: User, soort: str, waarden: dict[str, Any]
) -> None:
    entry = apps.get_model("blauwdrukken", soort).objects.create(**waarden)
    veld = next(naam for naam in ("uitleg", "omschrijving", "woorden") if naam in waarden)
    een, twee = Scherm(secretaris, entry), Scherm(secretaris, entry)
    assert een.stuur(**{veld: "bus\ntrein"}).status_code == 302
    antwoord = twee.stuur(**{veld: "bus\ntram"})
    entry.refresh_from_db()
    assert antwoord.status_code == 409
    assert getattr(entry, veld).splitlines() == ["bus", "trein"]
    assert "<strong>Saskia</strong> heeft dit bewaard op" in tekst(antwoord)
    assert gewijzigd(antwoord) == {veld: "uw"}
    assert opnieuw(twee, antwoord).status_code == 302
    entry.refresh_from_db()
    assert getattr(entry, veld).splitlines() == ["bus", "tram"]


def test_of_a_word_what_only_the_other_changed_stays(secretaris: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.", voluit="Oud")
    een, twee = Scherm(secretaris, begrip), Scherm(secretaris, begrip)
    een.stuur(uitleg="Van de eerste.")
    antwoord = twee.stuur(voluit="Van de tweede")
    assert gewijzigd(antwoord) == {"uitleg": "hun", "voluit": "uw"}
    assert opnieuw(twee, antwoord).status_code == 302
    begrip.refresh_from_db()
    assert (begrip.uitleg, begrip.voluit) == ("Van de eerste.", "Van de tweede")


def test_of_a_word_a_third_save_in_between_asks_again(secretaris: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    een, twee = Scherm(secretaris, begrip), Scherm(secretaris, begrip)
    een.stuur(uitleg="Een.")
    antwoord = twee.stuur(uitleg="Twee.")
    Scherm(secretaris, begrip).stuur(uitleg="Drie.")
    assert opnieuw(twee, antwoord).status_code == 409
    begrip.refresh_from_db()
    assert begrip.uitleg == "Drie."


def test_choices_of_a_region_are_compared_too(secretaris: User) -> None:
    regio = Regio.objects.get(slug="zeeland")
    eerst = list(regio.provincies.all())
    utrecht, drenthe = Provincie.objects.get(naam="Utrecht"), Provincie.objects.get(naam="Drenthe")
    een, twee = Scherm(secretaris, regio), Scherm(secretaris, regio)
    assert een.stuur(provincies=[utrecht.pk]).status_code == 302
    antwoord = twee.stuur(provincies=[drenthe.pk])
    assert antwoord.status_code == 409
    assert eerst != list(regio.provincies.all()) == [utrecht]
    assert '<span class="deletion">Utrecht</span>, <span class="addition">Drenthe</span>' in tekst(antwoord)
    assert opnieuw(twee, antwoord).status_code == 302
    assert list(regio.provincies.all()) == [drenthe]


def test_a_municipality_is_guarded_too(secretaris: User) -> None:
    gemeente = Gemeente.objects.all()[0]
    een, twee = Scherm(secretaris, gemeente), Scherm(secretaris, gemeente)
    assert een.stuur(aliassen="Bus").status_code == 302
    assert twee.stuur(aliassen="Tram").status_code == 409
    gemeente.refresh_from_db()
    assert gemeente.aliassen == "Bus"


def test_saving_an_unchanged_word_twice_is_no_conflict(secretaris: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    een, twee = Scherm(secretaris, begrip), Scherm(secretaris, begrip)
    assert een.stuur().status_code == 302
    assert twee.stuur(uitleg="Nieuw.").status_code == 302


@pytest.mark.parametrize("vreemd", ["", "x", "WzEse31d:vals", "é\x00"])
def test_a_form_of_a_word_that_does_not_say_on_what_it_was_made_is_refused(secretaris: User, vreemd: str) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    scherm = Scherm(secretaris, begrip)
    antwoord = scherm.stuur(uitleg="Blind.", geladen=vreemd)
    begrip.refresh_from_db()
    assert antwoord.status_code == 409
    assert begrip.uitleg == "Oud."
    assert gewijzigd(antwoord) == {"uitleg": "uw"}
    assert opnieuw(scherm, antwoord).status_code == 302


def test_two_who_change_the_same_account_do_not_lose_what_the_first_saved(secretaris: User, maak_user: Any) -> None:
    collega = maak_user("Werkgeversorganisatie", email="c@voorbeeld.nl", first_name="Chris", last_name="Vos")
    adres = f"/beheer/users/edit/{collega.pk}/"
    een, twee = Scherm(secretaris, collega, adres), Scherm(secretaris, collega, adres)
    rol = Group.objects.get(name="Secretariaat")
    assert een.stuur(groups=[rol.pk]).status_code == 302
    antwoord = twee.stuur(last_name="Vos-Bos")
    assert antwoord.status_code == 409
    assert gewijzigd(antwoord) == {"groups": "hun", "last_name": "uw"}
    assert "Rollen" in tekst(antwoord)
    assert opnieuw(twee, antwoord).status_code == 302
    collega.refresh_from_db()
    assert collega.last_name == "Vos-Bos"
    assert list(collega.groups.all()) == [rol]


def plan(user: User, entry: Any) -> None:
    entry.go_live_at = timezone.now() + timedelta(days=1)
    entry.save_revision(user=user).publish(user=user)


@pytest.mark.parametrize("actie", ["", "action-publish", "action-submit"])
def test_what_was_withdrawn_meanwhile_is_not_published_again_unseen(
    secretaris: User, coordinator: User, stuk: Blauwdruk, actie: str
) -> None:
    scherm = Scherm(secretaris, stuk)
    assert trek_in(secretaris, stuk).status_code == 302
    antwoord = scherm.stuur(actie, samenvatting="Nog steeds waar.")
    assert antwoord.status_code == 409
    assert Client().get("/blauwdrukken/banenbus/").status_code == 410
    for deel in ("Saskia: Ingetrokken – De regeling stopt.", "De tekst staat nu niet op de site.", "Nog steeds waar."):
        assert deel in tekst(antwoord)
    assert "Hun versie" not in tekst(antwoord)
    assert scherm.client.post(scherm.adres, ingevuld(antwoord.context["form"])).status_code == 302
    assert laatste(stuk).samenvatting == "Nog steeds waar."
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_what_expired_meanwhile_is_not_published_again_unseen(secretaris: User, stuk: Blauwdruk) -> None:
    scherm = Scherm(secretaris, stuk)
    Blauwdruk.objects.filter(pk=stuk.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    antwoord = scherm.stuur("action-publish")
    assert antwoord.status_code == 409
    assert "vanzelf:" in tekst(antwoord)
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_a_new_entry_that_saved_itself_goes_on_until_somebody_else_does_something(
    secretaris: User, stuk: Blauwdruk
) -> None:
    """Its form knows of its own revision before it knows the rest."""
    scherm = Scherm(secretaris, stuk)
    scherm.stuur(samenvatting="Een.")
    vanzelf = {"overwrite_revision_id": str(Blauwdruk.objects.get(pk=stuk.pk).latest_revision_id)}
    for naam in ("geladen", "loaded_revision_id", "loaded_revision_created_at"):
        del scherm.velden[naam]
    assert scherm.stuur(**vanzelf, samenvatting="Twee.").status_code == 302
    laatste(stuk).latest_revision.publish(user=secretaris)
    na = Blauwdruk.objects.get(pk=stuk.pk)
    bewaard = na.get_latest_revision_as_object().save_revision(user=secretaris)
    trek_in(secretaris, stuk)
    assert scherm.stuur("action-publish", overwrite_revision_id=str(bewaard.pk)).status_code == 409
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_what_one_form_was_made_on_counts_for_no_other(secretaris: User) -> None:
    een, twee = (Begrip.objects.create(term=naam, slug=naam, uitleg="Oud.") for naam in ("bus-a", "bus-b"))
    scherm = Scherm(secretaris, een)
    assert Scherm(secretaris, twee).stuur(geladen=scherm.velden["geladen"]).status_code == 409


def test_autosave_stops_once_somebody_withdrew_the_entry(secretaris: User, stuk: Blauwdruk) -> None:
    scherm = Scherm(secretaris, stuk)
    trek_in(secretaris, stuk)
    antwoord = scherm.client.post(
        scherm.adres, scherm.velden | {"samenvatting": "Half"}, HTTP_ACCEPT="application/json"
    )
    assert antwoord.status_code == 400
    assert laatste(stuk).samenvatting == "Oud."


def test_a_withdrawal_at_the_same_moment_is_seen(
    secretaris: User, stuk: Blauwdruk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other withdraws after the check and before the save."""
    scherm, form_valid = Scherm(secretaris, stuk), Gelijktijdig.form_valid

    def eerst_de_ander(view: Any, form: Any) -> Any:
        monkeypatch.setattr(Gelijktijdig, "form_valid", form_valid)
        trek_in(secretaris, stuk)
        return view.form_valid(form)

    monkeypatch.setattr(Gelijktijdig, "form_valid", eerst_de_ander)
    assert scherm.stuur("action-publish").status_code == 409
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_who_writes_on_is_told_that_somebody_approved_or_returned_it(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    auteur = Scherm(coordinator, concept)
    taak = concept.current_workflow_task_state
    adres = f"{beheer(concept)}workflow/action/{concept.pk}/approve/{taak.pk}/"
    client_van(secretaris).post(adres, {"comment": ""})
    antwoord = auteur.stuur(samenvatting="Nog beter.")
    assert antwoord.status_code == 409
    assert "De tekst staat nu op de site." in tekst(antwoord)
    assert "Nog beter." in tekst(antwoord)


@pytest.mark.parametrize("wat", ["publiceer", "plan", "ontplan", "zet terug"])
def test_what_another_does_to_the_entry_counts_as_a_change(secretaris: User, stuk: Blauwdruk, wat: str) -> None:
    concept = laatste(stuk)
    concept.samenvatting = "Nieuw."
    revision = concept.save_revision(user=secretaris)
    if wat == "ontplan":
        plan(secretaris, laatste(stuk))
    scherm = Scherm(secretaris, stuk)
    if wat == "publiceer":
        revision.publish(user=secretaris)
    elif wat == "plan":
        plan(secretaris, laatste(stuk))
    elif wat == "ontplan":
        gepland = Blauwdruk.objects.get(pk=stuk.pk).scheduled_revision
        client_van(secretaris).post(f"{beheer(stuk)}history/{stuk.pk}/revisions/{gepland.pk}/unschedule/")
    else:
        terug = Scherm(secretaris, stuk, f"{beheer(stuk)}history/{stuk.pk}/revisions/{stuk.live_revision_id}/revert/")
        assert terug.stuur().status_code == 302
    voor = Blauwdruk.objects.get(pk=stuk.pk)
    assert scherm.stuur("action-publish", samenvatting="Van mij.").status_code == 409
    na = Blauwdruk.objects.get(pk=stuk.pk)
    assert (na.latest_revision_id, na.live_revision_id) == (voor.latest_revision_id, voor.live_revision_id)
