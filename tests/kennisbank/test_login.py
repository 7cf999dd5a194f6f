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


@pytest.mark.parametrize("name", ["anna@voorbeeld.nl", "ANNA@voorbeeld.nl", "anna"])
def test_an_account_logs_in_with_mail_address_or_user_name(client: Client, name: str) -> None:
    user = create_account()
    User.objects.filter(pk=user.pk).update(username="anna")
    assert log_in(client, name)["Location"] == "/beheer/"
    assert is_logged_in(client)
    assert client.get("/beheer/").status_code == 200


def test_login_leads_to_the_page_that_was_asked_for_and_never_to_another_site(client: Client) -> None:
    create_account()
    target = client.get("/beheer/account/", follow=True).redirect_chain[-1][0]
    assert target == "/account/login/?next=%2Fbeheer%2Faccount%2F"
    data = {"login": "anna@voorbeeld.nl", "password": PASSWORD}
    assert client.post(target, data | {"next": "/beheer/account/"})["Location"] == "/beheer/account/"
    assert Client().post(target, data | {"next": "https://kwaad.voorbeeld/"})["Location"] == "/beheer/"


def test_the_session_gets_another_key_at_login_and_keeps_what_the_visitor_chose(client: Client) -> None:
    create_account()
    session = client.session
    session["keuze"] = ["branchestraten"]
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    log_in(client)
    assert client.session.session_key != session.session_key
    assert client.session["keuze"] == ["branchestraten"]


@pytest.mark.parametrize("address", DOORS)
def test_the_login_of_wagtail_is_no_second_door(address: str) -> None:
    with_app(create_account())
    client = Client()
    data = {"username": "anna@voorbeeld.nl", "password": PASSWORD, "email": "anna@voorbeeld.nl"}
    response = client.post(address, data)
    assert response.status_code in (302, 404)
    assert not is_logged_in(client)
    assert mail.outbox == []
    assert "/account/" in response.headers.get("Location", "/account/")


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/api/v1/blauwdrukken", "/beheer/", "/beheer/api/main/"])
def test_no_address_takes_a_password_in_a_header(address: str) -> None:
    create_account()
    responses = []
    for password in (PASSWORD, "fout"):
        key = base64.b64encode(f"anna@voorbeeld.nl:{password}".encode()).decode()
        responses.append(Client().get(address, headers={"Authorization": f"Basic {key}"}))
    assert responses[0].status_code == responses[1].status_code != 401
    assert responses[0].content == responses[1].content


def test_a_reset_address_of_wagtail_does_not_exist(client: Client) -> None:
    assert client.get("/beheer/password_reset/confirm/MQ/set-password/").status_code == 404


