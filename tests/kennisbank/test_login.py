"""Who gets in, who does not, and what the answer tells a stranger."""

from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kennisbank.models import User
from regios.models import Regio
from tests.kennisbank.login import (
    CODE_PAGE,
    COUNTER,
    PASSWORD,
    app_code,
    create_account,
    is_logged_in,
    log_in,
    role_group,
    with_app,
)

DOORS = ["/beheer/login/", "/beheer/password_reset/", "/beheer/password_reset/done/"]


@pytest.mark.parametrize("naam", ["anna@voorbeeld.nl", "ANNA@voorbeeld.nl", "anna"])
def test_an_account_logs_in_with_mail_address_or_user_name(client: Client, naam: str) -> None:
    user = create_account()
    User.objects.filter(pk=user.pk).update(username="anna")
    assert log_in(client, naam)["Location"] == "/beheer/"
    assert is_logged_in(client)
    assert client.get("/beheer/").status_code == 200


def test_login_leads_to_the_page_that_was_asked_for_and_never_to_another_site(client: Client) -> None:
    create_account()
    doel = client.get("/beheer/account/", follow=True).redirect_chain[-1][0]
    assert doel == "/account/login/?next=%2Fbeheer%2Faccount%2F"
    gegevens = {"login": "anna@voorbeeld.nl", "password": PASSWORD}
    assert client.post(doel, gegevens | {"next": "/beheer/account/"})["Location"] == "/beheer/account/"
    assert Client().post(doel, gegevens | {"next": "https://kwaad.voorbeeld/"})["Location"] == "/beheer/"


def test_the_session_gets_another_key_at_login_and_keeps_what_the_visitor_chose(client: Client) -> None:
    create_account()
    sessie = client.session
    sessie["keuze"] = ["branchestraten"]
    sessie.save()
    client.cookies["sessionid"] = str(sessie.session_key)
    log_in(client)
    assert client.session.session_key != sessie.session_key
    assert client.session["keuze"] == ["branchestraten"]


@pytest.mark.parametrize("adres", DOORS)
def test_the_login_of_wagtail_is_no_second_door(adres: str) -> None:
    with_app(create_account())
    client = Client()
    gegevens = {"username": "anna@voorbeeld.nl", "password": PASSWORD, "email": "anna@voorbeeld.nl"}
    antwoord = client.post(adres, gegevens)
    assert antwoord.status_code in (302, 404)
    assert not is_logged_in(client)
    assert mail.outbox == []
    assert "/account/" in antwoord.headers.get("Location", "/account/")


@pytest.mark.parametrize("adres", ["/api/v1/openapi.json", "/api/v1/blauwdrukken", "/beheer/", "/beheer/api/main/"])
def test_no_address_takes_a_password_in_a_header(adres: str) -> None:
    create_account()
    antwoorden = []
    for wachtwoord in (PASSWORD, "fout"):
        sleutel = base64.b64encode(f"anna@voorbeeld.nl:{wachtwoord}".encode()).decode()
        antwoorden.append(Client().get(adres, headers={"Authorization": f"Basic {sleutel}"}))
    assert antwoorden[0].status_code == antwoorden[1].status_code != 401
    assert antwoorden[0].content == antwoorden[1].content


def test_a_reset_address_of_wagtail_does_not_exist(client: Client) -> None:
    assert client.get("/beheer/password_reset/confirm/MQ/set-password/").status_code == 404


