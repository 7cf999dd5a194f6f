"""How often one may guess, and who is shut out by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from kennisbank.models import User
from tests.kennisbank.login import (
    COUNTER,
    PASSWORD,
    app_code,
    create_account,
    is_logged_in,
    link_in_mail,
    log_in,
    with_app,
)

ATTACKER: Any
OWNER: Any
ATTACKER, OWNER = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "198.51.100.2"}
TOO_OFTEN = "te vaak geprobeerd"
pytestmark = pytest.mark.usefixtures("stopped_clock")


def guess_password(name: str, attempt: int, **url: Any) -> list[str]:
    """Answers to so many wrong passwords."""
    return [log_in(Client(), name, f"gok {nummer}", **url).content.decode() for nummer in range(attempt)]


def guess_code(attempt: int, **url: Any) -> list[str]:
    """Answers to so many wrong codes of somebody who knows the password."""
    client = Client()
    log_in(client, **url)
    path = "/account/tweede-stap/inloggen/"
    return [client.post(path, {"code": f"{nummer:06}"}, **url).content.decode() for nummer in range(attempt)]


def test_who_guesses_a_password_is_stopped_and_the_owner_elsewhere_is_not() -> None:
    create_account()
    responses = guess_password("anna@voorbeeld.nl", 12, **ATTACKER)
    assert [TOO_OFTEN in response for response in responses] == [False] * 10 + [True] * 2
    client = Client()
    assert TOO_OFTEN in log_in(client, **ATTACKER).content.decode()
    assert not is_logged_in(client)
    assert log_in(client, **OWNER)["Location"] == "/beheer/"
    assert is_logged_in(client)


def test_who_sits_at_an_open_screen_cannot_guess_the_password_without_end() -> None:
    client = Client()
    client.force_login(create_account())
    gok = "/account/opnieuw/wachtwoord/"
    responses = [client.post(gok, {"password": f"gok {nummer}"}, **ATTACKER) for nummer in range(11)]
    assert [response.status_code for response in responses] == [200] * 10 + [429]
    fields = {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    paths = [client.post("/account/wachtwoord/", fields | {"oldpassword": "gok"}).status_code for _ in range(6)]
    assert paths == [200] * 5 + [429]
    assert log_in(Client(), **OWNER)["Location"] == "/beheer/"


def test_another_spelling_of_the_name_is_the_same_account_to_the_count() -> None:
    create_account()
    guess_password("anna@voorbeeld.nl", 10, **ATTACKER)
    assert TOO_OFTEN in guess_password("  ANNA@Voorbeeld.nl ", 1, **ATTACKER)[0]


def test_who_tries_many_accounts_from_one_address_is_stopped_for_all_of_them() -> None:
    create_account()
    responses = [guess_password(f"iemand{nummer}@voorbeeld.nl", 1, **ATTACKER)[0] for nummer in range(22)]
    assert [TOO_OFTEN in response for response in responses[-3:]] == [False, True, True]
    assert log_in(Client(), **OWNER)["Location"] == "/beheer/"


def test_many_requests_from_one_address_get_a_429_in_dutch() -> None:
    for _ in range(30):
        response = Client().post("/account/login/", {}, **ATTACKER)
        assert response.status_code == 200
    response = Client().post("/account/login/", {}, **ATTACKER)
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "Te vaak geprobeerd" in response.content.decode()
    assert Client().post("/account/login/", {}, **OWNER).status_code == 200


def test_who_guesses_codes_is_stopped_and_the_owner_elsewhere_is_not() -> None:
    with_app(create_account())
    responses = guess_code(7, **ATTACKER)
    assert [TOO_OFTEN in response for response in responses] == [False] * 5 + [True] * 2
    client = Client()
    log_in(client, **OWNER)
    client.post("/account/tweede-stap/inloggen/", {"code": app_code(COUNTER)}, **OWNER)
    assert is_logged_in(client)


def test_codes_guessed_from_many_addresses_are_counted_together() -> None:
    with_app(create_account())
    for nummer in range(2):
        assert TOO_OFTEN not in guess_code(5, REMOTE_ADDR=f"203.0.113.{nummer}")[-1]
    assert TOO_OFTEN in guess_code(1, REMOTE_ADDR="203.0.113.99")[0]


def test_a_new_password_lets_the_owner_in_while_codes_are_guessed() -> None:
    with_app(create_account())
    for nummer in range(2):
        guess_code(5, REMOTE_ADDR=f"203.0.113.{nummer}")
    client = Client()
    client.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"}, **OWNER)
    form = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]
    new = PASSWORD + " nieuw"
    client.post(form, {"password1": new, "password2": new}, **OWNER)
    log_in(client, password=new, **OWNER)
    client.post("/account/tweede-stap/inloggen/", {"code": app_code(COUNTER)}, **OWNER)
    assert is_logged_in(client)


def test_a_good_login_does_not_give_an_attacker_new_tries() -> None:
    create_account()
    create_account(email="eigen@voorbeeld.nl")
    guess_password("anna@voorbeeld.nl", 9, **ATTACKER)
    log_in(Client(), "eigen@voorbeeld.nl", **ATTACKER)
    assert TOO_OFTEN in guess_password("anna@voorbeeld.nl", 2, **ATTACKER)[-1]


def test_mail_to_one_address_is_not_asked_for_without_end() -> None:
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        create_account(email=email) if email.startswith("anna") else None
        statuses = [Client().post("/account/wachtwoord/vergeten/", {"email": email}).status_code for _ in range(4)]
        assert statuses == [302, 302, 302, 429]


def test_the_count_is_shared_by_all_processes() -> None:
    assert "DatabaseCache" in settings.CACHES["default"]["BACKEND"]
    guess_password("anna@voorbeeld.nl", 1, **ATTACKER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kennisbank_cache")
        assert cursor.fetchone()[0] > 0
    assert cache.get("onbekend") is None


def test_counts_that_are_over_are_forgotten_and_others_stay() -> None:
    cache.set("voorbij", 1, timeout=-1)
    cache.set("loopt-nog", 1, timeout=600)
    call_command("wis_tellingen", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM kennisbank_cache")
        keys = [row[0] for row in cursor.fetchall()]
    assert any("loopt-nog" in key for key in keys)
    assert not any("voorbij" in key for key in keys)


@pytest.mark.parametrize(
    ("proxies", "header", "counts"),
    [(0, "198.51.100.9", "203.0.113.7"), (1, "1.2.3.4, 198.51.100.9", "198.51.100.9"), (1, None, "203.0.113.7")],
)
def test_the_address_of_a_visitor_is_believed_only_from_our_own_proxy(
    rf: Any, settings: Any, proxies: int, header: str | None, counts: str
) -> None:
    from allauth.core.internal.ratelimit import get_ip

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": header} if header else {}
    assert get_ip(rf.get("/", headers=headers, **ATTACKER)) == counts


def test_an_attacker_cannot_pose_as_another_address_each_time() -> None:
    create_account()
    client = Client()
    for nummer in range(10):
        log_in(client, password=f"gok {nummer}", headers={"X-Forwarded-For": f"192.0.2.{nummer}"}, **ATTACKER)
    assert (
        TOO_OFTEN
        in log_in(client, password="gok", headers={"X-Forwarded-For": "192.0.2.99"}, **ATTACKER).content.decode()
    )
    assert User.objects.count() == 1
