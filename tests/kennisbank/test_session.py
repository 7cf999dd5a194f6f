"""How long somebody stays logged in."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.test import Client

from kennisbank.login.session import LAST_SEEN, LOGGED_IN_AT
from tests.kennisbank.login import create_account, log_in

HOUR = 3600


def age_session(client: Any, **seconds: float) -> None:
    """Make it so much longer ago that the session began, or was last seen."""
    session = client.session
    for name, count in seconds.items():
        session[name] -= count
    session.save()


@pytest.fixture
def logged_in_client(client: Client) -> Client:
    create_account()
    log_in(client)
    return client


def still_works(client: Client) -> bool:
    return client.get("/beheer/").status_code == 200


def test_a_session_of_an_earlier_version_asks_to_log_in_once_more(logged_in_client: Client) -> None:
    session = logged_in_client.session
    session[BACKEND_SESSION_KEY] = "kennisbank.inloggen.backend.AccountBackend"
    session.save()
    answer = logged_in_client.get("/beheer/", follow=True)
    assert answer.redirect_chain[-1] == ("/account/login/?next=%2Fbeheer%2F", 302)
    log_in(logged_in_client)
    assert still_works(logged_in_client)


def test_two_hours_without_work_end_a_session(logged_in_client: Client) -> None:
    age_session(logged_in_client, **{LAST_SEEN: 2 * HOUR - 5})
    assert still_works(logged_in_client)
    age_session(logged_in_client, **{LAST_SEEN: 2 * HOUR + 5})
    response = logged_in_client.get("/beheer/users/", follow=True)
    assert response.redirect_chain[-1] == ("/account/login/?next=%2Fbeheer%2Fusers%2F", 302)
    assert "U bent uitgelogd" in response.content.decode()


def test_work_keeps_a_session_alive_for_twelve_hours_at_most(logged_in_client: Client) -> None:
    for _ in range(11):
        age_session(logged_in_client, **{LOGGED_IN_AT: HOUR, LAST_SEEN: HOUR})
        assert still_works(logged_in_client)
    age_session(logged_in_client, **{LOGGED_IN_AT: HOUR, LAST_SEEN: HOUR})
    assert not still_works(logged_in_client)


def test_a_screen_that_calls_by_itself_is_no_work(logged_in_client: Client) -> None:
    age_session(logged_in_client, **{LAST_SEEN: 2 * HOUR - 5})
    seen = logged_in_client.session[LAST_SEEN]
    logged_in_client.post("/beheer/editing-sessions/ping/blauwdrukken/blauwdruk/1/1/")
    assert logged_in_client.session[LAST_SEEN] == seen
    logged_in_client.get("/beheer/")
    assert logged_in_client.session[LAST_SEEN] > seen


def test_a_session_of_which_nobody_knows_the_begin_is_ended(logged_in_client: Client) -> None:
    session = logged_in_client.session
    del session[LOGGED_IN_AT]
    session.save()
    assert not still_works(logged_in_client)


def test_the_session_of_a_visitor_without_account_does_not_age(client: Client) -> None:
    session = client.session
    session["keuze"] = ["branchestraten"]
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    assert client.get("/").status_code == 200
    client.get("/beheer/")
    assert client.session["keuze"] == ["branchestraten"]
    assert LOGGED_IN_AT not in client.session


def test_an_account_that_is_switched_off_is_out_at_once(logged_in_client: Client) -> None:
    from kennisbank.models import User

    User.objects.update(is_active=False)
    assert not still_works(logged_in_client)


@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_what_only_leads_to_the_logout_ends_nothing(logged_in_client: Client, method: str) -> None:
    answer = getattr(logged_in_client, method)("/beheer/logout/")
    assert answer.status_code == 405
    assert not answer.cookies
    assert still_works(logged_in_client)


def test_logging_out_ends_the_session(logged_in_client: Client, client: Any) -> None:
    cookie = logged_in_client.cookies["sessionid"].value
    logged_in_client.post("/beheer/logout/")
    other = Client()
    other.cookies["sessionid"] = cookie
    assert not still_works(other)
