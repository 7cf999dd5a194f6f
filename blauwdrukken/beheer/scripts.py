"""Choosers without inline script, so that the back office can forbid it; static/js/beheer.js starts them."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def render_zonder_script(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None
) -> SafeString:
    """The chooser's HTML with what its script needs in data attributes."""
    try:
        keuze = self.get_value_data(value)
    except (ValueError, OverflowError):  # a key that no browser sends; the form says what is wrong with it
        keuze = None
    return format_html(
        '{}<span hidden data-controller="beheer-start" data-beheer-start-wat-value="{}" '
        'data-beheer-start-id-value="{}" data-beheer-start-opties-value="{}"></span>',
        self.render_html(name, keuze, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, keuze)),
    )


def gebruik() -> None:
    """Draw every chooser so, also those of Wagtail."""
    BaseChooser.render = render_zonder_script
    AdminTaskChooser.js_constructor = "createTaskChooser"
