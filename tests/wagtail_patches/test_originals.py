"""The site refuses to start when what it replaces of Wagtail or allauth is gone, or is no longer what it was."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from wagtail.admin.ui.tables import Table
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import registry
from wagtail.rich_text import features

from wagtail_patches import choosers, originals
from wagtail_patches.originals import ORIGINALS, overrides, replace, replace_item
from wagtail_patches.wagtail_hooks import link_to_a_website, withdrawal_with_its_reason

WAGTAILS = [called for called in ORIGINALS if called.startswith("wagtail.")]


class Theirs:
    """A class of another's package."""

    words = "English"

    def draw(self, name: str, attrs: Any = None) -> str:
        return name

    @property
    def shown(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests replace is not remembered."""
    monkeypatch.setattr(originals, "ORIGINALS", dict(ORIGINALS))


@pytest.fixture
def theirs() -> type:
    return type("Theirs", (Theirs,), {"__module__": __name__, "__qualname__": "Theirs"})


def draw(self: Theirs, name: str, attrs: Any = None) -> str:
    return f"<{name}>"


def test_a_method_a_property_and_a_value_are_replaced(theirs: Any) -> None:
    replace(theirs, "draw", draw)
    replace(theirs, "shown", property(lambda self: False))
    replace(theirs, "words", "Nederlands", was="English")
    new = theirs()
    assert (new.draw("a"), new.shown, new.words) == ("<a>", False, "Nederlands")


def test_what_is_replaced_twice_stays_replaced_and_its_original_stays_known(theirs: Any) -> None:
    for _ in range(2):
        replace(theirs, "words", "Nederlands", was="English")
    assert originals.original(theirs, "words") == "English"
    assert theirs.words == "Nederlands"


@pytest.mark.parametrize(
    ("name", "new", "was", "says"),
    [
        ("paint", draw, originals.ANYTHING, "Theirs.paint is gone"),
        (
            "draw",
            lambda self, name: "",
            originals.ANYTHING,
            "a method with (self, name, attrs=None), and ours",
        ),
        ("draw", lambda self, name, attrs: "", originals.ANYTHING, "and ours is a method with (self, name, attrs)"),
        ("draw", "text", originals.ANYTHING, "and ours is of type str"),
        ("shown", lambda self: False, originals.ANYTHING, "Theirs.shown is a property, and ours is a method"),
        ("words", ["Nederlands"], originals.ANYTHING, "Theirs.words is of type str, and ours is of type list"),
        ("words", "Nederlands", "French", "Theirs.words is 'English', and ours was written for 'French'"),
    ],
)
def test_an_original_that_is_gone_or_another_is_refused_by_name(
    theirs: Any, name: str, new: Any, was: Any, says: str
) -> None:
    before = dict(vars(theirs))
    with pytest.raises(ImproperlyConfigured, match=re.escape(says)):
        replace(theirs, name, new, was=was)
    assert dict(vars(theirs)) == before


def test_a_private_method_that_ours_stands_in_for_has_to_be_there(theirs: Any) -> None:
    assert overrides(theirs)(draw) is draw
    with pytest.raises(ImproperlyConfigured, match=r"Theirs\.vanished is gone"):

        @overrides(theirs)
        def vanished(self: Any) -> None: ...


def test_an_item_of_a_table_has_to_be_there() -> None:
    table = {"here": 1}
    replace_item(table, "here", 2, "the table")
    assert table == {"here": 2}
    with pytest.raises(ImproperlyConfigured, match="the table is gone"):
        replace_item(table, "elsewhere", 2, "the table")


def test_the_site_replaces_something() -> None:
    assert len(WAGTAILS) >= 10
    assert Table.template_name == "beheer/tabel.html"


def test_a_second_start_changes_nothing() -> None:
    before = SpreadsheetExportMixin.custom_value_preprocess
    apps.get_app_config("wagtail_patches").ready()
    assert list(SpreadsheetExportMixin.custom_value_preprocess) == list(before)
    assert dict(ORIGINALS) == originals.ORIGINALS


@pytest.mark.parametrize("called", WAGTAILS)
def test_the_site_refuses_to_start_without_any_of_them(called: str, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {name: was.value for name, was in ORIGINALS.items() if name != called}
    monkeypatch.setattr(originals, "ORIGINALS", {})
    monkeypatch.setattr(
        originals, "found", lambda owner, name: values.get(originals.full_name(owner, name), originals.GONE)
    )
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"{called} is gone")):
        apps.get_app_config("wagtail_patches").ready()


def test_the_site_refuses_to_start_without_a_field_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(choosers.EmailLinkChooserForm.base_fields, "subject")
    with pytest.raises(ImproperlyConfigured, match=r"EmailLinkChooserForm\.subject is gone"):
        apps.get_app_config("wagtail_patches").ready()


def test_what_hooks_replace_is_there() -> None:
    registry.scan_for_actions()
    withdrawal_with_its_reason(registry)
    features._scan_for_features()
    link_to_a_website(features)
