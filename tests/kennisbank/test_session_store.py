"""A visitor's choice stands in the cookie; all else of a session in the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from blauwdrukken.choice import MAX_CHOSEN
from kennisbank.session_store import SALT
from tests.blauwdrukken.test_choice import choose, keuze_bar

COOKIE = "sessionid"


def test_many_choices_make_no_row(client: Client) -> None:
    choose(client, "talentvol", "branchestraten")
    for _ in range(20):
        choose(Client(), "talentvol")
    assert "2 blauwdrukken gekozen" in keuze_bar(client)
    assert not Session.objects.exists()


def test_a_choice_too_large_for_a_cookie_is_kept_in_the_database(client: Client, create_blauwdruk: Any) -> None:
    from hashlib import sha512

    slugs = [create_blauwdruk(slug=sha512(bytes([n])).hexdigest()[:118]).slug for n in range(MAX_CHOSEN)]
    choose(client, *slugs)
    assert Session.objects.count() == 1
    assert "50 blauwdrukken gekozen" in keuze_bar(client)
    client.post("/keuze/", {"wis": ""})
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "forged",
    [
        "x:y:z",
        signing.dumps({"_auth_user_id": "1"}, salt="another"),
        signing.dumps({"keuze": ["talentvol"]}, salt=SALT, key="of somebody else"),
        ":",
    ],
    ids=["no cookie of ours", "other salt", "other key", "empty"],
)
def test_a_cookie_that_the_site_did_not_sign_is_no_session(client: Client, forged: str) -> None:
    client.cookies[COOKIE] = forged
    assert keuze_bar(client) == ""
    assert client.cookies[COOKIE].value == ""
    assert client.get("/beheer/").status_code == 302


def test_a_session_of_the_database_from_before_keeps_its_choice(client: Client) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    earlier = SessionStore()
    earlier["keuze"] = ["talentvol"]
    earlier.save()
    client.cookies[COOKIE] = str(earlier.session_key)
    assert "1 blauwdruk gekozen" in keuze_bar(client)
    choose(client, "branchestraten")
    assert "2 blauwdrukken gekozen" in keuze_bar(client)


def test_who_logs_in_keeps_the_choice_and_has_a_session_in_the_database(client: Client, create_user: Any) -> None:
    choose(client, "talentvol")
    client.force_login(create_user("Secretariaat"))
    assert Session.objects.count() == 1
    assert "1 blauwdruk gekozen" in keuze_bar(client)
    assert ":" not in client.cookies[COOKIE].value
