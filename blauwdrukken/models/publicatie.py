"""What makes an entry public: one rule for blueprints and projects."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils import timezone
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)


def publicatie_q(pad: str = "") -> Q:
    """Condition "live and not expired", for the model itself or for one that `pad` ("blauwdruk__") leads to."""
    verlopen = Q(**{f"{pad}expire_at__lte": timezone.now()})
    return Q(**{f"{pad}live": True}) & (Q(**{f"{pad}expire_at__isnull": True}) | ~verlopen)


class PublicatieQuerySet(models.QuerySet):
    """Entries that may be drafts; whatever the public sees starts from gepubliceerd()."""

    def gepubliceerd(self) -> Self:
        return self.filter(publicatie_q())

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


def wagtail_relatie(model: str, naam: str) -> GenericRelation:
    """Relation to Wagtail's own tables, in the shape its mixins ask for."""
    return GenericRelation(
        model,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name=naam,
        for_concrete_model=False,
    )


class Publicatie(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """An entry with drafts, history, workflow and lock; it is a draft until it is published."""

    live = models.BooleanField("gepubliceerd", default=False, editable=False)

    objects = PublicatieQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def revisions(self) -> models.QuerySet:
        return self._revisions

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
