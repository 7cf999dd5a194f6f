from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

ADDRESSES = ["/", "/blauwdrukken/", "/blauwdrukken/branchestraten/", "/over/", "/bestaatniet/", "/sitemap.xml"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


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
