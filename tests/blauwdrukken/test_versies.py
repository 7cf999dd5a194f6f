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
from tests.beheer.people import beheer, client_van

ADRES = "/blauwdrukken/banenbus/"
EERSTE = f"{ADRES}versies/1/"


def publiceer(entry: Blauwdruk, **velden: Any) -> Blauwdruk:
    for naam, waarde in velden.items():
        setattr(entry, naam, waarde)
    entry.save_revision().publish()
    return Blauwdruk.objects.get(pk=entry.pk)


@pytest.fixture
def banenbus() -> Blauwdruk:
    nieuw = Blauwdruk(titel="Banenbus", slug="banenbus", samenvatting="Een bus.", doel="<p>Oude tekst.</p>")
    nieuw.save()
    return publiceer(nieuw)


@pytest.fixture
def twee(banenbus: Blauwdruk) -> Blauwdruk:
    """A blueprint with two versions."""
    return publiceer(banenbus, doel="<p>Nieuwe tekst.</p>", wat_veranderd="De kosten zijn bijgewerkt.")


def html_van(adres: str) -> str:
    antwoord = Client().get(adres)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def test_the_loaded_content_has_a_first_version_each() -> None:
    assert Versie.objects.filter(nummer=1, wat_veranderd="Eerste versie").count() == Blauwdruk.objects.count()
    call_command("laad_kennisbank", verbosity=0)
    assert Versie.objects.filter(nummer=2).count() == 0


def test_the_page_lists_versions_with_date_and_note(twee: Blauwdruk) -> None:
    html = html_van(ADRES)
    assert "De kosten zijn bijgewerkt." in html
    assert "Eerste versie" in html
    assert f'href="{EERSTE}"' in html
    assert f'href="{ADRES}versies/2/"' not in html


def test_the_next_note_begins_empty_and_has_a_plain_default(twee: Blauwdruk) -> None:
    assert twee.wat_veranderd == ""
    publiceer(twee, samenvatting="Anders.")
    assert twee.versies.first().wat_veranderd == "Tekst bijgewerkt"


