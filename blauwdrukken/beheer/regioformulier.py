"""What a form lets somebody choose: no drafts of others, and a coordinator only own regions."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from regios.models import Regio

from ..permissions import Beleid


class BeheerFormulier(WagtailAdminModelForm):
    """Form that offers no drafts of others; what was chosen before stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            if isinstance(veld, ModelChoiceField) and veld.queryset is not None and self.for_user:
                veld.queryset = self.te_kiezen(naam, veld, veld.queryset)

    def te_kiezen(self, naam: str, veld: ModelChoiceField, rijen: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        beleid = policy_registry.get_by_type(rijen.model)
        if isinstance(beleid, Beleid) and beleid.kent_concepten:
            kiesbaar = beleid.kiesbaar(self.for_user)
        elif hasattr(rijen, "zichtbaar_voor"):
            kiesbaar = rijen.zichtbaar_voor(self.for_user)
        else:
            return rijen
        gekozen = self.get_initial_for_field(veld, naam) or []
        meer = hasattr(gekozen, "__iter__") and not isinstance(gekozen, str)
        sleutels = [getattr(rij, "pk", rij) for rij in (gekozen if meer else [gekozen])]
        return rijen.filter(Q(pk__in=kiesbaar.values("pk")) | Q(pk__in=sleutels))


class RegioFormulier(BeheerFormulier):
    """Form of an entry with `regios`: who works for regions chooses those, anybody else chooses freely."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.andere_regios: list[Regio] = []
        if "regios" in self.fields and not self.kiest_vrij():
            self.beperk_regios()

    def kiest_vrij(self) -> bool:
        if self.for_user is None:
            return True
        beleid = policy_registry.get_by_type(self._meta.model)
        werkt_voor_regios = beleid.user_has_permission(self.for_user, "view")
        return beleid.user_has_permission(self.for_user, "publish") or not werkt_voor_regios

    def beperk_regios(self) -> None:
        """Offer only own regions, at least one; whether an entry is nation-wide is for the secretariat to say."""
        eigen = self.for_user.regios.all()
        if self.instance.pk:
            self.andere_regios = [regio for regio in self.instance.regios.all() if regio not in set(eigen)]
        veld = self.fields["regios"]
        veld.queryset = eigen
        veld.required = True
        veld.error_messages["required"] = "Kies minstens één van uw eigen regio’s."
        if "landelijk" in self.fields:
            self.fields["landelijk"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Keep the regions of others."""
        gegevens = super().clean()
        if self.andere_regios and "regios" in gegevens:
            gegevens["regios"] = [*gegevens["regios"], *self.andere_regios]
        return gegevens
