"""Passwords: chosen and reset by mail, and their rules."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.kennisbank.login import (
    CODE_PAGE,
    PASSWORD,
    create_account,
    is_logged_in,
    link_in_mail,
    log_in,
    with_app,
    without_mail_server,
)


def test_a_reset_looks_the_same_and_mails_once_for_a_known_and_an_unknown_address() -> None:
    create_account()
    responses = []
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        responses.append(Client().post("/account/wachtwoord/vergeten/", {"email": email}))
    assert {a["Location"] for a in responses} == {"/account/wachtwoord/vergeten/verstuurd/"}
    assert {tuple(a.cookies) for a in responses} == {()}
    assert [m.to for m in mail.outbox] == [["anna@voorbeeld.nl"], ["niemand@voorbeeld.nl"]]
    assert mail.outbox[0].subject == mail.outbox[1].subject
    assert "Er hoort geen account bij dit adres" in mail.outbox[1].body
    assert "/account/wachtwoord/kies/" not in mail.outbox[1].body


def test_a_mail_server_that_is_down_is_said_to_everybody_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    create_account()
    without_mail_server(monkeypatch)
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        response = Client().post("/account/wachtwoord/vergeten/", {"email": email})
        assert response.status_code == 503
        assert "De mail kon niet worden verstuurd" in response.content.decode()


def test_a_password_is_reset_by_mail_once_and_ends_all_sessions(client: Client) -> None:
    create_account()
    log_in(client)
    other = Client()
    other.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"}, headers={"host": "localhost"})
    link = link_in_mail()
    form = other.get(link, follow=True)
    new = "een heel ander wachtwoord"
    other.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert log_in(Client(), password=new)["Location"] == "/beheer/"
    assert "Deze link werkt niet meer" in Client().get(link).content.decode()


def test_a_reset_does_not_pass_by_the_second_step(client: Client) -> None:
    with_app(create_account())
    client.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"})
    form = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert not is_logged_in(client)
    assert log_in(client, password=PASSWORD + "!")["Location"] == CODE_PAGE


def test_mail_goes_to_the_address_of_today_only(client: Client) -> None:
    user = create_account()
    client.post("/account/wachtwoord/vergeten/", {"email": user.email})
    link = link_in_mail()
    user.email = "nieuw@voorbeeld.nl"
    user.save()
    assert "Deze link werkt niet meer" in client.get(link).content.decode()
    client.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"})
    assert "geen account" in mail.outbox[-1].body
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kort", "te kort"),
        ("elf tekens.", "minstens 12 tekens"),
        ("829104756382", "cijfers"),
        ("annabakker@voorbeeld.nl", "lijkt te veel"),
        ("qwertyuiop123", "algemeen"),
    ],
)
def test_a_weak_password_is_refused_in_dutch(client: Client, password: str, reason: str) -> None:
    user = create_account(email="annabakker@voorbeeld.nl")
    client.post("/account/wachtwoord/vergeten/", {"email": user.email})
    form = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]
    response = client.post(form, {"password1": password, "password2": password})
    error = " ".join(response.context["form"].errors["password1"])
    assert "wachtwoord" in error.lower()
    assert reason in error
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions_and_not_this_one() -> None:
    create_account()
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    new = "een heel ander wachtwoord"
    fields = {"oldpassword": "fout", "password1": new, "password2": new}
    assert "Dit is niet uw wachtwoord van nu" in here.post("/account/wachtwoord/", fields).content.decode()
    here.post("/account/wachtwoord/", fields | {"oldpassword": PASSWORD})
    assert here.get("/beheer/").status_code == 200
    assert there.get("/beheer/").status_code == 302


@given(uid=st.text("0123456789abcxyzABC", min_size=1, max_size=20), key=st.text("abc-123%.é", min_size=1, max_size=30))
def test_an_odd_link_is_said_not_to_work(uid: str, key: str) -> None:
    cache.clear()
    response = Client(raise_request_exception=False).get(f"/account/wachtwoord/kies/{uid}-{key}/")
    assert "Deze link werkt niet meer" in response.content.decode()
