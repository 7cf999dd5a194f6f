"""Choosers without inline script, so that the back office can forbid it, and the words of those for links."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.forms.choosers import EmailLinkChooserForm, ExternalLinkChooserForm
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

from .originals import changed, full_name, replace

# What Wagtail leaves in English, and what it does not explain.
LABELS = {
    ExternalLinkChooserForm: {"link_text": "Tekst van de link", "url": "Adres van de website"},
    EmailLinkChooserForm: {
        "link_text": "Tekst van de link",
        "email_address": "E-mailadres",
        "subject": "Onderwerp",
        "body": "Begin van het bericht",
    },
}
HELP_TEXTS = {ExternalLinkChooserForm: {"url": "Bijvoorbeeld: https://www.voorbeeld.nl"}}


def render(self: BaseChooser, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
    """The chooser's HTML with what its script needs in data attributes; static/js/beheer.js starts it."""
    try:
        chosen = self.get_value_data(value)
    except (ValueError, OverflowError):  # a key that no browser sends; the form says what is wrong with it
        chosen = None
    return format_html(
        '{}<span hidden data-controller="beheer-start" data-beheer-start-wat-value="{}" '
        'data-beheer-start-id-value="{}" data-beheer-start-opties-value="{}"></span>',
        self.render_html(name, chosen, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, chosen)),
    )


def say(form: Any, what: str, texts: dict[str, str]) -> None:
    """Give these fields of a form this label or help text."""
    for name, text in texts.items():
        if name not in form.base_fields:
            raise changed(full_name(form, name), "is gone")
        setattr(form.base_fields[name], what, text)


def apply() -> None:
    """Draw every chooser so, also those of Wagtail."""
    replace(BaseChooser, "render", render)
    replace(AdminTaskChooser, "js_constructor", "createTaskChooser", was="Chooser")
    for form, labels in LABELS.items():
        say(form, "label", labels)
    for form, texts in HELP_TEXTS.items():
        say(form, "help_text", texts)
