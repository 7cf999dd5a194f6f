from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client

from blauwdrukken.search.engine import NoIndexError

ADDRESSES = ["/", "/blauwdrukken/", "/blauwdrukken/branchestraten/", "/over/", "/bestaatniet/", "/sitemap.xml"]


def assert_guarded(headers: Any) -> None:
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    assert_guarded(client.get(address).headers)


@pytest.mark.parametrize("redirect", [False, True])
def test_the_answer_to_a_host_name_that_is_not_ours_carries_them_too(
    client: Client, settings: Any, redirect: bool
) -> None:
    settings.SECURE_SSL_REDIRECT = redirect
    answer = Client().get("/", headers={"host": "kwaad.voorbeeld"})
    assert answer.status_code == 400
    assert_guarded(answer.headers)


@pytest.mark.parametrize("error", [NoIndexError, ZeroDivisionError])
def test_an_answer_of_a_broken_page_carries_them_too(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    monkeypatch.setattr("kennisbank.views.Blauwdruk.objects.published", Mock(side_effect=error))
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == (503 if error is NoIndexError else 500)
    assert_guarded(answer.headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_who_only_reads_gets_no_cookie(client: Client, address: str) -> None:
    assert not client.get(address).cookies


def test_the_back_office_has_a_policy_of_its_own(client: Client) -> None:
    policy = client.get("/beheer/login/").headers["Content-Security-Policy"]
    assert "object-src 'none'" in policy
    assert "http" not in policy


def test_cookies_are_bound_to_the_host_in_production(run_in_production: Any) -> None:
    outcome = run_in_production(
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        " s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS >= 31536000)"
    )
    assert outcome.stdout.split() == ["__Host-sessionid", "True", "True", "__Host-csrftoken", "True", "True", "True"]
