"""An editing form as it was sent: its rows, and the entry that it describes."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from modelcluster.fields import ParentalManyToManyField

from .snapshot import with_choices


def as_new_rows(data: QueryDict, namen: Any) -> QueryDict:
    """The sent form with all its rows as new ones: the rows they came from may be gone."""
    data = data.copy()
    for naam in namen:
        data[f"{naam}-INITIAL_FORMS"] = "0"
        for veld in row_id_fields(data, naam):
            data[veld] = ""
    return data


def keep_submitted_rows(instance: Any, naam: str, data: QueryDict) -> None:
    """Take rows off the entry (in memory) that the form does not know: it is complete."""
    gestuurd = {data[veld] for veld in row_id_fields(data, naam)}
    rijen = getattr(instance, naam)
    rijen.remove(*[rij for rij in rijen.all() if rij.pk and str(rij.pk) not in gestuurd])


def row_id_fields(data: QueryDict, naam: str) -> list[str]:
    """Fields that say which row of the entry each row of the form is."""
    return [veld for veld in data if re.fullmatch(rf"{re.escape(naam)}-\d+-id", veld)]


def apply_form(form: Any) -> tuple[Any, set[str]]:
    """The entry as this form would save it as a draft, and the names of what cannot be read."""
    form.defer_required_fields()
    form.is_valid()
    form.restore_required_fields()
    fout = set(form.errors)
    form.save_cluster_m2m()
    with_choices(form.instance, {naam: form.cleaned_data[naam] for naam in deferred_m2m_fields(form)})
    for naam, formset in form.formsets.items():
        if formset.is_valid():
            formset.save(commit=False)
        else:
            fout.add(naam)
    return form.instance, fout


def deferred_m2m_fields(form: Any) -> list[str]:
    """Names of many-to-many fields of which the form keeps the choice until it is saved."""
    velden = (veld for veld in form._meta.model._meta.many_to_many if veld.name in form.cleaned_data)
    return [veld.name for veld in velden if not isinstance(veld, ParentalManyToManyField)]
