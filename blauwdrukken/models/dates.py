"""Model field for a date as precise as its source."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from ..text.dates import EXAMPLES, PartialDate, UnreadableDateError, parse_date, parse_edtf


class PartialDateFormField(forms.Field):
    """A date as somebody types it: a year, season, quarter, month or day."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> PartialDate | None:
        return read_date(value)

    def prepare_value(self, value: Any) -> Any:
        return value.words if isinstance(value, PartialDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return read_date(initial) != read_date(data)
        except ValidationError:
            return True


class ReadDate(DeferredAttribute):
    """Attribute that reads a date in whatever form it is given."""

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = read_date(value)


class PartialDateField(models.Field):
    """A PartialDate or None, kept as EDTF and after that the own words of its source."""

    descriptor_class = ReadDate

    def __init__(self, verbose_name: str | None = None, **kwargs: Any) -> None:
        options: dict[str, Any] = {"max_length": 80, "null": True, "blank": True, "help_text": EXAMPLES} | kwargs
        super().__init__(verbose_name, **options)

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return read_stored(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        return read_date(value)

    def get_prep_value(self, value: Any) -> str | None:
        read = read_date(value)
        return store(read) if read else None

    def value_to_string(self, obj: Any) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField} | kwargs)


def store(value: PartialDate) -> str:
    """Text that holds all of this date."""
    return f"{value.edtf} {value.own_words}".strip()


@lru_cache(4_096)  # a list reads the same few dates for each of its rows
def read_stored(text: str) -> PartialDate:
    """The date that store() wrote."""
    edtf, _, own_words = text.partition(" ")
    known = parse_edtf(edtf)
    return PartialDate(known.year, known.part, known.day, own_words)


def read_date(value: Any) -> PartialDate | None:
    """The date in whatever form it comes; ValidationError in words when it is none."""
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.from_date(value)
    text = str(value).strip()
    try:
        return _read_text(text) if text else None
    except UnreadableDateError as error:
        raise ValidationError(str(error), code="invalid") from error


def _read_text(text: str) -> PartialDate:
    """What was stored, or else what somebody typed."""
    try:
        return read_stored(text)
    except UnreadableDateError:
        return parse_date(text)
