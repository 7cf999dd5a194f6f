"""Everything that ours stands in for is watched, and is still what it was when somebody last looked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.watched import found, known

LOOK = "compare it with ours, adapt that, and run `python -m tests.watched`"


def test_what_ours_stands_in_for_is_watched() -> None:
    new, gone = sorted(found().keys() - known().keys()), sorted(known().keys() - found().keys())
    assert not new, f"not watched yet: {new}: {LOOK}"
    assert not gone, f"the packages no longer have {gone}, so nothing asks for ours: {LOOK}"


def test_what_ours_stands_in_for_did_not_change() -> None:
    changed = sorted(name for name, digest in found().items() if known().get(name, digest) != digest)
    assert not changed, f"changed in its package: {changed}: {LOOK}"


def test_templates_of_mails_and_of_methods_are_watched_too() -> None:
    names = set(known())
    assert {"account/email/password_changed_message.txt", "mfa/messages/totp_activated.txt"} <= names
    assert {"wagtailadmin/base.html", "wagtailadmin/tables/table.html", "django/forms/widgets/select.html"} <= names
    assert "wagtail.admin.widgets.chooser.BaseChooser.render" in names
    assert "allauth.account.auth_backends.AuthenticationBackend._authenticate" in names


def test_a_new_template_in_the_place_of_another_is_noticed(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "wagtailadmin").mkdir()
    (tmp_path / "wagtailadmin" / "login.html").write_text("")
    settings.TEMPLATES[0]["DIRS"].append(tmp_path)
    try:
        with pytest.raises(AssertionError, match=r"not watched yet: \['wagtailadmin/login\.html'\]"):
            test_what_ours_stands_in_for_is_watched()
    finally:
        settings.TEMPLATES[0]["DIRS"].remove(tmp_path)
