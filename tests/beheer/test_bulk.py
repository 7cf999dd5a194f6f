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


def create_draft(name: str, **fields: Any) -> Blauwdruk:
    """A draft that was saved once."""
    new = Blauwdruk(**{"titel": name.capitalize(), "slug": name, "samenvatting": "Kort."} | fields)
    new.save()
    new.save_revision(clean=False)
    return Blauwdruk.objects.get(pk=new.pk)


def save_draft(entry: Any, **fields: Any) -> Any:
    new = type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(new, name, value)
    return new.save_revision(clean=False)


class ConfirmScreen:
    """The page on which somebody is asked whether to publish or withdraw these entries."""

    def __init__(self, user: User, action: str, *entries: Any) -> None:
        kind = entries[0]._meta
        keuze = "&".join(f"id={entry.pk}" for entry in entries)
        self.path = f"/beheer/bulk/{kind.app_label}/{kind.model_name}/{action}/?{keuze}&next={beheer(entries[0])}"
        self.client = client_of(user)
        self.response = self.client.get(self.path)
        self.text = response_text(self.response)

    def confirm(self, **fields: Any) -> str:
        """What the list says after pressing the button."""
        seen = re.findall(r'name="gezien"\s+value="([^"]*)"', self.response.content.decode())
        response = self.client.post(self.path, {"gezien": seen} | fields, follow=True)
        assert response.status_code == 200
        return response_text(response)


def response_text(response: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", response.content.decode())))


def public_status(entry: Publicatie) -> int:
    return Client().get(entry.get_absolute_url()).status_code


def test_what_can_be_published_is_and_the_rest_is_named_with_the_reason(secretary: User) -> None:
    good, better, half = create_draft("bus"), create_draft("trein"), create_draft("tram", samenvatting="")
    screen = ConfirmScreen(secretary, "publiceren", good, better, half)
    assert "‘Tram’: samenvatting: Dit veld kan niet leeg zijn" in screen.text
    outcome = screen.confirm()
    assert "2 gepubliceerd: ‘Bus’, ‘Trein’." in outcome
    assert "1 niet gepubliceerd. ‘Tram’: samenvatting:" in outcome
    assert [public_status(entry) for entry in (good, better, half)] == [200, 200, 404]
    assert Blauwdruk.objects.get(pk=good.pk).versies.count() == 1


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
    screen = ConfirmScreen(secretary, "publiceren", entry)
    assert "Nieuwe tekst in plaats van wat er nu staat" in screen.text
    assert "Bus met <b>stip</b>" in screen.text
    assert f"compare/live...{revision.pk}/" in screen.response.content.decode()
    screen.confirm()
    assert Blauwdruk.objects.get(pk=entry.pk).titel == "Bus met <b>stip</b>"


def test_a_draft_that_was_saved_after_the_question_does_not_go_along(secretary: User) -> None:
    bus, trein = create_draft("bus"), create_draft("trein")
    screen = ConfirmScreen(secretary, "publiceren", bus, trein)
    save_draft(bus, samenvatting="Nog niet af.")
    outcome = screen.confirm()
    assert "1 gepubliceerd: ‘Trein’." in outcome
    assert "‘Bus’: is intussen veranderd. Open de tekst en lees hem eerst." in outcome
    assert public_status(bus) == 404


def test_what_was_withdrawn_after_the_question_does_not_come_back(secretary: User) -> None:
    entry = create_draft("bus")
    entry.get_latest_revision().publish()
    save_draft(entry, samenvatting="Nieuw.")
    screen = ConfirmScreen(secretary, "publiceren", entry)
    client_of(secretary).post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "Stop."})
    assert "‘Bus’: is intussen veranderd." in screen.confirm()
    assert public_status(entry) == 410


def test_a_post_without_having_seen_the_question_publishes_nothing(secretary: User) -> None:
    entry = create_draft("bus")
    screen = ConfirmScreen(secretary, "publiceren", entry)
    assert "is intussen veranderd" in screen.confirm(gezien=["", "x", f"{entry.pk}"])
    assert public_status(entry) == 404


def test_two_drafts_for_one_address_do_not_both_go(secretary: User) -> None:
    first, second = create_draft("bus"), create_draft("trein")
    second.get_latest_revision().publish()
    save_draft(second, slug="bus")
    assert "adres: Dit adres is al in gebruik." in ConfirmScreen(secretary, "publiceren", first, second).text
    assert public_status(second) == 200


