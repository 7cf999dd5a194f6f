"""How long somebody stays logged in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from kennisbank.login.session import BEGIN, GEZIEN
from tests.kennisbank.login import log_in, maak_account

UUR = 3600


def ouder(client: Any, **seconden: float) -> None:
    """Make it so much longer ago that the session began, or was last seen."""
    sessie = client.session
    for naam, aantal in seconden.items():
        sessie[naam] -= aantal
    sessie.save()


@pytest.fixture
def ingelogd(client: Client) -> Client:
    maak_account()
    log_in(client)
    return client


def werkt_nog(client: Client) -> bool:
    return client.get("/beheer/").status_code == 200


def test_two_hours_without_work_end_a_session(ingelogd: Client) -> None:
    ouder(ingelogd, **{GEZIEN: 2 * UUR - 5})
    assert werkt_nog(ingelogd)
    ouder(ingelogd, **{GEZIEN: 2 * UUR + 5})
    antwoord = ingelogd.get("/beheer/users/", follow=True)
    assert antwoord.redirect_chain[-1] == ("/account/login/?next=%2Fbeheer%2Fusers%2F", 302)
    assert "U bent uitgelogd" in antwoord.content.decode()


def test_work_keeps_a_session_alive_for_twelve_hours_at_most(ingelogd: Client) -> None:
    for _ in range(11):
        ouder(ingelogd, **{BEGIN: UUR, GEZIEN: UUR})
        assert werkt_nog(ingelogd)
    ouder(ingelogd, **{BEGIN: UUR, GEZIEN: UUR})
    assert not werkt_nog(ingelogd)


def test_a_screen_that_calls_by_itself_is_no_work(ingelogd: Client) -> None:
    ouder(ingelogd, **{GEZIEN: 2 * UUR - 5})
    gezien = ingelogd.session[GEZIEN]
    ingelogd.post("/beheer/editing-sessions/ping/blauwdrukken/blauwdruk/1/1/")
    assert ingelogd.session[GEZIEN] == gezien
    ingelogd.get("/beheer/")
    assert ingelogd.session[GEZIEN] > gezien


def test_a_session_of_which_nobody_knows_the_begin_is_ended(ingelogd: Client) -> None:
    sessie = ingelogd.session
    del sessie[BEGIN]
    sessie.save()
    assert not werkt_nog(ingelogd)


def test_the_session_of_a_visitor_without_account_does_not_age(client: Client) -> None:
    sessie = client.session
    sessie["keuze"] = ["branchestraten"]
    sessie.save()
    client.cookies["sessionid"] = str(sessie.session_key)
    assert client.get("/").status_code == 200
    client.get("/beheer/")
    assert client.session["keuze"] == ["branchestraten"]
    assert BEGIN not in client.session


def test_an_account_that_is_switched_off_is_out_at_once(ingelogd: Client) -> None:
    from kennisbank.models import User

    User.objects.update(is_active=False)
    assert not werkt_nog(ingelogd)


def test_logging_out_ends_the_session(ingelogd: Client, client: Any) -> None:
    cookie = ingelogd.cookies["sessionid"].value
    ingelogd.post("/beheer/logout/")
    ander = Client()
    ander.cookies["sessionid"] = cookie
    assert not werkt_nog(ander)
