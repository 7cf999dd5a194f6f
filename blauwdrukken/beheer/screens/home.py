"""What needs attention, on the start screen: only what this user may edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from ...completeness import met_volledigheid, onvolledig, voortgang, wat_ontbreekt
from ...models import Blauwdruk
from ...models.beoordeling import BEOORDEELD
from ...models.publication import Publicatie

GETOOND = 10
BINNENKORT = 60  # days


@dataclass(frozen=True)
class Rij:
    """An entry and why it is listed."""

    entry: Publicatie
    uitleg: str


@dataclass
class Lijst:
    """Entries that ask for the same; `rijen` may hold one more than is shown."""

    kop: str
    rijen: list[Rij] = field(default_factory=list)

    @property
    def getoond(self) -> list[Rij]:
        return self.rijen[:GETOOND]

    @property
    def meer(self) -> bool:
        return len(self.rijen) > GETOOND


class Aandacht:
    """The lists for one user; 1 query, and 3 for each kind of entry (blueprints 4) that the user may edit."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.beoordeelt = user.has_perm("blauwdrukken.publish_blauwdruk")
        self.bewerkt = {model: rijen for model in modellen() if (rijen := self._te_bewerken(model)) is not None}
        self.staten = self._staten() if self.bewerkt else {}

    def lijsten(self) -> list[Lijst]:
        """The lists in the order in which they are shown; none when this user edits nothing."""
        if not self.bewerkt:
            return []
        return [*self._beoordeling(), self._concepten(), self._verloopt(), *self._onvolledig()]

    def _te_bewerken(self, model: type[Publicatie]) -> QuerySet[Any] | None:
        beleid = policy_registry.get_by_type(model)
        if not beleid.user_has_permission(self.user, "change"):
            return None
        velden = ["titel", "slug", "live", "expire_at", "latest_revision__object_str", "latest_revision__created_at"]
        rijen = beleid.instances_user_has_permission_for(self.user, "change").select_related("latest_revision")
        return rijen.only(*velden, *(["herzien_voor"] if model is Blauwdruk else []))

    def _staten(self) -> dict[tuple[int, str], WorkflowState]:
        soorten = [ContentType.objects.get_for_model(model).pk for model in self.bewerkt]
        staten = WorkflowState.objects.active().filter(base_content_type__in=soorten).order_by("created_at")
        return {(staat.base_content_type_id, staat.object_id): staat for staat in staten.select_related("requested_by")}

    def _staat(self, entry: Publicatie) -> WorkflowState:
        return self.staten[ContentType.objects.get_for_model(entry).pk, str(entry.pk)]

    def _sleutels(self, model: type[Publicatie]) -> list[str]:
        soort = ContentType.objects.get_for_model(model).pk
        return [sleutel for bij, sleutel in self.staten if bij == soort]

    def _beoordeling(self) -> list[Lijst]:
        te_beoordelen = Lijst("Te beoordelen" if self.beoordeelt else "Ligt bij het secretariaat")
        terug = Lijst("Teruggegeven aan u")
        for entry in self._per_model(lambda model, rijen: rijen.filter(pk__in=self._sleutels(model))):
            staat = self._staat(entry)
            wanneer = dag(staat.created_at)
            if staat.status == WorkflowState.STATUS_IN_PROGRESS:
                te_beoordelen.rijen.append(Rij(entry, f"ingediend op {wanneer}{door(staat.requested_by)}"))
            elif staat.requested_by == self.user:
                terug.rijen.append(Rij(entry, f"ingediend op {wanneer}, lees de opmerking en pas de tekst aan"))
        return [te_beoordelen, terug]

    def _concepten(self) -> Lijst:
        eigen = Q(latest_revision__user=self.user.pk) & (Q(live=False) | Q(has_unpublished_changes=True))

        def mijn(model: type[Publicatie], rijen: QuerySet[Any]) -> QuerySet[Any]:
            volgorde = (
                rijen.filter(eigen).exclude(pk__in=self._sleutels(model)).order_by("-latest_revision__created_at")
            )
            return volgorde[: GETOOND + 1]

        concepten = self._per_model(mijn)
        return Lijst("Uw concepten", [Rij(e, f"bewaard op {dag(e.latest_revision.created_at)}") for e in concepten])

    def _verloopt(self) -> Lijst:
        tot = timezone.localdate() + timedelta(days=BINNENKORT)

        def binnenkort(model: type[Publicatie], rijen: QuerySet[Any]) -> QuerySet[Any]:
            voorwaarde = Q(expire_at__date__lte=tot)
            if model is Blauwdruk:
                voorwaarde |= Q(herzien_voor__lte=tot)
            return rijen.filter(voorwaarde, live=True)[: GETOOND + 1]

        return Lijst("Verloopt binnenkort", [Rij(entry, wanneer(entry)) for entry in self._per_model(binnenkort)])

    def _onvolledig(self) -> list[Lijst]:
        if Blauwdruk not in self.bewerkt:
            return []
        live = self.bewerkt[Blauwdruk].filter(live=True)
        rijen = met_volledigheid(onvolledig(live))[: GETOOND + 1]
        return [Lijst("Nog niet volledig", [Rij(rij, uitleg_volledigheid(rij)) for rij in rijen])]

    def _per_model(self, kies: Any) -> list[Any]:
        return [entry for model, rijen in self.bewerkt.items() for entry in kies(model, rijen)]


class AandachtPaneel(Component):
    """What there is to do on the start screen, and in one line where there is nothing."""

    name = "aandacht"
    template_name = "beheer/aandacht.html"
    order = 100

    def __init__(self, user: Any) -> None:
        lijsten = Aandacht(user).lijsten()
        self.met_werk = [lijst for lijst in lijsten if lijst.rijen]
        self.zonder_werk = [lijst for lijst in lijsten if not lijst.rijen]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"met_werk": self.met_werk, "zonder_werk": self.zonder_werk, "request": parent_context["request"]}


def modellen() -> Iterable[type[Publicatie]]:
    """Kinds of entries that are reviewed."""
    return (apps.get_model(naam) for naam in BEOORDEELD)


def dag(moment: Any) -> str:
    """A day or moment as a day in Dutch."""
    return date_format(timezone.localtime(moment) if hasattr(moment, "hour") else moment, "j F Y")


def door(user: Any) -> str:
    """By whom, as far as that is known."""
    return f" door {user.get_full_name() or user.get_username()}" if user else ""


def wanneer(entry: Any) -> str:
    """When an entry expires or asks to be revised, whichever comes first."""
    momenten = []
    if getattr(entry, "herzien_voor", None):
        momenten.append((entry.herzien_voor, f"herzien vóór {dag(entry.herzien_voor)}"))
    if entry.expire_at:
        verloopt = timezone.localtime(entry.expire_at).date()
        momenten.append((verloopt, f"verdwijnt van de site op {dag(verloopt)}"))
    return min(momenten)[1]


def uitleg_volledigheid(blauwdruk: Any) -> str:
    """How far a row of met_volledigheid() is, and what a reader misses in it."""
    return f"{voortgang(blauwdruk.aantal_gevuld)}, een lezer mist: {wat_ontbreekt(blauwdruk)}"
