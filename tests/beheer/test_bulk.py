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
from tests.beheer.people import beheer, client_of


def create_draft(naam: str, **velden: Any) -> Blauwdruk:
    """A draft that was saved once."""
    nieuw = Blauwdruk(**{"titel": naam.capitalize(), "slug": naam, "samenvatting": "Kort."} | velden)
    nieuw.save()
    nieuw.save_revision(clean=False)
    return Blauwdruk.objects.get(pk=nieuw.pk)


def save_draft(entry: Any, **velden: Any) -> Any:
    nieuw = type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()
    for naam, waarde in velden.items():
        setattr(nieuw, naam, waarde)
    return nieuw.save_revision(clean=False)


class ConfirmScreen:
    """The page on which somebody is asked whether to publish or withdraw these entries."""

    def __init__(self, user: User, actie: str, *entries: Any) -> None:
        soort = entries[0]._meta
        keuze = "&".join(f"id={entry.pk}" for entry in entries)
        self.path = f"/beheer/bulk/{soort.app_label}/{soort.model_name}/{actie}/?{keuze}&next={beheer(entries[0])}"
        self.client = client_of(user)
        self.response = self.client.get(self.path)
        self.text = response_text(self.response)

    def confirm(self, **velden: Any) -> str:
        """What the list says after pressing the button."""
        gezien = re.findall(r'name="gezien"\s+value="([^"]*)"', self.response.content.decode())
        antwoord = self.client.post(self.path, {"gezien": gezien} | velden, follow=True)
        assert antwoord.status_code == 200
        return response_text(antwoord)


def response_text(antwoord: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", antwoord.content.decode())))


def public_status(entry: Publicatie) -> int:
    return Client().get(entry.get_absolute_url()).status_code


def test_what_can_be_published_is_and_the_rest_is_named_with_the_reason(secretary: User) -> None:
    goed, beter, half = create_draft("bus"), create_draft("trein"), create_draft("tram", samenvatting="")
    scherm = ConfirmScreen(secretary, "publiceren", goed, beter, half)
    assert "‘Tram’: samenvatting: Dit veld kan niet leeg zijn" in scherm.text
    uitslag = scherm.confirm()
    assert "2 gepubliceerd: ‘Bus’, ‘Trein’." in uitslag
    assert "1 niet gepubliceerd. ‘Tram’: samenvatting:" in uitslag
    assert [public_status(entry) for entry in (goed, beter, half)] == [200, 200, 404]
    assert Blauwdruk.objects.get(pk=goed.pk).versies.count() == 1


MAKERS: list[Callable[[], Any]] = [
    lambda: Project.objects.create(titel="Bus", slug="bus"),
    lambda: Verhaal.objects.create(titel="Bus", slug="bus", intro="Bus"),
    lambda: Pagina.objects.create(titel="Bus", slug="bus"),
]


@pytest.mark.parametrize("nieuw", MAKERS)
def test_projects_stories_and_pages_are_published_and_withdrawn_in_bulk_too(
    secretary: User, nieuw: Callable[[], Any]
) -> None:
    entry = nieuw()
    assert "1 gepubliceerd: ‘Bus’." in ConfirmScreen(secretary, "publiceren", entry).confirm()
    assert public_status(entry) == 200
    assert "1 ingetrokken: ‘Bus’." in ConfirmScreen(secretary, "intrekken", entry).confirm(reden="Klaar.")
    assert public_status(entry) == 410


def test_the_page_shows_which_newer_text_readers_will_get(secretary: User) -> None:
    entry = create_draft("bus")
    entry.get_latest_revision().publish()
    revision = save_draft(entry, titel="Bus met <b>stip</b>")
    scherm = ConfirmScreen(secretary, "publiceren", entry)
    assert "Nieuwe tekst in plaats van wat er nu staat" in scherm.text
    assert "Bus met <b>stip</b>" in scherm.text
    assert f"compare/live...{revision.pk}/" in scherm.response.content.decode()
    scherm.confirm()
    assert Blauwdruk.objects.get(pk=entry.pk).titel == "Bus met <b>stip</b>"


def test_a_draft_that_was_saved_after_the_question_does_not_go_along(secretary: User) -> None:
    bus, trein = create_draft("bus"), create_draft("trein")
    scherm = ConfirmScreen(secretary, "publiceren", bus, trein)
    save_draft(bus, samenvatting="Nog niet af.")
    uitslag = scherm.confirm()
    assert "1 gepubliceerd: ‘Trein’." in uitslag
    assert "‘Bus’: is intussen veranderd. Open de tekst en lees hem eerst." in uitslag
    assert public_status(bus) == 404


def test_what_was_withdrawn_after_the_question_does_not_come_back(secretary: User) -> None:
    entry = create_draft("bus")
    entry.get_latest_revision().publish()
    save_draft(entry, samenvatting="Nieuw.")
    scherm = ConfirmScreen(secretary, "publiceren", entry)
    client_of(secretary).post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "Stop."})
    assert "‘Bus’: is intussen veranderd." in scherm.confirm()
    assert public_status(entry) == 410


