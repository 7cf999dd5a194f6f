"""What a form was made on: the values it showed, and what had happened to the entry by then."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Self

from django.core import serializers, signing
from django.db.models import Manager, Model, QuerySet
from wagtail.log_actions import registry as log_registry
from wagtail.models import RevisionMixin

SALT = "kennisbank.stand"
# Actions that change where an entry stands without writing its text.
EVENT_PATTERN = r"^wagtail\.(publish|unpublish|schedule|workflow)"


class EntrySnapshot(NamedTuple):
    """Newest line of the history, and the values; an entry with revisions has none here: those keep its text."""

    line: int
    fields: dict[str, Any]

    @classmethod
    def of(cls, entry: Model, names: Collection[str]) -> Self:
        """How this entry stands now, with its fields of these names; one query, and one for each many-to-many."""
        line = log_lines(entry).order_by("-pk").values_list("pk", flat=True).first() or 0
        return cls(line, {} if isinstance(entry, RevisionMixin) else field_values(entry, names))

    @classmethod
    def at(cls, entry: Model, moment: datetime) -> Self:
        """How an entry with revisions stood at this moment."""
        earlier = log_lines(entry).filter(timestamp__lte=moment).order_by("-pk").values_list("pk", flat=True)
        return cls(earlier.first() or 0, {})

    @classmethod
    def read(cls, text: str, entry: Model) -> Self | None:
        """What a form of this entry says it was made on; None when it says nothing that came from here."""
        try:
            return cls(*make_signer(entry).unsign_object(text))
        except (signing.BadSignature, ValueError):
            return None

    def signed_for(self, entry: Model) -> str:
        """What the form carries along, signed: good for this entry only."""
        return make_signer(entry).sign_object(list(self), compress=True)

    def is_stale(self, now: EntrySnapshot) -> bool:
        """Whether something changed since; a line of the history counts where there are no values to compare."""
        return self.fields != now.fields or (not now.fields and self.line != now.line)

    def lines_since(self, entry: Model) -> QuerySet[Any, Any]:
        """Lines of the history that are newer, oldest first."""
        return log_lines(entry).filter(pk__gt=self.line).select_related("user").order_by("pk")

    def as_entry(self, entry: Model) -> Any:
        """The entry as it was then, in memory."""
        row = {"model": entry._meta.label_lower, "pk": entry.pk, "fields": self.fields}
        parsed = next(iter(serializers.deserialize("python", [row], ignorenonexistent=True)))
        return with_choices(parsed.object, parsed.m2m_data or {})


def make_signer(entry: Model) -> signing.Signer:
    """Signs for this entry."""
    return signing.Signer(salt=f"{SALT}.{entry._meta.label_lower}.{entry.pk}")


def log_lines(entry: Model) -> QuerySet[Any, Any]:
    """Lines of the history; of an entry with revisions those that say where it stands."""
    lines = log_registry.get_logs_for_instance(entry)
    return lines.filter(action__regex=EVENT_PATTERN) if isinstance(entry, RevisionMixin) else lines


def moment(revision: Any) -> tuple[Any, str]:
    """Which revision this is, and when it was last written: autosave writes over its own."""
    return (revision.pk, revision.created_at.isoformat()) if revision else (None, "")


def is_as_submitted(entry: Any, task: Any) -> bool:
    """Whether nobody changed or withdrew the entry since it was sent in for this task."""
    withdrawn = log_lines(entry).filter(action__startswith="wagtail.unpublish", timestamp__gt=task.started_at)
    return task.revision_id == entry.latest_revision_id and not withdrawn.exists()


def field_values(entry: Model, names: Collection[str]) -> dict[str, Any]:
    """Values of these fields, of many-to-many the keys in a fixed order."""
    fields = json.loads(serializers.serialize("json", [entry], fields=names))[0]["fields"]
    return {name: sorted(value) if isinstance(value, list) else value for name, value in fields.items()}


def with_choices(entry: Model, choices: Mapping[str, Collection[Any]]) -> Model:
    """The entry with these rows or keys chosen, in memory."""
    chosen: dict[str, list[Any]] = {}
    for name, rows in choices.items():
        manager: Manager[Any] = entry._meta.get_field(name).related_model._default_manager  # type: ignore[union-attr]
        chosen[name] = list(manager.filter(pk__in=[getattr(row, "pk", row) for row in rows]))
    entry._prefetched_objects_cache = chosen  # type: ignore[attr-defined]
    return entry
