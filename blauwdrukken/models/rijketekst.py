"""Rich text limited to what every output can show."""

from __future__ import annotations

from typing import Any

import nh3
from django.db import models
from wagtail.fields import RichTextField

TAGS = {"p", "h3", "ul", "ol", "li", "b", "strong", "i", "em", "a", "br"}
FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


def schoon(html: str) -> str:
    """Return the HTML with only the tags above and links to http, https and mailto."""
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )


class RijkeTekst(RichTextField):
    """Rich text that is cleaned each time it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        html = schoon(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, html)
        return html
