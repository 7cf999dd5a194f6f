"""Secrets of second factors cannot be read in the database."""

from __future__ import annotations

import json
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.kennisbank.login import (
    COUNTER,
    SECRET,
    app_code,
    create_account,
    log_in,
    log_in_with_code,
    set_up_app,
    unused_recovery_codes,
    with_app,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")
OLD, NEW, OTHER = "o" * 60, "n" * 60, "a" * 60
migration = import_module("kennisbank.migrations.0006_geheimen_versleutelen")


def stored_data() -> str:
    """All that the database holds of factors and sessions."""
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return json.dumps([list(Authenticator.objects.values_list("data", flat=True)), sessions])


def test_what_the_app_shares_with_the_site_is_not_readable_in_the_database(client: Client) -> None:
    create_account()
    log_in(client)
    secret, _ = set_up_app(client)
    assert Authenticator.objects.count() == 2
    assert secret not in stored_data()
    assert log_in_with_code(Client(), app_code(COUNTER, secret))


def test_what_recovery_codes_are_made_of_is_not_readable_in_the_database() -> None:
    user = with_app(create_account())
    codes = unused_recovery_codes(user)
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert seed.startswith("gAAAA"), "a Fernet token"
    assert not any(code in stored_data() for code in codes)
    assert log_in_with_code(Client(), codes[0])


@pytest.mark.parametrize("kind", ["app", "herstelcode"])
def test_a_factor_made_under_an_earlier_key_works_while_that_is_a_fallback(settings: Any, kind: str) -> None:
    settings.SECRET_KEY = OLD
    code = {"app": app_code(COUNTER), "herstelcode": unused_recovery_codes(with_app(create_account()))[0]}[kind]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OTHER, OLD]
    assert log_in_with_code(Client(), code)


def test_without_the_earlier_key_no_code_is_right_and_the_log_says_why(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SECRET_KEY = OLD
    user = with_app(create_account())
    codes = [app_code(COUNTER), *unused_recovery_codes(user)]
    settings.SECRET_KEY = NEW
    assert not any(log_in_with_code(Client(), code) for code in codes[:2])
    assert "SECRET_KEY_FALLBACKS" in caplog.text
    client = Client()
    client.force_login(user)
    assert client.get("/account/tweede-stap/").status_code == 200


def test_the_command_makes_the_earlier_key_needless(settings: Any, capsys: Any) -> None:
    settings.SECRET_KEY = OLD
    codes = unused_recovery_codes(with_app(create_account()))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert log_in_with_code(Client(), codes[0])
    call_command("hersleutel")
    assert "All secrets" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    assert log_in_with_code(Client(), app_code(COUNTER))
    assert log_in_with_code(Client(), codes[1])
    assert not log_in_with_code(Client(), codes[0]), "it was used before the change"


def test_the_command_says_how_many_secrets_no_key_fits_and_does_the_others(settings: Any) -> None:
    settings.SECRET_KEY = OTHER
    with_app(create_account(email="bea@voorbeeld.nl"))
    settings.SECRET_KEY = OLD
    with_app(create_account())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    with pytest.raises(CommandError, match="2 secrets fit no key"):
        call_command("hersleutel")
    settings.SECRET_KEY_FALLBACKS = []
    assert log_in_with_code(Client(), app_code(COUNTER))


def test_secrets_from_before_are_encrypted_by_the_migration_and_go_on_working() -> None:
    user = create_account()
    rest = {"user": user, "type": "totp"}
    Authenticator.objects.create(**rest, data={"secret": SECRET})
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Laptop", "credential": {}})
    schema = SimpleNamespace(connection=connection)
    forward = migration.Migration.operations[0]
    forward.code(apps, schema)
    assert SECRET not in stored_data()
    assert log_in_with_code(Client(), app_code(COUNTER))
    forward.reverse_code(apps, schema)
    assert Authenticator.objects.get(type="totp").data["secret"] == SECRET
