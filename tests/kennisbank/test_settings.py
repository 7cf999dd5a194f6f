from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kennisbank import startup

from .conftest import PRODUCTION, ROOT

pytestmark = pytest.mark.once


START = "import django; django.setup()"


def test_production_names_every_setting_that_it_lacks(run_in_production: Any) -> None:
    outcome = run_in_production(START, without=tuple(PRODUCTION))
    assert outcome.returncode != 0
    for name in PRODUCTION:
        assert f"- {name} ontbreekt" in outcome.stderr
    assert "docs/operations.md" in outcome.stderr


def test_production_starts_with_its_four_settings(run_in_production: Any) -> None:
    assert run_in_production(START).returncode == 0


def test_production_names_every_setting_that_is_wrong_at_once(run_in_production: Any) -> None:
    wrong = {
        "SECRET_KEY": "abc",
        "ALLOWED_HOSTS": "*",
        "BASE_URL": "http://voorbeeld.nl",
        "CONTACT_EMAIL": "info",
        "DEBUG": "1",
        "MFA_REQUIRED": "0",
        "CONTENT_LICENTIE": "Vrij",
    }
    outcome = run_in_production(START, **wrong)
    assert outcome.returncode != 0
    said = [line for line in outcome.stderr.splitlines() if line.startswith("  - ")]
    assert sorted(line.split()[1].partition("=")[0] for line in said) == sorted(wrong)


def test_the_command_line_says_it_without_a_traceback(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    order = [sys.executable, "manage.py", "migrate"]
    outcome = subprocess.run(order, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("De kennisbank start niet")
    assert "Traceback" not in outcome.stderr


GOOD_KEY = PRODUCTION["SECRET_KEY"]


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (GOOD_KEY, None),
        ("", "ontbreekt"),
        (GOOD_KEY[:49], "te makkelijk"),
        ("abcd" * 20, "te makkelijk"),
        (f"django-insecure-{GOOD_KEY}", "een voorbeeld"),
        (f"ChangeMe{GOOD_KEY}", "een voorbeeld"),
    ],
)
def test_a_secret_is_long_and_nobody_knows_it(key: str, fault: str | None) -> None:
    assert_fault(startup.faults_of_key(key), fault)


@pytest.mark.parametrize(
    ("hosts", "fault"),
    [
        (["www.voorbeeld.nl", ".voorbeeld.nl", "192.0.2.1", "[2001:db8::1]"], None),
        ([], "ontbreekt"),
        (["www.voorbeeld.nl", "*"], "elke naam"),
        (["*.voorbeeld.nl"], "elke naam"),
        (["https://www.voorbeeld.nl"], "alleen de naam"),
        (["www.voorbeeld.nl:443"], "alleen de naam"),
    ],
)
def test_the_names_of_the_site_are_names(hosts: list[str], fault: str | None) -> None:
    assert_fault(startup.faults_of_hosts(hosts), fault)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://www.voorbeeld.nl", None),
        ("http://localhost:8000", None),
        ("http://[::1]:8000", None),
        ("", "ontbreekt"),
        ("www.voorbeeld.nl", "geen heel adres"),
        ("https://", "geen heel adres"),
        ("https://[", "geen heel adres"),
        ("ftp://www.voorbeeld.nl", "geen heel adres"),
        ("http://www.voorbeeld.nl", "moet met https:// beginnen"),
    ],
)
def test_the_address_is_whole_and_safe(address: str, fault: str | None) -> None:
    assert_fault(startup.faults_of_address(address), fault)


@pytest.mark.parametrize(
    ("switches", "hosts", "fault"),
    [
        ({"DEBUG": False, "LOCAL": False}, ["www.voorbeeld.nl"], None),
        ({"DEBUG": True, "LOCAL": True}, ["localhost", "127.0.0.1", "[::1]", "::1", ""], None),
        ({"DEBUG": True}, ["localhost", "www.voorbeeld.nl"], "DEBUG is alleen voor een proef"),
        ({"LOCAL": True}, ["192.0.2.1"], "deze site heet 192.0.2.1. Zet LOCAL uit."),
    ],
)
def test_what_is_for_a_trial_is_refused_where_others_come(
    switches: dict[str, bool], hosts: list[str], fault: str | None
) -> None:
    assert_fault(startup.faults_of_trial(switches, hosts), fault)


