"""Form fields drawn without a template: an editing form has hundreds, and each would pass through three."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


def render_input(widget: Widget) -> SafeString:
    """A field of one line, as django/forms/widgets/input.html draws it."""
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, render_attributes(widget)
    )


def render_select(widget: Widget) -> SafeString:
    """A list to choose from, as django/forms/widgets/select.html draws it."""
    groups = format_html_join(
        "\n", "{}", ((render_optgroup(name, options),) for name, options, _ in widget["optgroups"])
    )
    return format_html('<select name="{}"{}>{}</select>', widget["name"], render_attributes(widget), groups)


def render_optgroup(name: str | None, options: Sequence[Widget]) -> SafeString:
    """Choices under one heading, or one choice without."""
    lines = ((option["value"], render_attributes(option), option["label"]) for option in options)
    html = format_html_join("\n", '<option value="{}"{}>{}</option>', lines)
    return format_html('<optgroup label="{}">{}</optgroup>', name, html) if name else html


def render_attributes(widget: Widget) -> str:
    """The other attributes; most choices have none."""
    return flatatt(widget["attrs"]) if widget["attrs"] else ""


WITHOUT_TEMPLATE: dict[str, Callable[[Widget], SafeString]] = {
    **{f"django/forms/widgets/{kind}.html": render_input for kind in ("hidden", "input", "number", "text", "url")},
    "django/forms/widgets/select.html": render_select,
}


class Renderer(TemplatesSetting):
    """Django's renderer, without templates for the fields that an editing form has most of."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if draw := WITHOUT_TEMPLATE.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)