def test_an_old_version_shows_its_own_text_with_a_banner_and_is_kept_out_of_search_engines(twee: Blauwdruk) -> None:
    antwoord = Client().get(EERSTE)
    html = antwoord.content.decode()
    assert "Oude tekst." in html
    assert "Nieuwe tekst." not in html
    assert "Dit is een oude versie" in html
    assert "Naar de nieuwste versie" in html
    assert f'href="http://127.0.0.1:8000{ADRES}"' in html
    assert antwoord["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert EERSTE not in Client().get("/sitemap.xml").content.decode()


def test_the_newest_version_is_the_page_itself(twee: Blauwdruk) -> None:
    assert Client().get(f"{ADRES}versies/2/")["Location"] == ADRES
    assert "Dit is een oude versie" not in html_van(ADRES)


@pytest.mark.parametrize("adres", [f"{ADRES}versies/3/", f"{ADRES}versies/0/", f"{ADRES}versies/{'9' * 30}/"])
def test_a_version_that_does_not_exist_is_not_found(twee: Blauwdruk, adres: str) -> None:
    assert Client().get(adres).status_code == 404


def test_a_draft_is_no_version(twee: Blauwdruk) -> None:
    twee.doel = "<p>Kanariepiet.</p>"  # type: ignore[assignment]
    twee.save_revision()
    assert twee.versies.count() == 2
    for adres in (ADRES, EERSTE):
        assert "Kanariepiet" not in html_van(adres)


def test_a_planned_publication_is_a_version_only_when_it_goes_live(banenbus: Blauwdruk) -> None:
    publiceer(banenbus, go_live_at=timezone.now() + timedelta(hours=1))
    assert banenbus.versies.count() == 1


def test_versions_are_readable_only_while_the_blueprint_is_public(twee: Blauwdruk) -> None:
    Blauwdruk.objects.get(pk=twee.pk).unpublish()
    assert Client().get(EERSTE).status_code == 404


def test_a_version_survives_what_it_refers_to(banenbus: Blauwdruk) -> None:
    programma = Programma.objects.create(naam="Weg ermee", slug="weg")
    organisaties = [Organisatie.objects.create(naam=naam) for naam in ("Verdwenen BV", "Blijvend BV")]
    banenbus.programma, banenbus.contactorganisatie = programma, organisaties[0]
    banenbus.partijen = [Partij(rol=Partij.Rol.ADVISEUR, organisatie=organisatie) for organisatie in organisaties]
    banenbus.themas = [Thema.objects.create(naam="Weg thema", slug="weg-thema"), Thema.objects.get(slug="scholing")]
    banenbus.regios = [Regio.objects.get(slug="zeeland")]
    nu = publiceer(banenbus)
    nu.programma = nu.contactorganisatie = None
    nu.partijen, nu.themas = [], []
    publiceer(nu)
    Thema.objects.get(slug="weg-thema").delete()
    programma.delete()
    organisaties[0].delete()
    html = html_van(f"{ADRES}versies/2/")
    assert "Blijvend BV" in html
    assert "Zeeland" in html
    assert "Verdwenen BV" not in html
    assert "Weg thema" not in html


def test_the_queries_of_an_old_version_do_not_grow_with_its_rows(django_assert_num_queries: Any) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    for aantal in (1, 20, 0):
        partijen = [Partij(rol="adviseur", organisatie=o) for o in Organisatie.objects.all()[:aantal]]
        blauwdruk = publiceer(blauwdruk, partijen=partijen)
    for nummer, aantal in ((2, 1), (3, 20)):
        adres = f"{blauwdruk.get_absolute_url()}versies/{nummer}/"
        html_van(adres)
        with django_assert_num_queries(23):
            html = html_van(adres)
        assert sum(escape(organisatie.naam) in html for organisatie in Organisatie.objects.all()[:20]) >= aantal


def test_old_revisions_are_cleared_away_but_not_those_of_versions(twee: Blauwdruk) -> None:
    concept = [twee.save_revision() for _ in range(2)]
    call_command("purge_revisions", verbosity=0)
    assert not Revision.objects.filter(pk=concept[0].pk).exists()
    assert "Oude tekst." in html_van(EERSTE)


def test_deleting_a_blueprint_deletes_its_versions(twee: Blauwdruk) -> None:
    sleutel = twee.pk
    twee.delete()
    assert not Versie.objects.filter(blauwdruk=sleutel).exists()
    assert not Revision.objects.for_instance(twee).exists()
    Blauwdruk.objects.filter(nummer__in=[1, 2]).delete()
    assert Versie.objects.count() == Blauwdruk.objects.count()


def test_saving_by_itself_never_writes_over_a_published_version(twee: Blauwdruk) -> None:
    twee.doel = "<p>Kanariepiet.</p>"  # type: ignore[assignment]
    with pytest.raises(PermissionDenied):
        twee.save_revision(overwrite_revision=twee.latest_revision)
    publiceer(twee, doel="<p>Derde.</p>")
    assert "Kanariepiet" not in html_van(f"{ADRES}versies/2/")


def test_one_version_can_be_withdrawn_with_a_reason(twee: Blauwdruk) -> None:
    client = client_van(User.objects.create_superuser("saskia", password="x"))
    lijst, scherm = f"{beheer(twee)}versies/{twee.pk}/", f"{beheer(twee)}versies/{twee.pk}/1/intrekken/"
    assert f'href="{scherm}"' in client.get(lijst).content.decode()
    assert "Schrijf op waarom" in client.post(scherm, {"reden": ""}).content.decode()
    assert Client().get(EERSTE).status_code == 200
    client.post(scherm, {"reden": "Er stond een naam in."})
    antwoord = Client().get(EERSTE)
    html = antwoord.content.decode()
    assert antwoord.status_code == 410
    assert "Er stond een naam in." in html
    assert "Deze versie is teruggetrokken" in html
    assert "Oude tekst." not in html
    assert f'href="{EERSTE}"' not in html_van(ADRES)
    assert "Er stond een naam in." in client.get(lijst).content.decode()
    assert "Versie 1 ingetrokken" in client.get(f"{beheer(twee)}history/{twee.pk}/").content.decode()
    assert client.get(scherm).status_code == 404


def test_the_newest_version_and_those_of_others_cannot_be_withdrawn(twee: Blauwdruk, coordinator: User) -> None:
    client = client_van(User.objects.create_superuser("saskia", password="x"))
    assert client.post(f"{beheer(twee)}versies/{twee.pk}/2/intrekken/", {"reden": "x"}).status_code == 404
    client_van(coordinator).post(f"{beheer(twee)}versies/{twee.pk}/1/intrekken/", {"reden": "x"})
    assert Client().get(EERSTE).status_code == 200
