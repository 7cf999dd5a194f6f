"""Running the project as an operator would, in a process of its own, and stopping the clock of the codes."""

from __future__ import annotations

import os
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.kennisbank.login import COUNTER

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": string.digits + string.ascii_letters,
    "ALLOWED_HOSTS": "voorbeeld.nl",
    "BASE_URL": "https://voorbeeld.nl",
    "CONTACT_EMAIL": "info@voorbeeld.nl",
}


@pytest.fixture
def run_in_production(tmp_path: Path) -> Any:
    """Run Python with the settings of production, without the variables in `zonder` and with those in `met`."""

    def run(code: str, without: tuple[str, ...] = (), **met: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in PRODUCTION.items() if name not in without} | met
        environment |= {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "kennisbank.settings",
        }
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    return run


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the server count half minutes from TEL, whatever the clock says."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([COUNTER]))