def test_a_post_without_having_seen_the_question_publishes_nothing(secretary: User) -> None:
    entry = create_draft("bus")
    scherm = ConfirmScreen(secretary, "publiceren", entry)
    assert "is intussen veranderd" in scherm.confirm(gezien=["", "x", f"{entry.pk}"])
    assert public_status(entry) == 404


def test_two_drafts_for_one_address_do_not_both_go(secretary: User) -> None:
    eerste, tweede = create_draft("bus"), create_draft("trein")
    tweede.get_latest_revision().publish()
    save_draft(tweede, slug="bus")
    assert "adres: Dit adres is al in gebruik." in ConfirmScreen(secretary, "publiceren", eerste, tweede).text
    assert public_status(tweede) == 200


def test_an_address_taken_at_the_last_moment_stops_only_that_entry(
    secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is free when it is looked at and taken when it is published."""
    eerste, tweede = create_draft("bus"), create_draft("trein")
    save_draft(eerste, slug="tram")
    Blauwdruk.objects.filter(pk=create_draft("iets").pk).update(slug="tram")
    monkeypatch.setattr("blauwdrukken.beheer.publication.publish.Proposal.incomplete_reason", lambda self: "")
    uitslag = ConfirmScreen(secretary, "publiceren", eerste, tweede).confirm()
    assert "1 gepubliceerd: ‘Trein’." in uitslag
    assert "het adres ‘tram’ is al in gebruik." in uitslag


def test_publishing_what_waits_for_review_approves_it(secretary: User, coordinator: User) -> None:
    entry = create_draft("bus")
    entry.get_workflow().start(entry, coordinator)
    scherm = ConfirmScreen(secretary, "publiceren", entry)
    assert "(u keurt het daarmee goed)" in scherm.text
    scherm.confirm()
    entry = Blauwdruk.objects.get(pk=entry.pk)
    assert entry.live
    assert entry.current_workflow_state is None
    assert entry.workflow_states.get().status == "approved"


def test_what_changed_after_it_was_sent_in_is_read_first(secretary: User, coordinator: User) -> None:
    entry = create_draft("bus")
    entry.get_workflow().start(entry, coordinator)
    save_draft(entry, samenvatting="Na het indienen.")
    scherm = ConfirmScreen(secretary, "publiceren", entry)
    assert "‘Bus’: is veranderd of ingetrokken na het indienen." in scherm.text
    scherm.confirm()
    assert public_status(entry) == 404


def test_what_is_locked_or_waits_for_others_or_is_planned_stays(secretary: User, create_user: Any) -> None:
    baas = create_user("Beheerder")
    slot, ander, gepland, verlopen, live = (
        create_draft(naam) for naam in ("slot", "ander", "gepland", "verlopen", "live")
    )
    Blauwdruk.objects.filter(pk=slot.pk).update(locked=True, locked_by=secretary)
    ander.get_workflow().start(ander, secretary)
    save_draft(gepland, go_live_at=timezone.now() + timedelta(days=1)).publish()
    save_draft(verlopen, expire_at=timezone.now() - timedelta(days=1))
    live.get_latest_revision().publish()
    tekst = ConfirmScreen(baas, "publiceren", slot, ander, gepland, verlopen, live).text
    for zin in (
        "‘Slot’: staat op slot.",
        "‘Ander’: is bij iemand anders ter beoordeling.",
        "‘Gepland’: is al ingepland.",
        "‘Verlopen’: de einddatum is voorbij.",
        "‘Live’: staat al zo op de site.",
        "Van wat u koos, kan nu niets worden gepubliceerd.",
    ):
        assert zin in tekst


def test_a_text_with_a_later_moment_is_planned_and_not_shown_yet(secretary: User) -> None:
    entry = create_draft("bus")
    save_draft(entry, go_live_at=timezone.now() + timedelta(days=1))
    scherm = ConfirmScreen(secretary, "publiceren", entry)
    assert "Komt op de site op het moment dat in de tekst staat" in scherm.text
    scherm.confirm()
    assert public_status(entry) == 404
    assert Blauwdruk.objects.get(pk=entry.pk).scheduled_revision


def test_somebody_of_a_region_publishes_and_withdraws_nothing(coordinator: User, draft: Blauwdruk) -> None:
    for actie in ("publiceren", "intrekken"):
        adres = f"/beheer/bulk/blauwdrukken/blauwdruk/{actie}/?id={draft.pk}"
        assert client_of(coordinator).post(adres, {"reden": "x"})["Location"] == "/beheer/"
    assert public_status(draft) == 404


def test_withdrawing_many_asks_one_reason_that_readers_of_each_see(secretary: User) -> None:
    entries = [create_draft("bus"), create_draft("trein")]
    for entry in entries:
        entry.get_latest_revision().publish()
    concept = create_draft("concept")
    scherm = ConfirmScreen(secretary, "intrekken", *entries, concept)
    assert "‘Concept’: staat niet op de site." in scherm.text
    assert "Schrijf op waarom u dit intrekt." in scherm.confirm(reden=" ")
    uitslag = scherm.confirm(reden="De regeling stopt.")
    assert "2 ingetrokken: ‘Bus’, ‘Trein’." in uitslag
    assert "1 niet ingetrokken. ‘Concept’: staat niet op de site." in uitslag
    for entry in entries:
        antwoord = Client().get(entry.get_absolute_url())
        assert antwoord.status_code == 410
        assert "De regeling stopt." in antwoord.content.decode()


def test_more_than_the_page_can_show_is_said(secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX", 1)
    bus, trein = create_draft("bus"), create_draft("trein")
    scherm = ConfirmScreen(secretary, "publiceren", bus, trein)
    assert "U koos er meer dan 1. Alleen de eerste 1 doen mee." in scherm.text
    scherm.confirm()
    assert [public_status(bus), public_status(trein)] == [200, 404]


@pytest.mark.parametrize("vreemd", ["abc", "-1", "9" * 30, ""])
@pytest.mark.parametrize("actie", ["publiceren", "intrekken", "delete"])
def test_a_strange_choice_is_not_found(secretary: User, actie: str, vreemd: str) -> None:
    adres = f"/beheer/bulk/blauwdrukken/blauwdruk/{actie}/?id={vreemd}"
    voor = list(Blauwdruk.objects.values_list("pk", "live", "latest_revision"))
    client = client_of(secretary)
    assert [client.get(adres).status_code, client.post(adres, {"reden": "Weg."}).status_code] == [404, 404]
    assert list(Blauwdruk.objects.values_list("pk", "live", "latest_revision")) == voor
