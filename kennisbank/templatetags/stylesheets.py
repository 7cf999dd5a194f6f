"""Stylesheets in the page."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..stylesheets import stylesheet

register = template.Library()


@register.simple_tag
def style(name: str, media: str = "all") -> SafeString:
    """The stylesheet of this name, in the page itself."""
    # The file is ours: nothing in it comes from a visitor, and escaping would change what its hash is of.
    return format_html('<style media="{}">{}</style>', media, mark_safe(stylesheet(name).css))  # noqa: S308
