"""Limits for each client apart: generous, told in Dutch, and no matter of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kennisbank import settings as of_the_site
from kennisbank.settings.environment import rate

pytestmark = pytest.mark.once

SEARCH = "/blauwdrukken/?zoek=scholing"
ADDRESSES = {
    "zoeken": SEARCH,
    "suggesties": "/zoek/suggesties?q=sch",
    "documenten": "/blauwdrukken.csv",
    "api": "/api/v1/themas",
}
SCHOOL_CLASS = 30  # pupils behind one address


@pytest.fixture(autouse=True)
def _two_a_minute(settings: Any) -> None:
    caches["limits"].clear()
    settings.LIMITS = dict.fromkeys(settings.LIMITS, "2/m")


@pytest.mark.parametrize("scope", ADDRESSES)
def test_who_asks_too_often_hears_so_and_when_to_come_back(client: Client, scope: str) -> None:
    statuses = [client.get(ADDRESSES[scope]).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    response = client.get(ADDRESSES[scope])
    assert 0 < int(response["Retry-After"]) <= 60
    assert "U vraagt te veel tegelijk" in response.content.decode()


def test_another_client_is_not_refused(client: Client) -> None:
    for _ in range(3):
        client.get(SEARCH, REMOTE_ADDR="192.0.2.1")
    assert client.get(SEARCH, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.get(SEARCH, REMOTE_ADDR="192.0.2.2").status_code == 200


def test_choices_are_limited_too(client: Client) -> None:
    answers = [client.post("/keuze/", {"erbij": "talentvol"}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_a_book_counts_when_it_is_asked_for_and_not_while_one_waits(client: Client) -> None:
    from blauwdrukken.models import Blauwdruk

    slugs = "&".join(f"b={slug}" for slug in Blauwdruk.objects.published().values_list("slug", flat=True)[:20])
    for title in "ab":
        for _ in range(3):
            assert client.get(f"/bundel/maken/?als=pdf&titel={title}&{slugs}", follow=True).status_code == 200
    assert client.get(f"/bundel/maken/?als=pdf&titel=c&{slugs}").status_code == 429


def test_what_a_visitor_says_of_the_address_is_believed_only_behind_a_proxy_of_ours(
    client: Client, settings: Any
) -> None:
    for n in range(3):
        last = client.get(SEARCH, headers={"x-forwarded-for": f"192.0.2.{n}"})
    assert last.status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(3):
        assert client.get(SEARCH, headers={"x-forwarded-for": f"192.0.2.9, 192.0.2.{n}"}).status_code == 200


def test_reading_and_filtering_have_no_limit_and_counting_asks_no_query(client: Client) -> None:
    for _ in range(3):
        assert client.get("/blauwdrukken/?thema=scholing").status_code == 200
        assert client.get("/blauwdrukken/talentvol/").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get("/zoek/suggesties?q=zzzz")
        client.get("/zoek/suggesties?q=zzzz")
        client.get("/zoek/suggesties?q=zzzz")
    assert {query["sql"].split()[0] for query in asked.captured_queries} <= {"SELECT"}


def test_without_a_limit_there_is_none(client: Client, settings: Any) -> None:
    settings.LIMITS = dict.fromkeys(settings.LIMITS, "")
    assert {client.get(SEARCH).status_code for _ in range(4)} == {200}


@pytest.mark.parametrize("value", ["veel", "600", "600/x", "0/m", "/m"])
def test_a_limit_that_is_none_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    faults: list[str] = []
    monkeypatch.setattr("kennisbank.settings.environment.faults", faults)
    monkeypatch.setenv("LIMIET_PROEF", value)
    rate("LIMIET_PROEF", "")
    assert [fault.partition(" moet een aantal per tijd zijn")[0] for fault in faults] == ["LIMIET_PROEF"]


def test_a_class_stays_below_the_limits_of_the_site() -> None:
    per_minute = {scope: int(rate.removesuffix("/m")) for scope, rate in of_the_site.LIMITS.items()}
    assert per_minute["zoeken"] >= SCHOOL_CLASS * 15
    assert per_minute["suggesties"] >= SCHOOL_CLASS * 60
    assert per_minute["documenten"] >= SCHOOL_CLASS * 15
    assert per_minute["boeken"] >= SCHOOL_CLASS * 3
    assert per_minute["keuzes"] >= SCHOOL_CLASS * 15
