"""Addresses that used to be public, as a reader meets them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from blauwdrukken.models import Blauwdruk, Kostenpost, OudAdres, Project
from blauwdrukken.models.publication import AddressTakenError, Publicatie
from kennisbank.models import Pagina, User
from tests.beheer.people import beheer, client_of

OUTPUTS = ("/", ".pdf", ".docx", ".epub", ".json", "/versies/1/")


@pytest.fixture
def secretary() -> User:
    return User.objects.create_superuser("saskia", password="geheim")


def create_published(slug: str, **fields: Any) -> Blauwdruk:
    new = Blauwdruk(titel=slug.capitalize(), slug=slug, samenvatting="x", **fields)
    new.save()
    new.save_revision().publish()
    return Blauwdruk.objects.get(pk=new.pk)


def rename(entry: Publicatie, slug: str) -> Any:
    entry = type(entry).objects.get(pk=entry.pk)
    entry.slug = slug
    entry.save_revision().publish()
    return type(entry).objects.get(pk=entry.pk)


def withdraw(user: User, entry: Publicatie, **fields: Any) -> Any:
    return client_of(user).post(f"{beheer(entry)}unpublish/{entry.pk}/", fields, follow=True)


def redirect_target(url: str) -> tuple[int, str]:
    response = Client().get(url)
    return response.status_code, response.headers.get("Location", "")


def test_a_new_address_of_a_published_entry_leaves_a_redirect_for_every_output() -> None:
    rename(create_published("banenbus"), "banentrein")
    for output in OUTPUTS:
        assert redirect_target(f"/blauwdrukken/banenbus{output}") == (301, f"/blauwdrukken/banentrein{output}")
    assert Client().get("/blauwdrukken/banentrein/").status_code == 200


def test_a_redirect_is_not_kept_for_ever_by_browsers() -> None:
    rename(create_published("banenbus"), "banentrein")
    assert Client().get("/blauwdrukken/banenbus/")["Cache-Control"] == "max-age=3600"


def test_three_names_are_one_step_and_the_first_one_may_return() -> None:
    entry = rename(rename(create_published("een"), "twee"), "drie")
    assert (
        redirect_target("/blauwdrukken/een/") == redirect_target("/blauwdrukken/twee/") == (301, "/blauwdrukken/drie/")
    )
    rename(entry, "een")
    assert Client().get("/blauwdrukken/een/").status_code == 200
    assert (
        redirect_target("/blauwdrukken/twee/") == redirect_target("/blauwdrukken/drie/") == (301, "/blauwdrukken/een/")
    )


def test_a_freed_address_taken_by_a_new_entry_serves_the_new_entry() -> None:
    rename(create_published("banenbus"), "banentrein")
    new = Blauwdruk(titel="Nieuwkomer", slug="banenbus", samenvatting="x")
    new.save()
    revision = new.save_revision()
    assert redirect_target("/blauwdrukken/banenbus/")[0] == 301, "a draft takes nothing away"
    revision.publish()
    assert "Nieuwkomer" in Client().get("/blauwdrukken/banenbus/").content.decode()


def test_a_draft_with_another_address_changes_nothing() -> None:
    entry = create_published("banenbus")
    entry.slug, entry.titel = "banentrein", "Banentrein"
    entry.save_revision()
    response = Client().get("/blauwdrukken/banenbus/")
    assert response.status_code == 200
    assert "Banentrein" not in response.content.decode()
    assert Client().get("/blauwdrukken/banentrein/").status_code == 404
    assert not OudAdres.objects.exists()


def test_what_was_renamed_before_its_text_was_kept_leaves_a_redirect_too() -> None:
    entry = create_published("banenbus")
    entry.slug = "banentrein"
    entry.save()
    entry.save_revision().publish()
    assert redirect_target("/blauwdrukken/banenbus/") == (301, "/blauwdrukken/banentrein/")


def test_an_entry_without_versions_leaves_a_redirect_too(create_blauwdruk: Any) -> None:
    rename(create_blauwdruk(slug="banenbus"), "banentrein")
    assert redirect_target("/blauwdrukken/banenbus/") == (301, "/blauwdrukken/banentrein/")


def test_publishing_again_at_the_same_address_leaves_nothing() -> None:
    create_published("banenbus").save_revision().publish()
    assert not OudAdres.objects.exists()


def test_an_address_at_which_readers_never_saw_it_leaves_nothing() -> None:
    draft = Blauwdruk(titel="Banenbus", slug="banenbus", samenvatting="x", live=False)
    draft.save()
    rename(draft, "banentrein")
    assert not OudAdres.objects.exists()
    assert redirect_target("/blauwdrukken/banenbus/") == (404, "")


def test_a_planned_address_leads_nowhere_yet() -> None:
    entry = create_published("banenbus", go_live_at=None)
    entry.slug, entry.go_live_at = "banentrein", timezone.now() + timedelta(hours=1)
    entry.save_revision().publish()
    assert not OudAdres.objects.exists()
    assert Client().get("/blauwdrukken/banenbus/").status_code == 200


def test_old_addresses_of_others_stay_as_they_are(secretary: User) -> None:
    rename(create_published("een"), "twee")
    withdraw(secretary, create_published("vijf"), reden="Achterhaald.")
    rename(create_published("drie"), "vier")
    assert redirect_target("/blauwdrukken/een/") == (301, "/blauwdrukken/twee/")
    assert redirect_target("/blauwdrukken/drie/") == (301, "/blauwdrukken/vier/")
    assert redirect_target("/blauwdrukken/vijf/") == (410, "")


@pytest.mark.parametrize(("path", "queries"), [("/nergens/", 1), ("/blauwdrukken/weg/", 1), ("/blauwdrukken/een/", 2)])
def test_an_old_address_asks_one_question_a_link(path: str, queries: int, django_assert_num_queries: Any) -> None:
    entry = create_published("twee")
    OudAdres.objects.create(pad="/blauwdrukken/weg/", reden="Achterhaald.", entry=entry)
    OudAdres.objects.create(pad="/blauwdrukken/een/", naar="/blauwdrukken/twee/", entry=entry)
    with django_assert_num_queries(queries):
        OudAdres.objects.resolve(path)


def test_a_chain_of_old_addresses_leads_to_its_end(secretary: User) -> None:
    """The end is another entry that replaced this one and then moved or went itself."""
    first, second = create_published("een"), create_published("twee")
    withdraw(secretary, first, reden="Er is een betere.", vervanging=second.pk)
    rename(second, "drie")
    assert redirect_target("/blauwdrukken/een/") == (301, "/blauwdrukken/drie/")
    withdraw(secretary, second, reden="Achterhaald.")
    assert redirect_target("/blauwdrukken/een/") == (410, "")


def test_projects_and_own_pages_leave_redirects_too() -> None:
    project = Project(titel="P", slug="proef-p")
    project.save()
    project.save_revision().publish()
    rename(project, "proef-q")
    rename(Pagina.objects.get(slug="privacy"), "uw-gegevens")
    assert redirect_target("/projecten/proef-p/") == (301, "/projecten/proef-q/")
    assert redirect_target("/privacy/") == (301, "/uw-gegevens/")


def test_withdrawing_asks_a_reason(secretary: User) -> None:
    entry = create_published("banenbus")
    screen = client_of(secretary).get(f"{beheer(entry)}unpublish/{entry.pk}/").content.decode()
    assert "U trekt ‘Banenbus’ in." in screen
    html = withdraw(secretary, entry, reden="  ").content.decode()
    assert "Schrijf op waarom u dit intrekt." in html
    assert Client().get("/blauwdrukken/banenbus/").status_code == 200


def test_a_replacement_is_searched_among_what_is_published(secretary: User, create_blauwdruk: Any) -> None:
    create_blauwdruk(titel="Nog niet openbaar", live=False)
    client, entry = client_of(secretary), Blauwdruk.objects.get(nummer=1)
    screen = client.get(f"{beheer(entry)}unpublish/{entry.pk}/").content.decode()
    assert "Drive-in bioscoop" not in screen
    chooser = re.search(r'data-chooser-url="([^"]+)"', screen)
    assert chooser
    url, query = chooser[1].split("?")
    for zoek, titel, added in (("bioscoop", "Drive-in bioscoop", True), ("openbaar", "Nog niet openbaar", False)):
        for part in ("", "results/"):
            assert (titel in client.get(f"{url}{part}?{query}&q={zoek}").content.decode()) is added
    assert "Nog niet openbaar" in client.get(f"{url}?q=openbaar").content.decode()


@pytest.mark.parametrize("uitvoer", OUTPUTS)
def test_a_withdrawn_address_says_when_and_why_and_where_to_go_on(secretary: User, uitvoer: str) -> None:
    withdraw(secretary, create_published("banenbus"), reden="De regeling <b>bestaat</b> niet meer.")
    response = Client().get(f"/blauwdrukken/banenbus{uitvoer}")
    html = response.content.decode()
    assert response.status_code == 410
    assert "Deze blauwdruk is teruggetrokken" in html
    assert "De regeling &lt;b&gt;bestaat&lt;/b&gt; niet meer." in html
    assert 'content="noindex"' in html
    assert 'href="/blauwdrukken/"' in html
    assert "Banenbus" not in html


def test_a_withdrawn_entry_offers_ones_like_it_and_its_short_address_says_the_same(secretary: User) -> None:
    entry = Blauwdruk.objects.get(nummer=11)
    withdraw(secretary, entry, reden="Achterhaald.")
    html = Client().get("/b/11").content.decode()
    assert "Achterhaald." in html
    assert "Blauwdrukken die erop lijken" in html


def test_withdrawing_for_a_replacement_leads_every_old_address_there(secretary: User) -> None:
    old = rename(create_published("een"), "twee")
    better = Blauwdruk.objects.get(nummer=1)
    withdraw(secretary, old, reden="Er is een betere.", vervanging=better.pk)
    for url in ("/blauwdrukken/een/", "/blauwdrukken/twee/", f"/b/{old.nummer}", "/blauwdrukken/twee/versies/1/"):
        assert redirect_target(url) == (301, better.get_absolute_url())
    assert redirect_target("/blauwdrukken/twee.pdf") == (301, better.get_absolute_url().rstrip("/") + ".pdf")


def test_the_api_answers_old_addresses_too(secretary: User) -> None:
    entry = rename(create_published("een"), "twee")
    assert redirect_target("/api/v1/blauwdrukken/een") == (301, "/api/v1/blauwdrukken/twee")
    withdraw(secretary, entry, reden="Achterhaald.")
    response = Client().get("/api/v1/blauwdrukken/twee")
    assert response.status_code == 410
    assert response.json()["fout"].endswith("Reden: Achterhaald.")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_own_page_is_withdrawn_with_a_reason_too(secretary: User) -> None:
    withdraw(secretary, Pagina.objects.get(slug="zeven-tips"), reden="Deze tips komen terug.")
    response = Client().get("/zeven-tips/")
    assert response.status_code == 410
    assert "Deze pagina is teruggetrokken" in response.content.decode()


@pytest.mark.parametrize("keuze", ["0", "abc", "9" * 30, "concept", "zelf"])
def test_only_another_published_entry_can_replace(secretary: User, create_blauwdruk: Any, keuze: str) -> None:
    entry = create_published("banenbus")
    choices = {"concept": create_blauwdruk(live=False).pk, "zelf": entry.pk}
    html = withdraw(secretary, entry, reden="x", vervanging=choices.get(keuze, keuze)).content.decode()
    assert "Kies iets anders dat gepubliceerd is." in html
    assert Client().get("/blauwdrukken/banenbus/").status_code == 200


def test_what_returns_is_at_its_address_again_also_under_another_name(secretary: User) -> None:
    entry = create_published("banenbus")
    withdraw(secretary, entry, reden="Even weg.")
    rename(entry, "banentrein")
    assert redirect_target("/blauwdrukken/banenbus/") == (301, "/blauwdrukken/banentrein/")
    assert redirect_target(f"/b/{entry.nummer}") == (302, "/blauwdrukken/banentrein/")
    rename(entry, "banenbus")
    assert Client().get("/blauwdrukken/banenbus/").status_code == 200


def test_addresses_in_a_circle_do_not_hang() -> None:
    entry = Blauwdruk.objects.get(nummer=1)
    for path, target in (("/blauwdrukken/a/", "/blauwdrukken/b/"), ("/blauwdrukken/b/", "/blauwdrukken/a/")):
        OudAdres.objects.create(pad=path, naar=target, entry=entry)
    assert redirect_target("/blauwdrukken/a/") == (404, "")


def test_withdrawal_is_in_the_history_with_its_reason_and_not_for_who_may_not_publish(secretary: User) -> None:
    entry = create_published("banenbus")
    withdraw(secretary, entry, reden="De regeling stopt.")
    html = client_of(secretary).get(f"{beheer(entry)}history/{entry.pk}/").content.decode()
    assert "Ingetrokken" in html
    assert "De regeling stopt." in html
    other = create_published("ander")
    outsider = User.objects.create_user("carla", password="x")
    assert withdraw(outsider, other, reden="x").status_code in (200, 403)
    assert Client().get("/blauwdrukken/ander/").status_code == 200


def test_withdrawing_what_is_not_public_does_nothing(secretary: User, create_blauwdruk: Any) -> None:
    draft = create_blauwdruk(live=False)
    assert "is niet gepubliceerd" in withdraw(secretary, draft, reden="x").content.decode()
    assert not OudAdres.objects.exists()


def test_an_expired_entry_says_so_once_the_timer_has_run() -> None:
    entry = create_published("banenbus", expire_at=timezone.now() + timedelta(hours=1))
    Blauwdruk.objects.filter(pk=entry.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert Client().get("/blauwdrukken/banenbus/").status_code == 404
    call_command("publish_scheduled")
    response = Client().get("/blauwdrukken/banenbus/")
    assert response.status_code == 410
    assert "Deze blauwdruk gold tot" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/nergens/", "/blauwdrukken/nergens.pdf", "/b/999999", "/a/b/c/", "/%00/", "/x.php"]
)
def test_an_address_that_never_was_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_publishing_at_a_taken_address_is_refused_and_changes_nothing() -> None:
    live = create_published("banenbus")
    live.slug = "banentrein"
    revision = live.save_revision()
    newcomer = Blauwdruk(titel="Eerder", slug="tijdelijk", samenvatting="x")
    newcomer.save()
    Blauwdruk.objects.filter(pk=newcomer.pk).update(slug="banentrein")
    with pytest.raises(AddressTakenError):
        revision.publish()
    assert Client().get("/blauwdrukken/banenbus/").status_code == 200
    assert Blauwdruk.objects.get(pk=live.pk).versies.count() == 1


def test_what_the_database_refuses_for_another_reason_is_not_called_a_taken_address() -> None:
    live = create_published("banenbus")
    live.kosten = [Kostenpost(omschrijving="x", bedrag_van=10, bedrag_tot=9)]
    with pytest.raises(IntegrityError):
        live.save_revision(clean=False).publish()
    assert Client().get("/blauwdrukken/banenbus/").status_code == 200
