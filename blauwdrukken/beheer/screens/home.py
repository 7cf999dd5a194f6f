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
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from ...completeness import gap_names, incomplete, progress_text, with_completeness
from ...models import Blauwdruk
from ...models.beoordeling import REVIEWED_MODELS
from ...models.publication import Publicatie
from ...text.notation import format_day

MAX_SHOWN = 10
SOON_DAYS = 60


@dataclass(frozen=True)
class Row:
    """An entry and why it is listed."""

    entry: Publicatie
    explanation: str


@dataclass
class AttentionList:
    """Entries that ask for the same; `rows` may hold one more than is shown."""

    heading: str
    rows: list[Row] = field(default_factory=list)

    @property
    def shown(self) -> list[Row]:
        return self.rows[:MAX_SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.rows) > MAX_SHOWN


class Attention:
    """The lists for one user; 1 query, and 3 for each kind of entry (blueprints 4) that the user may edit."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.reviews = user.has_perm("blauwdrukken.publish_blauwdruk")
        self.editable = {model: rows for model in reviewed_models() if (rows := self._editable_rows(model)) is not None}
        self.states = self._load_states() if self.editable else {}

    def lists(self) -> list[AttentionList]:
        """The lists in the order in which they are shown; none when this user edits nothing."""
        if not self.editable:
            return []
        return [*self._under_review(), self._drafts(), self._expiring(), *self._incomplete()]

    def _editable_rows(self, model: type[Publicatie]) -> QuerySet[Any] | None:
        policy = policy_registry.get_by_type(model)
        if not policy.user_has_permission(self.user, "change"):
            return None
        fields = ["titel", "slug", "live", "expire_at", "latest_revision__object_str", "latest_revision__created_at"]
        rows = policy.instances_user_has_permission_for(self.user, "change").select_related("latest_revision")
        return rows.only(*fields, *(["herzien_voor"] if model is Blauwdruk else []))

    def _load_states(self) -> dict[tuple[int, str], WorkflowState]:
        kinds = [ContentType.objects.get_for_model(model).pk for model in self.editable]
        states = WorkflowState.objects.active().filter(base_content_type__in=kinds).order_by("created_at")
        return {(state.base_content_type_id, state.object_id): state for state in states.select_related("requested_by")}

    def _state_of(self, entry: Publicatie) -> WorkflowState:
        return self.states[ContentType.objects.get_for_model(entry).pk, str(entry.pk)]

    def _keys(self, model: type[Publicatie]) -> list[str]:
        kind = ContentType.objects.get_for_model(model).pk
        return [key for of_kind, key in self.states if of_kind == kind]

    def _under_review(self) -> list[AttentionList]:
        to_review = AttentionList("Te beoordelen" if self.reviews else "Ligt bij het secretariaat")
        returned = AttentionList("Teruggegeven aan u")
        for entry in self._per_model(lambda model, rows: rows.filter(pk__in=self._keys(model))):
            state = self._state_of(entry)
            submitted = format_day(state.created_at)
            if state.status == WorkflowState.STATUS_IN_PROGRESS:
                to_review.rows.append(Row(entry, f"ingediend op {submitted}{by_whom(state.requested_by)}"))
            elif state.requested_by == self.user:
                returned.rows.append(Row(entry, f"ingediend op {submitted}, lees de opmerking en pas de tekst aan"))
        return [to_review, returned]

    def _drafts(self) -> AttentionList:
        own = Q(latest_revision__user=self.user.pk) & (Q(live=False) | Q(has_unpublished_changes=True))

        def of_user(model: type[Publicatie], rows: QuerySet[Any]) -> QuerySet[Any]:
            newest = rows.filter(own).exclude(pk__in=self._keys(model)).order_by("-latest_revision__created_at")
            return newest[: MAX_SHOWN + 1]

        drafts = self._per_model(of_user)
        return AttentionList(
            "Uw concepten", [Row(e, f"bewaard op {format_day(e.latest_revision.created_at)}") for e in drafts]
        )

    def _expiring(self) -> AttentionList:
        until = timezone.localdate() + timedelta(days=SOON_DAYS)

        def due_soon(model: type[Publicatie], rows: QuerySet[Any]) -> QuerySet[Any]:
            condition = Q(expire_at__date__lte=until)
            if model is Blauwdruk:
                condition |= Q(herzien_voor__lte=until)
            return rows.filter(condition, live=True)[: MAX_SHOWN + 1]

        return AttentionList(
            "Verloopt binnenkort", [Row(entry, when_due(entry)) for entry in self._per_model(due_soon)]
        )

    def _incomplete(self) -> list[AttentionList]:
        if Blauwdruk not in self.editable:
            return []
        live = self.editable[Blauwdruk].filter(live=True)
        rows = with_completeness(incomplete(live))[: MAX_SHOWN + 1]
        return [AttentionList("Nog niet volledig", [Row(row, explain_completeness(row)) for row in rows])]

    def _per_model(self, select: Any) -> list[Any]:
        return [entry for model, rows in self.editable.items() for entry in select(model, rows)]


class AttentionPanel(Component):
    """What there is to do on the start screen, and in one line where there is nothing."""

    name = "aandacht"
    template_name = "beheer/aandacht.html"
    order = 100

    def __init__(self, user: Any) -> None:
        lists = Attention(user).lists()
        self.with_work = [listing for listing in lists if listing.rows]
        self.without_work = [listing for listing in lists if not listing.rows]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"met_werk": self.with_work, "zonder_werk": self.without_work, "request": parent_context["request"]}


def reviewed_models() -> Iterable[type[Publicatie]]:
    """Kinds of entries that are reviewed."""
    return (apps.get_model(name) for name in REVIEWED_MODELS)


def by_whom(user: Any) -> str:
    """By whom, as far as that is known."""
    return f" door {user.get_full_name() or user.get_username()}" if user else ""


def when_due(entry: Any) -> str:
    """When an entry expires or asks to be revised, whichever comes first."""
    moments = []
    if getattr(entry, "herzien_voor", None):
        moments.append((entry.herzien_voor, f"herzien vóór {format_day(entry.herzien_voor)}"))
    if entry.expire_at:
        expires = timezone.localtime(entry.expire_at).date()
        moments.append((expires, f"verdwijnt van de site op {format_day(expires)}"))
    return min(moments)[1]


def explain_completeness(blauwdruk: Any) -> str:
    """How far a row of with_completeness() is, and what a reader misses in it."""
    return f"{progress_text(blauwdruk.aantal_gevuld)}, een lezer mist: {gap_names(blauwdruk)}"
