"""The rule of regions in a form: a coordinator chooses own regions, those of others stay as they are."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from regios.models import Regio


class RegioFormulier(WagtailAdminModelForm):
    """Form of an entry with `regios`; who may publish chooses freely."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.andere_regios: list[Regio] = []
        if "regios" in self.fields and not self.kiest_vrij():
            self.beperk_regios()

    def kiest_vrij(self) -> bool:
        beleid = policy_registry.get_by_type(self._meta.model)
        return self.for_user is None or beleid.user_has_permission(self.for_user, "publish")

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
