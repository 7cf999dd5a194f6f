"""How lists of words and places are written on a page."""

from __future__ import annotations

from django import template

from ..text.notation import WHOLE_COUNTRY, hyphenate, join_words

register = template.Library()
register.filter("join_words", join_words)
register.filter("hyphenate", hyphenate)


@register.simple_tag
def whole_country() -> str:
    """What stands in place of the names of regions."""
    return WHOLE_COUNTRY
