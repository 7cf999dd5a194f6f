"""Whose work an entry or a row is: people leave a name in revisions and in the log, the loader leaves none."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import ModelLogEntry, Revision


def _log(model: type[Model]) -> QuerySet[ModelLogEntry]:
    """What people did with entries or rows of this model; it outlives their accounts."""
    return ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), user_id__isnull=False)


def touched_by_people(model: type[Model]) -> list[str]:
    """Keys of the objects of this model that people worked on."""
    return list(_log(model).values_list("object_id", flat=True).distinct())


def people_revisions(entry: Any) -> QuerySet[Revision]:
    """Revisions of this entry that people made."""
    logged = _log(type(entry)).filter(object_id=str(entry.pk), revision_id__isnull=False).values("revision_id")
    return entry.revisions.filter(Q(user__isnull=False) | Q(pk__in=logged))


def by_people(instance: Any) -> bool:
    """Whether anybody of this site worked on it."""
    logged = _log(type(instance)).filter(object_id=str(instance.pk)).exists()
    return logged or (hasattr(instance, "revisions") and instance.revisions.filter(user__isnull=False).exists())


def is_made_by_people(entry: Any) -> bool:
    """Whether this entry began on this site, not with the software."""
    first = entry.revisions.order_by("created_at", "pk").first()
    created = _log(type(entry)).filter(object_id=str(entry.pk), action="wagtail.create").exists()
    return created or bool(first and first.user_id)


def deleted_by_people(entry: Any) -> bool:
    """Whether the log says that an entry of this name was deleted here."""
    return _log(type(entry)).filter(action="wagtail.delete", label=str(entry)).exists()