@pytest.mark.parametrize("address", ["/account/signup/", "/account/aanmelden/", "/account/email/"])
def test_nobody_can_sign_up(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    fields = {"email": "x@voorbeeld.nl", "username": "x", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(address, fields).status_code == 404
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
    response = client.get("/beheer/")
    assert response.status_code == 403
    assert "Uw account heeft nog geen rol" in response.content.decode()


def form_errors(response: Any) -> list[str]:
    return list(response.context["form"].non_field_errors())


def test_a_wrong_name_and_a_wrong_password_look_the_same() -> None:
    create_account()
    unknown = log_in(Client(), "niemand@voorbeeld.nl", "fout")
    known = log_in(Client(), "anna@voorbeeld.nl", "fout")
    assert form_errors(unknown) == form_errors(known) == form_errors(log_in(Client(), "niemand", "fout"))
    assert (unknown.status_code, len(form_errors(unknown))) == (known.status_code, 1)


@pytest.mark.parametrize("name", ["anna@voorbeeld.nl", "anna", "niemand@voorbeeld.nl", "niemand", "uit@voorbeeld.nl"])
def test_a_wrong_login_costs_one_check_of_a_password_whoever_it_is(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    User.objects.filter(pk=create_account().pk).update(username="anna")
    create_account(email="uit@voorbeeld.nl", is_active=False)
    done: list[str] = []
    real = MD5PasswordHasher.encode

    def count(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        done.append(password)
        return real(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    log_in(Client(), name, "fout")
    assert done == ["fout"]


def test_a_name_is_changed_on_the_account_page_and_the_session_goes_on(client: Client) -> None:
    user = create_account()
    log_in(client)
    form = client.get("/beheer/account/").context["panels_by_tab"]
    fields = {
        f"{panel.name}-{name}": field.initial or field.field.initial or ""
        for panels in form.values()
        for panel in panels
        for name, field in ((field.name, field) for field in panel.get_form())
    }
    client.post("/beheer/account/", fields | {"name_email-first_name": "Annelies", "name_email-email": "kaap@kwaad.nl"})
    user.refresh_from_db()
    assert (user.first_name, user.email) == ("Annelies", "anna@voorbeeld.nl")
    assert client.get("/beheer/").status_code == 200


STRANGE = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "'", "%00", "a" * 5000, "[]", "{}", "null", "1" * 400]
)


@hypothesis_settings(max_examples=60)
@given(
    address=st.sampled_from(
        ["login/", "wachtwoord/vergeten/", "tweede-stap/inloggen/", "opnieuw/wachtwoord/", "logout/"]
    ),
    fields=st.dictionaries(
        st.sampled_from(["login", "password", "email", "code", "next", "credential", "remember"]), STRANGE, max_size=5
    ),
)
def test_odd_input_at_the_door_is_never_a_server_error(address: str, fields: dict[str, str]) -> None:
    cache.clear()
    client = Client(raise_request_exception=False)
    encode = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    response = client.post(f"/account/{address}", urlencode(encode), content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 302, 400)
    assert not is_logged_in(client)


def test_the_pages_of_the_login_carry_the_strict_policy_and_are_not_indexed(client: Client) -> None:
    for url in ("/account/login/", "/account/wachtwoord/vergeten/"):
        response = client.get(url)
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "Disallow: /account/" in client.get("/robots.txt").content.decode()


def test_somebody_who_logs_out_everywhere_is_out_on_every_device() -> None:
    create_account()
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    assert here.get("/account/overal-uitloggen/").status_code == 200
    assert there.get("/beheer/").status_code == 200
    here.post("/account/overal-uitloggen/")
    for client in (here, there):
        assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert log_in(here)["Location"] == "/beheer/"
    assert here.get("/beheer/").status_code == 200


def test_the_account_page_leads_to_all_of_this(editor_client: Any) -> None:
    html = editor_client.get("/beheer/account/").content.decode()
    for url in ("/account/tweede-stap/", "/account/wachtwoord/", "/account/overal-uitloggen/"):
        assert f'href="{url}"' in html
        assert editor_client.get(url).status_code == 200
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


@pytest.mark.parametrize("target", HARMFUL)
def test_no_door_leads_to_another_site(target: str, stopped_clock: None) -> None:
    user = with_app(create_account())
    client, inside = Client(), Client()
    assert client.post(f"/account/login/?{urlencode({'next': target})}", {"login": user.email, "password": PASSWORD})
    endings = [client.post(f"{CODE_PAGE}?{urlencode({'next': target})}", {"code": app_code(COUNTER), "next": target})]
    assert is_logged_in(client)
    inside.force_login(user)
    endings.append(inside.get("/account/login/", {"next": target}))
    endings.append(inside.post("/account/opnieuw/wachtwoord/", {"password": PASSWORD, "next": target}))
    endings.append(inside.post("/account/logout/", {"next": target}))
    for response in endings:
        assert response.status_code == 302
        assert response["Location"].startswith(("/account/", "/beheer/")), response["Location"]


def test_an_account_that_is_off_is_not_told_apart_by_a_wrong_password_or_a_reset() -> None:
    create_account(is_active=False)
    assert form_errors(log_in(Client(), "anna@voorbeeld.nl", "fout")) == form_errors(
        log_in(Client(), "niemand", "fout")
    )
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        response = Client().post("/account/wachtwoord/vergeten/", {"email": email})
        assert response["Location"] == "/account/wachtwoord/vergeten/verstuurd/"
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
    path = f"/beheer/snippets/blauwdrukken/blauwdruk/edit/{blauwdruk.pk}/"
    assert client.get(path).status_code == 200
    user.regios.clear()
    for response in (client.get(path), client.post(path, {})):
        assert response.status_code == 302
        assert response["Location"] == "/beheer/"
