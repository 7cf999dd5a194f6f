from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from kennisbank.models import User

GEBRUIKERS = "/beheer/users/"


def account(**velden: Any) -> dict[str, Any]:
    namen = {"username": "nieuw", "first_name": "Noor", "last_name": "Nieuw", "email": "noor@voorbeeld.nl"}
    return namen | {"password1": "Waterfiets-92!", "password2": "Waterfiets-92!"} | velden


@pytest.fixture
def secretaris(als: Any) -> Client:
    return als("Secretariaat")


def rol(naam: str) -> int:
    return Group.objects.get(name=naam).pk


def test_the_secretariat_makes_accounts_and_gives_roles(secretaris: Client) -> None:
    secretaris.post(f"{GEBRUIKERS}new/", account(groups=[rol("Regiocoördinator")]))
    assert User.objects.get(username="nieuw").groups.get().name == "Regiocoördinator"


@pytest.mark.parametrize("meer", [{"is_superuser": "on"}, {"groups": "Beheerder"}])
def test_the_secretariat_makes_nobody_more_than_itself(secretaris: Client, meer: dict[str, str]) -> None:
    velden = {naam: rol(waarde) if naam == "groups" else waarde for naam, waarde in meer.items()}
    zelf = User.objects.get()
    assert secretaris.post(f"{GEBRUIKERS}new/", account(**velden))["Location"] == "/beheer/"
    assert secretaris.post(f"{GEBRUIKERS}edit/{zelf.pk}/", account(**velden))["Location"] == "/beheer/"
    zelf.refresh_from_db()
    assert (User.objects.count(), zelf.is_superuser) == (1, False)
    assert not User.objects.filter(groups__name="Beheerder").exists()


@pytest.mark.parametrize("scherm", ["edit", "delete"])
def test_the_secretariat_cannot_touch_the_accounts_of_who_may_do_more(
    secretaris: Client, maak_user: Any, scherm: str
) -> None:
    for hoger in (maak_user("Beheerder"), User.objects.create_superuser("baas")):
        for methode in (secretaris.get, secretaris.post):
            assert methode(f"{GEBRUIKERS}{scherm}/{hoger.pk}/")["Location"] == "/beheer/"
        assert User.objects.filter(pk=hoger.pk).exists()


def test_a_beheerder_gives_every_role_but_makes_no_superuser(als: Any) -> None:
    beheerder = als("Beheerder")
    beheerder.post(f"{GEBRUIKERS}new/", account(groups=[rol("Beheerder")]))
    assert User.objects.get(username="nieuw").groups.get().name == "Beheerder"
    beheerder.post(f"{GEBRUIKERS}new/", account(username="hoger", is_superuser="on"))
    assert not User.objects.filter(is_superuser=True).exists()


def test_what_this_site_does_not_have_is_closed_to_a_superuser_too(redactie: Client) -> None:
    for weg in ("pages/", "pages/1/", "pages/add/wagtailcore/page/1/", "collections/", "api/main/pages/", "failwhale/"):
        assert redactie.get(f"/beheer/{weg}").status_code == 404, weg


def test_who_is_not_logged_in_is_asked_to_do_so_everywhere(client: Client) -> None:
    for weg in ("pages/", "reports/site-history/", "workflows/list/"):
        assert client.get(f"/beheer/{weg}")["Location"].startswith("/beheer/login/")


def test_a_refusal_says_so_in_dutch(als: Any) -> None:
    antwoord = als("Regiocoördinator").get("/beheer/reports/site-history/", follow=True)
    assert "Sorry" in antwoord.content.decode() or "geen toestemming" in antwoord.content.decode()


@pytest.mark.parametrize(
    ("wie", "ziet"),
    [
        ("Werkgeversorganisatie", set()),
        ("Regiocoördinator", {"blauwdruk", "project"}),
        ("Secretariaat", {"blauwdruk", "project", "pagina", "synoniem", "begrip", "users", "site-history"}),
        ("Beheerder", {"pagina", "users", "site-history", "groups", "workflows"}),
    ],
)
def test_the_menu_shows_each_role_what_it_may_open(als: Any, wie: str, ziet: set[str]) -> None:
    html = als(wie).get("/beheer/").content.decode()
    alles = {"blauwdruk", "project", "pagina", "synoniem", "begrip", "users", "site-history", "groups", "workflows"}
    gezien = {naam for naam in alles if f"/{naam}/" in html or f"/{naam}/list/" in html}
    assert gezien >= ziet
    if wie != "Beheerder":
        assert gezien == ziet