@pytest.mark.parametrize("adres", ["/account/signup/", "/account/aanmelden/", "/account/email/"])
def test_nobody_can_sign_up(client: Client, adres: str) -> None:
    assert client.get(adres).status_code == 404
    velden = {"email": "x@voorbeeld.nl", "username": "x", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(adres, velden).status_code == 404
    assert not User.objects.exists()
    assert mail.outbox == []


def test_an_account_that_is_off_cannot_log_in(client: Client) -> None:
    create_account(is_active=False)
    assert log_in(client)["Location"] == "/account/uitgezet/"
    assert "Dit account staat uit" in client.get("/account/uitgezet/").content.decode()
    assert not is_logged_in(client)


def test_an_account_without_a_role_hears_so(client: Client) -> None:
    User.objects.create_user("leeg", "leeg@voorbeeld.nl", PASSWORD)
    log_in(client, "leeg")
    antwoord = client.get("/beheer/")
    assert antwoord.status_code == 403
    assert "Uw account heeft nog geen rol" in antwoord.content.decode()


def form_errors(antwoord: Any) -> list[str]:
    return list(antwoord.context["form"].non_field_errors())


def test_a_wrong_name_and_a_wrong_password_look_the_same() -> None:
    create_account()
    onbekend = log_in(Client(), "niemand@voorbeeld.nl", "fout")
    bekend = log_in(Client(), "anna@voorbeeld.nl", "fout")
    assert form_errors(onbekend) == form_errors(bekend) == form_errors(log_in(Client(), "niemand", "fout"))
    assert (onbekend.status_code, len(form_errors(onbekend))) == (bekend.status_code, 1)


@pytest.mark.parametrize("naam", ["anna@voorbeeld.nl", "anna", "niemand@voorbeeld.nl", "niemand", "uit@voorbeeld.nl"])
def test_a_wrong_login_costs_one_check_of_a_password_whoever_it_is(monkeypatch: pytest.MonkeyPatch, naam: str) -> None:
    User.objects.filter(pk=create_account().pk).update(username="anna")
    create_account(email="uit@voorbeeld.nl", is_active=False)
    gedaan: list[str] = []
    echt = MD5PasswordHasher.encode

    def tel(hasher: MD5PasswordHasher, wachtwoord: str, salt: str) -> str:
        gedaan.append(wachtwoord)
        return echt(hasher, wachtwoord, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", tel)
    log_in(Client(), naam, "fout")
    assert gedaan == ["fout"]


def test_a_name_is_changed_on_the_account_page_and_the_session_goes_on(client: Client) -> None:
    user = create_account()
    log_in(client)
    formulier = client.get("/beheer/account/").context["panels_by_tab"]
    velden = {
        f"{paneel.name}-{naam}": veld.initial or veld.field.initial or ""
        for panelen in formulier.values()
        for paneel in panelen
        for naam, veld in ((veld.name, veld) for veld in paneel.get_form())
    }
    client.post("/beheer/account/", velden | {"name_email-first_name": "Annelies", "name_email-email": "kaap@kwaad.nl"})
    user.refresh_from_db()
    assert (user.first_name, user.email) == ("Annelies", "anna@voorbeeld.nl")
    assert client.get("/beheer/").status_code == 200


STRANGE = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "'", "%00", "a" * 5000, "[]", "{}", "null", "1" * 400]
)


