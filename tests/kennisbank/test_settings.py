from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"])
def test_production_refuses_to_start_without_a_setting_and_says_which(run_in_production: Any, name: str) -> None:
    outcome = run_in_production("import django; django.setup()", without=(name,))
    assert outcome.returncode != 0
    assert f"Set the environment variable {name}:" in outcome.stderr
    assert "docs/operations.md" in outcome.stderr


def test_production_starts_with_the_three_settings(run_in_production: Any) -> None:
    assert run_in_production("import django; django.setup()").returncode == 0


def test_practice_data_is_refused_in_production(run_in_production: Any) -> None:
    outcome = run_in_production(
        "import django; django.setup()\nfrom django.core.management import call_command\ncall_command('maak_oefendata')"
    )
    assert "Oefendata hoort niet op een echte site" in outcome.stderr


PRINT_MFA = "from django.conf import settings as s; print(s.MFA_REQUIRED, 'webauthn' in s.MFA_SUPPORTED_TYPES)"


def test_production_asks_for_a_second_step_and_knows_passkeys(run_in_production: Any) -> None:
    assert run_in_production(PRINT_MFA).stdout.split() == ["True", "True"]


def test_a_trial_on_this_machine_asks_for_no_second_step(run_in_production: Any) -> None:
    assert run_in_production(PRINT_MFA, without=("BASE_URL", "ALLOWED_HOSTS"), LOCAL="1").stdout.split() == [
        "False",
        "False",
    ]
    met = run_in_production(PRINT_MFA, LOCAL="1", BASE_URL="http://localhost:8000", MFA_REQUIRED="1")
    assert met.stdout.split() == ["True", "True"]


TRIAL_SITE = {"LOCAL": "1", "BASE_URL": "http://localhost:8000", "ALLOWED_HOSTS": "localhost"}


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"LOCAL": "1"},
        TRIAL_SITE | {"BASE_URL": "http://192.0.2.1:8000"},
        TRIAL_SITE | {"ALLOWED_HOSTS": "localhost,www.voorbeeld.nl"},
        TRIAL_SITE | {"ALLOWED_HOSTS": "*"},
        TRIAL_SITE | {"HOST": "0.0.0.0"},
        TRIAL_SITE | {"BEHIND_PROXY": "1"},
    ],
)
def test_the_second_step_cannot_be_turned_off_where_others_can_reach_the_site(
    run_in_production: Any, variables: dict[str, str]
) -> None:
    outcome = run_in_production("import django; django.setup()", MFA_REQUIRED="0", **variables)
    assert outcome.returncode != 0
    assert "MFA_REQUIRED=0 is for a trial" in outcome.stderr
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
    assert "CONTENT_LICENTIE must be" in run_in_production(print_licence, CONTENT_LICENTIE="Vrij").stderr
