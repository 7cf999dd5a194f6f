"""Numbered versions as a reader meets them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Revision

from blauwdrukken.models import Blauwdruk, Organisatie, Partij, Programma, Thema, Versie
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.people import beheer, client_of

URL = "/blauwdrukken/banenbus/"
FIRST = f"{URL}versies/1/"


def publish(entry: Blauwdruk, **fields: Any) -> Blauwdruk:
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save_revision().publish()
    return Blauwdruk.objects.get(pk=entry.pk)


@pytest.fixture
def banenbus() -> Blauwdruk:
    new = Blauwdruk(titel="Banenbus", slug="banenbus", samenvatting="Een bus.", doel="<p>Oude tekst.</p>")
    new.save()
    return publish(new)


@pytest.fixture
def two_versies(banenbus: Blauwdruk) -> Blauwdruk:
    """A blueprint with two versions."""
    return publish(banenbus, doel="<p>Nieuwe tekst.</p>", wat_veranderd="De kosten zijn bijgewerkt.")


def html_of(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_loaded_content_has_a_first_version_each() -> None:
    assert Versie.objects.filter(nummer=1, wat_veranderd="Eerste versie").count() == Blauwdruk.objects.count()
    call_command("laad_kennisbank", verbosity=0)
    assert Versie.objects.filter(nummer=2).count() == 0


def test_the_page_lists_versions_with_date_and_note(two_versies: Blauwdruk) -> None:
    html = html_of(URL)
    assert "De kosten zijn bijgewerkt." in html
    assert "Eerste versie" in html
    assert f'href="{FIRST}"' in html
    assert f'href="{URL}versies/2/"' not in html


def test_the_next_note_begins_empty_and_has_a_plain_default(two_versies: Blauwdruk) -> None:
    assert two_versies.wat_veranderd == ""
    publish(two_versies, samenvatting="Anders.")
    assert two_versies.versies.first().wat_veranderd == "Tekst bijgewerkt"


def test_an_old_version_shows_its_own_text_with_a_banner_and_is_kept_out_of_search_engines(
    two_versies: Blauwdruk,
) -> None:
    response = Client().get(FIRST)
    html = response.content.decode()
    assert "Oude tekst." in html
    assert "Nieuwe tekst." not in html
    assert "Dit is een oude versie" in html
    assert "Naar de nieuwste versie" in html
    assert f'href="http://127.0.0.1:8000{URL}"' in html
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert FIRST not in Client().get("/sitemap.xml").content.decode()


def test_the_newest_version_is_the_page_itself(two_versies: Blauwdruk) -> None:
    assert Client().get(f"{URL}versies/2/")["Location"] == URL
    assert "Dit is een oude versie" not in html_of(URL)


@pytest.mark.parametrize("address", [f"{URL}versies/3/", f"{URL}versies/0/", f"{URL}versies/{'9' * 30}/"])
def test_a_version_that_does_not_exist_is_not_found(two_versies: Blauwdruk, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_draft_is_no_version(two_versies: Blauwdruk) -> None:
    two_versies.doel = "<p>Kanariepiet.</p>"  # type: ignore[assignment]
    two_versies.save_revision()
    assert two_versies.versies.count() == 2
    for url in (URL, FIRST):
        assert "Kanariepiet" not in html_of(url)


def test_a_planned_publication_is_a_version_only_when_it_goes_live(banenbus: Blauwdruk) -> None:
    publish(banenbus, go_live_at=timezone.now() + timedelta(hours=1))
    assert banenbus.versies.count() == 1


def test_what_is_published_again_as_it_was_is_the_version_that_it_was(two_versies: Blauwdruk) -> None:
    Blauwdruk.objects.get(pk=two_versies.pk).unpublish()
    Blauwdruk.objects.get(pk=two_versies.pk).get_latest_revision().publish()
    assert set(two_versies.versies.values_list("nummer", flat=True)) == {1, 2}
    assert "De kosten zijn bijgewerkt." in html_of(URL)


def test_versions_are_readable_only_while_the_blueprint_is_public(two_versies: Blauwdruk) -> None:
    Blauwdruk.objects.get(pk=two_versies.pk).unpublish()
    response = Client().get(FIRST)
    assert response.status_code == 404
    assert "Oude tekst." not in response.content.decode()


def test_a_version_survives_what_it_refers_to(banenbus: Blauwdruk) -> None:
    programma = Programma.objects.create(naam="Weg ermee", slug="weg")
    organisaties = [Organisatie.objects.create(naam=name) for name in ("Verdwenen BV", "Blijvend BV")]
    banenbus.programma, banenbus.contactorganisatie = programma, organisaties[0]
    banenbus.partijen = [Partij(rol=Partij.Rol.ADVISEUR, organisatie=organisatie) for organisatie in organisaties]
    banenbus.themas = [Thema.objects.create(naam="Weg thema", slug="weg-thema"), Thema.objects.get(slug="scholing")]
    banenbus.regios = [Regio.objects.get(slug="zeeland")]
    now = publish(banenbus)
    now.programma = now.contactorganisatie = None
    now.partijen, now.themas = [], []
    publish(now)
    Thema.objects.get(slug="weg-thema").delete()
    programma.delete()
    organisaties[0].delete()
    html = html_of(f"{URL}versies/2/")
    assert "Blijvend BV" in html
    assert "Zeeland" in html
    assert "Verdwenen BV" not in html
    assert "Weg thema" not in html


def test_the_queries_of_an_old_version_do_not_grow_with_its_rows(django_assert_num_queries: Any) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    for count in (1, 20, 0):
        partijen = [Partij(rol="adviseur", organisatie=o) for o in Organisatie.objects.all()[:count]]
        blauwdruk = publish(blauwdruk, partijen=partijen)
    for nummer, count in ((2, 1), (3, 20)):
        url = f"{blauwdruk.get_absolute_url()}versies/{nummer}/"
        html_of(url)
        with django_assert_num_queries(25):
            html = html_of(url)
        assert sum(escape(organisatie.naam) in html for organisatie in Organisatie.objects.all()[:20]) >= count


def test_old_revisions_are_cleared_away_but_not_those_of_versions(two_versies: Blauwdruk) -> None:
    draft = [two_versies.save_revision() for _ in range(2)]
    call_command("purge_revisions", verbosity=0)
    assert not Revision.objects.filter(pk=draft[0].pk).exists()
    assert "Oude tekst." in html_of(FIRST)


def test_deleting_a_blueprint_deletes_its_versions(two_versies: Blauwdruk) -> None:
    key = two_versies.pk
    two_versies.delete()
    assert not Versie.objects.filter(blauwdruk=key).exists()
    assert not Revision.objects.for_instance(two_versies).exists()
    Blauwdruk.objects.filter(nummer__in=[1, 2]).delete()
    assert Versie.objects.count() == Blauwdruk.objects.count()


def test_saving_by_itself_never_writes_over_a_published_version(two_versies: Blauwdruk) -> None:
    two_versies.doel = "<p>Kanariepiet.</p>"  # type: ignore[assignment]
    with pytest.raises(PermissionDenied):
        two_versies.save_revision(overwrite_revision=two_versies.latest_revision)
    publish(two_versies, doel="<p>Derde.</p>")
    assert "Kanariepiet" not in html_of(f"{URL}versies/2/")


def test_one_version_can_be_withdrawn_with_a_reason(two_versies: Blauwdruk) -> None:
    client = client_of(User.objects.create_superuser("saskia", password="x"))
    listing, screen = (
        f"{beheer(two_versies)}versies/{two_versies.pk}/",
        f"{beheer(two_versies)}versies/{two_versies.pk}/1/intrekken/",
    )
    assert f'href="{screen}"' in client.get(listing).content.decode()
    assert "Schrijf op waarom" in client.post(screen, {"reden": ""}).content.decode()
    assert Client().get(FIRST).status_code == 200
    client.post(screen, {"reden": "Er stond een naam in."})
    response = Client().get(FIRST)
    html = response.content.decode()
    assert response.status_code == 410
    assert "Er stond een naam in." in html
    assert "Deze versie is teruggetrokken" in html
    assert "Oude tekst." not in html
    assert f'href="{FIRST}"' not in html_of(URL)
    assert "Er stond een naam in." in client.get(listing).content.decode()
    assert "Versie 1 ingetrokken" in client.get(f"{beheer(two_versies)}history/{two_versies.pk}/").content.decode()
    assert client.get(screen).status_code == 404


def test_the_newest_version_and_those_of_others_cannot_be_withdrawn(two_versies: Blauwdruk, coordinator: User) -> None:
    client = client_of(User.objects.create_superuser("saskia", password="x"))
    assert client.post(f"{beheer(two_versies)}versies/{two_versies.pk}/2/intrekken/", {"reden": "x"}).status_code == 404
    client_of(coordinator).post(f"{beheer(two_versies)}versies/{two_versies.pk}/1/intrekken/", {"reden": "x"})
    assert "Oude tekst." in html_of(FIRST)
    assert not two_versies.versies.filter(ingetrokken_op__isnull=False).exists()
