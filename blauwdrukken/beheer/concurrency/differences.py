"""How amounts, dates and switches are written where two versions are compared."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.compare import FieldComparison, RichTextFieldComparison, TextDiff, register_comparison_class
from wagtail.fields import RichTextField

from ...text.notation import euro


class ValueDifference(FieldComparison):
    """Two values as an editor reads them; what is empty leaves no trace."""

    def htmldiff(self) -> Any:
        old, new = to_readable(self.val_a), to_readable(self.val_b)
        if old == new:
            return TextDiff([("equal", new)]).to_html()
        parts = [("deletion", old), ("addition", new)]
        return TextDiff([(kind, text) for kind, text in parts if text], separator=" ").to_html()


class TextDifference(RichTextFieldComparison):
    """Two formatted texts; what the editor writes differently without changing anything is no difference."""

    def has_changed(self) -> bool:
        return normalize_html(self.val_a or "") != normalize_html(self.val_b or "")


def normalize_html(html: str) -> str:
    """Formatted text in one way of writing."""
    html = re.sub(r' data-block-key="[^"]*"', "", html)
    html = re.sub(r"(</?)strong\b", r"\1b", html)
    html = re.sub(r"(</?)em\b", r"\1i", html)
    return unescape(re.sub(r">\s+<", "><", html)).strip()


def to_readable(value: Any) -> str:
    """A value in Dutch, empty when there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal):
        return euro(value)
    return str(value)


def register_comparisons() -> None:
    """Compare every field of these kinds so."""
    for kind in (models.BooleanField, models.DateField, models.DecimalField, models.IntegerField):
        register_comparison_class(kind, comparison_class=ValueDifference)
    register_comparison_class(RichTextField, comparison_class=TextDifference)
