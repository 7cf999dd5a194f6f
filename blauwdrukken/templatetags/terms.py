"""Texts of a page with the terms of the field explained, each where it stands first."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from ..explain import Explainer, explainer_of_all

register = template.Library()


@register.simple_tag
def terms_of_page() -> Explainer:
    """The terms that this page has still to explain; its texts take from them in the order in which they stand."""
    return explainer_of_all().anew()


@register.filter
def line_text(words: str, terms: Explainer) -> SafeString:
    """Plain words."""
    return terms.words(words)


@register.filter
def section_text(html: str, terms: Explainer) -> SafeString:
    """A text that was cleaned when it was saved."""
    return terms(html)


@register.filter
def page_text(html: str, terms: Explainer) -> SafeString:
    """The same right below the title of a page, where its headings are one level higher."""
    return mark_safe(terms(html).replace("<h3>", "<h2>").replace("</h3>", "</h2>"))  # noqa: S308 (cleaned on saving)
