"""How lists of words are written on a page."""

from __future__ import annotations

from django import template

from ..text.notation import join_words

register = template.Library()
register.filter("join_words", join_words)
