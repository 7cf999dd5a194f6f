"""Rich text limited to what every output can show."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.fields import RichTextField

from ..text.clean import clean_html

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


class CleanRichTextField(RichTextField):
    """Rich text that is cleaned each time it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        html = clean_html(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, html)
        return html