def test_an_address_taken_at_the_last_moment_stops_only_that_entry(
    secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is free when it is looked at and taken when it is published."""
    first, second = create_draft("bus"), create_draft("trein")
    save_draft(first, slug="tram")
    Blauwdruk.objects.filter(pk=create_draft("iets").pk).update(slug="tram")
    monkeypatch.setattr("blauwdrukken.beheer.publication.publish.Proposal.incomplete_reason", lambda self: "")
    outcome = ConfirmScreen(secretary, "publiceren", first, second).confirm()
    assert "1 gepubliceerd: ‘Trein’." in outcome
    assert "het adres ‘tram’ is al in gebruik." in outcome


def test_publishing_what_waits_for_review_approves_it(secretary: User, coordinator: User) -> None:
    entry = create_draft("bus")
    entry.get_workflow().start(entry, coordinator)
    screen = ConfirmScreen(secretary, "publiceren", entry)
    assert "(u keurt het daarmee goed)" in screen.text
    screen.confirm()
    entry = Blauwdruk.objects.get(pk=entry.pk)
    assert entry.live
    assert entry.current_workflow_state is None
    assert entry.workflow_states.get().status == "approved"


def test_what_changed_after_it_was_sent_in_is_read_first(secretary: User, coordinator: User) -> None:
    entry = create_draft("bus")
    entry.get_workflow().start(entry, coordinator)
    save_draft(entry, samenvatting="Na het indienen.")
    screen = ConfirmScreen(secretary, "publiceren", entry)
    assert "‘Bus’: is veranderd of ingetrokken na het indienen." in screen.text
    screen.confirm()
    assert public_status(entry) == 404


def test_what_is_locked_or_waits_for_others_or_is_planned_stays(secretary: User, create_user: Any) -> None:
    boss = create_user("Beheerder")
    lock, other, planned, expired, live = (
        create_draft(name) for name in ("slot", "ander", "gepland", "verlopen", "live")
    )
    Blauwdruk.objects.filter(pk=lock.pk).update(locked=True, locked_by=secretary)
    other.get_workflow().start(other, secretary)
    save_draft(planned, go_live_at=timezone.now() + timedelta(days=1)).publish()
    save_draft(expired, expire_at=timezone.now() - timedelta(days=1))
    live.get_latest_revision().publish()
    text = ConfirmScreen(boss, "publiceren", lock, other, planned, expired, live).text
    for sentence in (
        "‘Slot’: staat op slot.",
        "‘Ander’: is bij iemand anders ter beoordeling.",
        "‘Gepland’: is al ingepland.",
        "‘Verlopen’: de einddatum is voorbij.",
        "‘Live’: staat al zo op de site.",
        "Van wat u koos, kan nu niets worden gepubliceerd.",
    ):
        assert sentence in text


def test_a_text_with_a_later_moment_is_planned_and_not_shown_yet(secretary: User) -> None:
    entry = create_draft("bus")
    save_draft(entry, go_live_at=timezone.now() + timedelta(days=1))
    screen = ConfirmScreen(secretary, "publiceren", entry)
    assert "Komt op de site op het moment dat in de tekst staat" in screen.text
    screen.confirm()
    assert public_status(entry) == 404
    assert Blauwdruk.objects.get(pk=entry.pk).scheduled_revision


def test_somebody_of_a_region_publishes_and_withdraws_nothing(coordinator: User, draft: Blauwdruk) -> None:
    for action in ("publiceren", "intrekken"):
        url = f"/beheer/bulk/blauwdrukken/blauwdruk/{action}/?id={draft.pk}"
        assert client_of(coordinator).post(url, {"reden": "x"})["Location"] == "/beheer/"
    assert public_status(draft) == 404


def test_withdrawing_many_asks_one_reason_that_readers_of_each_see(secretary: User) -> None:
    entries = [create_draft("bus"), create_draft("trein")]
    for entry in entries:
        entry.get_latest_revision().publish()
    draft = create_draft("concept")
    screen = ConfirmScreen(secretary, "intrekken", *entries, draft)
    assert "‘Concept’: staat niet op de site." in screen.text
    assert "Schrijf op waarom u dit intrekt." in screen.confirm(reden=" ")
    outcome = screen.confirm(reden="De regeling stopt.")
    assert "2 ingetrokken: ‘Bus’, ‘Trein’." in outcome
    assert "1 niet ingetrokken. ‘Concept’: staat niet op de site." in outcome
    for entry in entries:
        response = Client().get(entry.get_absolute_url())
        assert response.status_code == 410
        assert "De regeling stopt." in response.content.decode()


def test_more_than_the_page_can_show_is_said(secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX", 1)
    bus, trein = create_draft("bus"), create_draft("trein")
    screen = ConfirmScreen(secretary, "publiceren", bus, trein)
    assert "U koos er meer dan 1. Alleen de eerste 1 doen mee." in screen.text
    screen.confirm()
    assert [public_status(bus), public_status(trein)] == [200, 404]


@pytest.mark.parametrize("strange", ["abc", "-1", "9" * 30, ""])
@pytest.mark.parametrize("action", ["publiceren", "intrekken", "delete"])
def test_a_strange_choice_is_not_found(secretary: User, action: str, strange: str) -> None:
    url = f"/beheer/bulk/blauwdrukken/blauwdruk/{action}/?id={strange}"
    before = list(Blauwdruk.objects.values_list("pk", "live", "latest_revision"))
    client = client_of(secretary)
    assert [client.get(url).status_code, client.post(url, {"reden": "Weg."}).status_code] == [404, 404]
    assert list(Blauwdruk.objects.values_list("pk", "live", "latest_revision")) == before
