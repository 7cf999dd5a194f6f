"""What a form lets somebody choose: no drafts of others, and a coordinator only own regions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField
from django.forms.formsets import DEFAULT_MAX_NUM, ORDERING_FIELD_NAME
from django.utils.functional import cached_property
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import BaseChooser
from wagtail.permissions import policy_registry

from regios.models import Regio

from ...permissions import EntryPolicy


def find_chosen(field: ModelChoiceField, value: Any) -> Any:
    """What a chooser shows as chosen: nothing that this form does not offer, whatever was sent."""
    if not value or field.queryset is None:
        return None
    try:
        return field.queryset.filter(pk=getattr(value, "pk", value)).first()
    except (ValueError, OverflowError):
        return None


class BeheerForm(WagtailAdminModelForm):
    """Form that offers no drafts of others; what was chosen before stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ModelChoiceField) and field.queryset is not None and self.for_user:
                field.queryset = self.limit_choices(name, field, field.queryset)
                if isinstance(field.widget, BaseChooser):
                    field.widget.get_instance = partial(self.shown, name, field)
        for rows in self.formsets.values():
            if issubclass(rows.form, RowForm):
                rows.form_kwargs |= {"rows": rows.get_queryset, "known": {}}

    def shown(self, name: str, field: ModelChoiceField, value: Any) -> Any:
        return find_chosen(field, value)

    def limit_choices(self, name: str, field: ModelChoiceField, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        policy = policy_registry.get_by_type(rows.model)
        if isinstance(policy, EntryPolicy) and policy.has_drafts:
            choosable = policy.choosable(self.for_user)
        elif hasattr(rows, "visible_to"):
            choosable = rows.visible_to(self.for_user)
        else:
            return rows
        return rows.filter(Q(pk__in=choosable.values("pk")) | Q(pk__in=self.chosen_before(name, field)))

    def chosen_before(self, name: str, field: ModelChoiceField) -> list[Any]:
        """Keys of what was chosen before."""
        chosen = self.get_initial_for_field(field, name) or []
        is_several = hasattr(chosen, "__iter__") and not isinstance(chosen, str)
        return [getattr(row, "pk", row) for row in (chosen if is_several else [chosen])]


class RowForm(BeheerForm):
    """Form of a row: what any row of the entry had already stays."""

    def __init__(self, *args: Any, rows: Callable[[], Iterable[Any]], known: dict[str, Any], **kwargs: Any) -> None:
        self.rows, self.known = rows, known
        super().__init__(*args, **kwargs)

    @cached_property
    def changed_data(self) -> list[str]:
        """A new row in which nothing stands but its place is no row yet, and stands in the way of no save."""
        names = super().changed_data
        return [] if self.empty_permitted and set(names) <= {ORDERING_FIELD_NAME} else names

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.empty_permitted and not self.has_changed():
            self.cleaned_data[ORDERING_FIELD_NAME] = DEFAULT_MAX_NUM  # Wagtail sorts by it: such a row comes last

    def shown(self, name: str, field: ModelChoiceField, value: Any) -> Any:
        """What the rows had is read for all rows at once."""
        if name not in self.known:
            self.known[name] = (
                field.queryset.in_bulk(self.chosen_before(name, field)) if field.queryset is not None else {}
            )
        return self.known[name].get(value) or super().shown(name, field, value)

    def chosen_before(self, name: str, field: ModelChoiceField) -> list[Any]:
        """A row that only a draft has does not know what it had, so all rows are asked."""
        return [key for row in self.rows() if (key := getattr(row, f"{name}_id", None))]


class RegioForm(BeheerForm):
    """Form of an entry with `regios`: who works for regions chooses those, anybody else chooses freely."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other_regios: list[Regio] = []
        if "regios" in self.fields and not self.chooses_freely():
            self.limit_regios()

    def chooses_freely(self) -> bool:
        if self.for_user is None:
            return True
        policy = policy_registry.get_by_type(self._meta.model)
        works_for_regios = policy.user_has_permission(self.for_user, "view")
        return policy.user_has_permission(self.for_user, "publish") or not works_for_regios

    def limit_regios(self) -> None:
        """Offer only own regions, at least one; whether an entry is nation-wide is for the secretariat to say."""
        own = self.for_user.regios.all()
        if self.instance.pk:
            self.other_regios = [regio for regio in self.instance.regios.all() if regio not in set(own)]
        field = self.fields["regios"]
        field.queryset = own
        field.required = True
        field.error_messages["required"] = "Kies minstens één van uw eigen regio’s."
        if "landelijk" in self.fields:
            self.fields["landelijk"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Keep the regions of others."""
        data = super().clean()
        if self.other_regios and "regios" in data:
            data["regios"] = [*data["regios"], *self.other_regios]
        return data
