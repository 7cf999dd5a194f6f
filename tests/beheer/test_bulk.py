"""Publishing and withdrawing a number of entries at once: as each on its own screen, with a result that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from blauwdrukken.beheer.publication import bulk
from blauwdrukken.models import Blauwdruk, Project, Verhaal
from blauwdrukken.models.publication import Publicatie
from kennisbank.models import Pagina, User
from tests.beheer.people import beheer, client_van


def maak(naam: str, **velden: Any) -> Blauwdruk:
    """A draft that was saved once."""
    nieuw = Blauwdruk(**{"titel": naam.capitalize(), "slug": naam, "samenvatting": "Kort."} | velden)
    nieuw.save()
    nieuw.save_revision(clean=False)
    return Blauwdruk.objects.get(pk=nieuw.pk)


def bewaar(entry: Any, **velden: Any) -> Any:
    nieuw = type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()
    for naam, waarde in velden.items():
        setattr(nieuw, naam, waarde)
    return nieuw.save_revision(clean=False)


class Scherm:
    """The page on which somebody is asked whether to publish or withdraw these entries."""

    def __init__(self, user: User, actie: str, *entries: Any) -> None:
        soort = entries[0]._meta
        keuze = "&".join(f"id={entry.pk}" for entry in entries)
        self.adres = f"/beheer/bulk/{soort.app_label}/{soort.model_name}/{actie}/?{keuze}&next={beheer(entries[0])}"
        self.client = client_van(user)
        self.antwoord = self.client.get(self.adres)
        self.tekst = lees(self.antwoord)

    def ja(self, **velden: Any) -> str:
        """What the list says after pressing the button."""
        gezien = re.findall(r'name="gezien" value="([^"]*)"', self.antwoord.content.decode())
        antwoord = self.client.post(self.adres, {"gezien": gezien} | velden, follow=True)
        assert antwoord.status_code == 200
        return lees(antwoord)


def lees(antwoord: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", antwoord.content.decode())))


def buiten(entry: Publicatie) -> int:
    return Client().get(entry.get_absolute_url()).status_code


def test_what_can_be_published_is_and_the_rest_is_named_with_the_reason(secretaris: User) -> None:
    goed, beter, half = maak("bus"), maak("trein"), maak("tram", samenvatting="")
    scherm = Scherm(secretaris, "publiceren", goed, beter, half)
    assert "‘Tram’: samenvatting: Dit veld kan niet leeg zijn" in scherm.tekst
    uitslag = scherm.ja()
    assert "2 gepubliceerd: ‘Bus’, ‘Trein’." in uitslag
    assert "1 niet gepubliceerd. ‘Tram’: samenvatting:" in uitslag
    assert [buiten(entry) for entry in (goed, beter, half)] == [200, 200, 404]
    assert Blauwdruk.objects.get(pk=goed.pk).versies.count() == 1


SOORTEN: list[Callable[[], Any]] = [
    lambda: Project.objects.create(titel="Bus", slug="bus"),
    lambda: Verhaal.objects.create(titel="Bus", slug="bus", intro="Bus"),
    lambda: Pagina.objects.create(titel="Bus", slug="bus"),
]


@pytest.mark.parametrize("nieuw", SOORTEN)
def test_projects_stories_and_pages_are_published_and_withdrawn_in_bulk_too(
    secretaris: User, nieuw: Callable[[], Any]
) -> None:
    entry = nieuw()
    assert "1 gepubliceerd: ‘Bus’." in Scherm(secretaris, "publiceren", entry).ja()
    assert buiten(entry) == 200
    assert "1 ingetrokken: ‘Bus’." in Scherm(secretaris, "intrekken", entry).ja(reden="Klaar.")
    assert buiten(entry) == 410


def test_the_page_shows_which_newer_text_readers_will_get(secretaris: User) -> None:
    entry = maak("bus")
    entry.get_latest_revision().publish()
    revision = bewaar(entry, titel="Bus met <b>stip</b>")
    scherm = Scherm(secretaris, "publiceren", entry)
    assert "Nieuwe tekst in plaats van wat er nu staat" in scherm.tekst
    assert "Bus met <b>stip</b>" in scherm.tekst
    assert f"compare/live...{revision.pk}/" in scherm.antwoord.content.decode()
    scherm.ja()
    assert Blauwdruk.objects.get(pk=entry.pk).titel == "Bus met <b>stip</b>"


def test_a_draft_that_was_saved_after_the_question_does_not_go_along(secretaris: User) -> None:
    bus, trein = maak("bus"), maak("trein")
    scherm = Scherm(secretaris, "publiceren", bus, trein)
    bewaar(bus, samenvatting="Nog niet af.")
    uitslag = scherm.ja()
    assert "1 gepubliceerd: ‘Trein’." in uitslag
    assert "‘Bus’: is intussen veranderd. Open de tekst en lees hem eerst." in uitslag
    assert buiten(bus) == 404


def test_what_was_withdrawn_after_the_question_does_not_come_back(secretaris: User) -> None:
    entry = maak("bus")
    entry.get_latest_revision().publish()
    bewaar(entry, samenvatting="Nieuw.")
    scherm = Scherm(secretaris, "publiceren", entry)
    client_van(secretaris).post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "Stop."})
    assert "‘Bus’: is intussen veranderd." in scherm.ja()
    assert buiten(entry) == 410


def test_a_post_without_having_seen_the_question_publishes_nothing(secretaris: User) -> None:
    entry = maak("bus")
    scherm = Scherm(secretaris, "publiceren", entry)
    assert "is intussen veranderd" in scherm.ja(gezien=["", "x", f"{entry.pk}"])
    assert buiten(entry) == 404


def test_two_drafts_for_one_address_do_not_both_go(secretaris: User) -> None:
    eerste, tweede = maak("bus"), maak("trein")
    tweede.get_latest_revision().publish()
    bewaar(tweede, slug="bus")
    assert "adres: Dit adres is al in gebruik." in Scherm(secretaris, "publiceren", eerste, tweede).tekst
    assert buiten(tweede) == 200


def test_an_address_taken_at_the_last_moment_stops_only_that_entry(
    secretaris: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is free when it is looked at and taken when it is published."""
    eerste, tweede = maak("bus"), maak("trein")
    bewaar(eerste, slug="tram")
    Blauwdruk.objects.filter(pk=maak("iets").pk).update(slug="tram")
    monkeypatch.setattr("blauwdrukken.beheer.publication.publish.Voorstel.onvolledig", lambda self: "")
    uitslag = Scherm(secretaris, "publiceren", eerste, tweede).ja()
    assert "1 gepubliceerd: ‘Trein’." in uitslag
    assert "het adres ‘tram’ is al in gebruik." in uitslag


