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


def find_chosen(veld: ModelChoiceField, waarde: Any) -> Any:
    """What a chooser shows as chosen: nothing that this form does not offer, whatever was sent."""
    if not waarde or veld.queryset is None:
        return None
    try:
        return veld.queryset.filter(pk=getattr(waarde, "pk", waarde)).first()
    except (ValueError, OverflowError):
        return None


class BeheerForm(WagtailAdminModelForm):
    """Form that offers no drafts of others; what was chosen before stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            if isinstance(veld, ModelChoiceField) and veld.queryset is not None and self.for_user:
                veld.queryset = self.limit_choices(naam, veld, veld.queryset)
                if isinstance(veld.widget, BaseChooser):
                    veld.widget.get_instance = partial(self.shown, naam, veld)
        for rijen in self.formsets.values():
            if issubclass(rijen.form, RowForm):
                rijen.form_kwargs |= {"rijen": rijen.get_queryset, "bekend": {}}

    def shown(self, naam: str, veld: ModelChoiceField, waarde: Any) -> Any:
        return find_chosen(veld, waarde)

    def limit_choices(self, naam: str, veld: ModelChoiceField, rijen: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        beleid = policy_registry.get_by_type(rijen.model)
        if isinstance(beleid, EntryPolicy) and beleid.has_drafts:
            kiesbaar = beleid.choosable(self.for_user)
        elif hasattr(rijen, "visible_to"):
            kiesbaar = rijen.visible_to(self.for_user)
        else:
            return rijen
        return rijen.filter(Q(pk__in=kiesbaar.values("pk")) | Q(pk__in=self.chosen_before(naam, veld)))

    def chosen_before(self, naam: str, veld: ModelChoiceField) -> list[Any]:
        """Keys of what was chosen before."""
        keuze = self.get_initial_for_field(veld, naam) or []
        meer = hasattr(keuze, "__iter__") and not isinstance(keuze, str)
        return [getattr(rij, "pk", rij) for rij in (keuze if meer else [keuze])]


class RowForm(BeheerForm):
    """Form of a row: what any row of the entry had already stays."""

    def __init__(self, *args: Any, rijen: Callable[[], Iterable[Any]], bekend: dict[str, Any], **kwargs: Any) -> None:
        self.rows, self.known = rijen, bekend
        super().__init__(*args, **kwargs)

    @cached_property
    def changed_data(self) -> list[str]:
        """A new row in which nothing stands but its place is no row yet, and stands in the way of no save."""
        namen = super().changed_data
        return [] if self.empty_permitted and set(namen) <= {ORDERING_FIELD_NAME} else namen

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.empty_permitted and not self.has_changed():
            self.cleaned_data[ORDERING_FIELD_NAME] = DEFAULT_MAX_NUM  # Wagtail sorts by it: such a row comes last

    def shown(self, naam: str, veld: ModelChoiceField, waarde: Any) -> Any:
        """What the rows had is read for all rows at once."""
        if naam not in self.known:
            self.known[naam] = (
                veld.queryset.in_bulk(self.chosen_before(naam, veld)) if veld.queryset is not None else {}
            )
        return self.known[naam].get(waarde) or super().shown(naam, veld, waarde)

    def chosen_before(self, naam: str, veld: ModelChoiceField) -> list[Any]:
        """A row that only a draft has does not know what it had, so all rows are asked."""
        return [sleutel for rij in self.rows() if (sleutel := getattr(rij, f"{naam}_id", None))]


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
        beleid = policy_registry.get_by_type(self._meta.model)
        werkt_voor_regios = beleid.user_has_permission(self.for_user, "view")
        return beleid.user_has_permission(self.for_user, "publish") or not werkt_voor_regios

    def limit_regios(self) -> None:
        """Offer only own regions, at least one; whether an entry is nation-wide is for the secretariat to say."""
        eigen = self.for_user.regios.all()
        if self.instance.pk:
            self.other_regios = [regio for regio in self.instance.regios.all() if regio not in set(eigen)]
        veld = self.fields["regios"]
        veld.queryset = eigen
        veld.required = True
        veld.error_messages["required"] = "Kies minstens één van uw eigen regio’s."
        if "landelijk" in self.fields:
            self.fields["landelijk"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Keep the regions of others."""
        gegevens = super().clean()
        if self.other_regios and "regios" in gegevens:
            gegevens["regios"] = [*gegevens["regios"], *self.other_regios]
        return gegevens
