"""Fields drawn without a template are those of Django."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from pytest_django.asserts import assertHTMLEqual

from kennisbank.form_renderer import WITHOUT_TEMPLATE, Renderer

CHOICES: list[Any] = [
    ("", "---------"),
    (1000, "Duizend & één"),
    ("<b>", '"<i>Vet</i>"'),
    ("Groep <2>", [("a", "A"), ("b", mark_safe("<em>B</em>"))]),
]
WIDGETS: list[forms.Widget] = [
    forms.HiddenInput(),
    forms.TextInput({"class": 'a"b', "maxlength": 255, "required": True, "disabled": False}),
    forms.NumberInput({"step": "any"}),
    forms.URLInput(),
    forms.Select(choices=CHOICES),
    forms.Select({"id": "id_keuze", "autofocus": True}, choices=CHOICES),
]
VALUES = [None, "", "a", '"><script>alert(1)</script>', mark_safe("&amp;"), 1000, 2.5, date(2026, 11, 21)]


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_field_is_drawn_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    context = widget.get_context("na<am", value, {"id": "id_naam", "aria-describedby": "a&b"})
    assert widget.template_name in WITHOUT_TEMPLATE
    drawn = Renderer().render(widget.template_name, context)
    assertHTMLEqual(drawn, TemplatesSetting().render(widget.template_name, context))
    assert "<script>" not in drawn


def test_other_fields_keep_their_template() -> None:
    class TextForm(forms.Form):
        text = forms.CharField(widget=forms.Textarea, initial="<b>")

    field = TextForm()["text"]
    assert "&lt;b&gt;</textarea>" in str(field)
    assert field.field.widget.template_name not in WITHOUT_TEMPLATE