def test_publishing_what_waits_for_review_approves_it(secretaris: User, coordinator: User) -> None:
    entry = maak("bus")
    entry.get_workflow().start(entry, coordinator)
    scherm = Scherm(secretaris, "publiceren", entry)
    assert "(u keurt het daarmee goed)" in scherm.tekst
    scherm.ja()
    entry = Blauwdruk.objects.get(pk=entry.pk)
    assert entry.live
    assert entry.current_workflow_state is None
    assert entry.workflow_states.get().status == "approved"


def test_what_changed_after_it_was_sent_in_is_read_first(secretaris: User, coordinator: User) -> None:
    entry = maak("bus")
    entry.get_workflow().start(entry, coordinator)
    bewaar(entry, samenvatting="Na het indienen.")
    scherm = Scherm(secretaris, "publiceren", entry)
    assert "‘Bus’: is veranderd of ingetrokken na het indienen." in scherm.tekst
    scherm.ja()
    assert buiten(entry) == 404


def test_what_is_locked_or_waits_for_others_or_is_planned_stays(secretaris: User, maak_user: Any) -> None:
    baas = maak_user("Beheerder")
    slot, ander, gepland, verlopen, live = (maak(naam) for naam in ("slot", "ander", "gepland", "verlopen", "live"))
    Blauwdruk.objects.filter(pk=slot.pk).update(locked=True, locked_by=secretaris)
    ander.get_workflow().start(ander, secretaris)
    bewaar(gepland, go_live_at=timezone.now() + timedelta(days=1)).publish()
    bewaar(verlopen, expire_at=timezone.now() - timedelta(days=1))
    live.get_latest_revision().publish()
    tekst = Scherm(baas, "publiceren", slot, ander, gepland, verlopen, live).tekst
    for zin in (
        "‘Slot’: staat op slot.",
        "‘Ander’: is bij iemand anders ter beoordeling.",
        "‘Gepland’: is al ingepland.",
        "‘Verlopen’: de einddatum is voorbij.",
        "‘Live’: staat al zo op de site.",
        "Van wat u koos, kan nu niets worden gepubliceerd.",
    ):
        assert zin in tekst