def assert_fault(faults: Iterator[str], part: str | None) -> None:
    """Exactly one fault that says this, or none."""
    found = list(faults)
    assert len(found) == (part is not None), found
    assert (part or "") in "".join(found)


def test_practice_data_is_refused_in_production(run_in_production: Any) -> None:
    outcome = run_in_production(
        "import django; django.setup()\nfrom django.core.management import call_command\ncall_command('maak_oefendata')"
    )
    assert "Oefendata hoort niet op een echte site" in outcome.stderr


TRIAL_SITE = {"LOCAL": "1", "BASE_URL": "http://localhost:8000", "ALLOWED_HOSTS": "localhost"}
PRINT_MFA = "from django.conf import settings as s; print(s.MFA_REQUIRED, 'webauthn' in s.MFA_SUPPORTED_TYPES)"


def test_production_asks_for_a_second_step_and_knows_passkeys(run_in_production: Any) -> None:
    assert run_in_production(PRINT_MFA).stdout.split() == ["True", "True"]


def test_a_trial_on_this_machine_asks_for_no_second_step(run_in_production: Any) -> None:
    assert run_in_production(PRINT_MFA, without=("BASE_URL", "ALLOWED_HOSTS"), LOCAL="1").stdout.split() == [
        "False",
        "False",
    ]
    met = run_in_production(PRINT_MFA, MFA_REQUIRED="1", **TRIAL_SITE)
    assert met.stdout.split() == ["True", "True"]


@pytest.mark.parametrize(
    "variables",
    [
        {},
        TRIAL_SITE | {"HOST": "0.0.0.0"},
        TRIAL_SITE | {"BEHIND_PROXY": "1"},
    ],
)
def test_the_second_step_cannot_be_turned_off_where_others_can_reach_the_site(
    run_in_production: Any, variables: dict[str, str]
) -> None:
    outcome = run_in_production(START, MFA_REQUIRED="0", **variables)
    assert outcome.returncode != 0
    assert "MFA_REQUIRED=0 is alleen voor een proef" in outcome.stderr
    assert run_in_production(PRINT_MFA, **variables).stdout.split()[0] == "True", "nor by saying nothing"


def test_a_trial_may_turn_the_second_step_off_in_so_many_words(run_in_production: Any) -> None:
    assert run_in_production(PRINT_MFA, MFA_REQUIRED="0", **TRIAL_SITE).stdout.split()[0] == "False"


@pytest.mark.parametrize(
    ("variables", "count"), [({}, "0"), ({"BEHIND_PROXY": "1"}, "1"), ({"TRUSTED_PROXIES": "2"}, "2")]
)
def test_a_proxy_is_trusted_only_when_it_is_named(
    run_in_production: Any, variables: dict[str, str], count: str
) -> None:
    outcome = run_in_production(
        "from django.conf import settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT)", **variables
    )
    assert outcome.stdout.strip() == count


def test_the_licence_of_the_content_is_a_setting_and_empty_unless_given(run_in_production: Any) -> None:
    print_licence = "from django.conf import settings as s; print(s.CONTENT_LICENTIE and s.CONTENT_LICENTIE.address)"
    assert (
        run_in_production(print_licence).stdout.strip()
        == run_in_production(print_licence, CONTENT_LICENTIE="").stdout.strip()
        == "None"
    )
    assert (
        run_in_production(print_licence, CONTENT_LICENTIE="Vrij|https://voorbeeld.nl/").stdout.strip()
        == "https://voorbeeld.nl/"
    )
    assert "CONTENT_LICENTIE moet" in run_in_production(print_licence, CONTENT_LICENTIE="Vrij").stderr


def test_a_cache_in_redis_without_its_package_is_refused_at_the_start(run_in_production: Any) -> None:
    outcome = run_in_production("import django; django.setup()", CACHE_URL="redis://127.0.0.1:6379/1")
    assert "CACHE_URL noemt Redis" in outcome.stderr
