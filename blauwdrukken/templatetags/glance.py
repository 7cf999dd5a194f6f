"""What a reader asks first, on the page."""

from __future__ import annotations

from django import template

from ..glance import Cell, glance, line
from ..models import Blauwdruk
from .icons import icon

register = template.Library()
register.simple_tag(icon)


@register.simple_tag
def glance_of(blauwdruk: Blauwdruk) -> list[Cell]:
    """The cells below the title of this blueprint."""
    return glance(blauwdruk)


@register.simple_tag
def line_of(blauwdruk: Blauwdruk) -> list[Cell]:
    """What a row of a list tells of this blueprint, which came from with_answers()."""
    return line(blauwdruk)
