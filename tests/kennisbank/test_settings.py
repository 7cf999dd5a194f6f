from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("naam", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"])
def test_production_refuses_to_start_without_a_setting_and_says_which(productie: Any, naam: str) -> None:
    uitkomst = productie("import django; django.setup()", zonder=(naam,))
    assert uitkomst.returncode != 0
    assert f"Set the environment variable {naam}:" in uitkomst.stderr
    assert "docs/operations.md" in uitkomst.stderr


def test_production_starts_with_the_three_settings(productie: Any) -> None:
    assert productie("import django; django.setup()").returncode == 0


def test_practice_data_is_refused_in_production(productie: Any) -> None:
    uitkomst = productie(
        "import django; django.setup()\nfrom django.core.management import call_command\ncall_command('maak_oefendata')"
    )
    assert "Oefendata hoort niet op een echte site" in uitkomst.stderr