@hypothesis_settings(max_examples=60)
@given(
    adres=st.sampled_from(
        ["login/", "wachtwoord/vergeten/", "tweede-stap/inloggen/", "opnieuw/wachtwoord/", "logout/"]
    ),
    velden=st.dictionaries(
        st.sampled_from(["login", "password", "email", "code", "next", "credential", "remember"]), STRANGE, max_size=5
    ),
)
def test_odd_input_at_the_door_is_never_a_server_error(adres: str, velden: dict[str, str]) -> None:
    cache.clear()
    client = Client(raise_request_exception=False)
    codeer = {naam: waarde.encode("utf-8", "surrogatepass") for naam, waarde in velden.items()}
    antwoord = client.post(f"/account/{adres}", urlencode(codeer), content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code in (200, 302, 400)
    assert not is_logged_in(client)


def test_the_pages_of_the_login_carry_the_strict_policy_and_are_not_indexed(client: Client) -> None:
    for adres in ("/account/login/", "/account/wachtwoord/vergeten/"):
        antwoord = client.get(adres)
        assert "script-src 'self'" in antwoord.headers["Content-Security-Policy"]
        assert "unsafe" not in antwoord.headers["Content-Security-Policy"]
        assert '<meta name="robots" content="noindex">' in antwoord.content.decode()
    assert "Disallow: /account/" in client.get("/robots.txt").content.decode()


def test_somebody_who_logs_out_everywhere_is_out_on_every_device() -> None:
    create_account()
    hier, daar = Client(), Client()
    log_in(hier)
    log_in(daar)
    assert hier.get("/account/overal-uitloggen/").status_code == 200
    assert daar.get("/beheer/").status_code == 200
    hier.post("/account/overal-uitloggen/")
    for client in (hier, daar):
        assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert log_in(hier)["Location"] == "/beheer/"
    assert hier.get("/beheer/").status_code == 200


def test_the_account_page_leads_to_all_of_this(editor_client: Any) -> None:
    html = editor_client.get("/beheer/account/").content.decode()
    for adres in ("/account/tweede-stap/", "/account/wachtwoord/", "/account/overal-uitloggen/"):
        assert f'href="{adres}"' in html
        assert editor_client.get(adres).status_code == 200
    assert "avatar" not in re.sub(r"(?s)<script.*?</script>", "", html).lower().replace("w-avatar", "")
    assert 'type="password"' not in html


HARMFUL = [
    "https://kwaad.voorbeeld/",
    "//kwaad.voorbeeld/",
    "///kwaad.voorbeeld",
    "/\\kwaad.voorbeeld",
    "\\\\kwaad.voorbeeld",
    "https:kwaad.voorbeeld",
    "https://testserver@kwaad.voorbeeld/",
    "javascript:alert(1)",
    "\x08//kwaad.voorbeeld",
    " //kwaad.voorbeeld",
]


@pytest.mark.parametrize("naar", HARMFUL)
def test_no_door_leads_to_another_site(naar: str, stopped_clock: None) -> None:
    user = with_app(create_account())
    client, binnen = Client(), Client()
    assert client.post(f"/account/login/?{urlencode({'next': naar})}", {"login": user.email, "password": PASSWORD})
    einden = [client.post(f"{CODE_PAGE}?{urlencode({'next': naar})}", {"code": app_code(COUNTER), "next": naar})]
    assert is_logged_in(client)
    binnen.force_login(user)
    einden.append(binnen.get("/account/login/", {"next": naar}))
    einden.append(binnen.post("/account/opnieuw/wachtwoord/", {"password": PASSWORD, "next": naar}))
    einden.append(binnen.post("/account/logout/", {"next": naar}))
    for antwoord in einden:
        assert antwoord.status_code == 302
        assert antwoord["Location"].startswith(("/account/", "/beheer/")), antwoord["Location"]


def test_an_account_that_is_off_is_not_told_apart_by_a_wrong_password_or_a_reset() -> None:
    create_account(is_active=False)
    assert form_errors(log_in(Client(), "anna@voorbeeld.nl", "fout")) == form_errors(
        log_in(Client(), "niemand", "fout")
    )
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        antwoord = Client().post("/account/wachtwoord/vergeten/", {"email": email})
        assert antwoord["Location"] == "/account/wachtwoord/vergeten/verstuurd/"
    assert mail.outbox[0].body == mail.outbox[1].body


def test_somebody_who_loses_a_role_is_out_of_the_back_office_at_the_next_request(client: Client) -> None:
    user = create_account()
    log_in(client)
    assert client.get("/beheer/users/").status_code == 200
    user.groups.set([role_group("Regiocoördinator")])
    assert client.get("/beheer/users/")["Location"] == "/beheer/"
    user.groups.clear()
    assert client.get("/beheer/").status_code == 403


def test_somebody_who_loses_a_region_cannot_reach_its_blueprints_at_the_next_request(
    client: Client, create_blauwdruk: Any
) -> None:
    regio = Regio.objects.get(slug="drenthe")
    blauwdruk = create_blauwdruk(regios=[regio], live=False)
    user = create_account("Regiocoördinator")
    user.regios.set([regio])
    log_in(client)
    pad = f"/beheer/snippets/blauwdrukken/blauwdruk/edit/{blauwdruk.pk}/"
    assert client.get(pad).status_code == 200
    user.regios.clear()
    for antwoord in (client.get(pad), client.post(pad, {})):
        assert antwoord.status_code == 302
        assert antwoord["Location"] == "/beheer/"
