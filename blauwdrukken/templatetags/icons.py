"""Pictures of templates/icons by name."""

from __future__ import annotations

from django import template
from django.template.loader import select_template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """The picture with this name, or a star when there is none."""
    return select_template([f"icons/{name}.svg", "icons/ster.svg"]).render()
