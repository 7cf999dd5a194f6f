"""Mail about what changed in one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from kennisbank.models import User
from tests.kennisbank.login import PASSWORD, create_account, link_in_mail, log_in, set_up_app, without_mail_server

pytestmark = pytest.mark.usefixtures("stopped_clock")
NEW_PASSWORD = "een heel ander wachtwoord"


@pytest.fixture
def anna(client: Client) -> Client:
    """Client of somebody who just logged in, from an address that mail can name."""
    create_account()
    client.defaults["REMOTE_ADDR"] = "198.51.100.2"
    log_in(client)
    return client


@pytest.fixture(autouse=True)
def _on_commit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test never commits; on a site, what waits for that still belongs to the request."""
    monkeypatch.setattr(transaction, "on_commit", lambda action, **kwargs: action())


def mail_sent_by(action: Callable[[], Any]) -> Any:
    """Do something and give the one mail it sent."""
    mail.outbox.clear()
    action()
    assert len(mail.outbox) == 1
    return mail.outbox[0]


def assert_mail(message: Any, subject: str, *texts: str) -> None:
    """It goes to Anna, says this, and what to do when it was not her; all of it in Dutch and whole."""
    assert (message.to, message.subject) == (["anna@voorbeeld.nl"], subject)
    assert "Beste Anna Bakker," in message.body
    assert re.search(
        r"Dit gebeurde op \d+ [a-z]+ \d{4} om \d\d:\d\d uur, vanaf het internetadres 198\.51\.", message.body
    )
    assert "http://127.0.0.1:8000/account/wachtwoord/vergeten/" in message.body
    assert "account op Kennisbank Blauwdrukken" in message.body
    for text in texts:
        assert text in message.body


def test_somebody_hears_that_an_app_was_added_and_removed(anna: Client) -> None:
    assert_mail(mail_sent_by(lambda: set_up_app(anna)), "Er is een app toegevoegd aan uw account", "een app toegevoegd")
    removed = mail_sent_by(lambda: anna.post("/account/tweede-stap/app/weg/"))
    assert_mail(removed, "De app is verwijderd van uw account", "werken niet meer")


def test_somebody_hears_that_recovery_codes_were_made(anna: Client) -> None:
    set_up_app(anna)
    message = mail_sent_by(lambda: anna.post("/account/tweede-stap/herstelcodes/nieuw/"))
    assert_mail(message, "Er zijn nieuwe herstelcodes gemaakt", "De oude codes werken niet meer")
    assert not re.search(r"\d{8}", message.body), "the codes themselves stay on the screen"


def test_somebody_hears_that_the_password_was_changed(anna: Client) -> None:
    fields = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert_mail(
        mail_sent_by(lambda: anna.post("/account/wachtwoord/", fields)), "Uw wachtwoord is gewijzigd", "is gewijzigd"
    )


def test_somebody_hears_that_a_password_was_chosen_by_a_link(anna: Client) -> None:
    anna.post("/account/logout/")
    query = mail_sent_by(lambda: anna.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"}))
    assert query.subject == "Nieuw wachtwoord voor Kennisbank Blauwdrukken"
    form = anna.get(link_in_mail(), follow=True).redirect_chain[-1][0]
    message = mail_sent_by(lambda: anna.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}))
    assert_mail(message, "Uw wachtwoord is gekozen", "Via een link in uw mail")


def test_a_change_stays_made_when_the_mail_cannot_be_sent(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    without_mail_server(monkeypatch)
    response = anna.post(
        "/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert response.status_code == 302
    assert User.objects.get().check_password(NEW_PASSWORD)


def test_an_account_without_a_mail_address_gets_no_mail(client: Client) -> None:
    client.force_login(User.objects.create_user("zonder", password=PASSWORD))
    fields = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/account/wachtwoord/", fields).status_code == 302
    assert mail.outbox == []
