"""Texts of an entry with the terms of the field explained."""

from __future__ import annotations

from django import template

from ..explain import explain_page, explain_text

register = template.Library()
register.filter("page_text", explain_page)
register.filter("section_text", explain_text)
