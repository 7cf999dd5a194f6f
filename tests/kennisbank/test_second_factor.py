"""The second step: set up at the first login, asked at each, and never passed by."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client

from blauwdrukken.models import Bestand
from kennisbank.login.forms import AddWebAuthnForm, LoginWebAuthnForm
from kennisbank.models import User
from tests.kennisbank.login import (
    CODE_PAGE,
    COUNTER,
    PASSWORD,
    SECRET,
    app_code,
    create_account,
    is_logged_in,
    log_in,
    set_up_app,
    unused_recovery_codes,
    with_app,
)
from tests.uploads import files


@pytest.fixture
def mfa_required(settings: Any) -> None:
    settings.MFA_REQUIRED = True


def test_an_account_with_an_app_needs_its_code(client: Client, stopped_clock: None) -> None:
    with_app(create_account())
    assert log_in(client)["Location"] == CODE_PAGE
    assert not is_logged_in(client)
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert "Deze code klopt niet" in client.post(CODE_PAGE, {"code": "000000"}).content.decode()
    assert not is_logged_in(client)
    assert client.post(CODE_PAGE, {"code": app_code(COUNTER)})["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200


def test_a_code_works_once(stopped_clock: None) -> None:
    with_app(create_account())
    for attempt in range(2):
        client = Client()
        log_in(client)
        client.post(CODE_PAGE, {"code": app_code(COUNTER)})
        assert is_logged_in(client) == (attempt == 0)


def test_a_recovery_code_works_once() -> None:
    code = unused_recovery_codes(with_app(create_account()))[3]
    for attempt in range(2):
        client = Client()
        log_in(client)
        client.post(CODE_PAGE, {"code": code})
        assert is_logged_in(client) == (attempt == 0)


def test_the_second_step_cannot_be_reached_without_the_first(client: Client, stopped_clock: None) -> None:
    with_app(create_account())
    response = client.post(CODE_PAGE, {"code": app_code(COUNTER)})
    assert response["Location"].startswith("/account/login/")
    assert not is_logged_in(client)


@pytest.mark.parametrize("role_name", ["Secretariaat", "Regiocoördinator", "Werkgeversorganisatie", "Beheerder"])
def test_nothing_in_the_back_office_answers_before_a_second_step_is_set_up(mfa_required: None, role_name: str) -> None:
    create_account(role_name)
    client = Client()
    log_in(client)
    for url in ("/beheer/", "/beheer/account/", "/beheer/users/", "/beheer/api/main/pages/", "/beheer/bestaat-niet/"):
        for response in (client.get(url), client.post(url)):
            assert (response.status_code, response["Location"]) == (302, "/account/tweede-stap/")
    assert "Stel de app in" in client.get("/account/tweede-stap/").content.decode()


def test_half_a_login_opens_no_private_file(client: Client, settings: Any) -> None:
    file = Bestand.objects.create(title="Plan", file=ContentFile(files.word(), name="plan.docx"))
    user = create_account()
    log_in(client)
    content = client.get(file.url).getvalue()
    settings.MFA_REQUIRED = True
    assert client.get(file.url).status_code == 404
    with_app(user)
    assert client.get(file.url).getvalue() == content


def test_a_superuser_needs_a_second_step_too(mfa_required: None, editor_client: Any) -> None:
    assert editor_client.get("/beheer/")["Location"] == "/account/tweede-stap/"


def test_recovery_codes_alone_are_no_second_step(mfa_required: None, client: Client) -> None:
    Authenticator.objects.filter(user=with_app(create_account()), type="totp").delete()
    log_in(client)
    assert client.get("/beheer/")["Location"] == "/account/tweede-stap/"


def test_the_first_login_sets_up_the_app_and_shows_recovery_codes_once(
    mfa_required: None, client: Client, stopped_clock: None
) -> None:
    user = create_account()
    log_in(client)
    _, page = set_up_app(client)
    assert page.redirect_chain == [("/account/tweede-stap/herstelcodes/", 302)]
    codes = re.findall(r"<code>(\d+)</code>", page.content.decode())
    assert codes == unused_recovery_codes(user)
    assert len(codes) == 10
    assert client.get("/beheer/").status_code == 200
    once_more = client.get("/account/tweede-stap/herstelcodes/").content.decode()
    assert not any(code in once_more for code in codes)


def test_recovery_codes_can_be_renewed_and_the_old_ones_end(client: Client, stopped_clock: None) -> None:
    user = create_account()
    log_in(client)
    set_up_app(client)
    old = unused_recovery_codes(user)
    page = client.post("/account/tweede-stap/herstelcodes/nieuw/", follow=True)
    new = re.findall(r"<code>(\d+)</code>", page.content.decode())
    assert new == unused_recovery_codes(user)
    assert not set(new) & set(old)


def test_a_wrong_code_does_not_set_up_the_app(client: Client, stopped_clock: None) -> None:
    user = create_account()
    log_in(client)
    client.get("/account/tweede-stap/app/")
    assert "Deze code klopt niet" in client.post("/account/tweede-stap/app/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.filter(user=user).exists()


def test_an_old_login_must_prove_itself_before_the_second_step_changes(client: Client) -> None:
    with_app(create_account())
    client.force_login(User.objects.get())
    for url in ("/account/tweede-stap/app/weg/", "/account/tweede-stap/herstelcodes/nieuw/"):
        assert client.post(url)["Location"].startswith("/account/opnieuw/")
    assert Authenticator.objects.count() == 2


def test_who_proves_himself_again_goes_on_where_he_was(client: Client, stopped_clock: None) -> None:
    user = with_app(create_account())
    client.force_login(user)
    target = client.get("/account/tweede-stap/app/weg/")["Location"]
    assert "Bent u het echt?" in client.get(target).content.decode()
    assert client.post(target, {"password": PASSWORD})["Location"] == "/account/tweede-stap/app/weg/"
    client.post("/account/tweede-stap/app/weg/")
    assert not Authenticator.objects.filter(user=user).exists()


def test_passkeys_are_not_offered_on_a_bare_ip_address(client: Client) -> None:
    assert "passkey" not in client.get("/account/login/").content.decode().lower()
    assert client.get("/account/passkey/nieuw/").status_code == 404


CREDENTIAL = {
    "id": "eA",
    "rawId": "eA",
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "eA"},
}


PASSKEYS: list[Any] = [
    CREDENTIAL,
    CREDENTIAL | {"rawId": 1},
    CREDENTIAL | {"response": {}},
    CREDENTIAL | {"response": []},
    {"id": 1},
    [],
    {},
    None,
    1,
]


@pytest.mark.parametrize("answer", ["", "x", '"', *map(json.dumps, PASSKEYS)])
def test_an_odd_passkey_is_refused(rf: Any, answer: str) -> None:
    request = rf.post("/", {"credential": answer})
    request.session, request.user = {}, AnonymousUser()
    with request_context(request):
        assert not LoginWebAuthnForm(data=request.POST).is_valid()
        assert not AddWebAuthnForm(user=create_account(), data=request.POST).is_valid()


def test_the_secret_of_the_app_is_made_for_this_set_up(client: Client, stopped_clock: None) -> None:
    create_account()
    log_in(client)
    assert SECRET not in client.get("/account/tweede-stap/app/").content.decode()


def test_the_session_gets_another_key_after_the_second_step_too(stopped_clock: None) -> None:
    with_app(create_account())
    client = Client()
    log_in(client)
    halfway = client.session.session_key
    client.post(CODE_PAGE, {"code": app_code(COUNTER)})
    assert is_logged_in(client)
    assert client.session.session_key != halfway


def test_a_login_that_waits_for_its_code_is_over_when_the_password_changes(stopped_clock: None) -> None:
    user = with_app(create_account())
    thief = Client()
    log_in(thief)
    user.set_password("een heel ander wachtwoord")
    user.save()
    assert thief.post(CODE_PAGE, {"code": app_code(COUNTER)})["Location"] == "/account/login/"
    assert not is_logged_in(thief)


def test_a_login_that_waits_for_its_code_is_over_when_the_account_is_switched_off(stopped_clock: None) -> None:
    user = with_app(create_account())
    client = Client()
    log_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    client.post(CODE_PAGE, {"code": app_code(COUNTER)})
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")


def test_no_browser_is_remembered_past_the_second_step(stopped_clock: None) -> None:
    with_app(create_account())
    client = Client()
    client.post("/account/login/", {"login": "anna@voorbeeld.nl", "password": PASSWORD, "remember": "on"})
    client.post(CODE_PAGE, {"code": app_code(COUNTER), "remember": "on", "trust": "on"})
    assert is_logged_in(client)
    assert not client.cookies["sessionid"]["max-age"], "the cookie ends with the browser"
    client.post("/account/overal-uitloggen/")
    assert not any(cookie.value for name, cookie in client.cookies.items() if name not in ("csrftoken", "messages"))
    assert log_in(client)["Location"] == CODE_PAGE