def test_a_text_with_a_later_moment_is_planned_and_not_shown_yet(secretaris: User) -> None:
    entry = maak("bus")
    bewaar(entry, go_live_at=timezone.now() + timedelta(days=1))
    scherm = Scherm(secretaris, "publiceren", entry)
    assert "Komt op de site op het moment dat in de tekst staat" in scherm.tekst
    scherm.ja()
    assert buiten(entry) == 404
    assert Blauwdruk.objects.get(pk=entry.pk).scheduled_revision


def test_somebody_of_a_region_publishes_and_withdraws_nothing(coordinator: User, concept: Blauwdruk) -> None:
    for actie in ("publiceren", "intrekken"):
        adres = f"/beheer/bulk/blauwdrukken/blauwdruk/{actie}/?id={concept.pk}"
        assert client_van(coordinator).post(adres, {"reden": "x"})["Location"] == "/beheer/"
    assert buiten(concept) == 404


def test_withdrawing_many_asks_one_reason_that_readers_of_each_see(secretaris: User) -> None:
    entries = [maak("bus"), maak("trein")]
    for entry in entries:
        entry.get_latest_revision().publish()
    concept = maak("concept")
    scherm = Scherm(secretaris, "intrekken", *entries, concept)
    assert "‘Concept’: staat niet op de site." in scherm.tekst
    assert "Schrijf op waarom u dit intrekt." in scherm.ja(reden=" ")
    uitslag = scherm.ja(reden="De regeling stopt.")
    assert "2 ingetrokken: ‘Bus’, ‘Trein’." in uitslag
    assert "1 niet ingetrokken. ‘Concept’: staat niet op de site." in uitslag
    for entry in entries:
        antwoord = Client().get(entry.get_absolute_url())
        assert antwoord.status_code == 410
        assert "De regeling stopt." in antwoord.content.decode()


def test_more_than_the_page_can_show_is_said(secretaris: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX", 1)
    bus, trein = maak("bus"), maak("trein")
    scherm = Scherm(secretaris, "publiceren", bus, trein)
    assert "U koos er meer dan 1. Alleen de eerste 1 doen mee." in scherm.tekst
    scherm.ja()
    assert [buiten(bus), buiten(trein)] == [200, 404]


@pytest.mark.parametrize("vreemd", ["abc", "-1", "9" * 30, ""])
@pytest.mark.parametrize("actie", ["publiceren", "intrekken", "delete"])
def test_a_strange_choice_is_not_found(secretaris: User, actie: str, vreemd: str) -> None:
    adres = f"/beheer/bulk/blauwdrukken/blauwdruk/{actie}/?id={vreemd}"
    assert client_van(secretaris).get(adres).status_code == 404
