"""Encrypt the secrets of second factors that were stored readable."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from kennisbank.login.encryption import decrypt, encrypt, replace_secrets


def voor_elke_factor(doe: Callable[[str], str]) -> Callable[[Any, Any], None]:
    def draai(apps: Any, schema_editor: Any) -> None:
        factoren = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
        for factor in factoren.exclude(type="webauthn"):
            replace_secrets(factor, doe)

    return draai


class Migration(migrations.Migration):
    dependencies = [("kennisbank", "0005_cachetabel"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(voor_elke_factor(encrypt), voor_elke_factor(decrypt))]
