"""An editing form as it was sent: its rows, and the entry that it describes."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from modelcluster.fields import ParentalManyToManyField

from .snapshot import with_choices


def as_new_rows(data: QueryDict, names: Any) -> QueryDict:
    """The sent form with all its rows as new ones: the rows they came from may be gone."""
    data = data.copy()
    for name in names:
        data[f"{name}-INITIAL_FORMS"] = "0"
        for field in row_id_fields(data, name):
            data[field] = ""
    return data


def keep_submitted_rows(instance: Any, name: str, data: QueryDict) -> None:
    """Take rows off the entry (in memory) that the form does not know: it is complete."""
    submitted = {data[field] for field in row_id_fields(data, name)}
    rows = getattr(instance, name)
    rows.remove(*[row for row in rows.all() if row.pk and str(row.pk) not in submitted])


def row_id_fields(data: QueryDict, name: str) -> list[str]:
    """Fields that say which row of the entry each row of the form is."""
    return [field for field in data if re.fullmatch(rf"{re.escape(name)}-\d+-id", field)]


def apply_form(form: Any) -> tuple[Any, set[str]]:
    """The entry as this form would save it as a draft, and the names of what cannot be read."""
    form.defer_required_fields()
    form.is_valid()
    form.restore_required_fields()
    unreadable = set(form.errors)
    form.save_cluster_m2m()
    with_choices(form.instance, {name: form.cleaned_data[name] for name in deferred_m2m_fields(form)})
    for name, formset in form.formsets.items():
        if formset.is_valid():
            formset.save(commit=False)
        else:
            unreadable.add(name)
    return form.instance, unreadable


def deferred_m2m_fields(form: Any) -> list[str]:
    """Names of many-to-many fields of which the form keeps the choice until it is saved."""
    fields = (field for field in form._meta.model._meta.many_to_many if field.name in form.cleaned_data)
    return [field.name for field in fields if not isinstance(field, ParentalManyToManyField)]
