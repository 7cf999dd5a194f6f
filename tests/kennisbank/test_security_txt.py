"""The file that tells where a weakness can be reported; a file that has lapsed is one that nobody should believe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from kennisbank.security_txt import expires

pytestmark = pytest.mark.once
URL = "/.well-known/security.txt"
DAYS = [datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(3 * 366)]


def fields(client: Client) -> dict[str, str]:
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


@pytest.fixture
def _with_contact(settings: Any) -> None:
    settings.CONTACT_EMAIL, settings.BASE_URL = "info@voorbeeld.nl", "https://voorbeeld.nl"


@pytest.mark.usefixtures("_with_contact")
def test_it_names_the_secretariat_and_where_it_stands(client: Client) -> None:
    named = fields(client)
    assert named["Contact"] == "mailto:info@voorbeeld.nl"
    assert named["Preferred-Languages"] == "nl, en"
    assert named["Canonical"] == f"https://voorbeeld.nl{URL}"


@pytest.mark.usefixtures("_with_contact")
@pytest.mark.parametrize("now", [DAYS[0], DAYS[59], DAYS[-1], datetime(2031, 12, 31, 23, 59, tzinfo=UTC)])
def test_whoever_asks_gets_a_file_that_has_not_lapsed(client: Client, now: datetime) -> None:
    with mock.patch("django.utils.timezone.now", return_value=now):
        until = datetime.strptime(fields(client)["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert now + timedelta(days=58) < until < now + timedelta(days=93)


def test_on_no_day_of_any_year_it_promises_less_than_two_months_or_more_than_three() -> None:
    left = [expires(day) - day for day in DAYS]
    assert timedelta(days=58) < min(left)
    assert max(left) < timedelta(days=93)


@pytest.mark.usefixtures("_with_contact")
def test_a_trial_without_https_names_no_address_that_the_standard_does_not_know(client: Client, settings: Any) -> None:
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert "Canonical" not in fields(client)


def test_without_an_address_to_mail_there_is_no_file(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = ""
    assert client.get(URL).status_code == 404
